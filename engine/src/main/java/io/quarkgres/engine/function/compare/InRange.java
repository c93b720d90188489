package io.quarkgres.engine.function.compare;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;

/**
 * The bounds of RANGE frames: {@code in_range(value, base, offset, sub, less)} tells whether {@code
 * value} is at most (less) or at least {@code base} minus (sub) or plus {@code offset}. Those of
 * dates and times are with the time functions. Thread: any.
 */
final class InRange {
  private InRange() {}

  static void register(KernelTable t) {
    RowFunction ints = (r, o) -> o.bool(ofLongs(r, r.int32(0), r.int32(1), offset(r)));
    for (String types :
        new String[] {
          "int4_int8", "int4_int4", "int4_int2", "int2_int8", "int2_int4", "int2_int2"
        }) {
      t.row("in_range_" + types, ints);
    }
    t.row("in_range_int8_int8", (r, o) -> o.bool(ofLongs(r, r.int64(0), r.int64(1), r.int64(2))));
    t.row("in_range_float8_float8", InRange::ofFloats);
    t.row("in_range_float4_float8", InRange::ofFloats);
    t.row("in_range_numeric_numeric", InRange::ofNumerics);
  }

  static SqlException negativeOffset() {
    return new SqlException(
        SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
        "invalid preceding or following size in window function");
  }

  private static long offset(Row r) {
    return r.column(2).layout() == Layout.INT64 ? r.int64(2) : r.int32(2);
  }

  private static boolean ofLongs(Row r, long value, long base, long offset) {
    if (offset < 0) {
      throw negativeOffset();
    }
    boolean isSubtracted = r.bool(3);
    boolean isLess = r.bool(4);
    long bound = isSubtracted ? base - offset : base + offset;
    if (isSubtracted ? bound > base : bound < base) {
      // the bound is beyond every value
      return isSubtracted ? !isLess : isLess;
    }
    return isLess ? value <= bound : value >= bound;
  }

  private static void ofFloats(Row r, Out o) {
    double value = r.float64(0);
    double base = r.float64(1);
    double offset = r.float64(2);
    boolean isSubtracted = r.bool(3);
    boolean isLess = r.bool(4);
    if (Double.isNaN(offset) || offset < 0) {
      throw negativeOffset();
    }
    if (Double.isNaN(value)) {
      o.bool(Double.isNaN(base) || !isLess);
    } else if (Double.isNaN(base)) {
      o.bool(isLess);
    } else if (Double.isInfinite(offset)
        && Double.isInfinite(base)
        && (isSubtracted ? base > 0 : base < 0)) {
      o.bool(true);
    } else {
      double bound = isSubtracted ? base - offset : base + offset;
      o.bool(isLess ? value <= bound : value >= bound);
    }
  }

  private static void ofNumerics(Row r, Out o) {
    SqlType type = r.type(0);
    short offsetCode = r.decimalCode(2);
    short baseCode = r.decimalCode(1);
    boolean isSubtracted = r.bool(3);
    boolean isLess = r.bool(4);
    if (offsetCode == DecimalColumn.NAN
        || offsetCode == DecimalColumn.NEGATIVE_INFINITY
        || offsetCode >= DecimalColumn.BIG && r.decimal(2).signum() < 0) {
      throw negativeOffset();
    }
    if (r.decimalCode(0) == DecimalColumn.NAN) {
      o.bool(baseCode == DecimalColumn.NAN || !isLess);
      return;
    }
    if (baseCode == DecimalColumn.NAN) {
      o.bool(isLess);
      return;
    }
    boolean isOffsetInfinite = offsetCode < DecimalColumn.BIG;
    short opposite =
        isSubtracted ? DecimalColumn.POSITIVE_INFINITY : DecimalColumn.NEGATIVE_INFINITY;
    if (isOffsetInfinite && baseCode == opposite) {
      o.bool(true);
      return;
    }
    DecimalBuilder bound = new DecimalBuilder(1);
    if (baseCode < DecimalColumn.BIG) {
      bound.appendSpecial(baseCode);
    } else if (isOffsetInfinite) {
      bound.appendSpecial(
          isSubtracted ? DecimalColumn.NEGATIVE_INFINITY : DecimalColumn.POSITIVE_INFINITY);
    } else {
      BigDecimal offset = r.decimal(2);
      bound.append(r.decimal(1).add(isSubtracted ? offset.negate() : offset));
    }
    Column boundColumn = bound.build();
    int compared = type.compare(r.column(0), r.position(), boundColumn, 0);
    o.bool(isLess ? compared <= 0 : compared >= 0);
  }
}
