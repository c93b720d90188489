package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.time.DateTimeScanner.Field;
import io.quarkgres.engine.type.time.DateTimeScanner.Shape;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the single fields of a date or a time are read. Which parts were seen before decides what a
 * bare number means. One use; one thread.
 */
abstract class DateTimeFields extends DateTimeParts {
  private static final int ZONE_HOURS_MAX = 15;

  /** Where {@link #number} stopped. */
  private int stop;

  DateTimeFields(String typeName, String text, TypeContext context) {
    super(typeName, text, context);
  }

  /** Cuts the text into fields; raises 22007 when that is impossible. */
  final List<Field> fields() {
    List<Field> fields = DateTimeScanner.scan(text);
    if (fields == null) {
      throw badFormat();
    }
    return fields;
  }

  /** Reads an optionally signed 32-bit number and leaves {@link #stop} behind it. */
  final int number(String s, int from) {
    int at = from;
    boolean negative = at < s.length() && s.charAt(at) == '-';
    if (at < s.length() && (negative || s.charAt(at) == '+')) {
      at++;
    }
    int digits = at;
    long value = 0;
    while (at < s.length() && DateTimeScanner.isDigit(s.charAt(at))) {
      value = Math.min(value * 10 + (s.charAt(at) - '0'), 1L << 40);
      at++;
    }
    stop = at == digits ? from : at;
    if (value > Integer.MAX_VALUE + (negative ? 1L : 0L)) {
      throw overflow();
    }
    return (int) (negative ? -value : value);
  }

  final boolean stopped(String s) {
    return stop == s.length();
  }

  final char stopChar(String s) {
    return stop < s.length() ? s.charAt(stop) : 0;
  }

  final int stopIndex() {
    return stop;
  }

  /** Returns the microseconds of a fraction such as {@code .25} that ends the field. */
  final int fraction(String s, int point) {
    for (int i = point + 1; i < s.length(); i++) {
      if (!DateTimeScanner.isDigit(s.charAt(i))) {
        throw badFormat();
      }
    }
    return roundFraction(s, point);
  }

  private static int roundFraction(String s, int point) {
    return s.length() == point + 1
        ? 0
        : (int) Math.rint(Double.parseDouble("0" + s.substring(point)) * 1_000_000);
  }

  /** Reads a date whose parts are joined: {@code 2020-01-02}, {@code 2-jan-2020}. */
  final void date(String s) {
    // a month's name before the field has no say in how its numbers are read
    boolean textMonthBefore = textMonth;
    textMonth = false;
    joinedDate(s);
    textMonth = textMonthBefore;
  }

  private void joinedDate(String s) {
    String[] parts = parts(s);
    int read = 0;
    for (int i = 0; i < parts.length; i++) {
      if (DateTimeScanner.isLetter(parts[i].charAt(0))) {
        read |= monthPart(parts[i], read);
        parts[i] = null;
      }
    }
    for (String part : parts) {
      if (part != null && !part.isEmpty()) {
        int before = seen;
        seen |= read;
        int found = datePart(part);
        seen = before;
        if (((seen | read) & found) != 0) {
          throw badFormat();
        }
        read |= found;
      }
    }
    if (((seen | read) & ~(DAY_OF_YEAR | ZONE)) != DATE) {
      throw badFormat();
    }
    see(read);
  }

  private int monthPart(String word, int read) {
    DateTimeWord found = DateTimeWord.ofDate(word);
    if (found.kind() == DateTimeWord.Kind.IGNORED) {
      return 0;
    }
    if (found.kind() != DateTimeWord.Kind.MONTH || ((seen | read) & MONTH) != 0) {
      throw badFormat();
    }
    month = found.value();
    textMonth = true;
    return MONTH;
  }

