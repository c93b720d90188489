package io.quarkgres.engine.type.json;

/** The texts of a jsonpath, which the language's own stage makes. Thread: any. */
public interface JsonPathForms {
  /** Returns the text that a column holds; 42601 when the text is no path. */
  String stored(String text);

  /** Returns what a client sees of a text that a column holds. */
  String printed(String stored);
}
