package io.quarkgres.engine.function.number;

import static io.quarkgres.engine.function.kernel.Columns.decimals;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;

/** Functions and operators of numeric. Thread: any. */
public final class NumericFunctions {
  private static final int FACTORIAL_MAX = 32_177;

  private NumericFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    t.scalar(
        "numeric_add",
        (c, a, s, n, x) -> NumericArithmetic.add(decimals(a[0]), decimals(a[1]), false, s, n));
    t.scalar(
        "numeric_sub",
        (c, a, s, n, x) -> NumericArithmetic.add(decimals(a[0]), decimals(a[1]), true, s, n));
    t.scalar(
        "numeric_mul",
        (c, a, s, n, x) -> NumericArithmetic.multiply(decimals(a[0]), decimals(a[1]), s, n));
    t.scalar(
        "numeric_div",
        (c, a, s, n, x) -> NumericArithmetic.divide(decimals(a[0]), decimals(a[1]), s, n));
    t.scalar(
        "numeric_div_trunc",
        (c, a, s, n, x) -> NumericArithmetic.divideTruncated(decimals(a[0]), decimals(a[1]), s, n));
    t.scalar(
        "numeric_mod",
        (c, a, s, n, x) -> NumericArithmetic.modulo(decimals(a[0]), decimals(a[1]), s, n));
    signs(t);
    rounding(t);
    transcendental(t);
    rest(t);
  }

  private static void signs(KernelTable t) {
    t.row("numeric_uplus", (r, o) -> o.copy(r.column(0), r.position()));
    t.row(
        "numeric_uminus",
        (r, o) -> {
          switch (r.decimalCode(0)) {
            case DecimalColumn.POSITIVE_INFINITY ->
                o.decimalSpecial(DecimalColumn.NEGATIVE_INFINITY);
            case DecimalColumn.NEGATIVE_INFINITY ->
                o.decimalSpecial(DecimalColumn.POSITIVE_INFINITY);
            default -> keepingSpecial(r, o, BigDecimal::negate);
          }
        });
    t.row(
        "numeric_abs",
        (r, o) -> {
          if (r.decimalCode(0) == DecimalColumn.NEGATIVE_INFINITY) {
            o.decimalSpecial(DecimalColumn.POSITIVE_INFINITY);
          } else {
            keepingSpecial(r, o, BigDecimal::abs);
          }
        });
    t.row(
        "numeric_sign",
        (r, o) -> {
          double sign = Decimals.sketch((DecimalColumn) r.column(0), r.position());
          if (Double.isNaN(sign)) {
            o.decimalSpecial(DecimalColumn.NAN);
          } else {
            o.decimal((long) Math.signum(sign), 0);
          }
        });
  }

  private static void rounding(KernelTable t) {
    t.row("numeric_round", (r, o) -> keepingSpecial(r, o, v -> Decimals.round(v, r.int32(1))));
    t.row("round(numeric)", (r, o) -> keepingSpecial(r, o, v -> Decimals.round(v, 0)));
    t.row("numeric_trunc", (r, o) -> keepingSpecial(r, o, v -> Decimals.truncate(v, r.int32(1))));
    t.row("trunc(numeric)", (r, o) -> keepingSpecial(r, o, v -> Decimals.truncate(v, 0)));
    t.row("numeric_ceil", (r, o) -> keepingSpecial(r, o, v -> v.setScale(0, RoundingMode.CEILING)));
    t.row("numeric_floor", (r, o) -> keepingSpecial(r, o, v -> v.setScale(0, RoundingMode.FLOOR)));
  }

  /** Applies a function to a finite number; NaN and infinities stay. */
  private static void keepingSpecial(Row r, Out o, UnaryOperator<BigDecimal> function) {
    if (r.decimalCode(0) < DecimalColumn.BIG) {
      o.decimalSpecial(r.decimalCode(0));
    } else {
      o.decimal(function.apply(r.decimal(0)));
    }
  }

  private static void transcendental(KernelTable t) {
    t.row(
        "numeric_sqrt",
        (r, o) -> {
          if (r.decimalCode(0) == DecimalColumn.NEGATIVE_INFINITY) {
            throw NumberErrors.rootOfNegative();
          }
          keepingSpecial(r, o, DecimalMath::squareRoot);
        });
    t.row(
        "numeric_exp",
        (r, o) -> {
          if (r.decimalCode(0) == DecimalColumn.NEGATIVE_INFINITY) {
            o.decimal(0, 0);
          } else {
            keepingSpecial(r, o, DecimalMath::exponential);
          }
        });
    t.row(
        "numeric_ln",
        (r, o) -> {
          if (r.decimalCode(0) == DecimalColumn.NEGATIVE_INFINITY) {
            throw NumberErrors.logarithmOfNegative();
          }
          keepingSpecial(r, o, DecimalMath::naturalLogarithm);
        });
    t.row("numeric_log", NumericFunctions::logarithm);
    t.row("log(numeric)", NumericFunctions::decimalLogarithm);
    t.row("log10(numeric)", NumericFunctions::decimalLogarithm);
    t.row("numeric_power", NumericPower::apply);
  }

  private static void decimalLogarithm(Row r, Out o) {
    if (r.decimalCode(0) == DecimalColumn.NEGATIVE_INFINITY) {
      throw NumberErrors.logarithmOfNegative();
    }
    keepingSpecial(r, o, v -> DecimalMath.logarithm(BigDecimal.TEN, v));
  }

  private static void logarithm(Row r, Out o) {
    if (r.decimalCode(0) >= DecimalColumn.BIG && r.decimalCode(1) >= DecimalColumn.BIG) {
      o.decimal(DecimalMath.logarithm(r.decimal(0), r.decimal(1)));
      return;
    }
    double base = Decimals.sketch((DecimalColumn) r.column(0), r.position());
    double value = Decimals.sketch((DecimalColumn) r.column(1), r.position());
    if (Double.isNaN(base) || Double.isNaN(value)) {
      o.decimalSpecial(DecimalColumn.NAN);
      return;
    }
    if (base < 0 || value < 0) {
      throw NumberErrors.logarithmOfNegative();
    }
    if (base == 0 || value == 0) {
      throw NumberErrors.logarithmOfZero();
    }
    if (Double.isInfinite(base) && Double.isInfinite(value)) {
      o.decimalSpecial(DecimalColumn.NAN);
    } else if (Double.isInfinite(base)) {
      o.decimal(0, 0);
    } else {
      o.decimalSpecial(DecimalColumn.POSITIVE_INFINITY);
    }
  }

  private static void rest(KernelTable t) {
    t.row("numeric_inc", (r, o) -> keepingSpecial(r, o, v -> v.add(BigDecimal.ONE)));
    t.row("numeric_fac", (r, o) -> o.decimal(factorial(r.int64(0))));
    t.row("numeric_gcd", NumericFunctions::gcd);
    t.row("numeric_lcm", NumericFunctions::lcm);
    t.row(
        "numeric_scale",
        (r, o) -> {
          if (r.decimalCode(0) < DecimalColumn.BIG) {
            o.sqlNull();
          } else {
            o.int32(r.decimal(0).scale());
          }
        });
    t.row(
        "numeric_min_scale",
        (r, o) -> {
          if (r.decimalCode(0) < DecimalColumn.BIG) {
            o.sqlNull();
          } else {
            o.int32(Decimals.minScale(r.decimal(0)));
          }
        });
    t.row(
        "numeric_trim_scale",
        (r, o) -> keepingSpecial(r, o, v -> v.setScale(Decimals.minScale(v))));
    t.row("width_bucket_numeric", WidthBucket::ofNumeric);
    t.row("width_bucket_float8", WidthBucket::ofFloat);
  }

  private static BigDecimal factorial(long n) {
    if (n < 0) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "factorial of a negative number is undefined");
    }
    if (n > FACTORIAL_MAX) {
      throw NumberErrors.numericOverflow();
    }
    return new BigDecimal(product(1, Math.max(1, n)));
  }

  /** Multiplies a range by halves, which keeps the factors of like size. */
  private static BigInteger product(long from, long to) {
    if (to - from < 8) {
      BigInteger result = BigInteger.valueOf(from);
      for (long i = from + 1; i <= to; i++) {
        result = result.multiply(BigInteger.valueOf(i));
      }
      return result;
    }
    long middle = (from + to) >>> 1;
    return product(from, middle).multiply(product(middle + 1, to));
  }

  private static void gcd(Row r, Out o) {
    if (r.decimalCode(0) < DecimalColumn.BIG || r.decimalCode(1) < DecimalColumn.BIG) {
      o.decimalSpecial(DecimalColumn.NAN);
      return;
    }
    o.decimal(gcd(r.decimal(0), r.decimal(1)));
  }

  private static BigDecimal gcd(BigDecimal a, BigDecimal b) {
    int scale = Math.max(a.scale(), b.scale());
    BigInteger left = a.setScale(scale).unscaledValue();
    return new BigDecimal(left.gcd(b.setScale(scale).unscaledValue()), scale);
  }

  private static void lcm(Row r, Out o) {
    if (r.decimalCode(0) < DecimalColumn.BIG || r.decimalCode(1) < DecimalColumn.BIG) {
      o.decimalSpecial(DecimalColumn.NAN);
      return;
    }
    BigDecimal a = r.decimal(0);
    BigDecimal b = r.decimal(1);
    int scale = Math.max(a.scale(), b.scale());
    if (a.signum() == 0 || b.signum() == 0) {
      o.decimal(0, scale);
    } else {
      o.decimal(a.divideToIntegralValue(gcd(a, b)).multiply(b).abs().setScale(scale));
    }
  }
}
