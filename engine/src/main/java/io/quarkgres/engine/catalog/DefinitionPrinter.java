package io.quarkgres.engine.catalog;

/**
 * Prints stored definitions as PostgreSQL does, with names as the session's search path finds them.
 * Definitions have to be bound for that, which a later stage does; functions find this through
 * {@link CatalogServices}. Used by the statement's thread.
 */
public interface DefinitionPrinter {
  /** An expression; {@code isCall} tells that it stands without parentheses as an index key. */
  record Printed(String text, boolean isCall) {}

  /**
   * Returns a view's query.
   *
   * @param isPretty whether parentheses that precedence makes needless are left out
   * @param wrapColumn the width after which a list goes on in a new line; 0 for an item a line
   */
  String view(ViewEntry view, boolean isPretty, int wrapColumn);

  /**
   * Returns a stored expression.
   *
   * @param over the relation whose columns it uses, or {@code null}
   */
  Printed expression(String sql, RelationEntry over, boolean isPretty);
}
