package io.quarkgres.engine.function.number;

/** What PostgreSQL checks when a float result is zero or infinite. Thread: any. */
final class FloatChecks {
  private FloatChecks() {}

  static void checkOverflow(double left, double right) {
    if (!Double.isInfinite(left) && !Double.isInfinite(right)) {
      throw NumberErrors.floatOverflow();
    }
  }

  static void checkProduct(double left, double right, double value) {
    if (Double.isInfinite(value)) {
      checkOverflow(left, right);
    } else if (left != 0 && right != 0) {
      throw NumberErrors.floatUnderflow();
    }
  }

  static void checkQuotient(double left, double right, double value) {
    if (right == 0 && !Double.isNaN(left)) {
      throw NumberErrors.divisionByZero();
    }
    if (Double.isInfinite(value) && !Double.isInfinite(left)) {
      throw NumberErrors.floatOverflow();
    }
    if (value == 0 && left != 0 && !Double.isInfinite(right)) {
      throw NumberErrors.floatUnderflow();
    }
  }

  static void checkRounded(double value, double rounded) {
    if (Double.isInfinite(rounded) && !Double.isInfinite(value)) {
      throw NumberErrors.floatOverflow();
    }
    if (rounded == 0 && value != 0) {
      throw NumberErrors.floatUnderflow();
    }
  }
}
