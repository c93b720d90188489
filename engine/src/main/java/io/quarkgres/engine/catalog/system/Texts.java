package io.quarkgres.engine.catalog.system;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Text forms of the array types that catalogs use. Thread: any. */
final class Texts {
  private Texts() {}

  /** Returns the text form of an array of texts. */
  static String array(Collection<String> elements) {
    return elements.stream()
        .map(e -> '"' + e.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Returns the text form of an array of numbers. */
  static String numbers(Collection<Integer> elements) {
    return elements.stream()
        .map(Integer::toUnsignedString)
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Returns the text form of an int2vector or oidvector. */
  static String spaced(List<Integer> elements) {
    return elements.stream().map(Integer::toUnsignedString).collect(Collectors.joining(" "));
  }
}
