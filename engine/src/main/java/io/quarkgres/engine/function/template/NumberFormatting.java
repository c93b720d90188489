package io.quarkgres.engine.function.template;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.number.NumberErrors;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** {@code to_char} of numbers. Thread: any. */
final class NumberFormatting {
  private static final int FLOAT8_DIGITS = 15;
  private static final int FLOAT4_DIGITS = 6;

  /** An int4 is a float8 with enough digits. */
  private static final int INT4_DIGITS = FLOAT8_DIGITS;

  private static final int ROMAN_WIDTH = 15;
  private static final int ROMAN_MAX = 3999;
  private static final String[] ROMAN = {
    "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
  };
  private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};

  private NumberFormatting() {}

  static void register(KernelTable t) {
    t.row("int4_to_char", (r, o) -> write(r, o, BigDecimal.valueOf(r.int32(0)), INT4_DIGITS));
    t.row("int8_to_char", (r, o) -> write(r, o, BigDecimal.valueOf(r.int64(0)), 0));
    t.row(
        "numeric_to_char",
        (r, o) -> {
          short code = r.decimalCode(0);
          if (code >= DecimalColumn.BIG) {
            write(r, o, r.decimal(0), 0);
          } else {
            special(r, o, specialText(code), 0);
          }
        });
    t.row("float8_to_char", (r, o) -> ofFloat(r, o, FLOAT8_DIGITS));
    t.row("float4_to_char", (r, o) -> ofFloat(r, o, FLOAT4_DIGITS));
  }

  private static String specialText(short code) {
    return switch (code) {
      case DecimalColumn.NAN -> "NaN";
      case DecimalColumn.POSITIVE_INFINITY -> "Infinity";
      default -> "-Infinity";
    };
  }

  private static void ofFloat(Row r, Out o, int digits) {
    double value = r.float64(0);
    if (Double.isFinite(value)) {
      write(r, o, new BigDecimal(value), digits, Double.doubleToRawLongBits(value) < 0);
    } else {
      special(r, o, Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity", digits);
    }
  }

  /** Writes NaN or an infinity, which fits where its letters do. */
  private static void special(Row r, Out o, String text, int digits) {
    NumberTemplate template = NumberTemplate.parse(r.text(1));
    if (template.isRoman()) {
      if (r.column(0) instanceof DecimalColumn) {
        throw NumberErrors.cannotConvert(text.equals("NaN") ? "NaN" : "infinity", "integer");
      }
      o.text(roman(template, 0));
    } else if (template.isScientific()) {
      o.text(" #." + "#".repeat(template.digitsBehind() + 4));
    } else {
      boolean isNegative = text.startsWith("-");
      String letters = isNegative ? text.substring(1) : text;
      int behind = template.digitsBehind();
      if (digits > 0) {
        behind = Math.max(0, Math.min(behind, digits - letters.length()));
      }
      o.text(new NumberWriter(template, letters, behind, isNegative).write());
    }
  }

  private static void write(Row r, Out o, BigDecimal value, int digits) {
    write(r, o, value, digits, value.signum() < 0);
  }

  /**
   * Writes a number.
   *
   * @param digits how many significant digits it is sure of, 0 for all
   * @param isMinus whether it has a sign, which a zero may have too
   */
  private static void write(Row r, Out o, BigDecimal value, int digits, boolean isMinus) {
    if (r.length(1) == 0) {
      o.text("");
      return;
    }
    NumberTemplate template = NumberTemplate.parse(r.text(1));
    if (template.isRoman()) {
      BigDecimal rounded =
          value.setScale(0, digits > 0 ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP);
      boolean isTooBig = rounded.unscaledValue().bitLength() >= Integer.SIZE;
      if (isTooBig && digits == 0) {
        throw NumberErrors.integerOutOfRange();
      }
      o.text(roman(template, isTooBig ? 0 : rounded.intValue()));
    } else if (template.isScientific()) {
      o.text(scientific(value, template.digitsBehind(), digits > 0));
    } else {
      BigDecimal shifted = value.scaleByPowerOfTen(template.shift());
      BigDecimal rounded = rounded(shifted, template.digitsBehind(), digits);
      String text = rounded.abs().toPlainString();
      boolean isPadded = digits == 0 || !(r.column(0) instanceof DoubleColumn);
      if (isPadded && template.digitsBehind() > rounded.scale()) {
        text +=
            (rounded.scale() == 0 ? "." : "")
                + "0".repeat(template.digitsBehind() - rounded.scale());
      }
      boolean isNegative = digits > 0 ? isMinus : rounded.signum() < 0;
      int behind = isPadded ? template.digitsBehind() : rounded.scale();
      o.text(new NumberWriter(template, text, behind, isNegative).write());
    }
  }

  private static BigDecimal rounded(BigDecimal value, int scale, int digits) {
    if (digits == 0) {
      return value.setScale(scale, RoundingMode.HALF_UP);
    }
    int before = value.setScale(0, RoundingMode.HALF_EVEN).abs().toPlainString().length();
    int kept = before >= digits ? 0 : Math.min(scale, digits - before);
    return value.setScale(kept, RoundingMode.HALF_EVEN);
  }

  private static String roman(NumberTemplate template, int value) {
    boolean isLower = false;
    for (NumberTemplate.Token token : template.tokens()) {
      isLower |= token.pattern() == NumberPattern.RN && token.isLower();
    }
    if (value < 1 || value > ROMAN_MAX) {
      return "#".repeat(ROMAN_WIDTH);
    }
    StringBuilder text = new StringBuilder();
    int rest = value;
    for (int i = 0; i < ROMAN.length; i++) {
      while (rest >= ROMAN_VALUES[i]) {
        text.append(ROMAN[i]);
        rest -= ROMAN_VALUES[i];
      }
    }
    String shown = isLower ? text.toString().toLowerCase(Locale.ROOT) : text.toString();
    return template.isFill()
        ? shown
        : " ".repeat(Math.max(0, ROMAN_WIDTH - shown.length())) + shown;
  }

  /** Numerics are not brought back below 10 when rounding takes them there; floats are. */
  private static String scientific(BigDecimal value, int scale, boolean isFloat) {
    BigDecimal rounded =
        isFloat && value.signum() != 0
            ? value.round(new MathContext(scale + 1, RoundingMode.HALF_EVEN))
            : value;
    int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String mantissa =
        rounded.movePointLeft(exponent).setScale(scale, RoundingMode.HALF_UP).toPlainString();
    return (value.signum() < 0 ? "" : " ")
        + mantissa
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
