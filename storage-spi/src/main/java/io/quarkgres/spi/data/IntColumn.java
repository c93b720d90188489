package io.quarkgres.spi.data;

/** 32-bit integers. Thread: any. */
public final class IntColumn extends Column {
  private final int[] values;
  private final int least;
  private final int greatest;

  /** Makes a column over an array that the caller will not change any more. */
  public IntColumn(int[] values, long[] nulls, int count) {
    this(values, nulls, count, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Makes a column whose values all lie between {@code least} and {@code greatest}. */
  public IntColumn(int[] values, long[] nulls, int count, int least, int greatest) {
    super(count, nulls);
    this.values = values;
    this.least = least;
    this.greatest = greatest;
  }

  /** Returns a bound below or at every value that is not NULL. */
  public int least() {
    return least;
  }

  /** Returns a bound above or at every value that is not NULL. */
  public int greatest() {
    return greatest;
  }

  /** Tells whether all values that are not NULL are known to be the same. */
  public boolean isConstant() {
    return least == greatest;
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
    return new IntColumn(values, newNulls, count(), least, greatest);
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
    return new IntColumn(result, gatherNulls(positions, n), n, least, greatest);
  }

  @Override
  public long memoryBytes() {
    return 4L * values.length;
  }
}
