package io.quarkgres.engine.function.number;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Roots, logarithms and powers of numerics, with PostgreSQL's choice of the result's scale. Rare
 * and slow: O(digits^2) at best. Thread: any.
 */
final class DecimalMath {
  private static final int SIGNIFICANT = Decimals.SIGNIFICANT_DIGITS_MIN;
  private static final int GUARD = 12;
  private static final int BASE_DIGITS = 4;
  private static final double LOG10_E = 0.434294481903252;
  private static final double LN_10 = 2.302585092994046;
  private static final BigDecimal NEAR_ONE_LOW = new BigDecimal("0.9");
  private static final BigDecimal NEAR_ONE_HIGH = new BigDecimal("1.1");

  private DecimalMath() {}

  static BigDecimal squareRoot(BigDecimal value) {
    if (value.signum() < 0) {
      throw NumberErrors.rootOfNegative();
    }
    int weight = Decimals.weight(value);
    int rootWeight =
        weight >= 0 ? (weight + 1) * BASE_DIGITS / 2 - 1 : 1 - (1 - weight * BASE_DIGITS) / 2;
    int scale = Decimals.displayScale(SIGNIFICANT - rootWeight, value.scale(), 0);
    return squareRoot(value, scale);
  }

  static BigDecimal squareRoot(BigDecimal value, int scale) {
    BigInteger shifted =
        value.setScale(2 * scale + 2 + (value.scale() & 1) + value.scale()).unscaledValue();
    int shiftedScale = 2 * scale + 2 + (value.scale() & 1) + value.scale();
    return new BigDecimal(shifted.sqrt(), shiftedScale / 2).setScale(scale, RoundingMode.HALF_UP);
  }

  static BigDecimal exponential(BigDecimal value) {
    double estimate = value.doubleValue();
    double digits = estimate * LOG10_E;
    digits = Math.max(-Decimals.RESULT_SCALE_MAX, Math.min(Decimals.RESULT_SCALE_MAX, digits));
    int scale = Decimals.displayScale(SIGNIFICANT - (int) digits, value.scale(), 0);
    return exponential(value, scale, estimate);
  }

  private static BigDecimal exponential(BigDecimal value, int scale, double estimate) {
    if (Math.abs(estimate) >= Decimals.RESULT_SCALE_MAX * 3) {
      if (estimate > 0) {
        throw NumberErrors.numericOverflow();
      }
      return BigDecimal.ZERO.setScale(scale);
    }
    int precision = Math.max(1, scale + (int) (estimate * LOG10_E) + 2) + GUARD;
    return exp(value, new MathContext(precision)).setScale(scale, RoundingMode.HALF_UP);
  }

  static BigDecimal naturalLogarithm(BigDecimal value) {
    checkLogarithm(value);
    int scale = Decimals.displayScale(SIGNIFICANT - lnWeight(value), value.scale(), 0);
    return naturalLogarithm(value, scale);
  }

  static BigDecimal naturalLogarithm(BigDecimal value, int scale) {
    checkLogarithm(value);
    int precision = Math.max(1, scale + Math.max(0, lnWeight(value)) + 2) + GUARD;
    return ln(value, new MathContext(precision)).setScale(scale, RoundingMode.HALF_UP);
  }

  static void checkLogarithm(BigDecimal value) {
    if (value.signum() == 0) {
      throw NumberErrors.logarithmOfZero();
    }
    if (value.signum() < 0) {
      throw NumberErrors.logarithmOfNegative();
    }
  }

  /** Returns the logarithm of {@code value} to a base. */
  static BigDecimal logarithm(BigDecimal base, BigDecimal value) {
    checkLogarithm(base);
    checkLogarithm(value);
    int weight = lnWeight(value) - lnWeight(base);
    int scale = Decimals.displayScale(SIGNIFICANT - weight, base.scale(), value.scale());
    MathContext precision = new MathContext(scale + Math.abs(weight) + 2 * GUARD);
    BigDecimal divisor = ln(base, precision);
    if (divisor.signum() == 0) {
      throw NumberErrors.divisionByZero();
    }
    return ln(value, precision).divide(divisor, scale, RoundingMode.HALF_UP);
  }

  static BigDecimal power(BigDecimal base, BigDecimal exponent) {
    boolean isWhole = Decimals.minScale(exponent) == 0;
    if (isWhole && exponent.toBigInteger().bitLength() < Integer.SIZE) {
      return wholePower(base, exponent.intValue(), exponent.scale());
    }
    if (base.signum() == 0) {
      return BigDecimal.ZERO.setScale(SIGNIFICANT);
    }
    boolean isNegative = base.signum() < 0 && exponent.toBigInteger().testBit(0);
    BigDecimal positive = base.abs();
    double estimate = lnEstimate(positive) * exponent.doubleValue();
    if (Math.abs(estimate) > Decimals.RESULT_SCALE_MAX * 3.01) {
      if (estimate > 0) {
        throw NumberErrors.numericOverflow();
      }
      return BigDecimal.ZERO.setScale(Decimals.DISPLAY_SCALE_MAX);
    }
    int scale =
        Decimals.displayScale(
            SIGNIFICANT - roundedWeight(positive, exponent), base.scale(), exponent.scale());
    int digits = Math.max(1, scale + (int) (estimate * LOG10_E) + 2) + 2 * GUARD;
    MathContext precision = new MathContext(digits + exponent.precision());
    BigDecimal result =
        exponential(ln(positive, precision).multiply(exponent, precision), scale, estimate);
    return isNegative ? result.negate() : result;
  }

