package io.quarkgres.engine.function.number;

import static io.quarkgres.engine.function.kernel.Columns.doubles;
import static io.quarkgres.engine.function.kernel.Columns.ints;
import static io.quarkgres.engine.function.kernel.Columns.longs;
import static io.quarkgres.engine.function.kernel.Columns.of;
import static io.quarkgres.engine.function.kernel.Columns.widened;
import static io.quarkgres.engine.function.kernel.Columns.widenedUnsigned;

import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Casts among integers, floats, numeric, oid and bool. Floats round half to even, numeric half away
 * from zero. Thread: any.
 */
public final class NumberCasts {
  private static final MathContext FLOAT8_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final MathContext FLOAT4_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  private NumberCasts() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    integers(t);
    floats(t);
    fromNumeric(t);
    toNumeric(t);
    others(t);
  }

  private static void integers(KernelTable t) {
    t.scalar("i2toi4", (c, a, s, n, x) -> a[0]);
    t.scalar("i4toi2", (c, a, s, n, x) -> of(IntArithmetic.toShort(ints(a[0]), s, n)));
    ScalarKernel widen = (c, a, s, n, x) -> of(widened(a[0], n));
    t.scalar("int28", widen);
    t.scalar("int48", widen);
    t.scalar("int84", (c, a, s, n, x) -> of(LongArithmetic.toInt(longs(a[0]), s, n)));
    t.row(
        "int82",
        (r, o) -> {
          if (r.int64(0) != (short) r.int64(0)) {
            throw NumberErrors.smallintOutOfRange();
          }
          o.int32((int) r.int64(0));
        });
  }

  private static void floats(KernelTable t) {
    ScalarKernel fromInt = (c, a, s, n, x) -> of(fromInts(ints(a[0]), s, n));
    t.scalar("i2tod", fromInt);
    t.scalar("i4tod", fromInt);
    t.scalar("i2tof", fromInt);
    t.row("i4tof", (r, o) -> o.float64((float) r.int32(0)));
    t.scalar("i8tod", (c, a, s, n, x) -> of(fromLongs(longs(a[0]), s, n)));
    t.row("i8tof", (r, o) -> o.float64((float) r.int64(0)));
    t.scalar("ftod", (c, a, s, n, x) -> a[0]);
    t.scalar("dtof", (c, a, s, n, x) -> of(DoubleArithmetic.toFloat(doubles(a[0]), s, n)));
    for (String source : new String[] {"d", "f"}) {
      t.row(source + "toi2", (r, o) -> o.int32((int) rounded(r, -32768, 32768, "smallint")));
      t.row(source + "toi4", (r, o) -> o.int32((int) rounded(r, -0x1p31, 0x1p31, "integer")));
      t.row(source + "toi8", (r, o) -> o.int64((long) rounded(r, -0x1p63, 0x1p63, "bigint")));
    }
  }

  private static double[] fromInts(int[] values, Selection rows, int size) {
    double[] out = new double[size];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      out[p] = values[p];
    }
    return out;
  }

  private static double[] fromLongs(long[] values, Selection rows, int size) {
    double[] out = new double[size];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      out[p] = values[p];
    }
    return out;
  }

  /** Rounds half to even; 22003 unless {@code min <= result < bound}. */
  private static double rounded(Row r, double min, double bound, String type) {
    double value = Math.rint(r.float64(0));
    if (!(value >= min && value < bound)) {
      throw NumberErrors.outOfRange(type);
    }
    return value;
  }

  private static void fromNumeric(KernelTable t) {
    t.row(
        "numeric_int2",
        (r, o) -> o.int32((int) whole(r, Short.MIN_VALUE, Short.MAX_VALUE, "smallint")));
    t.row(
        "numeric_int4",
        (r, o) -> o.int32((int) whole(r, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer")));
    t.row("numeric_int8", (r, o) -> o.int64(whole(r, Long.MIN_VALUE, Long.MAX_VALUE, "bigint")));
    t.row(
        "numeric_float8",
        (r, o) -> {
          if (r.decimalCode(0) < DecimalColumn.BIG) {
            o.float64(Decimals.sketch((DecimalColumn) r.column(0), r.position()));
            return;
          }
          double value = r.decimal(0).doubleValue();
          checkFloat(r, value, "double precision");
          o.float64(value);
        });
    t.row(
        "numeric_float4",
        (r, o) -> {
          if (r.decimalCode(0) < DecimalColumn.BIG) {
            o.float64(Decimals.sketch((DecimalColumn) r.column(0), r.position()));
            return;
          }
          float value = r.decimal(0).floatValue();
          checkFloat(r, value, "real");
          o.float64(value);
        });
  }

  private static void checkFloat(Row r, double value, String type) {
    if (Double.isInfinite(value) || value == 0 && r.decimal(0).signum() != 0) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + r.decimal(0).toPlainString() + "\" is out of range for type " + type);
    }
  }

  /** Rounds half away from zero; 22003 beyond the bounds, 0A000 for NaN and infinities. */
  private static long whole(Row r, long min, long max, String type) {
    short code = r.decimalCode(0);
    if (code == DecimalColumn.NAN) {
      throw NumberErrors.cannotConvert("NaN", type);
    }
    if (code < DecimalColumn.BIG) {
      throw NumberErrors.cannotConvert("infinity", type);
    }
    long value;
    if (code == 0) {
      value = ((DecimalColumn) r.column(0)).unscaled()[r.position()];
    } else {
      BigDecimal rounded = r.decimal(0).setScale(0, RoundingMode.HALF_UP);
      if (rounded.unscaledValue().bitLength() >= Long.SIZE) {
        throw NumberErrors.outOfRange(type);
      }
      value = rounded.longValue();
    }
    if (value < min || value > max) {
      throw NumberErrors.outOfRange(type);
    }
    return value;
  }

  private static void toNumeric(KernelTable t) {
    ScalarKernel fromInt =
        (c, a, s, n, x) -> new DecimalColumn(widened(a[0], n), new short[n], null, null, n);
    t.scalar("int2_numeric", fromInt);
    t.scalar("int4_numeric", fromInt);
    t.scalar(
        "int8_numeric",
        (c, a, s, n, x) -> new DecimalColumn(longs(a[0]), new short[n], null, null, n));
    t.scalar("float8_numeric", (c, a, s, n, x) -> fromFloats(doubles(a[0]), FLOAT8_DIGITS, s, n));
    t.scalar("float4_numeric", (c, a, s, n, x) -> fromFloats(doubles(a[0]), FLOAT4_DIGITS, s, n));
  }

  private static DecimalColumn fromFloats(
      double[] values, MathContext digits, Selection rows, int size) {
    DecimalOut out = new DecimalOut(size);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      double value = values[p];
      if (FloatDecimals.set(out, p, value, digits.getPrecision())) {
        continue;
      }
      if (Double.isFinite(value)) {
        out.set(p, decimal(value, digits));
      } else {
        out.setSketch(p, value);
      }
    }
    return out.build();
  }

  /** Returns the number with the significant digits a float type is sure of. */
  public static BigDecimal decimal(double value) {
    return decimal(value, FLOAT8_DIGITS);
  }

  private static BigDecimal decimal(double value, MathContext digits) {
    return value == 0
        ? BigDecimal.ZERO
        : Decimals.atLeastScaleZero(new BigDecimal(value).round(digits).stripTrailingZeros());
  }

  private static void others(KernelTable t) {
    t.scalar("oidtoi8", (c, a, s, n, x) -> of(widenedUnsigned(a[0], n)));
    t.row(
        "i8tooid",
        (r, o) -> {
          if (r.int64(0) >>> 32 != 0) {
            throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "OID out of range");
          }
          o.int32((int) r.int64(0));
        });
    t.row("bool_int4", (r, o) -> o.int32(r.bool(0) ? 1 : 0));
    t.row("int4_bool", (r, o) -> o.bool(r.int32(0) != 0));
  }
}
