package io.quarkgres.engine.function.aggregate;

import io.quarkgres.spi.data.DecimalColumn;

/** Which of NaN and the infinities each group has met. Used by one thread at a time. */
final class Specials {
  private static final int NAN = 1;
  private static final int POSITIVE = 2;
  private static final int NEGATIVE = 4;

  private byte[] met = {};

  void grow(int groups) {
    met = Growth.bytes(met, groups);
  }

  void add(int g, short code) {
    met[g] |=
        (byte)
            (code == DecimalColumn.NAN
                ? NAN
                : code == DecimalColumn.POSITIVE_INFINITY ? POSITIVE : NEGATIVE);
  }

  boolean any(int g) {
    return met[g] != 0;
  }

  /** Returns what the sum is when any was met: infinities of both signs make NaN. */
  short sum(int g) {
    return met[g] == POSITIVE
        ? DecimalColumn.POSITIVE_INFINITY
        : met[g] == NEGATIVE ? DecimalColumn.NEGATIVE_INFINITY : DecimalColumn.NAN;
  }

  void reset(int g) {
    met[g] = 0;
  }
}
