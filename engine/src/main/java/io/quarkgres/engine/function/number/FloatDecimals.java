package io.quarkgres.engine.function.number;

/**
 * Casts floats to numeric without big numbers, wherever one multiplication by a power of ten is
 * exact enough to know the rounded digits for sure. Thread: any.
 */
final class FloatDecimals {
  private static final double[] POWERS = new double[23]; // all that a double holds exactly
  private static final double LEAST = 1e-5;

  /** How far from a whole number a product may be: its own error is below a sixteenth. */
  private static final double DISTANCE_MAX = 0.25;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private FloatDecimals() {}

  /**
   * Writes a finite value rounded to some significant digits, without trailing zeros; false when
   * its digits are in doubt, and nothing is written.
   *
   * @param digits at most 15, so that a number of as many digits is exact in a double
   */
  static boolean set(DecimalOut out, int position, double value, int digits) {
    double magnitude = Math.abs(value);
    if (!(magnitude >= LEAST && magnitude < POWERS[digits])) {
      return false;
    }
    int scale = scale(magnitude, digits);
    double product = magnitude * POWERS[scale];
    double whole = Math.rint(product);
    boolean isAtEdge = magnitude < 1 && product < POWERS[digits - 1] + 1;
    if (isAtEdge || product >= POWERS[digits] || Math.abs(product - whole) > DISTANCE_MAX) {
      return false;
    }
    long unscaled = (long) whole;
    while (scale > 0 && unscaled % 10 == 0) {
      unscaled /= 10;
      scale--;
    }
    out.set(position, value < 0 ? -unscaled : unscaled, scale);
    return true;
  }

  /** Returns how many digits behind the point are significant. */
  private static int scale(double magnitude, int digits) {
    int scale = digits;
    if (magnitude >= 1) {
      for (int i = 0; magnitude >= POWERS[i]; i++) {
        scale--;
      }
    } else {
      while (magnitude * POWERS[scale] < POWERS[digits - 1]) {
        scale++;
      }
    }
    return scale;
  }
}
