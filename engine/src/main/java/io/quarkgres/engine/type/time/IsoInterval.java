package io.quarkgres.engine.type.time;

/**
 * Reads intervals in the forms of ISO 8601: designators ({@code P1Y2M3DT4H5M6S}) and the
 * alternative ones ({@code P0001-02-03T04:05:06}, {@code P00010203T040506}). One use; one thread.
 */
final class IsoInterval {
  private static final double VALUE_MAX = 1e15;

  private final String s;
  private final IntervalParts parts;
  private int at = 1;
  private long value;
  private double fraction;
  private boolean inDate = true;
  private boolean hasField;

  private IsoInterval(String s, IntervalParts parts) {
    this.s = s;
    this.parts = parts;
  }

  /** Reads the text into the parts; returns whether it has this form. */
  static boolean read(String text, IntervalParts parts) {
    return text.length() >= 2 && text.charAt(0) == 'P' && new IsoInterval(text, parts).read();
  }

  private boolean more() {
    return at < s.length();
  }

  private boolean read() {
    while (more()) {
      if (s.charAt(at) == 'T') {
        startTime();
        continue;
      }
      int from = at;
      if (!number()) {
        return false;
      }
      char unit = more() ? s.charAt(at) : 0;
      at++;
      int step = inDate ? dateField(from, unit) : timeField(from, unit);
      if (step != CONTINUE) {
        return step == DONE;
      }
    }
    return true;
  }

  private static final int CONTINUE = 0;
  private static final int DONE = 1;
  private static final int FAIL = 2;

  private void startTime() {
    at++;
    inDate = false;
    hasField = false;
  }

  private boolean number() {
    int from = at;
    int end = at;
    if (end < s.length() && s.charAt(end) == '-') {
      end++;
    }
    int digits = 0;
    for (; end < s.length() && DateTimeScanner.isDigit(s.charAt(end)); end++) {
      digits++;
    }
    if (end < s.length() && s.charAt(end) == '.') {
      for (end++; end < s.length() && DateTimeScanner.isDigit(s.charAt(end)); end++) {
        digits++;
      }
    }
    if (digits == 0) {
      return false;
    }
    end = exponent(end);
    double number = Double.parseDouble(s.substring(from, end));
    if (Double.isInfinite(number)) {
      return false;
    }
    if (number < -VALUE_MAX || number > VALUE_MAX) {
      throw parts.overflow();
    }
    value = (long) number;
    fraction = number - value;
    at = end;
    return true;
  }

  private int exponent(int end) {
    if (end >= s.length() || (s.charAt(end) | 32) != 'e') {
      return end;
    }
    int digits = end + 1;
    if (digits < s.length() && (s.charAt(digits) == '-' || s.charAt(digits) == '+')) {
      digits++;
    }
    int stop = digits;
    while (stop < s.length() && DateTimeScanner.isDigit(s.charAt(stop))) {
      stop++;
    }
    return stop > digits ? stop : end;
  }

  /** Returns how many digits a whole number at an offset has. */
  private int width(int from) {
    int i = from < s.length() && s.charAt(from) == '-' ? from + 1 : from;
    int first = i;
    while (i < s.length() && DateTimeScanner.isDigit(s.charAt(i))) {
      i++;
    }
    return i - first;
  }

  private int dateField(int from, char unit) {
    switch (unit) {
      case 'Y' -> {
        parts.addYears(value, 1);
        parts.addFractionYears(fraction, 1);
      }
      case 'M' -> addMonths();
      case 'W' -> {
        parts.addDays(value, 7);
        parts.addFractionDays(fraction, 7);
      }
      case 'D' -> addDays();
      case 'T', 0 -> {
        if (width(from) == 8 && !hasField) {
          parts.addYears(value / 10000, 1);
          parts.addMonths(value / 100 % 100);
          parts.addDays(value % 100, 1);
          parts.addFractionMicros(fraction, CivilDays.DAY_MICROS);
          if (unit == 0) {
            return DONE;
          }
          inDate = false;
          hasField = false;
          return CONTINUE;
        }
        return yearMonthDay(unit);
      }
      case '-' -> {
        return yearMonthDay(unit);
      }
      default -> {
        return FAIL;
      }
    }
    hasField = true;
    return CONTINUE;
  }

  private void addMonths() {
    parts.addMonths(value);
    parts.addFractionMonths(fraction);
  }

  private void addDays() {
    parts.addDays(value, 1);
    parts.addFractionMicros(fraction, CivilDays.DAY_MICROS);
  }

  /** Reads on after the year of {@code year-month-day}. */
  private int yearMonthDay(char unit) {
    if (hasField) {
      return FAIL;
    }
    parts.addYears(value, 1);
    parts.addFractionYears(fraction, 1);
    if (unit == 0) {
      return DONE;
    }
    if (unit == 'T') {
      inDate = false;
      hasField = false;
      return CONTINUE;
    }
    if (!number()) {
      return FAIL;
    }
    addMonths();
    int step = endOfDatePart();
    if (step != FAIL) {
      return step;
    }
    if (s.charAt(at) != '-') {
      return FAIL;
    }
    at++;
    if (!number()) {
      return FAIL;
    }
    addDays();
    return endOfDatePart();
  }

  private int endOfDatePart() {
    if (!more()) {
      return DONE;
    }
    if (s.charAt(at) == 'T') {
      startTime();
      return CONTINUE;
    }
    return FAIL;
  }

  private int timeField(int from, char unit) {
    switch (unit) {
      case 'H' -> parts.addMicros(value, fraction, CivilDays.HOUR_MICROS);
      case 'M' -> parts.addMicros(value, fraction, CivilDays.MINUTE_MICROS);
      case 'S' -> parts.addMicros(value, fraction, CivilDays.SECOND_MICROS);
      case 0 -> {
        if (width(from) == 6 && !hasField) {
          parts.addMicros(value / 10000, 0, CivilDays.HOUR_MICROS);
          parts.addMicros(value / 100 % 100, 0, CivilDays.MINUTE_MICROS);
          parts.addMicros(value % 100, 0, CivilDays.SECOND_MICROS);
          parts.addFractionMicros(fraction, 1);
          return DONE;
        }
        return hourMinuteSecond(unit);
      }
      case ':' -> {
        return hourMinuteSecond(unit);
      }
      default -> {
        return FAIL;
      }
    }
    hasField = true;
    return CONTINUE;
  }

  /** Reads on after the hour of {@code hour:minute:second}. */
  private int hourMinuteSecond(char unit) {
    if (hasField) {
      return FAIL;
    }
    parts.addMicros(value, fraction, CivilDays.HOUR_MICROS);
    if (unit == 0) {
      return DONE;
    }
    if (!number()) {
      return FAIL;
    }
    parts.addMicros(value, fraction, CivilDays.MINUTE_MICROS);
    if (!more()) {
      return DONE;
    }
    if (s.charAt(at) != ':') {
      return FAIL;
    }
    at++;
    if (!number()) {
      return FAIL;
    }
    parts.addMicros(value, fraction, CivilDays.SECOND_MICROS);
    return more() ? FAIL : DONE;
  }
}
