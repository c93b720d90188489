package io.quarkgres.spi.data;

/** Booleans. Thread: any. */
public final class BooleanColumn extends Column {
  private final boolean[] values;

  /** Makes a column over an array that the caller will not change any more. */
  public BooleanColumn(boolean[] values, long[] nulls, int count) {
    super(count, nulls);
    this.values = values;
  }

  /** Returns the raw values, valid at positions that are not NULL. */
  public boolean[] values() {
    return values;
  }

  @Override
  public Layout layout() {
    return Layout.BOOLEAN;
  }

  @Override
  public BooleanColumn withNulls(long[] newNulls) {
    return new BooleanColumn(values, newNulls, count());
  }

  @Override
  public BooleanColumn gather(int[] positions, int n) {
    boolean[] result = new boolean[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        result[i] = values[position];
      }
    }
    return new BooleanColumn(result, gatherNulls(positions, n), n);
  }

  @Override
  public long memoryBytes() {
    return 1L * values.length;
  }
}
