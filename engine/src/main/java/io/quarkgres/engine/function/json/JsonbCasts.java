package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.number.NumberErrors;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Casts of jsonb scalars to SQL types. Thread: any. */
final class JsonbCasts {
  private JsonbCasts() {}

  static void register(KernelTable t) {
    t.row("jsonb_bool", (r, o) -> o.bool(bool(r)));
    t.row("jsonb_numeric", (r, o) -> o.decimal(number(r, "numeric")));
    t.row(
        "jsonb_int2",
        (r, o) -> o.int32((int) whole(r, "smallint", Short.MIN_VALUE, Short.MAX_VALUE)));
    t.row(
        "jsonb_int4",
        (r, o) -> o.int32((int) whole(r, "integer", Integer.MIN_VALUE, Integer.MAX_VALUE)));
    t.row("jsonb_int8", (r, o) -> o.int64(whole(r, "bigint", Long.MIN_VALUE, Long.MAX_VALUE)));
    t.row(
        "jsonb_float4",
        (r, o) -> {
          BigDecimal number = number(r, "real");
          o.float64(checked(number, number.floatValue(), "real"));
        });
    t.row(
        "jsonb_float8",
        (r, o) -> {
          BigDecimal number = number(r, "double precision");
          o.float64(checked(number, number.doubleValue(), "double precision"));
        });
  }

  private static SqlException cannotCast(JsonSlice value, String type) {
    String kind = value.kind() == JsonSlice.Kind.NUMBER ? "numeric" : value.kind().typeName();
    return JsonErrors.parameter("cannot cast jsonb " + kind + " to type " + type);
  }

  private static boolean bool(Row r) {
    JsonSlice value = JsonSlice.of(r, 0);
    if (value.kind() != JsonSlice.Kind.BOOLEAN) {
      throw cannotCast(value, "boolean");
    }
    return value.text()[value.start()] == 't';
  }

  private static BigDecimal number(Row r, String type) {
    JsonSlice value = JsonSlice.of(r, 0);
    if (value.kind() != JsonSlice.Kind.NUMBER) {
      throw cannotCast(value, type);
    }
    return new BigDecimal(value.toString());
  }

  private static long whole(Row r, String type, long min, long max) {
    BigDecimal rounded = number(r, type).setScale(0, RoundingMode.HALF_UP);
    if (rounded.unscaledValue().bitLength() >= Long.SIZE
        || rounded.longValue() < min
        || rounded.longValue() > max) {
      throw NumberErrors.outOfRange(type);
    }
    return rounded.longValue();
  }

  private static double checked(BigDecimal number, double value, String type) {
    if (Double.isInfinite(value) || value == 0 && number.signum() != 0) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "\"" + number.toPlainString() + "\" is out of range for type " + type);
    }
    return value;
  }
}