  /**
   * Returns the decimal weight of a power as PostgreSQL estimates it to choose the scale of the
   * result: by a logarithm of 8 digits.
   */
  private static int roundedWeight(BigDecimal base, BigDecimal exponent) {
    int scale = Math.max(0, 8 - lnWeight(base));
    BigDecimal ln = BigDecimal.valueOf(lnEstimate(base)).setScale(scale, RoundingMode.HALF_UP);
    double product = ln.multiply(exponent).setScale(scale, RoundingMode.HALF_UP).doubleValue();
    return (int) (product * LOG10_E);
  }

  private static BigDecimal wholePower(BigDecimal base, int exponent, int exponentScale) {
    if (base.signum() == 0) {
      return exponent == 0
          ? BigDecimal.ONE.setScale(SIGNIFICANT)
          : BigDecimal.ZERO.setScale(SIGNIFICANT);
    }
    double logarithm = log10Estimate(base);
    double weight = logarithm * exponent;
    if (weight > INTEGER_WEIGHT_MAX) {
      throw NumberErrors.numericOverflow();
    }
    int scale = Decimals.displayScale(SIGNIFICANT, base.scale(), exponentScale);
    if (weight < -INTEGER_WEIGHT_MAX) {
      return BigDecimal.ZERO.setScale(scale);
    }
    int digits = Math.max(1, scale + (int) weight + 2) + GUARD;
    MathContext precision = new MathContext(digits + Integer.SIZE);
    BigDecimal result = pow(base, Math.abs((long) exponent), precision);
    return exponent < 0
        ? BigDecimal.ONE.divide(result, scale, RoundingMode.HALF_UP)
        : result.setScale(scale, RoundingMode.HALF_UP);
  }

  private static final double INTEGER_WEIGHT_MAX = 4.0 * (Short.MAX_VALUE + 1);

  /** Squares and multiplies; {@code BigDecimal.pow} refuses exponents above 999,999,999. */
  private static BigDecimal pow(BigDecimal base, long exponent, MathContext precision) {
    BigDecimal result = BigDecimal.ONE;
    BigDecimal square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result = result.multiply(square, precision);
      }
      if (rest > 1) {
        square = square.multiply(square, precision);
      }
    }
    return result;
  }

  /** Returns the decimal weight of {@code ln(value)}: how many digits before the point, less 1. */
  static int lnWeight(BigDecimal value) {
    if (value.signum() <= 0) {
      return 0;
    }
    if (value.compareTo(NEAR_ONE_LOW) >= 0 && value.compareTo(NEAR_ONE_HIGH) <= 0) {
      BigDecimal rest = value.subtract(BigDecimal.ONE);
      return rest.signum() == 0 ? 0 : rest.precision() - 1 - rest.scale();
    }
    return (int) Math.log10(Math.abs(lnEstimate(value)));
  }

  private static double lnEstimate(BigDecimal value) {
    BigDecimal rest = value.subtract(BigDecimal.ONE);
    if (rest.abs().compareTo(new BigDecimal("0.1")) <= 0) {
      return Math.log1p(rest.doubleValue());
    }
    return log10Estimate(value) * LN_10;
  }

  private static double log10Estimate(BigDecimal value) {
    int precision = value.precision();
    double leading = Decimals.leadingDigits(value, precision, 17).doubleValue();
    return Math.log10(leading) + (precision - 17 - value.scale());
  }

  /** Sums the Taylor series of {@code value / 2^k}, then squares k times. */
  private static BigDecimal exp(BigDecimal value, MathContext precision) {
    int halvings =
        Math.max(
            0, (int) Math.ceil(Math.log(Math.abs(value.doubleValue()) + 1e-300) / Math.log(2)) + 8);
    MathContext working = new MathContext(precision.getPrecision() + halvings + GUARD);
    BigDecimal x = value.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), working);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    BigDecimal smallest = BigDecimal.ONE.movePointLeft(working.getPrecision() + 1);
    for (int i = 1; term.abs().compareTo(smallest) > 0; i++) {
      term = term.multiply(x, working).divide(BigDecimal.valueOf(i), working);
      sum = sum.add(term, working);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, working);
    }
    return sum.round(precision);
  }

  /** Halley's iteration on {@link #exp}; each step triples the digits. */
  private static BigDecimal ln(BigDecimal value, MathContext precision) {
    if (value.compareTo(BigDecimal.ONE) == 0) {
      return BigDecimal.ZERO;
    }
    int lost = Math.max(0, -lnWeight(value));
    MathContext working = new MathContext(precision.getPrecision() + lost + GUARD);
    BigDecimal y = new BigDecimal(lnEstimate(value), MathContext.DECIMAL64);
    for (int digits = 14; digits < 3 * working.getPrecision(); digits *= 3) {
      BigDecimal power = exp(y, working);
      BigDecimal step =
          value.subtract(power).multiply(BigDecimal.TWO).divide(value.add(power), working);
      y = y.add(step, working);
    }
    return y.round(precision);
  }
}
