package io.quarkgres.engine.function.number;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;

/**
 * {@code power} of numerics with its rules for zero, negative numbers and specials. Thread: any.
 */
final class NumericPower {
  private static final String ZERO_TO_NEGATIVE = "zero raised to a negative power is undefined";
  private static final String COMPLEX =
      "a negative number raised to a non-integer power yields a complex result";

  private NumericPower() {}

  static void apply(Row r, Out o) {
    if (r.decimalCode(0) >= DecimalColumn.BIG && r.decimalCode(1) >= DecimalColumn.BIG) {
      BigDecimal base = r.decimal(0);
      BigDecimal exponent = r.decimal(1);
      check(base.signum(), exponent.signum(), Decimals.minScale(exponent) == 0);
      BigDecimal result = DecimalMath.power(base, exponent);
      if (result.precision() - result.scale() > Decimals.INTEGER_DIGITS_MAX) {
        throw NumberErrors.numericOverflow();
      }
      o.decimal(result);
      return;
    }
    special(r, o);
  }

  private static void check(double base, double exponent, boolean isWhole) {
    if (base == 0 && exponent < 0) {
      throw NumberErrors.power(ZERO_TO_NEGATIVE);
    }
    if (base < 0 && !isWhole) {
      throw NumberErrors.power(COMPLEX);
    }
  }

  /** At least one operand is NaN or infinite; the answers are those of the C function pow. */
  private static void special(Row r, Out o) {
    double base = value(r, 0);
    double exponent = value(r, 1);
    if (Double.isNaN(base)) {
      one(o, exponent == 0);
    } else if (Double.isNaN(exponent)) {
      one(o, base == 1);
    } else {
      check(base, exponent, Double.isInfinite(exponent) || exponent == Math.rint(exponent));
      double result =
          Math.abs(base) == 1 && Double.isInfinite(exponent) ? 1 : Math.pow(base, exponent);
      if (Double.isNaN(result)) {
        o.decimalSpecial(DecimalColumn.NAN);
      } else if (Double.isInfinite(result)) {
        o.decimalSpecial(
            result > 0 ? DecimalColumn.POSITIVE_INFINITY : DecimalColumn.NEGATIVE_INFINITY);
      } else {
        o.decimal((long) result, 0);
      }
    }
  }

  private static void one(Out o, boolean isOne) {
    if (isOne) {
      o.decimal(1, 0);
    } else {
      o.decimalSpecial(DecimalColumn.NAN);
    }
  }

  private static double value(Row r, int i) {
    return r.decimalCode(i) >= DecimalColumn.BIG
        ? r.decimal(i).doubleValue()
        : Decimals.sketch((DecimalColumn) r.column(i), r.position());
  }
}
