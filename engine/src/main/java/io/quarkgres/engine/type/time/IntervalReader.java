package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.time.DateTimeScanner.Field;
import io.quarkgres.engine.type.time.DateTimeScanner.Shape;
import io.quarkgres.engine.type.time.DateTimeWord.Kind;
import java.util.List;

/**
 * Reads intervals in PostgreSQL's own and in the SQL standard's form. Fields are read from the last
 * to the first, because a unit stands behind its number. One use; one thread.
 */
final class IntervalReader {
  private static final int BAD = -1;
  private static final int OVERFLOW = -2;
  private static final int SECONDS_SEEN =
      bit(DateTimeWord.UNIT_SECOND)
          | bit(DateTimeWord.UNIT_MILLISECOND)
          | bit(DateTimeWord.UNIT_MICROSECOND);
  private static final int TIME_SEEN =
      bit(DateTimeWord.UNIT_HOUR) | bit(DateTimeWord.UNIT_MINUTE) | SECONDS_SEEN;

  private final IntervalParts parts;
  private final int range;
  private boolean forceNegative;
  private int seen;

  /** The unit of the next number, or -1 when none was given. */
  private int unit = -1;

  private IntervalReader(IntervalParts parts, int range) {
    this.parts = parts;
    this.range = range;
  }

  private static int bit(int unit) {
    return 1 << unit;
  }

  /** Reads the text into the parts; returns whether it has this form. */
  static boolean read(String text, int range, boolean sqlStandard, IntervalParts parts) {
    List<Field> fields = DateTimeScanner.scan(text);
    return fields != null && new IntervalReader(parts, range).read(fields, sqlStandard);
  }

  private boolean read(List<Field> fields, boolean sqlStandard) {
    forceNegative = sqlStandard && leadingSignCountsForAll(fields);
    boolean ago = false;
    for (int i = fields.size() - 1; i >= 0; i--) {
      Field field = fields.get(i);
      int found =
          switch (field.shape()) {
            case TIME -> time(field.text());
            case SIGNED -> signed(field);
            case DATE, NUMBER -> number(field.text());
            case WORD, SIGNED_WORD -> 0;
          };
      if (field.shape() == Shape.WORD || field.shape() == Shape.SIGNED_WORD) {
        Kind kind = word(field.text());
        ago |= kind == Kind.AGO;
        found = kind == Kind.UNKNOWN ? BAD : 0;
      }
      if (found == BAD || (found & seen) != 0) {
        return false;
      }
      seen |= found;
    }
    if (seen == 0) {
      return false;
    }
    if (ago) {
      parts.negate();
    }
    return true;
  }

  /** In the SQL standard's style, a leading minus counts for all fields if no other has a sign. */
  private static boolean leadingSignCountsForAll(List<Field> fields) {
    if (fields.isEmpty() || fields.get(0).first() != '-') {
      return false;
    }
    for (int i = 1; i < fields.size(); i++) {
      char first = fields.get(i).first();
      if (first == '-' || first == '+') {
        return false;
      }
    }
    return true;
  }

  private Kind word(String text) {
    DateTimeWord word = DateTimeWord.ofInterval(text);
    return switch (word.kind()) {
      case IGNORED -> Kind.IGNORED;
      case UNIT -> {
        unit = word.value();
        yield Kind.UNIT;
      }
      case AGO -> {
        // a number before it has no unit of its own
        unit = DateTimeWord.UNIT_OTHER;
        yield Kind.AGO;
      }
      case MONTH, WEEKDAY, AM_PM, ERA, SPECIAL, DAYLIGHT, ISO_TIME, UNKNOWN -> Kind.UNKNOWN;
    };
  }

  private int time(String s) {
    long micros = timeMicros(s, 0);
    if (micros == OVERFLOW) {
      throw parts.overflow();
    }
    if (micros == BAD) {
      return BAD;
    }
    // what days before it left over is replaced, not added to, as PostgreSQL does
    parts.micros = forceNegative ? -micros : micros;
    unit = DateTimeWord.UNIT_DAY;
    return TIME_SEEN;
  }

  private int signed(Field field) {
    String s = field.text();
    if (s.indexOf(':', 1) >= 0) {
      long micros = timeMicros(s, 1);
      if (micros >= 0) {
        parts.micros = field.first() == '-' || forceNegative ? -micros : micros;
        unit = DateTimeWord.UNIT_DAY;
        return TIME_SEEN;
      }
    }
    return number(s);
  }

  /**
   * Returns the microseconds of {@code h:m}, {@code h:m:s.f} or {@code m:s.f}; negative on failure.
   */
  private long timeMicros(String s, int from) {
    int[] stop = {from};
    long hours = digits(s, stop);
    if (hours < 0 || stop[0] == s.length() || s.charAt(stop[0]) != ':') {
      return BAD;
    }
    stop[0]++;
    long minutes = digits(s, stop);
    long seconds = 0;
    double fraction = 0;
    boolean minuteToSecond = range == (IntervalFields.MINUTE | IntervalFields.SECOND);
    char next = stop[0] < s.length() ? s.charAt(stop[0]) : 0;
    if (next == ':') {
      stop[0]++;
      seconds = digits(s, stop);
      next = stop[0] < s.length() ? s.charAt(stop[0]) : 0;
      minuteToSecond = false;
    } else if (next == '.') {
      minuteToSecond = true;
    } else {
      minuteToSecond &= next == 0;
    }
    if (next == '.') {
      fraction = fraction(s, stop[0]);
    }
    boolean malformed = minutes < 0 || seconds < 0 || next != 0 && next != '.' || fraction < 0;
    if (malformed) {
      return BAD;
    }
    if (minuteToSecond) {
      seconds = minutes;
      minutes = hours;
      hours = 0;
    }
    return checkedTime(hours, minutes, seconds, fraction);
  }

