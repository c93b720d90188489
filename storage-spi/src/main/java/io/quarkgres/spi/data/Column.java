package io.quarkgres.spi.data;

/**
 * The values of one column at positions {@code 0..count)}, immutable once handed out. Thread: any.
 *
 * <p>Sub-classes expose their raw arrays so that kernels can loop over them; an array may be longer
 * than {@code count} and is never written to by a reader.
 */
public abstract sealed class Column
    permits BooleanColumn,
        IntColumn,
        LongColumn,
        DoubleColumn,
        DecimalColumn,
        WideColumn,
        BytesColumn,
        FloatArrayColumn {
  private final int count;
  private final long[] nulls;

  Column(int count, long[] nulls) {
    this.count = count;
    this.nulls = nulls;
  }

  /** Returns how many positions the column has. */
  public final int count() {
    return count;
  }

  /**
   * Returns the NULL bitmap (bit {@code p & 63} of word {@code p >> 6} set means NULL), or {@code
   * null} when no position is NULL.
   */
  public final long[] nulls() {
    return nulls;
  }

  /** Tells whether a position is NULL. */
  public final boolean isNull(int position) {
    return nulls != null && (nulls[position >> 6] >>> position & 1L) != 0;
  }

  /** Returns the physical layout. */
  public abstract Layout layout();

  /** Returns a column that shares the values and has the given NULL bitmap instead. */
  public abstract Column withNulls(long[] newNulls);

  /**
   * Returns a new column with the values at the given positions, in that order; a negative position
   * gives NULL (outer joins). O(n); variable values are shared, not copied.
   */
  public abstract Column gather(int[] positions, int n);

  /** Returns the memory that the values hold, in bytes, shared heaps counted in full. */
  public abstract long memoryBytes();

  /** Makes the NULL bitmap of a gather, or {@code null} when nothing gathered is NULL. */
  final long[] gatherNulls(int[] positions, int n) {
    long[] result = null;
    if (nulls == null && !hasNegative(positions, n)) {
      return null;
    }
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position < 0 || (nulls != null && (nulls[position >> 6] >>> position & 1L) != 0)) {
        if (result == null) {
          result = Nulls.none(n);
        }
        Nulls.set(result, i);
      }
    }
    return result;
  }

  private static boolean hasNegative(int[] positions, int n) {
    int signs = 0;
    for (int i = 0; i < n; i++) {
      signs |= positions[i];
    }
    return signs < 0;
  }
}
