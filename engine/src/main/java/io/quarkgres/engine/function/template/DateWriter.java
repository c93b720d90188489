package io.quarkgres.engine.function.template;

import io.quarkgres.engine.function.template.DateTemplate.LetterCase;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;
import java.util.Locale;

/** Writes a date and time, or an interval, by a template. One use; one thread. */
final class DateWriter {
  static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };
  static final String[] ROMAN_MONTHS = {
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"
  };
  private static final int NAME_WIDTH = 9;
  private static final int ROMAN_WIDTH = 4;
  private static final int YEAR_WIDTH = 4;

  private final BrokenTime time;
  private final StringBuilder out = new StringBuilder();

  DateWriter(BrokenTime time) {
    this.time = time;
  }

  String write(List<DateTemplate.Part> parts) {
    for (DateTemplate.Part part : parts) {
      switch (part) {
        case DateTemplate.Literal literal -> out.appendCodePoint(literal.character());
        case DateTemplate.Field field -> field(field);
      }
    }
    return out.toString();
  }

  private void notForInterval() {
    if (time.isInterval()) {
      throw new SqlException(
          SqlState.INVALID_DATETIME_FORMAT,
          "invalid format specification for an interval value",
          null,
          "Intervals are not tied to specific calendar dates.");
    }
  }

  private static String cased(String text, LetterCase letterCase) {
    return switch (letterCase) {
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case LOWER -> text.toLowerCase(Locale.ROOT);
      case TITLE -> text;
    };
  }

  private void letters(DateTemplate.Field f, String text, int width) {
    String shown = cased(text, f.letterCase());
    out.append(shown);
    boolean isPadded = !f.isLocal() || f.field() == DateField.RM;
    if (!f.isFill() && isPadded) {
      out.repeat(' ', Math.max(0, width - shown.length()));
    }
  }

  /** Writes a number with zeros in front, one more when it is negative. */
  private void number(DateTemplate.Field f, long value, int width) {
    int start = out.length();
    String digits = Long.toString(Math.abs(value));
    if (value < 0) {
      out.append('-');
    }
    if (!f.isFill()) {
      out.repeat('0', Math.max(0, width - digits.length()));
    }
    out.append(digits);
    if (f.ordinal() != null) {
      out.append(Ordinals.ending(out.substring(start), f.ordinal() == LetterCase.UPPER));
    }
  }

  /** Writes a number with zeros in front, the sign being part of the width. */
  private void signedNumber(DateTemplate.Field f, long value, int width) {
    number(f, value, value < 0 ? width - 1 : width);
  }

  private void fraction(DateTemplate.Field f, int digits) {
    long value = time.micros();
    for (int i = digits; i < 6; i++) {
      value /= 10;
    }
    String text = Long.toString(Math.abs(value));
    String sign = value < 0 ? "-" : "";
    String shown = sign + "0".repeat(Math.max(0, digits - sign.length() - text.length())) + text;
    out.append(shown);
    if (f.ordinal() != null) {
      out.append(Ordinals.ending(shown, f.ordinal() == LetterCase.UPPER));
    }
  }

  private void field(DateTemplate.Field f) {
    switch (f.field()) {
      case AM, PM -> out.append(cased(time.hour() % 24 >= 12 ? "PM" : "AM", f.letterCase()));
      case AM_DOTTED, PM_DOTTED ->
          out.append(cased(time.hour() % 24 >= 12 ? "P.M." : "A.M.", f.letterCase()));
      case AD, BC -> {
        notForInterval();
        out.append(cased(time.year() <= 0 ? "BC" : "AD", f.letterCase()));
      }
      case AD_DOTTED, BC_DOTTED -> {
        notForInterval();
        out.append(cased(time.year() <= 0 ? "B.C." : "A.D.", f.letterCase()));
      }
      case HH, HH12 -> number(f, time.hour() % 12 == 0 ? 12 : time.hour() % 12, 2);
      case HH24 -> number(f, time.hour(), 2);
      case MI -> number(f, time.minute(), 2);
      case SS -> number(f, time.second(), 2);
      case MS -> fraction(f, 3);
      case US -> fraction(f, 6);
      case FF1, FF2, FF3, FF4, FF5, FF6 ->
          fraction(f, f.field().ordinal() - DateField.FF1.ordinal() + 1);
      case SSSS, SSSSS -> number(f, time.hour() * 3600L + time.minute() * 60L + time.second(), 0);
      case TZ, TZH, TZM, OF -> zone(f);
      case MONTH, MON, MM, RM, Q -> month(f);
      case DAY, DY, DDD, DD, D, IDDD, ID, W, WW, IW, J -> day(f);
      case CC, Y_YYY, YYYY, YYY, YY, Y, IYYY, IYY, IY, I -> year(f);
      case FX -> {}
    }
  }

  private void zone(DateTemplate.Field f) {
    notForInterval();
    int offset = time.offset();
    String sign = offset < 0 ? "-" : "+";
    int minutes = Math.abs(offset) / 60;
    switch (f.field()) {
      case TZ -> out.append(cased(time.zoneName(), f.letterCase()));
      case TZH -> out.append(sign).append(two(minutes / 60));
      case TZM -> out.append(two(minutes % 60));
      default -> {
        out.append(sign).append(f.isFill() ? minutes / 60 : two(minutes / 60));
        if (minutes % 60 != 0) {
          out.append(':').append(two(minutes % 60));
        }
      }
    }
  }

  private static String two(int value) {
    return value < 10 ? "0" + value : Integer.toString(value);
  }

  /** Weeks and Julian days need a date, which an interval may look like. */
  private void needsDate(DateTemplate.Field f) {
    boolean isDate = time.month() >= 1 && time.month() <= 12 && time.day() >= 0 && time.year() >= 0;
    if (!isDate) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "pattern " + f.field().text() + " of an interval that is no date is not supported yet");
    }
  }

  private void month(DateTemplate.Field f) {
    int month = time.month();
    switch (f.field()) {
      case MONTH, MON -> {
        notForInterval();
        String name = MONTHS[month - 1];
        if (f.field() == DateField.MON) {
          letters(f, name.substring(0, 3), 0);
        } else {
          letters(f, name, NAME_WIDTH);
        }
      }
      case MM -> number(f, month, 2);
      case RM -> {
        if (time.isInterval() && month == 0 && time.year() == 0) {
          return;
        }
        int index = month > 0 ? month - 1 : month < 0 ? 12 + month : time.year() >= 0 ? 11 : 0;
        letters(f, ROMAN_MONTHS[index], ROMAN_WIDTH);
      }
      default -> {
        if (month != 0) {
          number(f, (month - 1) / 3 + 1, 0);
        }
      }
    }
  }

  private void day(DateTemplate.Field f) {
    boolean isOfWeek =
        f.field() == DateField.IW || f.field() == DateField.J || f.field() == DateField.IDDD;
    if (isOfWeek && time.isInterval()) {
      needsDate(f);
    }
    switch (f.field()) {
      case DAY -> {
        notForInterval();
        letters(f, DAYS[time.dayOfWeek()], NAME_WIDTH);
      }
      case DY -> {
        notForInterval();
        letters(f, DAYS[time.dayOfWeek()].substring(0, 3), 0);
      }
      case DDD -> signedNumber(f, time.dayOfYear(), 3);
      case IDDD -> number(f, time.isoDayOfYear(), 3);
      case DD -> signedNumber(f, time.day(), 2);
      case D -> {
        notForInterval();
        number(f, time.dayOfWeek() + 1, 0);
      }
      case ID -> {
        notForInterval();
        number(f, time.dayOfWeek() == 0 ? 7 : time.dayOfWeek(), 0);
      }
      case W -> number(f, (time.day() - 1) / 7 + 1, 0);
      case WW -> signedNumber(f, (time.dayOfYear() - 1) / 7 + 1, 2);
      case IW -> number(f, time.isoWeek(), 2);
      default -> number(f, time.julianDay(), 0);
    }
  }

  private void year(DateTemplate.Field f) {
    boolean isOfWeek =
        switch (f.field()) {
          case IYYY, IYY, IY, I -> true;
          default -> false;
        };
    if (isOfWeek && time.isInterval()) {
      needsDate(f);
    }
    int year = shown(time.year());
    int isoYear = shown(time.isoYear());
    switch (f.field()) {
      case CC -> number(f, century(), 2);
      case Y_YYY -> {
        int start = out.length();
        out.append("%d,%03d".formatted(year / 1000, year % 1000));
        if (f.ordinal() != null) {
          out.append(Ordinals.ending(out.substring(start), f.ordinal() == LetterCase.UPPER));
        }
      }
      case YYYY -> number(f, year, YEAR_WIDTH);
      case IYYY -> number(f, isoYear, YEAR_WIDTH);
      case YYY -> number(f, year % 1000, 3);
      case IYY -> number(f, isoYear % 1000, 3);
      case YY -> number(f, year % 100, 2);
      case IY -> number(f, isoYear % 100, 2);
      case Y -> number(f, year % 10, 1);
      default -> number(f, isoYear % 10, 1);
    }
  }

  /** Years before Christ are shown by their number. */
  private int shown(int year) {
    return time.isInterval() || year > 0 ? year : 1 - year;
  }

  private int century() {
    int year = time.year();
    if (time.isInterval()) {
      return year / 100;
    }
    return year > 0 ? (year - 1) / 100 + 1 : year / 100 - 1;
  }
}