  private long checkedTime(long hours, long minutes, long seconds, double fraction) {
    if (minutes > 59 || seconds > 60 || hours > Long.MAX_VALUE / CivilDays.HOUR_MICROS) {
      return OVERFLOW;
    }
    long result =
        hours * CivilDays.HOUR_MICROS
            + (minutes * 60 + seconds) * CivilDays.SECOND_MICROS
            + (long) Math.rint(fraction * CivilDays.SECOND_MICROS);
    return result < 0 ? OVERFLOW : result;
  }

  /** Reads digits at {@code stop[0]} and moves it behind them. */
  private long digits(String s, int[] stop) {
    long negative = negativeDigits(s, stop);
    if (negative == Long.MIN_VALUE) {
      throw parts.overflow();
    }
    return -negative;
  }

  /** Reads digits as a negative number, since there is one more of these. */
  private long negativeDigits(String s, int[] stop) {
    long value = 0;
    int at = stop[0];
    for (; at < s.length() && DateTimeScanner.isDigit(s.charAt(at)); at++) {
      int digit = s.charAt(at) - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw parts.overflow();
      }
      value = value * 10 - digit;
    }
    stop[0] = at;
    return value;
  }

  /** Returns the fraction that starts at a point and ends the field, -1 if malformed. */
  private static double fraction(String s, int point) {
    for (int i = point + 1; i < s.length(); i++) {
      if (!DateTimeScanner.isDigit(s.charAt(i))) {
        return BAD;
      }
    }
    return s.length() == point + 1 ? 0 : Double.parseDouble("0" + s.substring(point));
  }

  private int number(String s) {
    if (unit < 0) {
      unit = lastUnit();
    }
    boolean negative = s.charAt(0) == '-';
    int[] stop = {negative || s.charAt(0) == '+' ? 1 : 0};
    // the least number has no positive twin and stays itself
    long value = negative ? -negativeDigits(s, stop) : digits(s, stop);
    double fraction = 0;
    char next = stop[0] < s.length() ? s.charAt(stop[0]) : 0;
    if (next == '-') {
      stop[0]++;
      boolean doubled = stop[0] < s.length() && s.charAt(stop[0]) == '-';
      stop[0] += doubled ? 1 : 0;
      if (doubled && stop[0] == s.length()) {
        return BAD;
      }
      long months = digits(s, stop);
      if (months >= 12 || doubled && months > 0) {
        throw parts.overflow();
      }
      if (stop[0] < s.length()) {
        return BAD;
      }
      if (value != (int) value) {
        throw parts.overflow();
      }
      value = value * 12 + months;
      unit = DateTimeWord.UNIT_MONTH;
    } else if (next == '.') {
      fraction = fraction(s, stop[0]);
      if (fraction < 0) {
        return BAD;
      }
    } else if (next != 0) {
      return BAD;
    }
    boolean minus = negative || forceNegative;
    return add(minus ? -value : value, minus ? -fraction : fraction);
  }

  /** The unit of a last number without one, which the modifier's fields decide. */
  private int lastUnit() {
    if (range == IntervalFields.YEAR) {
      return DateTimeWord.UNIT_YEAR;
    }
    if (range == IntervalFields.MONTH || range == (IntervalFields.YEAR | IntervalFields.MONTH)) {
      return DateTimeWord.UNIT_MONTH;
    }
    if (range == IntervalFields.FULL_RANGE || (range & IntervalFields.SECOND) != 0) {
      return DateTimeWord.UNIT_SECOND;
    }
    if ((range & IntervalFields.MINUTE) != 0) {
      return DateTimeWord.UNIT_MINUTE;
    }
    return (range & IntervalFields.HOUR) != 0 ? DateTimeWord.UNIT_HOUR : DateTimeWord.UNIT_DAY;
  }

  private int add(long value, double fraction) {
    int given = unit;
    switch (given) {
      case DateTimeWord.UNIT_MICROSECOND -> parts.addMicros(value, fraction, 1);
      case DateTimeWord.UNIT_MILLISECOND -> parts.addMicros(value, fraction, 1000);
      case DateTimeWord.UNIT_SECOND -> {
        parts.addMicros(value, fraction, CivilDays.SECOND_MICROS);
        return fraction == 0 ? bit(given) : SECONDS_SEEN;
      }
      case DateTimeWord.UNIT_MINUTE -> parts.addMicros(value, fraction, CivilDays.MINUTE_MICROS);
      case DateTimeWord.UNIT_HOUR -> {
        parts.addMicros(value, fraction, CivilDays.HOUR_MICROS);
        unit = DateTimeWord.UNIT_DAY;
      }
      case DateTimeWord.UNIT_DAY -> {
        parts.addDays(value, 1);
        parts.addFractionMicros(fraction, CivilDays.DAY_MICROS);
      }
      case DateTimeWord.UNIT_WEEK -> {
        parts.addDays(value, 7);
        parts.addFractionDays(fraction, 7);
      }
      case DateTimeWord.UNIT_MONTH -> {
        parts.addMonths(value);
        parts.addFractionMonths(fraction);
      }
      case DateTimeWord.UNIT_YEAR -> addYears(value, fraction, 1);
      case DateTimeWord.UNIT_DECADE -> addYears(value, fraction, 10);
      case DateTimeWord.UNIT_CENTURY -> addYears(value, fraction, 100);
      case DateTimeWord.UNIT_MILLENNIUM -> addYears(value, fraction, 1000);
      default -> {
        return BAD;
      }
    }
    return bit(given);
  }

  private void addYears(long value, double fraction, int scale) {
    parts.addYears(value, scale);
    parts.addFractionYears(fraction, scale);
  }
}
