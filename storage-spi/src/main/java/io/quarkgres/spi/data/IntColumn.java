package io.quarkgres.spi.data;

/** 32-bit integers. Thread: any. */
public final class IntColumn extends Column {
  private final int[] values;

  /** Makes a column over an array that the caller will not change any more. */
  public IntColumn(int[] values, long[] nulls, int count) {
    super(count, nulls);
    this.values = values;
  }

  /** Returns the raw values, valid at positions that are not NULL. */
  public int[] values() {
    return values;
  }

  @Override
  public Layout layout() {
    return Layout.INT32;
  }

  @Override
  public IntColumn withNulls(long[] newNulls) {
    return new IntColumn(values, newNulls, count());
  }

  @Override
  public IntColumn gather(int[] positions, int n) {
    int[] result = new int[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        result[i] = values[position];
      }
    }
    return new IntColumn(result, gatherNulls(positions, n), n);
  }

  @Override
  public long memoryBytes() {
    return 4L * values.length;
  }
}
