package io.quarkgres.spi.data;

/** Values of 128 bits as two arrays of 64-bit halves. Thread: any. */
public final class WideColumn extends Column {
  private final long[] high;
  private final long[] low;

  /** Makes a column over arrays that the caller will not change any more. */
  public WideColumn(long[] high, long[] low, long[] nulls, int count) {
    super(count, nulls);
    this.high = high;
    this.low = low;
  }

  /** Returns the upper halves (a uuid's first eight bytes; an interval's microseconds). */
  public long[] high() {
    return high;
  }

  /** Returns the lower halves (a uuid's last eight bytes; an interval's days and months). */
  public long[] low() {
    return low;
  }

  @Override
  public Layout layout() {
    return Layout.INT128;
  }

  @Override
  public WideColumn withNulls(long[] newNulls) {
    return new WideColumn(high, low, newNulls, count());
  }

  @Override
  public WideColumn gather(int[] positions, int n) {
    long[] newHigh = new long[n];
    long[] newLow = new long[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        newHigh[i] = high[position];
        newLow[i] = low[position];
      }
    }
    return new WideColumn(newHigh, newLow, gatherNulls(positions, n), n);
  }

  @Override
  public long memoryBytes() {
    return 16L * high.length;
  }
}
