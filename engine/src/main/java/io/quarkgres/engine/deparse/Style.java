package io.quarkgres.engine.deparse;

/**
 * How a definition is laid out. Thread: any.
 *
 * @param isPretty whether parentheses that precedence makes needless are left out
 * @param isIndented whether clauses stand on lines of their own
 * @param wrapColumn the width after which a list goes on in a new line; 0 for each item on its own
 * @param isKept whether it is read back, so that what a rule put in must say so
 */
public record Style(boolean isPretty, boolean isIndented, int wrapColumn, boolean isKept) {
  /** One line, all parentheses: what the catalog keeps. */
  public static final Style KEPT = new Style(false, false, 0, true);

  /** One line, all parentheses. */
  public static final Style PLAIN = new Style(false, false, 0);

  /** Of an expression by itself, without needless parentheses. */
  public static final Style PRETTY = new Style(true, true, 0);

  /** Of a view's query, of conditions and defaults. */
  public static final Style VIEW = new Style(false, true, 0);

  /** Makes a style of what is shown. */
  public Style(boolean isPretty, boolean isIndented, int wrapColumn) {
    this(isPretty, isIndented, wrapColumn, false);
  }
}
