package io.quarkgres.engine.function.jsonpath;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Finite double precision numbers in strings. Thread: any. */
final class DoubleText {
  private static final Pattern FORM =
      Pattern.compile(
          "[ \\t\\n"
              + "\\r"
              + "\\f\\u000b]*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?[ \\t\\n"
              + "\\r"
              + "\\f\\u000b]*");
  private static final MathContext NUMERIC_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  private DoubleText() {}

  /** Returns the number, or {@code null} when it is none or out of range. */
  static Double parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return null;
    }
    double value = Double.parseDouble(text.strip());
    boolean isLost =
        value == 0
            && text.chars().takeWhile(c -> (c | 32) != 'e').anyMatch(c -> c > '0' && c <= '9');
    return Double.isInfinite(value) || isLost ? null : value;
  }

  /** Returns the numeric that a cast makes of it: 15 significant digits. */
  static BigDecimal numeric(double value) {
    BigDecimal rounded = new BigDecimal(value).round(NUMERIC_DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