  /** Splits at whatever is neither letter nor digit, and between letters and digits. */
  private String[] parts(String s) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < s.length()) {
      while (at < s.length() && !isAlphanumeric(s.charAt(at))) {
        at++;
      }
      if (at == s.length()) {
        throw badFormat();
      }
      int from = at;
      boolean digits = DateTimeScanner.isDigit(s.charAt(at));
      while (at < s.length()
          && (digits
              ? DateTimeScanner.isDigit(s.charAt(at))
              : DateTimeScanner.isLetter(s.charAt(at)))) {
        at++;
      }
      parts.add(s.substring(from, at));
      at++; // a separator, whatever it is
    }
    return parts.toArray(new String[0]);
  }

  private static boolean isAlphanumeric(char c) {
    return DateTimeScanner.isDigit(c) || DateTimeScanner.isLetter(c);
  }

  private int datePart(String s) {
    int before = seen;
    int found = bareNumber(s);
    seen = before;
    return found;
  }

  /** Reads a bare number by what was seen before; returns the parts it gave. */
  final int bareNumber(String s) {
    int value = number(s, 0);
    int end = stop;
    if (end == 0) {
      throw badFormat();
    }
    if (end < s.length()) {
      if (s.charAt(end) != '.') {
        throw badFormat();
      }
      if (end > 2) {
        return runTogether(s, seen | DATE);
      }
      micros = fraction(s, end);
    }
    if (s.length() == 3 && (seen & DATE) == YEAR && value >= 1 && value <= 366) {
      dayOfYear = value;
      return DAY_OF_YEAR | MONTH | DAY;
    }
    int part = partOf(s, value);
    if (part == 0) {
      return runTogether(s, seen);
    }
    if (part == YEAR) {
      twoDigitYear = s.length() <= 2;
    }
    return part;
  }

  /** Decides which part of a date a number is and stores it; 0 when the date is complete. */
  private int partOf(String s, int value) {
    TypeContext.DateOrder order = context.dateStyle().order();
    boolean yearFirst = s.length() >= 3 || order == TypeContext.DateOrder.YMD;
    return switch (seen & DATE) {
      case 0 ->
          yearFirst ? year(value) : order == TypeContext.DateOrder.DMY ? day(value) : month(value);
      case YEAR -> month(value);
      case MONTH -> textMonth && yearFirst ? year(value) : day(value);
      case YEAR | MONTH -> {
        if (textMonth && s.length() >= 3 && twoDigitYear) {
          // the first number was the day after all
          int found = day(year);
          year = value;
          twoDigitYear = false;
          yield found;
        }
        yield day(value);
      }
      case DAY -> month(value);
      case MONTH | DAY -> year(value);
      case DATE -> 0;
      default -> throw badFormat();
    };
  }

  private int year(int value) {
    year = value;
    return YEAR;
  }

  private int month(int value) {
    month = value;
    return MONTH;
  }

  private int day(int value) {
    day = value;
    return DAY;
  }

  /**
   * Reads digits that are run together: {@code yyyymmdd}, {@code hhmmss}, {@code hhmm}, the last
   * two with a fraction.
   *
   * @param known the parts to take as seen
   */
  final int runTogether(String s, int known) {
    String digits = s;
    int point = s.indexOf('.');
    if (point >= 0) {
      micros = fractionPrefix(s, point);
      digits = s.substring(0, point);
    } else if ((known & DATE) != DATE && s.length() >= 6) {
      int n = s.length();
      day = twoDigits(s, n - 2);
      month = twoDigits(s, n - 4);
      year = wrapped(s, n - 4);
      twoDigitYear = n - 4 == 2 || twoDigitYear;
      return DATE;
    }
    boolean timeMissing = (known & TIME) != TIME;
    if (timeMissing && (digits.length() == 6 || digits.length() == 4)) {
      hour = twoDigits(digits, 0);
      minute = twoDigits(digits, 2);
      second = digits.length() == 6 ? twoDigits(digits, 4) : 0;
      return TIME;
    }
    throw badFormat();
  }

  /**
   * Returns the lowest 32 bits of a number; a year of too many digits is wrong like PostgreSQL's.
   */
  private static int wrapped(String s, int end) {
    long value = 0;
    for (int i = 0; i < end; i++) {
      int digit = s.charAt(i) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return (int) Long.MAX_VALUE;
      }
      value = value * 10 + digit;
    }
    return (int) value;
  }

  private static int fractionPrefix(String s, int point) {
    int end = point + 1;
    while (end < s.length() && DateTimeScanner.isDigit(s.charAt(end))) {
      end++;
    }
    return roundFraction(s.substring(0, end), point);
  }

  private int twoDigits(String s, int from) {
    return number(s.substring(from, from + 2), 0);
  }

  /** Reads {@code hh:mm}, {@code hh:mm:ss.ffffff} or {@code mm:ss.ffffff}. */
  final void time(String s) {
    hour = number(s, 0);
    if (stopChar(s) != ':') {
      throw badFormat();
    }
    minute = number(s, stop + 1);
    if (stopped(s)) {
      second = 0;
      micros = 0;
    } else if (stopChar(s) == '.') {
      micros = fraction(s, stop);
      second = minute;
      minute = hour;
      hour = 0;
    } else if (stopChar(s) == ':') {
      second = number(s, stop + 1);
      if (stopped(s)) {
        micros = 0;
      } else if (stopChar(s) == '.') {
        micros = fraction(s, stop);
      } else {
        throw badFormat();
      }
    } else {
      throw badFormat();
    }
    if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      throw overflow();
    }
  }

  /** Returns the offset that {@code +hh}, {@code +hhmm} or {@code +hh:mm:ss} gives. */
  final int offset(String s) {
    char sign = s.charAt(0);
    if (sign != '+' && sign != '-') {
      throw badFormat();
    }
    int hours = zoneNumber(s, 1);
    int minutes = 0;
    int seconds = 0;
    if (stopChar(s) == ':') {
      minutes = zoneNumber(s, stop + 1);
      if (stopChar(s) == ':') {
        seconds = zoneNumber(s, stop + 1);
      }
    } else if (stopped(s) && s.length() > 3) {
      minutes = hours % 100;
      hours = hours / 100;
    }
    boolean fits =
        hours >= 0
            && hours <= ZONE_HOURS_MAX
            && minutes >= 0
            && minutes < 60
            && seconds >= 0
            && seconds < 60;
    if (!fits) {
      throw DateTimeErrors.displacement(text);
    }
    if (!stopped(s)) {
      throw badFormat();
    }
    int total = (hours * 60 + minutes) * 60 + seconds;
    return sign == '-' ? -total : total;
  }

  private int zoneNumber(String s, int from) {
    try {
      return number(s, from);
    } catch (SqlException e) {
      throw DateTimeErrors.displacement(text);
    }
  }

  /** Reads digits run together with an offset behind them: {@code 101112-08}. */
  final int runTogetherWithOffset(String s, int known) {
    int minus = s.indexOf('-');
    if (minus < 0) {
      throw badFormat();
    }
    offset = offset(s.substring(minus));
    return runTogether(s.substring(0, minus), known) | ZONE;
  }

  /** Notes a zone by its full name; raises 22023 when there is none. */
  final void namedZone(String name) {
    zone = TimeZones.byName(name);
    if (zone == null) {
      throw DateTimeErrors.unknownZone(name);
    }
  }

  /** Notes the offset or the zone of an abbreviation; returns the parts it gave. */
  final int abbreviation(TimeZones.Abbreviation found) {
    if (found.zone() != null) {
      zone = found.zone();
      abbreviation = found.name();
      return ZONE;
    }
    offset = found.offset();
    return found.isDaylight() ? ZONE | DAYLIGHT_ZONE : ZONE;
  }

  /** Reads a number that a letter before it says the meaning of: {@code y2001m02d04}. */
  final int labelled(int label, String s) {
    int value = number(s, 0);
    int end = stopIndex();
    boolean fraction = end < s.length();
    boolean mayHaveFraction =
        label == DateTimeWord.UNIT_JULIAN
            || label == DateTimeWord.UNIT_TIME
            || label == DateTimeWord.UNIT_SECOND;
    if (fraction && (s.charAt(end) != '.' || !mayHaveFraction)) {
      throw badFormat();
    }
    switch (label) {
      case DateTimeWord.UNIT_YEAR -> {
        year = value;
        return YEAR;
      }
      case DateTimeWord.UNIT_MONTH -> {
        if ((seen & (MONTH | HOUR)) == (MONTH | HOUR)) {
          minute = value;
          return MINUTE;
        }
        month = value;
        return MONTH;
      }
      case DateTimeWord.UNIT_DAY -> {
        day = value;
        return DAY;
      }
      case DateTimeWord.UNIT_HOUR -> {
        hour = value;
        return HOUR;
      }
      case DateTimeWord.UNIT_MINUTE -> {
        minute = value;
        return MINUTE;
      }
      case DateTimeWord.UNIT_SECOND -> {
        second = value;
        if (fraction) {
          micros = fraction(s, end);
          return SECONDS;
        }
        return SECOND;
      }
      case DateTimeWord.UNIT_JULIAN -> {
        julianDay(value);
        if (fraction) {
          double part = Double.parseDouble("0" + s.substring(end) + "0");
          setTime((long) (part * CivilDays.DAY_MICROS));
          return DATE | TIME;
        }
        return DATE;
      }
      case DateTimeWord.UNIT_TIME -> {
        int found = runTogether(s, seen | DATE);
        if (found != TIME) {
          throw badFormat();
        }
        return found;
      }
      default -> throw badFormat();
    }
  }

  /** Notes a "t" before a time; something that can be one must follow. */
  final void labelTime(List<Field> fields, int i) {
    Shape next = i + 1 < fields.size() ? fields.get(i + 1).shape() : Shape.WORD;
    if (next != Shape.NUMBER && next != Shape.TIME && next != Shape.DATE) {
      throw badFormat();
    }
    unit = DateTimeWord.UNIT_TIME;
  }
}
