package io.quarkgres.engine.function.template;

import io.quarkgres.engine.function.template.NumberTemplate.SignPlace;
import io.quarkgres.engine.function.template.NumberTemplate.Token;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * Writes a number by a template. Each 9, 0 and point is a place; places to the left of the number
 * are blank, or zero from the first 0 on. The sign goes right before the first place that is not
 * blank. In fill mode blanks are left out, as are zeros at the fraction's end beyond the last 0.
 * One use; one thread.
 */
final class NumberWriter {
  private final NumberTemplate template;
  private final String number;
  private final boolean isNegative;
  private final int blanks;

  /** The last character of the number that fill mode keeps; -1 when it keeps all. */
  private final int lastKept;

  private final int lastPlace;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int place;
  private boolean isSignDone;
  private boolean hasDigits;

  /**
   * Makes a writer.
   *
   * @param number digits with a point if the template has digits behind it, without sign
   * @param behind how many digits behind the point a number that is too long would have
   */
  NumberWriter(NumberTemplate template, String number, int behind, boolean isNegative) {
    this.template = template;
    this.isNegative = isNegative;
    int digitsBefore = number.indexOf('.') < 0 ? number.length() : number.indexOf('.');
    boolean isTooLong = digitsBefore > template.digitsBefore();
    boolean hasFraction = template.digitsBehind() > 0 || template.hasPoint();
    this.number =
        isTooLong
            ? "#".repeat(template.digitsBefore()) + (hasFraction ? "." + "#".repeat(behind) : "")
            : number;
    this.blanks = Math.max(0, template.digitsBefore() - digitsBefore);
    this.lastKept = lastKept();
    this.lastPlace =
        template.digitsBefore() + template.digitsBehind() + (template.hasPoint() ? 1 : 0) - 1;
    boolean isSignElsewhere = template.hasMinus();
    boolean isPlusLeftOut =
        !isNegative && template.isFill() && template.signPlace() == SignPlace.NONE;
    this.isSignDone = isSignElsewhere || !template.hasPlus() && isPlusLeftOut;
  }

  private int lastKept() {
    int point = number.indexOf('.');
    if (!template.isFill() || point < 0) {
      return -1;
    }
    int last = number.length() - 1;
    while (last > point && number.charAt(last) == '0') {
      last--;
    }
    if (template.zeroEnd() > blanks) {
      last = Math.max(last, Math.min(number.length() - 1, template.zeroEnd() - blanks));
    }
    return last;
  }

  String write() {
    for (Token token : template.tokens()) {
      if (token.pattern() == null) {
        out.appendCodePoint(token.character());
      } else {
        write(token);
      }
    }
    return out.toString();
  }

  private void blank() {
    if (!template.isFill()) {
      out.append(' ');
    }
  }

  private void write(Token token) {
    switch (token.pattern()) {
      case NINE, ZERO, POINT, D -> place(token.pattern());
      case COMMA, G -> {
        if (hasDigits) {
          out.append(',');
        } else {
          blank();
        }
      }
      case L -> out.append(' ');
      case MI -> {
        if (isNegative) {
          out.append('-');
        } else {
          blank();
        }
      }
      case PL -> {
        if (isNegative) {
          blank();
        } else {
          out.append('+');
        }
      }
      case SG -> out.append(isNegative ? '-' : '+');
      case TH -> {
        if (!isNegative && !template.hasPoint() && !number.startsWith("#")) {
          checkNumber();
          out.append(Ordinals.ending(number, !token.isLower()));
        }
      }
      case FM, S, PR, RN, V, EEEE, B, C -> {}
    }
  }

  private void checkNumber() {
    String shown = number.isEmpty() ? "." : number;
    if (!Character.isDigit(shown.charAt(shown.length() - 1))) {
      throw new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION, "\"" + shown + "\" is not a number");
    }
  }

  /** Tells whether the place is that of a lone zero before the point, which is not shown. */
  private boolean isHiddenZero() {
    return template.zeroStart() < 0
        && at == 0
        && number.startsWith("0")
        && template.digitsBehind() > 0;
  }

  private boolean isPointLast() {
    return lastKept >= 0 && number.charAt(lastKept) == '.';
  }

  private void place(NumberPattern pattern) {
    boolean isZeroPlace = template.zeroStart() >= 0 && template.zeroStart() <= place;
    boolean isReached = place >= blanks || template.zeroStart() == place;
    if (!isSignDone && isReached && (!isHiddenZero() || isPointLast())) {
      sign();
    }
    if (place < blanks) {
      if (isZeroPlace) {
        out.append('0');
        hasDigits = true;
      } else {
        blank();
      }
    } else {
      character(pattern);
    }
    boolean isEnd = lastKept >= 0 && lastKept + 1 == at && place >= blanks || place == lastPlace;
    if (isEnd && !isEnded) {
      isEnded = true;
      end();
    }
    place++;
  }

  private boolean isEnded;

  private void sign() {
    if (template.signPlace() == SignPlace.BEFORE) {
      out.append(isNegative ? '-' : '+');
    } else if (template.signPlace() == SignPlace.BEHIND) {
      return;
    } else if (template.hasBrackets() && !(template.isFill() && !isNegative)) {
      out.append(isNegative ? '<' : ' ');
    } else if (isNegative) {
      out.append('-');
    } else {
      blank();
    }
    isSignDone = true;
  }

  private void character(NumberPattern pattern) {
    if (at < number.length() && number.charAt(at) == '.') {
      if (lastKept < 0 || !isPointLast() || template.isFill()) {
        out.append('.');
      }
    } else if (lastKept >= 0 && at > lastKept && pattern != NumberPattern.ZERO) {
      // a zero that fill mode leaves out
    } else if (isHiddenZero()) {
      if (!template.isFill()) {
        out.append(' ');
      } else if (isPointLast()) {
        out.append('0');
      }
    } else if (at < number.length()) {
      out.append(number.charAt(at));
      hasDigits = true;
    }
    if (at < number.length()) {
      at++;
    }
  }

  /** Writes what follows the last place: a sign or a bracket. */
  private void end() {
    if (isSignDone && template.hasBrackets() && !(template.isFill() && !isNegative)) {
      out.append(isNegative ? '>' : ' ');
    } else if (template.signPlace() == SignPlace.BEHIND) {
      out.append(isNegative ? '-' : '+');
    }
  }
}
