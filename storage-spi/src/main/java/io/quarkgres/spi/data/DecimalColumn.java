package io.quarkgres.spi.data;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Decimal numbers. Position {@code p} is {@code unscaled[p] * 10^-scale[p]}, with the scale that is
 * shown, unless the scale is one of the escapes below {@code 0}. A value is stored big only when
 * its unscaled number does not fit into a {@code long}. Thread: any.
 */
public final class DecimalColumn extends Column {
  /** Scale of a value that lies in {@link #big()} at the same position. */
  public static final short BIG = -1;

  /** Scale of NaN. */
  public static final short NAN = -2;

  /** Scale of plus infinity. */
  public static final short POSITIVE_INFINITY = -3;

  /** Scale of minus infinity. */
  public static final short NEGATIVE_INFINITY = -4;

  private final long[] unscaled;
  private final short[] scales;
  private final BigDecimal[] big;

  /** Makes a column over arrays that the caller will not change; {@code big} may be null. */
  public DecimalColumn(long[] unscaled, short[] scales, BigDecimal[] big, long[] nulls, int count) {
    super(count, nulls);
    this.unscaled = unscaled;
    this.scales = scales;
    this.big = big;
  }

  /** Returns the unscaled values. */
  public long[] unscaled() {
    return unscaled;
  }

  /** Returns the scales: 0 or above, or one of the escapes. */
  public short[] scales() {
    return scales;
  }

  /** Returns the values whose scale is {@link #BIG}, or {@code null} when there are none. */
  public BigDecimal[] big() {
    return big;
  }

  /** Tells whether a position holds a finite number. */
  public boolean isFinite(int position) {
    return scales[position] >= BIG;
  }

  /** Returns the finite number at a position. One allocation. */
  public BigDecimal decimal(int position) {
    short scale = scales[position];
    return scale == BIG
        ? big[position]
        : new BigDecimal(BigInteger.valueOf(unscaled[position]), scale);
  }

  @Override
  public Layout layout() {
    return Layout.DECIMAL;
  }

  @Override
  public DecimalColumn withNulls(long[] newNulls) {
    return new DecimalColumn(unscaled, scales, big, newNulls, count());
  }

  @Override
  public DecimalColumn gather(int[] positions, int n) {
    long[] newUnscaled = new long[n];
    short[] newScales = new short[n];
    BigDecimal[] newBig = big == null ? null : new BigDecimal[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        newUnscaled[i] = unscaled[position];
        newScales[i] = scales[position];
        if (newBig != null) {
          newBig[i] = big[position];
        }
      }
    }
    return new DecimalColumn(newUnscaled, newScales, newBig, gatherNulls(positions, n), n);
  }

  @Override
  public long memoryBytes() {
    return 10L * unscaled.length + (big == null ? 0 : 64L * big.length);
  }
}
