package io.quarkgres.engine.function.json;

/** Path elements as numbers. Thread: any. */
final class JsonPaths {
  private JsonPaths() {}

  /** Returns the number that a path element is, blanks before it aside, or {@code null}. */
  static Integer number(String step) {
    String text = step.stripLeading();
    if (text.startsWith("+")) {
      text = text.substring(1);
    }
    if (text.isEmpty() || !text.matches("-?[0-9]{1,11}")) {
      return null;
    }
    long value = Long.parseLong(text);
    return value == (int) value ? Integer.valueOf((int) value) : null;
  }
}
