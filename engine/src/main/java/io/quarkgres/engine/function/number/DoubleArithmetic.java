package io.quarkgres.engine.function.number;

import io.quarkgres.spi.data.Selection;

/**
 * Loops over float8 values, and float4 ones, which are computed as float8 and rounded: for one
 * operation of these that is the correctly rounded result. Thread: any.
 */
final class DoubleArithmetic {
  private DoubleArithmetic() {}

  /** Adds; 22003 when finite operands give an infinity. */
  static double[] add(double[] left, double[] right, Selection rows, int size) {
    double[] out = new double[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        double value = left[p] + right[p];
        if (Double.isInfinite(value)) {
          FloatChecks.checkOverflow(left[p], right[p]);
        }
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        double value = left[p] + right[p];
        if (Double.isInfinite(value)) {
          FloatChecks.checkOverflow(left[p], right[p]);
        }
        out[p] = value;
      }
    }
    return out;
  }

  /** Subtracts; 22003 when finite operands give an infinity. */
  static double[] subtract(double[] left, double[] right, Selection rows, int size) {
    double[] out = new double[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        double value = left[p] - right[p];
        if (Double.isInfinite(value)) {
          FloatChecks.checkOverflow(left[p], right[p]);
        }
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        double value = left[p] - right[p];
        if (Double.isInfinite(value)) {
          FloatChecks.checkOverflow(left[p], right[p]);
        }
        out[p] = value;
      }
    }
    return out;
  }

  /** Multiplies; 22003 on overflow and on underflow to zero. */
  static double[] multiply(double[] left, double[] right, Selection rows, int size) {
    double[] out = new double[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        double value = left[p] * right[p];
        if (value == 0 || Double.isInfinite(value)) {
          FloatChecks.checkProduct(left[p], right[p], value);
        }
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        double value = left[p] * right[p];
        if (value == 0 || Double.isInfinite(value)) {
          FloatChecks.checkProduct(left[p], right[p], value);
        }
        out[p] = value;
      }
    }
    return out;
  }

  /** Divides; 22012 for a zero divisor, 22003 on overflow and on underflow to zero. */
  static double[] divide(double[] left, double[] right, Selection rows, int size) {
    double[] out = new double[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        double value = left[p] / right[p];
        if (value == 0 || right[p] == 0 || Double.isInfinite(value)) {
          FloatChecks.checkQuotient(left[p], right[p], value);
        }
        out[p] = value;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        double value = left[p] / right[p];
        if (value == 0 || right[p] == 0 || Double.isInfinite(value)) {
          FloatChecks.checkQuotient(left[p], right[p], value);
        }
        out[p] = value;
      }
    }
    return out;
  }

  /** Rounds finite results to float4; 22003 where that gives an infinity or loses a value. */
  static double[] toFloat(double[] values, Selection rows, int size) {
    double[] out = new double[size];
    int[] positions = rows.positions();
    int n = rows.count();
    if (positions == null) {
      for (int p = 0; p < n; p++) {
        double value = values[p];
        double rounded = (float) value;
        if (rounded != value) {
          FloatChecks.checkRounded(value, rounded);
        }
        out[p] = rounded;
      }
    } else {
      for (int i = 0; i < n; i++) {
        int p = positions[i];
        double value = values[p];
        double rounded = (float) value;
        if (rounded != value) {
          FloatChecks.checkRounded(value, rounded);
        }
        out[p] = rounded;
      }
    }
    return out;
  }
}
