package io.quarkgres.engine.function.number;

import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic on finite numerics with the scales that PostgreSQL shows (manual, section 8.1.2, and
 * observed results). Scales of divisions depend on the operands' weights in digits of base 10,000,
 * four decimal digits each, as PostgreSQL stores them. Thread: any.
 */
public final class Decimals {
  /** The most digits before the decimal point. */
  static final int INTEGER_DIGITS_MAX = 131_072;

  /** The most digits behind the decimal point. */
  static final int SCALE_MAX = 16_383;

  /** The most digits behind the point that a computed scale asks for. */
  static final int DISPLAY_SCALE_MAX = 1_000;

  /** How far {@code round} and {@code trunc} go, either way. */
  static final int RESULT_SCALE_MAX = 2_000;

  /** The digits before the point that a numeric may have. */
  private static final int DIGITS_MAX = 131_072;

  /** How many significant digits a division shows at least. */
  static final int SIGNIFICANT_DIGITS_MIN = 16;

  private static final int DIGITS = 4;

  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Decimals() {}

  /** Returns {@code 10^exponent} for 0..18. */
  public static long power10(int exponent) {
    return POWERS[exponent];
  }

  /** The greatest exponent of {@link #power10}. */
  public static final int POWER_MAX = 18;

  /** Returns the sum, with the larger scale. */
  public static BigDecimal add(BigDecimal left, BigDecimal right) {
    return left.add(right);
  }

  /** Returns the product, with the sum of the scales as far as a scale may go. */
  public static BigDecimal multiply(BigDecimal left, BigDecimal right) {
    BigDecimal product = left.multiply(right);
    return product.scale() > SCALE_MAX
        ? product.setScale(SCALE_MAX, RoundingMode.HALF_UP)
        : product;
  }

  /** Returns the quotient, rounded half away from zero to the scale of {@link #quotientScale}. */
  public static BigDecimal divide(BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw NumberErrors.divisionByZero();
    }
    return left.divide(right, quotientScale(left, right), RoundingMode.HALF_UP);
  }

  /** Returns the quotient rounded towards zero, with scale 0. */
  static BigDecimal divideTruncated(BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw NumberErrors.divisionByZero();
    }
    return left.divide(right, 0, RoundingMode.DOWN);
  }

  /** Returns the remainder with the dividend's sign and the larger scale. */
  public static BigDecimal modulo(BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw NumberErrors.divisionByZero();
    }
    return left.remainder(right).setScale(Math.max(left.scale(), right.scale()));
  }

  /** Returns the scale a quotient is shown with: at least 16 significant digits. */
  static int quotientScale(BigDecimal left, BigDecimal right) {
    int weight = weight(left) - weight(right);
    if (firstDigit(left) <= firstDigit(right)) {
      weight--;
    }
    return displayScale(SIGNIFICANT_DIGITS_MIN - weight * DIGITS, left.scale(), right.scale());
  }

  /** Returns the scale of a quotient of {@code left * 10^-leftScale} and its like. */
  static int quotientScale(long left, int leftScale, long right, int rightScale) {
    int leftDigits = digits(left);
    int rightDigits = digits(right);
    int leftWeight = left == 0 ? 0 : Math.floorDiv(leftDigits - 1 - leftScale, DIGITS);
    int rightWeight = right == 0 ? 0 : Math.floorDiv(rightDigits - 1 - rightScale, DIGITS);
    int weight = leftWeight - rightWeight;
    long leftFirst = firstDigit(left, leftDigits, leftDigits - 1 - leftScale);
    if (leftFirst <= firstDigit(right, rightDigits, rightDigits - 1 - rightScale)) {
      weight--;
    }
    return displayScale(SIGNIFICANT_DIGITS_MIN - weight * DIGITS, leftScale, rightScale);
  }

  private static int digits(long value) {
    // the absolute value of the smallest long stays negative, and has as many digits as the next
    long magnitude = value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value);
    int count = 1;
    while (count < POWERS.length && magnitude >= POWERS[count]) {
      count++;
    }
    return count;
  }

  private static long firstDigit(long value, int digits, int exponent) {
    if (value == 0) {
      return 0;
    }
    int wanted = Math.floorMod(exponent, DIGITS) + 1;
    long magnitude = value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value);
    return digits >= wanted
        ? magnitude / POWERS[digits - wanted]
        : magnitude * POWERS[wanted - digits];
  }

  /** Clamps a wanted scale: not below the operands' scales and 0, not above 1000. */
  static int displayScale(int wanted, int leftScale, int rightScale) {
    int scale = Math.max(Math.max(wanted, leftScale), Math.max(rightScale, 0));
    return Math.min(scale, DISPLAY_SCALE_MAX);
  }

  /** Returns the exponent, base 10,000, of the first digit; 0 for zero. */
  static int weight(BigDecimal value) {
    return value.signum() == 0 ? 0 : Math.floorDiv(value.precision() - 1 - value.scale(), DIGITS);
  }

  /** Returns the first digit, base 10,000; 0 for zero. */
  private static int firstDigit(BigDecimal value) {
    if (value.signum() == 0) {
      return 0;
    }
    int precision = value.precision();
    int wanted = Math.floorMod(precision - 1 - value.scale(), DIGITS) + 1;
    return leadingDigits(value, precision, wanted).intValue();
  }

  /** Returns the first {@code wanted} decimal digits as a number. */
  static BigInteger leadingDigits(BigDecimal value, int precision, int wanted) {
    BigInteger digits = value.unscaledValue().abs();
    return precision >= wanted
        ? digits.divide(BigInteger.TEN.pow(precision - wanted))
        : digits.multiply(BigInteger.TEN.pow(wanted - precision));
  }

  /** Rounds half away from zero; a negative scale rounds before the point. */
  public static BigDecimal round(BigDecimal value, int scale) {
    return atLeastScaleZero(value.setScale(clampedScale(scale), RoundingMode.HALF_UP));
  }

  /** Cuts digits off; a negative scale cuts before the point. */
  static BigDecimal truncate(BigDecimal value, int scale) {
    return atLeastScaleZero(value.setScale(clampedScale(scale), RoundingMode.DOWN));
  }

  private static int clampedScale(int scale) {
    return Math.max(-DIGITS_MAX - 1, Math.min(SCALE_MAX, scale));
  }

  static BigDecimal atLeastScaleZero(BigDecimal value) {
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  /** Returns the smallest scale that loses nothing. */
  static int minScale(BigDecimal value) {
    return value.signum() == 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
  }

  /** Returns NaN, an infinity, or the sign of a finite number: enough for special values' rules. */
  static double sketch(DecimalColumn column, int position) {
    short scale = column.scales()[position];
    return switch (scale) {
      case DecimalColumn.NAN -> Double.NaN;
      case DecimalColumn.POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
      case DecimalColumn.NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
      case DecimalColumn.BIG -> column.big()[position].signum();
      default -> Long.signum(column.unscaled()[position]);
    };
  }
}
