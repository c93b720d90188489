package io.quarkgres.engine.function.aggregate;

/** The four measures of spread. Thread: any. */
record Spread(boolean isSample, boolean isRoot) {
  /** {@code var_pop}. */
  static final Spread VAR_POP = new Spread(false, false);

  /** {@code var_samp} and {@code variance}. */
  static final Spread VAR_SAMP = new Spread(true, false);

  /** {@code stddev_pop}. */
  static final Spread STDDEV_POP = new Spread(false, true);

  /** {@code stddev_samp} and {@code stddev}. */
  static final Spread STDDEV_SAMP = new Spread(true, true);

  /** Returns how many values there must be for a result. */
  int countMin() {
    return isSample ? 2 : 1;
  }
}
