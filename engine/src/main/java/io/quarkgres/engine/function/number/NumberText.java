package io.quarkgres.engine.function.number;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as error messages show them. Thread: any. */
public final class NumberText {
  private static final MathContext SHOWN_DIGITS = new MathContext(6);
  private static final int SHOWN_EXPONENT_MIN = -5;

  private NumberText() {}

  /** Returns the number with six significant digits, as C's {@code %g} writes it. */
  public static String general(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(SHOWN_DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent > SHOWN_EXPONENT_MIN && exponent < SHOWN_DIGITS.getPrecision()) {
      return rounded.toPlainString();
    }
    BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
    String digits = Integer.toString(Math.abs(exponent));
    return mantissa.toPlainString()
        + (exponent < 0 ? "e-" : "e+")
        + (digits.length() < 2 ? "0" : "")
        + digits;
  }
}
