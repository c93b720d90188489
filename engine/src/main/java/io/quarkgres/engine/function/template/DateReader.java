package io.quarkgres.engine.function.template;

import io.quarkgres.engine.function.template.DateTemplate.Field;
import io.quarkgres.engine.function.template.DateTemplate.Literal;
import io.quarkgres.engine.function.template.DateTemplate.Part;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of a date and time out of text by a template. Blanks around fields do not count
 * and a separator of the template stands for any one or none, unless FX asks for fixed widths. One
 * use; one thread.
 */
final class DateReader {
  /** What a field sets. */
  enum Slot {
    HOUR,
    MINUTE,
    SECOND,
    MICROS,
    MILLIS,
    DAY_SECONDS,
    MONTH,
    DAY,
    DAY_OF_YEAR,
    DAY_OF_WEEK,
    WEEK,
    MONTH_WEEK,
    CENTURY,
    YEAR,
    JULIAN,
    ZONE_HOUR,
    ZONE_MINUTE
  }

  private final String text;
  private final List<Part> parts;
  private final Map<Slot, Integer> values = new EnumMap<>(Slot.class);
  private int at;
  private int extraSkipped;
  private boolean isFixed;

  /** Whether the hour is one of twelve. */
  private boolean isHalfDay;

  private Boolean isAfternoon;
  private boolean isBeforeChrist;
  private boolean isZoneWest;

  /** How many digits of the year the template gives; 0 for none. */
  private int yearDigits;

  private Boolean isIso;

