package io.quarkgres.engine.deparse;

/** The text in the making, with the depth at which lines begin. Used by one thread. */
final class SqlText {
  /** How much deeper the clauses of a query stand than what it is part of. */
  static final int QUERY = 8;

  private static final int DEPTH_MAX = 40;

  private final Style style;
  private StringBuilder text = new StringBuilder();
  private int depth;

  SqlText(Style style) {
    this.style = style;
  }

  Style style() {
    return style;
  }

  SqlText add(String more) {
    text.append(more);
    return this;
  }

  void deepen(int by) {
    depth = Math.max(depth + by, 0);
  }

  /** Begins a line with a word at the depth, further in by some spaces; or just goes on. */
  void line(String word, int in) {
    if (!style.isIndented()) {
      text.append(word);
      return;
    }
    stripSpaces();
    // very deep nesting comes back to the left, more slowly
    int spaces =
        depth < DEPTH_MAX ? depth : (DEPTH_MAX + (depth - DEPTH_MAX) / (QUERY / 2)) % DEPTH_MAX;
    text.append('\n').append(" ".repeat(spaces + in)).append(word);
  }

  /** Begins a clause of the query at hand. */
  void clause(String word, int in) {
    deepen(-QUERY);
    line(word, in);
    deepen(QUERY);
  }

  private void stripSpaces() {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    text.setLength(end);
  }

  /** Runs a part apart and returns its text. */
  String apart(Runnable part) {
    StringBuilder outer = text;
    text = new StringBuilder();
    part.run();
    String result = text.toString();
    text = outer;
    return result;
  }

  /** Adds an item of a list, in a line of its own where the style asks for it. */
  void item(String item, boolean isFirst) {
    if (style.isIndented() && item.startsWith("\n")) {
      stripSpaces();
    } else if (style.isIndented() && !isFirst && overflows(item)) {
      clause("", 4);
    }
    text.append(item);
  }

  private boolean overflows(String item) {
    if (style.wrapColumn() <= 0) {
      return true;
    }
    int column = text.length() - (text.lastIndexOf("\n") + 1);
    return column + item.length() > style.wrapColumn();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
