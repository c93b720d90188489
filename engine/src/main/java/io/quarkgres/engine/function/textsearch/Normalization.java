package io.quarkgres.engine.function.textsearch;

/** What a rank is divided by: the bits of the last argument (manual, section 12.3.3). */
final class Normalization {
  static final int LOG_LENGTH = 1;
  static final int LENGTH = 2;
  static final int DISTANCE = 4;
  static final int UNIQUE = 8;
  static final int LOG_UNIQUE = 16;
  static final int OF_ONE = 32;

  private Normalization() {}
}
