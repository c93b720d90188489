package io.quarkgres.engine.function.template;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.template.NumberTemplate.Token;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * {@code to_number}: takes the digits at the template's places, the sign where it finds it, and
 * passes over what else the template names. One use; one thread.
 */
final class NumberReader {
  private static final int SCALE = 16;

  /** What L, TH and a missing sign do not pass over. */
  private static final String DATA = "0123456789.,+-";

  private static final char NO_SIGN = ' ';

  private final NumberTemplate template;
  private final String text;
  private final StringBuilder digits = new StringBuilder();
  private int at;
  private char sign = NO_SIGN;
  private boolean hasPoint;
  private int count;
  private int behind;

  private NumberReader(NumberTemplate template, String text) {
    this.template = template;
    this.text = text;
  }

  static void apply(Row r, Out o) {
    if (r.length(1) == 0) {
      o.sqlNull();
      return;
    }
    NumberTemplate template = NumberTemplate.parse(r.text(1));
    if (template.isRoman()) {
      throw unsupported("RN");
    }
    if (template.isScientific()) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "\"EEEE\" not supported for input");
    }
    o.decimal(new NumberReader(template, r.text(0)).read());
  }

  private static SqlException unsupported(String pattern) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "\"" + pattern + "\" not supported for input");
  }

  private BigDecimal read() {
    for (Token token : template.tokens()) {
      if (at >= text.length()) {
        break;
      }
      if (token.pattern() == null) {
        pass();
      } else {
        read(token);
      }
    }
    String number = digits.toString();
    String plain = number.endsWith(".") ? number.substring(0, number.length() - 1) : number;
    if (count == 0) {
      throw new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type numeric: \"" + sign + plain + "\"");
    }
    BigDecimal value = new BigDecimal(plain);
    checkPrecision(value);
    if (template.hasShift()) {
      // a power of ten has 16 digits behind the point
      BigDecimal power = BigDecimal.ONE.movePointLeft(template.shift());
      value = value.multiply(power.setScale(SCALE, RoundingMode.HALF_UP));
    }
    return sign == '-' ? value.negate() : value;
  }

  /** A place of the point takes a digit, too, and then there may be more than the template has. */
  private void checkPrecision(BigDecimal value) {
    int before = template.digitsBefore();
    if (value.signum() != 0 && value.precision() - value.scale() > before) {
      String limit = before == 0 ? "1" : "10^" + before;
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "numeric field overflow",
          "A field with precision %d, scale %d must round to an absolute value less than %s."
              .formatted(before + behind, behind, limit),
          null);
    }
  }

  /** Passes over one character that stands for a literal, whatever it is. */
  private void pass() {
    at += Character.charCount(text.codePointAt(at));
  }

  /** Passes over some characters that cannot be part of a number. */
  private void passOthers(int most) {
    for (int i = 0; i < most && at < text.length() && DATA.indexOf(text.charAt(at)) < 0; i++) {
      pass();
    }
  }

  private void read(Token token) {
    switch (token.pattern()) {
      case NINE, ZERO -> place(true);
      case POINT, D -> place(false);
      case COMMA, G -> {
        if (!template.isFill() && text.charAt(at) == ',') {
          at++;
        }
      }
      case L -> passOthers(1);
      case TH -> passOthers(2);
      case MI -> sign("-");
      case PL -> sign("+");
      case SG -> sign("+-");
      case S, PR, FM, RN, V, EEEE, B, C -> {}
    }
  }

  private void sign(String signs) {
    if (signs.indexOf(text.charAt(at)) >= 0) {
      sign = text.charAt(at++);
    } else {
      passOthers(1);
    }
  }

  /** Reads at the place of a digit or of the point, and passes over what is there. */
  private void place(boolean isDigit) {
    if (text.charAt(at) == ' ') {
      at++;
    }
    if (isDigit && at < text.length() && sign == NO_SIGN && count == 0) {
      leadingSign();
    }
    if (at >= text.length()) {
      return;
    }
    char c = text.charAt(at);
    boolean isRead = false;
    if (c >= '0' && c <= '9') {
      if (hasPoint && behind == template.digitsBehind()) {
        at++;
        return;
      }
      digits.append(c);
      count++;
      behind += hasPoint ? 1 : 0;
      isRead = true;
    } else if (c == '.' && template.hasPoint() && !hasPoint) {
      digits.append('.');
      hasPoint = true;
      isRead = true;
    }
    if (sign == NO_SIGN && count > 0) {
      trailingSign(isRead);
    }
    at++;
  }

  private void leadingSign() {
    char c = text.charAt(at);
    boolean isBracket =
        c == '<' && template.hasBrackets() && template.signPlace() == NumberTemplate.SignPlace.NONE;
    boolean isTaken = template.signPlace() != NumberTemplate.SignPlace.BEHIND;
    if (isTaken && (c == '-' || c == '+' || isBracket)) {
      sign = c == '+' ? '+' : '-';
      at++;
    }
  }

  /**
   * Reads a sign right behind the last digit for S, and at the first other place for MI, PL, SG.
   */
  private void trailingSign(boolean isRead) {
    boolean isAnchored = template.signPlace() != NumberTemplate.SignPlace.NONE;
    if (isAnchored && isRead) {
      char next = at + 1 < text.length() ? text.charAt(at + 1) : NO_SIGN;
      if (next == '-' || next == '+') {
        sign = next;
        at++;
      }
    } else if (!isAnchored && !isRead && (template.hasPlus() || template.hasMinus())) {
      char c = text.charAt(at);
      sign = c == '-' || c == '+' ? c : NO_SIGN;
    }
  }
}