  DateReader(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  /** Returns a value, 0 if no field set it. */
  int value(Slot slot) {
    return values.getOrDefault(slot, 0);
  }

  boolean has(Slot slot) {
    return values.containsKey(slot);
  }

  boolean isHalfDay() {
    return isHalfDay;
  }

  boolean isAfternoon() {
    return Boolean.TRUE.equals(isAfternoon);
  }

  boolean isBeforeChrist() {
    return isBeforeChrist;
  }

  boolean isZoneWest() {
    return isZoneWest;
  }

  int yearDigits() {
    return yearDigits;
  }

  boolean isIso() {
    return Boolean.TRUE.equals(isIso);
  }

  private static SqlException invalid(String message, String detail, String hint) {
    return new SqlException(SqlState.INVALID_DATETIME_FORMAT, message, detail, hint);
  }

  void read() {
    for (int i = 0; i < parts.size() && at < text.length(); i++) {
      switch (parts.get(i)) {
        case Literal literal -> literal(literal, i == 0);
        case Field field -> field(field, i);
      }
    }
  }

  private boolean isBlank() {
    return at < text.length() && isBlank(text.charAt(at));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  private void skipBlanks() {
    while (isBlank()) {
      at++;
      extraSkipped++;
    }
  }

  /** Tells whether a character is a separator: ASCII, but no letter, digit or blank. */
  private static boolean isSeparator(int c) {
    return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
  }

  private void literal(Literal literal, boolean isFirst) {
    if (isFirst && !isFixed) {
      skipBlanks();
    }
    boolean isSeparator =
        !literal.isQuoted()
            && (isSeparator(literal.character()) || isBlank((char) literal.character()));
    if (isFixed) {
      at += Character.charCount(text.codePointAt(at));
    } else if (isSeparator) {
      extraSkipped--;
      if (isBlank() || at < text.length() && isSeparator(text.charAt(at))) {
        at++;
        extraSkipped++;
      }
    } else if (extraSkipped > 0) {
      // blanks skipped before stand for the character
      extraSkipped--;
    } else if (at < text.length()) {
      at += Character.charCount(text.codePointAt(at));
    }
  }

  private void field(Field f, int index) {
    if (!isFixed) {
      skipBlanks();
      if (at >= text.length()) {
        return;
      }
    }
    convention(f.field());
    read(f, index);
    if (f.ordinal() != null) {
      at = Math.min(text.length(), at + 2);
    }
    if (!isFixed) {
      extraSkipped = 0;
      skipBlanks();
    }
  }

  /** ISO weeks and Gregorian dates do not mix. */
  private void convention(DateField field) {
    Boolean wanted =
        switch (field) {
          case IDDD, ID, IW, IYYY, IYY, IY, I -> Boolean.TRUE;
          case MONTH, MON, MM, RM, DAY, DY, DDD, DD, D, WW, W, CC, Y_YYY, YYYY, YYY, YY, Y, J, Q ->
              isDateless(field) ? null : Boolean.FALSE;
          default -> null;
        };
    if (wanted != null && isIso != null && !wanted.equals(isIso)) {
      throw invalid(
          "invalid combination of date conventions",
          null,
          "Do not mix Gregorian and ISO week date conventions in a formatting template.");
    }
    isIso = wanted == null ? isIso : wanted;
  }

  private static boolean isDateless(DateField field) {
    return field == DateField.DAY
        || field == DateField.DY
        || field == DateField.J
        || field == DateField.Q;
  }

  private void read(Field f, int index) {
    switch (f.field()) {
      case FX -> isFixed = true;
      case AM, PM -> half(f, "AM", "PM");
      case AM_DOTTED, PM_DOTTED -> half(f, "A.M.", "P.M.");
      case AD, BC -> isBeforeChrist = word(f, new String[] {"AD", "BC"}) == 1;
      case AD_DOTTED, BC_DOTTED -> isBeforeChrist = word(f, new String[] {"A.D.", "B.C."}) == 1;
      case HH, HH12 -> {
        isHalfDay = true;
        set(f, Slot.HOUR, integer(f, 2, index));
      }
      case HH24 -> set(f, Slot.HOUR, integer(f, 2, index));
      case MI -> set(f, Slot.MINUTE, integer(f, 2, index));
      case SS -> set(f, Slot.SECOND, integer(f, 2, index));
      case MS -> fraction(f, 3, Slot.MILLIS, index);
      case US, FF6 -> fraction(f, 6, Slot.MICROS, index);
      case FF1 -> fraction(f, 1, Slot.MICROS, index);
      case FF2 -> fraction(f, 2, Slot.MICROS, index);
      case FF3 -> fraction(f, 3, Slot.MICROS, index);
      case FF4 -> fraction(f, 4, Slot.MICROS, index);
      case FF5 -> fraction(f, 5, Slot.MICROS, index);
      case SSSS, SSSSS -> set(f, Slot.DAY_SECONDS, integer(f, 5, index));
      case TZ, OF ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "formatting field \"" + f.shown() + "\" is only supported in to_char");
      case TZH -> zoneHour(f, index);
      case TZM -> set(f, Slot.ZONE_MINUTE, integer(f, 2, index));
      case MONTH -> set(f, Slot.MONTH, word(f, DateWriter.MONTHS) + 1);
      case MON -> set(f, Slot.MONTH, word(f, shortened(DateWriter.MONTHS)) + 1);
      case MM -> set(f, Slot.MONTH, integer(f, 2, index));
      case RM -> set(f, Slot.MONTH, roman(f));
      case DAY -> set(f, Slot.DAY_OF_WEEK, word(f, DateWriter.DAYS) + 1);
      case DY -> set(f, Slot.DAY_OF_WEEK, word(f, shortened(DateWriter.DAYS)) + 1);
      case DDD, IDDD -> set(f, Slot.DAY_OF_YEAR, integer(f, 3, index));
      case DD -> set(f, Slot.DAY, integer(f, 2, index));
      case D -> set(f, Slot.DAY_OF_WEEK, integer(f, 1, index));
      case ID -> {
        // Sunday is the first day inside
        int day = integer(f, 1, index);
        set(f, Slot.DAY_OF_WEEK, day + 1 > 7 ? 1 : day + 1);
      }
      case WW, IW -> set(f, Slot.WEEK, integer(f, 2, index));
      case W -> set(f, Slot.MONTH_WEEK, integer(f, 1, index));
      case Q -> integer(f, 1, index);
      case CC -> set(f, Slot.CENTURY, integer(f, 2, index));
      case Y_YYY -> groupedYear(f);
      case YYYY, IYYY -> year(f, 4, index);
      case YYY, IYY -> year(f, 3, index);
      case YY, IY -> year(f, 2, index);
      case Y, I -> year(f, 1, index);
      case J -> set(f, Slot.JULIAN, integer(f, 1, index));
    }
  }

  private static String[] shortened(String[] names) {
    String[] result = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      result[i] = names[i].substring(0, 3);
    }
    return result;
  }

  private void set(Field f, Slot slot, int value) {
    Integer old = values.put(slot, value);
    if (old != null && old != 0 && old != value) {
      throw invalid(
          "conflicting values for \"" + f.shown() + "\" field in formatting string",
          "This value contradicts a previous setting for the same field type.",
          null);
    }
  }

  private void half(Field f, String before, String after) {
    isAfternoon = word(f, new String[] {before, after}) == 1;
    isHalfDay = true;
  }

  /** Returns which of the words stands here, in any case. */
  private int word(Field f, String[] words) {
    for (int i = 0; i < words.length; i++) {
      if (text.regionMatches(true, at, words[i], 0, words[i].length())) {
        at += words[i].length();
        return i;
      }
    }
    throw unknownWord(f);
  }

  private SqlException unknownWord(Field f) {
    int end = at;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return invalid(
        "invalid value \"" + text.substring(at, end) + "\" for \"" + f.shown() + "\"",
        "The given value did not match any of the allowed values for this field.",
        null);
  }

