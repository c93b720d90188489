package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Order, hash and sort keys of numeric, in which the scale does not count: -Infinity, numbers,
 * Infinity, NaN. Thread: any.
 */
public final class NumericOrder {
  private static final int MINUS_INFINITY = 1;
  private static final int NEGATIVE = 2;
  private static final int ZERO = 3;
  private static final int POSITIVE = 4;
  private static final int INFINITY = 5;
  private static final int NAN = 6;

  private NumericOrder() {}

  static int compare(DecimalColumn left, int i, DecimalColumn right, int j) {
    int a = left.scales()[i];
    int b = right.scales()[j];
    if (a >= 0 && b >= 0) {
      long x = left.unscaled()[i];
      long y = right.unscaled()[j];
      if (a == b) {
        return Long.compare(x, y);
      }
      int signs = Integer.compare(Long.signum(x), Long.signum(y));
      if (signs != 0) {
        return signs;
      }
    }
    if (left.isFinite(i) && right.isFinite(j)) {
      return left.decimal(i).compareTo(right.decimal(j));
    }
    return Integer.compare(kind(left, i), kind(right, j));
  }

  private static int kind(DecimalColumn column, int position) {
    short scale = column.scales()[position];
    return switch (scale) {
      case DecimalColumn.NAN -> NAN;
      case DecimalColumn.POSITIVE_INFINITY -> INFINITY;
      case DecimalColumn.NEGATIVE_INFINITY -> MINUS_INFINITY;
      case DecimalColumn.BIG -> ZERO + column.big()[position].signum();
      default -> ZERO + Long.signum(column.unscaled()[position]);
    };
  }

  static long hash(DecimalColumn column, int position) {
    if (!column.isFinite(position)) {
      return Hashes.mix(kind(column, position));
    }
    int scale = column.scales()[position];
    long unscaled = column.unscaled()[position];
    if (scale == DecimalColumn.BIG) {
      BigDecimal stripped = column.big()[position].stripTrailingZeros();
      if (stripped.unscaledValue().bitLength() > 63) {
        byte[] digits = stripped.unscaledValue().toByteArray();
        return Hashes.combine(Hashes.bytes(digits, 0, digits.length), stripped.scale());
      }
      unscaled = stripped.unscaledValue().longValue();
      scale = stripped.scale();
    }
    if (unscaled == 0) {
      return Hashes.mix(0);
    }
    while (unscaled % 10 == 0) {
      unscaled /= 10;
      scale--;
    }
    return Hashes.combine(Hashes.mix(unscaled), scale);
  }

  /**
   * Appends the kind; for a number other than zero also its decimal exponent (the number is 0.ddd
   * times 10 to its power) and its digits, two a byte plus one, ended by 0; all complemented when
   * negative.
   */
  public static void sortKey(DecimalColumn column, int position, ByteSink out) {
    int kind = kind(column, position);
    out.put(kind);
    if (kind != NEGATIVE && kind != POSITIVE) {
      return;
    }
    byte[] digits;
    int scale = column.scales()[position];
    if (scale == DecimalColumn.BIG) {
      BigDecimal big = column.big()[position];
      scale = big.scale();
      digits = ascii(big.unscaledValue().abs());
    } else {
      digits = ascii(column.unscaled()[position]);
    }
    putDigits(digits, digits.length - scale, kind == NEGATIVE ? 0xff : 0, out);
  }

  private static byte[] ascii(BigInteger magnitude) {
    return magnitude.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] ascii(long unscaled) {
    if (unscaled == Long.MIN_VALUE) {
      return ascii(BigInteger.valueOf(unscaled).negate());
    }
    ByteSink sink = new ByteSink(19);
    Digits.put(Math.abs(unscaled), sink);
    return sink.toByteArray();
  }

  private static void putDigits(byte[] digits, int exponent, int mask, ByteSink out) {
    int n = digits.length;
    while (n > 1 && digits[n - 1] == '0') {
      n--;
    }
    out.putInt((exponent ^ Integer.MIN_VALUE) ^ (mask == 0 ? 0 : -1));
    for (int i = 0; i < n; i += 2) {
      int pair = (digits[i] - '0') * 10 + (i + 1 < n ? digits[i + 1] - '0' : 0);
      out.put((pair + 1) ^ mask);
    }
    out.put(mask);
  }
}
