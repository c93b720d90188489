package io.quarkgres.engine.function.template;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A template of numbers and what it asks for. Filled while it is read, then immutable. */
final class NumberTemplate {
  /** Where S stands. */
  enum SignPlace {
    /** There is no S. */
    NONE,
    /** Before the number. */
    BEFORE,
    /** Behind the number. */
    BEHIND
  }

  /** A pattern, or, when {@code pattern} is {@code null}, a character that stands for itself. */
  record Token(NumberPattern pattern, boolean isLower, int character) {}

  private final List<Token> tokens = new ArrayList<>();
  private int digitsBefore;
  private int digitsBehind;
  private int shift;
  private int zeroStart = -1;
  private int zeroEnd;
  private int digitsBeforeSign;
  private SignPlace signPlace = SignPlace.NONE;
  private boolean isFill;
  private boolean isBlank;
  private boolean hasPoint;
  private boolean hasShift;
  private boolean hasMinus;
  private boolean hasPlus;
  private boolean hasBrackets;
  private boolean isRoman;
  private boolean isScientific;

  private NumberTemplate() {}

  static NumberTemplate parse(String text) {
    NumberTemplate template = new NumberTemplate();
    int at = 0;
    while (at < text.length()) {
      NumberPattern pattern = match(text, at);
      if (pattern != null) {
        boolean isLower = Character.isLowerCase(text.charAt(at));
        at += pattern.text().length();
        template.tokens.add(new Token(pattern, isLower, 0));
        template.add(pattern);
      } else if (text.charAt(at) == '"') {
        at = template.quoted(text, at + 1);
      } else {
        if (text.startsWith("\\\"", at)) {
          at++;
        }
        int c = text.codePointAt(at);
        template.tokens.add(new Token(null, false, c));
        at += Character.charCount(c);
      }
    }
    if (template.signPlace == SignPlace.BEFORE
        && template.digitsBefore == template.digitsBeforeSign
        && !(template.hasMinus || template.hasPlus)) {
      template.signPlace = SignPlace.BEHIND;
    }
    template.refuseBesideRoman();
    return template;
  }

  /** What stands beside a Roman number is written or left out by rules that are not built. */
  private void refuseBesideRoman() {
    boolean isAlone =
        tokens.stream()
            .allMatch(t -> t.pattern() == NumberPattern.RN || t.pattern() == NumberPattern.FM);
    long numbers = tokens.stream().filter(t -> t.pattern() == NumberPattern.RN).count();
    if (isRoman && (!isAlone || numbers > 1)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "\"RN\" with other patterns is not supported yet");
    }
  }

  private int quoted(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      int c = text.codePointAt(at);
      tokens.add(new Token(null, false, c));
      at += Character.charCount(c);
    }
    return Math.min(text.length(), at + 1);
  }

  /** Returns the longest pattern here, written in capitals or in small letters. */
  private static NumberPattern match(String text, int at) {
    NumberPattern best = null;
    for (NumberPattern pattern : NumberPattern.values()) {
      boolean isHere =
          text.startsWith(pattern.text(), at)
              || text.startsWith(pattern.text().toLowerCase(Locale.ROOT), at);
      if (isHere && (best == null || pattern.text().length() > best.text().length())) {
        best = pattern;
      }
    }
    return best;
  }

  private static SqlException error(String message) {
    return new SqlException(SqlState.SYNTAX_ERROR, message);
  }

  private void add(NumberPattern pattern) {
    if (isScientific && pattern != NumberPattern.EEEE) {
      throw error("\"EEEE\" must be the last pattern used");
    }
    switch (pattern) {
      case NINE -> {
        if (hasBrackets) {
          throw error("\"9\" must be ahead of \"PR\"");
        }
        addDigit();
      }
      case ZERO -> {
        if (hasBrackets) {
          throw error("\"0\" must be ahead of \"PR\"");
        }
        if (zeroStart < 0 && !hasPoint) {
          zeroStart = digitsBefore;
        }
        addZero();
        zeroEnd = digitsBefore + digitsBehind;
      }
      case POINT, D -> {
        if (hasPoint) {
          throw error("multiple decimal points");
        }
        if (hasShift) {
          throw error("cannot use \"V\" and decimal point together");
        }
        hasPoint = true;
      }
      case FM -> isFill = true;
      case S, MI, PL, SG, PR -> addSign(pattern);
      case RN -> isRoman = true;
      case V -> {
        if (hasPoint) {
          throw error("cannot use \"V\" and decimal point together");
        }
        hasShift = true;
      }
      case EEEE -> addScientific();
      case B -> isBlank = true;
      case COMMA, G, L, TH, C -> {}
    }
  }

  private void addDigit() {
    if (hasShift) {
      shift++;
    } else {
      addZero();
    }
  }

  /** Counts a digit; a zero behind V shifts nothing. */
  private void addZero() {
    if (hasPoint) {
      digitsBehind++;
    } else {
      digitsBefore++;
    }
  }

  private void addSign(NumberPattern pattern) {
    boolean hasOther = hasMinus || hasPlus || hasBrackets;
    switch (pattern) {
      case S -> {
        if (signPlace != SignPlace.NONE) {
          throw error("cannot use \"S\" twice");
        }
        if (hasOther) {
          throw error("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
        }
        signPlace = hasPoint ? SignPlace.BEHIND : SignPlace.BEFORE;
        digitsBeforeSign = digitsBefore;
      }
      case PR -> {
        if (signPlace != SignPlace.NONE || hasMinus || hasPlus) {
          throw error("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
        }
        hasBrackets = true;
      }
      default -> {
        if (signPlace != SignPlace.NONE) {
          throw error("cannot use \"S\" and \"" + pattern.text() + "\" together");
        }
        hasMinus |= pattern != NumberPattern.PL;
        hasPlus |= pattern != NumberPattern.MI;
      }
    }
  }

  private void addScientific() {
    if (isScientific) {
      throw error("cannot use \"EEEE\" twice");
    }
    boolean hasOther =
        isFill
            || isBlank
            || signPlace != SignPlace.NONE
            || hasBrackets
            || hasMinus
            || hasPlus
            || isRoman
            || hasShift;
    if (hasOther) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "\"EEEE\" is incompatible with other formats",
          "\"EEEE\" may only be used together with digit and decimal point patterns.",
          null);
    }
    isScientific = true;
  }

  List<Token> tokens() {
    return tokens;
  }

  /** Returns the digits asked for before the point, shifted ones included. */
  int digitsBefore() {
    return digitsBefore + shift;
  }

  int digitsBehind() {
    return digitsBehind;
  }

  /** Tells whether V shifts digits, perhaps none. */
  boolean hasShift() {
    return hasShift;
  }

  /** Returns how many digits V shifts by. */
  int shift() {
    return shift;
  }

  /** Returns the number of the first digit, from 0, that is a zero if need be; -1 for none. */
  int zeroStart() {
    return zeroStart;
  }

  /** Returns how many digits there are up to the last pattern 0. */
  int zeroEnd() {
    return zeroEnd;
  }

  SignPlace signPlace() {
    return signPlace;
  }

  boolean isFill() {
    return isFill;
  }

  boolean hasPoint() {
    return hasPoint;
  }

  boolean hasMinus() {
    return hasMinus;
  }

  boolean hasPlus() {
    return hasPlus;
  }

  boolean hasBrackets() {
    return hasBrackets;
  }

  boolean isRoman() {
    return isRoman;
  }

  boolean isScientific() {
    return isScientific;
  }
}
