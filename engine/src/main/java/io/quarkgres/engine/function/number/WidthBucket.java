package io.quarkgres.engine.function.number;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** {@code width_bucket} between two bounds (manual, section 9.3). Thread: any. */
final class WidthBucket {
  private WidthBucket() {}

  private static SqlException error(String message) {
    return new SqlException(SqlState.INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION, message);
  }

  private static void checkCount(int count) {
    if (count <= 0) {
      throw error("count must be greater than zero");
    }
  }

  private static void checkBounds(boolean isAnyNan, boolean areFinite) {
    if (isAnyNan) {
      throw error("operand, lower bound, and upper bound cannot be NaN");
    }
    if (!areFinite) {
      throw error("lower and upper bounds must be finite");
    }
  }

  private static int beyond(int count) {
    if (count == Integer.MAX_VALUE) {
      throw NumberErrors.integerOutOfRange();
    }
    return count + 1;
  }

  static void ofFloat(Row r, Out o) {
    double operand = r.float64(0);
    double low = r.float64(1);
    double high = r.float64(2);
    int count = r.int32(3);
    checkCount(count);
    checkBounds(
        Double.isNaN(operand) || Double.isNaN(low) || Double.isNaN(high),
        Double.isFinite(low) && Double.isFinite(high));
    if (low == high) {
      throw error("lower bound cannot equal upper bound");
    }
    boolean isAscending = low < high;
    if (isAscending ? operand < low : operand > low) {
      o.int32(0);
    } else if (isAscending ? operand >= high : operand <= high) {
      o.int32(beyond(count));
    } else {
      double bucket = count * (operand - low) / (high - low) + 1;
      boolean fits = Double.isFinite(bucket) && bucket <= Integer.MAX_VALUE;
      o.int32(fits ? (int) bucket : ofGreatNumbers(operand, low, high, count));
    }
  }

  /** Where PostgreSQL's way overflows, which gives any number there, halves are divided. */
  private static int ofGreatNumbers(double operand, double low, double high, int count) {
    double part = (operand / 2 - low / 2) / (high / 2 - low / 2);
    return Math.min((int) (count * part), count - 1) + 1;
  }

  static void ofNumeric(Row r, Out o) {
    int count = r.int32(3);
    checkCount(count);
    boolean isAnyNan = false;
    for (int i = 0; i < 3; i++) {
      isAnyNan |= r.decimalCode(i) == DecimalColumn.NAN;
    }
    checkBounds(
        isAnyNan, r.decimalCode(1) >= DecimalColumn.BIG && r.decimalCode(2) >= DecimalColumn.BIG);
    BigDecimal low = r.decimal(1);
    BigDecimal high = r.decimal(2);
    if (low.compareTo(high) == 0) {
      throw error("lower bound cannot equal upper bound");
    }
    int direction = high.compareTo(low);
    int code = r.decimalCode(0);
    if (code < DecimalColumn.BIG) {
      boolean isAbove = code == DecimalColumn.POSITIVE_INFINITY;
      o.int32(isAbove == direction > 0 ? beyond(count) : 0);
      return;
    }
    BigDecimal operand = r.decimal(0);
    if (operand.compareTo(low) * direction < 0) {
      o.int32(0);
    } else if (operand.compareTo(high) * direction >= 0) {
      o.int32(beyond(count));
    } else {
      BigDecimal part = operand.subtract(low).multiply(BigDecimal.valueOf(count));
      o.int32(part.divide(high.subtract(low), 0, RoundingMode.FLOOR).intValue() + 1);
    }
  }
}
