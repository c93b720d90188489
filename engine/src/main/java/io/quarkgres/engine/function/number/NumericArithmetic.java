package io.quarkgres.engine.function.number;

import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.Selection;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Loops over numerics: 64-bit arithmetic where the operands fit and the result does, BigDecimal
 * otherwise, PostgreSQL's rules for NaN and infinities. Thread: any.
 */
final class NumericArithmetic {
  private NumericArithmetic() {}

  /** Adds, or subtracts where {@code isNegated}. */
  static DecimalColumn add(
      DecimalColumn left, DecimalColumn right, boolean isNegated, Selection rows, int size) {
    DecimalOut out = new DecimalOut(size);
    long[] leftUnscaled = left.unscaled();
    long[] rightUnscaled = right.unscaled();
    short[] leftScales = left.scales();
    short[] rightScales = right.scales();
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int scale = leftScales[p];
      if (scale == rightScales[p] && scale >= 0) {
        long l = leftUnscaled[p];
        long r = isNegated ? -rightUnscaled[p] : rightUnscaled[p];
        long sum = l + r;
        if (((l ^ sum) & (r ^ sum)) >= 0 && r != Long.MIN_VALUE) {
          out.unscaled[p] = sum;
          out.scales[p] = (short) scale;
          continue;
        }
      }
      addSlowly(left, right, isNegated, p, out);
    }
    return out.build();
  }

  private static void addSlowly(
      DecimalColumn left, DecimalColumn right, boolean isNegated, int p, DecimalOut out) {
    int leftScale = left.scales()[p];
    int rightScale = right.scales()[p];
    int scale = Math.max(leftScale, rightScale);
    if (Math.min(leftScale, rightScale) >= 0
        && Math.max(scale - leftScale, scale - rightScale) <= Decimals.POWER_MAX) {
      long leftPower = Decimals.power10(scale - leftScale);
      long rightPower = Decimals.power10(scale - rightScale);
      long l = left.unscaled()[p] * leftPower;
      long r = right.unscaled()[p] * rightPower;
      if (Math.multiplyHigh(left.unscaled()[p], leftPower) == l >> 63
          && Math.multiplyHigh(right.unscaled()[p], rightPower) == r >> 63
          && r != Long.MIN_VALUE) {
        r = isNegated ? -r : r;
        long sum = l + r;
        if (((l ^ sum) & (r ^ sum)) >= 0) {
          out.set(p, sum, scale);
          return;
        }
      }
    }
    if (!left.isFinite(p) || !right.isFinite(p)) {
      double r = Decimals.sketch(right, p);
      out.setSketch(p, Decimals.sketch(left, p) + (isNegated ? -r : r));
    } else if (isNegated) {
      out.set(p, left.decimal(p).subtract(right.decimal(p)));
    } else {
      out.set(p, left.decimal(p).add(right.decimal(p)));
    }
  }

  static DecimalColumn multiply(DecimalColumn left, DecimalColumn right, Selection rows, int size) {
    DecimalOut out = new DecimalOut(size);
    long[] leftUnscaled = left.unscaled();
    long[] rightUnscaled = right.unscaled();
    short[] leftScales = left.scales();
    short[] rightScales = right.scales();
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int scale = leftScales[p] + rightScales[p];
      if ((leftScales[p] | rightScales[p]) >= 0 && scale <= Decimals.SCALE_MAX) {
        long product = leftUnscaled[p] * rightUnscaled[p];
        if (Math.multiplyHigh(leftUnscaled[p], rightUnscaled[p]) == product >> 63) {
          out.unscaled[p] = product;
          out.scales[p] = (short) scale;
          continue;
        }
      }
      if (left.isFinite(p) && right.isFinite(p)) {
        out.set(p, Decimals.multiply(left.decimal(p), right.decimal(p)));
      } else {
        out.setSketch(p, Decimals.sketch(left, p) * Decimals.sketch(right, p));
      }
    }
    return out.build();
  }

  static DecimalColumn divide(DecimalColumn left, DecimalColumn right, Selection rows, int size) {
    DecimalOut out = new DecimalOut(size);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      if ((left.scales()[p] | right.scales()[p]) >= 0) {
        divideLongs(left, right, p, out);
      } else if (left.isFinite(p) && right.isFinite(p)) {
        out.set(p, Decimals.divide(left.decimal(p), right.decimal(p)));
      } else {
        out.setSketch(p, divideSketch(Decimals.sketch(left, p), Decimals.sketch(right, p)));
      }
    }
    return out.build();
  }

  private static void divideLongs(DecimalColumn left, DecimalColumn right, int p, DecimalOut out) {
    long divisor = right.unscaled()[p];
    if (divisor == 0) {
      throw NumberErrors.divisionByZero();
    }
    int leftScale = left.scales()[p];
    int rightScale = right.scales()[p];
    long dividend = left.unscaled()[p];
    int scale = Decimals.quotientScale(dividend, leftScale, divisor, rightScale);
    out.set(
        p,
        BigDecimal.valueOf(dividend, leftScale)
            .divide(BigDecimal.valueOf(divisor, rightScale), scale, RoundingMode.HALF_UP));
  }

  private static double divideSketch(double left, double right) {
    if (right == 0 && !Double.isNaN(left)) {
      throw NumberErrors.divisionByZero();
    }
    return left / right;
  }

  /** Divides and rounds towards zero. */
  static DecimalColumn divideTruncated(
      DecimalColumn left, DecimalColumn right, Selection rows, int size) {
    DecimalOut out = new DecimalOut(size);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      if (left.isFinite(p) && right.isFinite(p)) {
        out.set(p, Decimals.divideTruncated(left.decimal(p), right.decimal(p)));
      } else {
        out.setSketch(p, divideSketch(Decimals.sketch(left, p), Decimals.sketch(right, p)));
      }
    }
    return out.build();
  }

  static DecimalColumn modulo(DecimalColumn left, DecimalColumn right, Selection rows, int size) {
    DecimalOut out = new DecimalOut(size);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      if (left.scales()[p] >= 0 && left.scales()[p] == right.scales()[p]) {
        if (right.unscaled()[p] == 0) {
          throw NumberErrors.divisionByZero();
        }
        out.set(p, left.unscaled()[p] % right.unscaled()[p], left.scales()[p]);
      } else if (left.isFinite(p) && right.isFinite(p)) {
        out.set(p, Decimals.modulo(left.decimal(p), right.decimal(p)));
      } else {
        moduloOfSpecial(left, right, p, out);
      }
    }
    return out.build();
  }

  private static void moduloOfSpecial(
      DecimalColumn left, DecimalColumn right, int p, DecimalOut out) {
    double l = Decimals.sketch(left, p);
    double r = Decimals.sketch(right, p);
    if (Double.isInfinite(l) && r == 0) {
      throw NumberErrors.divisionByZero();
    }
    if (Double.isNaN(l) || Double.isNaN(r) || Double.isInfinite(l)) {
      out.setSpecial(p, DecimalColumn.NAN);
    } else {
      out.set(p, left.decimal(p));
    }
  }
}
