package io.quarkgres.spi.data;

/**
 * Which positions of a block take part: either the first {@code count} positions ({@code positions}
 * is {@code null}) or the listed ones, ascending and distinct. Thread: any.
 */
public record Selection(int[] positions, int count) {
  /** Selects the first {@code count} positions. */
  public static Selection dense(int count) {
    return new Selection(null, count);
  }

  /** Returns the i-th selected position. */
  public int position(int i) {
    return positions == null ? i : positions[i];
  }

  /** Tells whether the selection is the first {@code count} positions. */
  public boolean isDense() {
    return positions == null;
  }

  /** Returns the selected positions as an array of at least {@code count} entries. */
  public int[] toPositions() {
    if (positions != null) {
      return positions;
    }
    int[] result = new int[count];
    for (int i = 0; i < count; i++) {
      result[i] = i;
    }
    return result;
  }

  /** Returns the part of the selection whose bit in {@code nulls} is not set. */
  public Selection withoutNulls(long[] nulls) {
    if (nulls == null) {
      return this;
    }
    int[] kept = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int position = positions == null ? i : positions[i];
      kept[n] = position;
      n += (nulls[position >> 6] >>> position & 1L) == 0 ? 1 : 0;
    }
    return n == count ? this : new Selection(kept, n);
  }

  /**
   * Returns the part of the selection where {@code bits} is true and not NULL: what a WHERE keeps.
   */
  public Selection whereTrue(BooleanColumn bits) {
    boolean[] values = bits.values();
    long[] nulls = bits.nulls();
    int[] kept = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int position = positions == null ? i : positions[i];
      kept[n] = position;
      n += values[position] && !Nulls.isSet(nulls, position) ? 1 : 0;
    }
    return n == count ? this : new Selection(kept, n);
  }
}
