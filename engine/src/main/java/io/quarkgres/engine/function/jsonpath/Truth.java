package io.quarkgres.engine.function.jsonpath;

/** What a predicate says. Thread: any. */
enum Truth {
  FALSE,
  TRUE,
  UNKNOWN;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Truth not() {
    return switch (this) {
      case FALSE -> TRUE;
      case TRUE -> FALSE;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
