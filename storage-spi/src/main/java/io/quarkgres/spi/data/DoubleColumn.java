package io.quarkgres.spi.data;

/** 64-bit floating point numbers. Thread: any. */
public final class DoubleColumn extends Column {
  private final double[] values;

  /** Makes a column over an array that the caller will not change any more. */
  public DoubleColumn(double[] values, long[] nulls, int count) {
    super(count, nulls);
    this.values = values;
  }

  /** Returns the raw values, valid at positions that are not NULL. */
  public double[] values() {
    return values;
  }

  @Override
  public Layout layout() {
    return Layout.FLOAT64;
  }

  @Override
  public DoubleColumn withNulls(long[] newNulls) {
    return new DoubleColumn(values, newNulls, count());
  }

  @Override
  public DoubleColumn gather(int[] positions, int n) {
    double[] result = new double[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        result[i] = values[position];
      }
    }
    return new DoubleColumn(result, gatherNulls(positions, n), n);
  }

  @Override
  public long memoryBytes() {
    return 8L * values.length;
  }
}
