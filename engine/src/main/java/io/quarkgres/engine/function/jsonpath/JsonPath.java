package io.quarkgres.engine.function.jsonpath;

/** A path as a whole. Immutable. Thread: any. */
record JsonPath(boolean isStrict, PathChain chain) {
  /** Returns the path of a text; 42601 when it is none. */
  static JsonPath parse(String text) {
    return new PathParser(text).parse();
  }

  /** Returns a text that reads as the same path. */
  String exactText() {
    return (isStrict ? "strict " : "") + new PathPrinter(true).print(chain);
  }

  /** Returns the text that clients see. */
  @Override
  public String toString() {
    return (isStrict ? "strict " : "") + new PathPrinter(false).print(chain);
  }
}