  private int roman(Field f) {
    int best = -1;
    for (int i = 0; i < DateWriter.ROMAN_MONTHS.length; i++) {
      String name = DateWriter.ROMAN_MONTHS[i];
      boolean isLonger = best < 0 || name.length() > DateWriter.ROMAN_MONTHS[best].length();
      if (isLonger && text.regionMatches(true, at, name, 0, name.length())) {
        best = i;
      }
    }
    if (best < 0) {
      throw unknownWord(f);
    }
    at += DateWriter.ROMAN_MONTHS[best].length();
    return best + 1;
  }

  /** Tells whether what follows the field cannot be taken for more of its digits. */
  private boolean isSeparated(Field f, int index) {
    if (f.isFill() || f.ordinal() != null || index + 1 == parts.size()) {
      return true;
    }
    return switch (parts.get(index + 1)) {
      case Field next -> !next.field().isDigits();
      case Literal next -> !Character.isDigit(next.character());
    };
  }

  private int integer(Field f, int width, int index) {
    while (isBlank()) {
      at++;
    }
    int start = at;
    int limit = isSeparated(f, index) ? text.length() : Math.min(text.length(), start + width);
    boolean isExact = !isSeparated(f, index);
    if (isExact && text.length() - start < width) {
      throw invalid(
          "source string too short for \"" + f.shown() + "\" formatting field",
          "Field requires "
              + width
              + " characters, but only "
              + (text.length() - start)
              + " remain.",
          "If your source string is not fixed-width, try using the \"FM\" modifier.");
    }
    int end = start;
    if (end < limit && (text.charAt(end) == '-' || text.charAt(end) == '+')) {
      end++;
    }
    int digitsStart = end;
    while (end < limit && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    if (end == digitsStart) {
      throw invalid(
          "invalid value \"" + copied(start, width) + "\" for \"" + f.shown() + "\"",
          "Value must be an integer.",
          null);
    }
    if (isExact && end - start < width) {
      throw invalid(
          "invalid value \"" + copied(start, width) + "\" for \"" + f.shown() + "\"",
          "Field requires "
              + width
              + " characters, but only "
              + (end - start)
              + " could be parsed.",
          "If your source string is not fixed-width, try using the \"FM\" modifier.");
    }
    at = end;
    String digits = text.substring(start, end);
    long value = digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    if (value != (int) value) {
      throw new SqlException(
          SqlState.DATETIME_FIELD_OVERFLOW,
          "value for \"" + f.shown() + "\" in source string is out of range",
          "Value must be in the range " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE + ".",
          null);
    }
    return (int) value;
  }

  private String copied(int start, int width) {
    return text.substring(start, Math.min(text.length(), start + width));
  }

  /** Reads digits behind the decimal point: {@code 5} of MS is 500. */
  private void fraction(Field f, int width, Slot slot, int index) {
    while (isBlank()) {
      at++;
    }
    int start = at;
    int value = integer(f, width, index);
    int digits = at - start;
    int wanted = slot == Slot.MILLIS ? 3 : 6;
    for (int i = digits; i < wanted; i++) {
      value *= 10;
    }
    set(f, slot, value);
  }

  private void zoneHour(Field f, int index) {
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      isZoneWest = text.charAt(at) == '-';
      at++;
    } else if (extraSkipped > 0 && text.charAt(at - 1) == '-') {
      // a separator of the template has taken the sign
      isZoneWest = true;
    }
    set(f, Slot.ZONE_HOUR, integer(f, 2, index));
  }

  private void groupedYear(Field f) {
    int comma = text.indexOf(',', at);
    int end = comma + 1;
    while (end < text.length() && end < comma + 4 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    boolean isValid = comma > at && end > comma + 1;
    for (int i = at; isValid && i < comma; i++) {
      isValid = Character.isDigit(text.charAt(i));
    }
    if (!isValid) {
      throw invalid("invalid input string for \"Y,YYY\"", null, null);
    }
    int thousands = Integer.parseInt(text.substring(at, comma));
    int rest = Integer.parseInt(text.substring(comma + 1, end));
    at = end;
    yearDigits = 4;
    set(f, Slot.YEAR, thousands * 1000 + rest);
  }

  /** Reads a year; one of less than four digits is the one nearest to 2020. */
  private void year(Field f, int width, int index) {
    int start = at;
    int year = integer(f, width, index);
    yearDigits = width;
    int read = at - start;
    if (width < 4 && read < 4) {
      year = nearest(year);
    }
    set(f, Slot.YEAR, year);
  }

  private static int nearest(int year) {
    if (year < 70) {
      return year + 2000;
    }
    if (year < 100) {
      return year + 1900;
    }
    if (year < 520) {
      return year + 2000;
    }
    return year < 1000 ? year + 1000 : year;
  }

  /** Returns the text as an error shows it. */
  String text() {
    return text;
  }
}
