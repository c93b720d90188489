package io.quarkgres.engine.function.text;

/** Writes names and literals so that SQL reads them back. Thread: any. */
public final class Quoting {
  private Quoting() {}

  /** Returns a name, in quotes where SQL needs them. */
  public static String identifier(String name) {
    boolean isPlain = !name.isEmpty() && isStart(name.charAt(0));
    for (int i = 1; isPlain && i < name.length(); i++) {
      isPlain = isStart(name.charAt(i)) || name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    return isPlain && !Keywords.isReserved(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isStart(char c) {
    return c >= 'a' && c <= 'z' || c == '_';
  }

  /** Returns a literal, with an E before it when it has a backslash. */
  public static String literal(String text) {
    String quoted = "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    return text.indexOf('\\') >= 0 ? "E" + quoted : quoted;
  }
}
