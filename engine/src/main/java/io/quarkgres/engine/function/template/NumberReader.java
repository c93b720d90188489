package io.quarkgres.engine.function.template;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.template.NumberTemplate.Token;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;

/**
 * {@code to_number}: takes the digits at the template's places, the sign where it finds it, and
 * passes over what else the template names. One use; one thread.
 */
final class NumberReader {
  private static final int SCALE = 16;

  private final NumberTemplate template;
  private final String text;
  private final StringBuilder digits = new StringBuilder();
  private int at;
  private boolean isNegative;
  private boolean hasPoint;
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
    boolean hasDigit = number.chars().anyMatch(c -> c >= '0' && c <= '9');
    if (!hasDigit) {
      throw new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type numeric: \"" + (isNegative ? "-" : " ") + number + "\"");
    }
    String plain = number.endsWith(".") ? number.substring(0, number.length() - 1) : number;
    BigDecimal value = new BigDecimal(plain.isEmpty() ? "0" : plain);
    if (template.shift() > 0) {
      // a power of ten has 16 digits behind the point
      value = value.multiply(BigDecimal.ONE.movePointLeft(template.shift()).setScale(SCALE));
    }
    return isNegative ? value.negate() : value;
  }

  /** Passes over one character that stands for a literal, whatever it is. */
  private void pass() {
    at += Character.charCount(text.codePointAt(at));
  }

  private void read(Token token) {
    switch (token.pattern()) {
      case NINE, ZERO -> place(true);
      case POINT, D -> place(false);
      case COMMA, G -> {
        if (text.charAt(at) == ',') {
          at++;
        }
      }
      case L -> at++;
      case MI, SG, PL, S -> sign();
      case TH -> at = Math.min(text.length(), at + 2);
      case PR, FM, RN, V, EEEE, B, C -> {}
    }
  }

  private void sign() {
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      isNegative |= text.charAt(at) == '-';
      at++;
    }
  }

  private void place(boolean isDigit) {
    while (digits.isEmpty() && at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at >= text.length()) {
      return;
    }
    if (digits.isEmpty() && !hasPoint) {
      char c = text.charAt(at);
      if (c == '-' || c == '+' || c == '<' && template.hasBrackets()) {
        isNegative |= c != '+';
        at++;
      }
    }
    if (at >= text.length()) {
      return;
    }
    char c = text.charAt(at);
    if (c >= '0' && c <= '9') {
      if (hasPoint && behind == template.digitsBehind()) {
        return;
      }
      digits.append(c);
      behind += hasPoint ? 1 : 0;
      at++;
    } else if (c == '.' && !hasPoint && template.hasPoint()) {
      digits.append('.');
      hasPoint = true;
      at++;
      if (isDigit) {
        // the place belongs to the digit behind the point
        place(true);
      }
    } else if (isDigit && c != '.' && c != ',') {
      at++;
    }
    boolean isBehindNumber = at < text.length() && !digits.isEmpty();
    if (isBehindNumber && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      boolean takesSign =
          template.signPlace() != NumberTemplate.SignPlace.NONE
              || template.hasMinus()
              || template.hasPlus();
      if (takesSign && !template.hasMinus()) {
        isNegative |= text.charAt(at) == '-';
      }
    }
  }
}
