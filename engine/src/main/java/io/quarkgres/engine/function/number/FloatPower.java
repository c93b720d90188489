package io.quarkgres.engine.function.number;

/** {@code power} of float8 with PostgreSQL's errors. Thread: any. */
final class FloatPower {
  private FloatPower() {}

  static double power(double base, double exponent) {
    if (Double.isNaN(base)) {
      return exponent == 0 ? 1 : Double.NaN;
    }
    if (Double.isNaN(exponent)) {
      return base == 1 ? 1 : Double.NaN;
    }
    if (base == 0 && exponent < 0) {
      throw NumberErrors.power("zero raised to a negative power is undefined");
    }
    if (base < 0 && Math.floor(exponent) != exponent) {
      throw NumberErrors.power(
          "a negative number raised to a non-integer power yields a complex result");
    }
    if (Double.isInfinite(exponent) && Math.abs(base) == 1) {
      return 1;
    }
    double result = Math.pow(base, exponent);
    if (!Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      if (Double.isInfinite(result)) {
        throw NumberErrors.floatOverflow();
      }
      if (result == 0 && base != 0) {
        throw NumberErrors.floatUnderflow();
      }
    }
    return result;
  }
}
