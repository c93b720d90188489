package io.quarkgres.spi.data;

/** 64-bit integers. Thread: any. */
public final class LongColumn extends Column {
  private final long[] values;
  private final long least;
  private final long greatest;

  /** Makes a column over an array that the caller will not change any more. */
  public LongColumn(long[] values, long[] nulls, int count) {
    this(values, nulls, count, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Makes a column whose values all lie between {@code least} and {@code greatest}. */
  public LongColumn(long[] values, long[] nulls, int count, long least, long greatest) {
    super(count, nulls);
    this.values = values;
    this.least = least;
    this.greatest = greatest;
  }

  /** Returns a bound below or at every value that is not NULL. */
  public long least() {
    return least;
  }

  /** Returns a bound above or at every value that is not NULL. */
  public long greatest() {
    return greatest;
  }

  /** Tells whether all values that are not NULL are known to be the same. */
  public boolean isConstant() {
    return least == greatest;
  }

  /** Returns the raw values, valid at positions that are not NULL. */
  public long[] values() {
    return values;
  }

  @Override
  public Layout layout() {
    return Layout.INT64;
  }

  @Override
  public LongColumn withNulls(long[] newNulls) {
    return new LongColumn(values, newNulls, count(), least, greatest);
  }

  @Override
  public LongColumn gather(int[] positions, int n) {
    long[] result = new long[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        result[i] = values[position];
      }
    }
    return new LongColumn(result, gatherNulls(positions, n), n, least, greatest);
  }

  @Override
  public long memoryBytes() {
    return 8L * values.length;
  }
}
