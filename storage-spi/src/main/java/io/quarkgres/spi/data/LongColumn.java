package io.quarkgres.spi.data;

/** 64-bit integers. Thread: any. */
public final class LongColumn extends Column {
  private final long[] values;

  /** Makes a column over an array that the caller will not change any more. */
  public LongColumn(long[] values, long[] nulls, int count) {
    super(count, nulls);
    this.values = values;
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
    return new LongColumn(values, newNulls, count());
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
    return new LongColumn(result, gatherNulls(positions, n), n);
  }

  @Override
  public long memoryBytes() {
    return 8L * values.length;
  }
}
