package io.quarkgres.engine.function.template;

import io.quarkgres.engine.function.template.DateReader.Slot;
import io.quarkgres.engine.function.time.Calendar;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Makes a day and a time of the fields that were read. One use; one thread. */
final class DateAssembly {
  private static final int HALF_DAY = 12;
  private static final int WEEK_DAYS = 7;

  private final DateReader fields;
  private int year;
  private int month = 1;
  private int day = 1;
  private int dayOfYear;

  DateAssembly(DateReader fields) {
    this.fields = fields;
  }

  private static SqlException invalid(String message) {
    return new SqlException(SqlState.INVALID_DATETIME_FORMAT, message);
  }

  private SqlException outOfRange() {
    return new SqlException(
        SqlState.DATETIME_FIELD_OVERFLOW,
        "date/time field value out of range: \"" + fields.text() + "\"");
  }

  /** Returns microseconds of the day. */
  long timeMicros() {
    int hour = fields.value(Slot.HOUR);
    int minute = fields.value(Slot.MINUTE);
    int second = fields.value(Slot.SECOND);
    if (fields.value(Slot.DAY_SECONDS) != 0) {
      int seconds = fields.value(Slot.DAY_SECONDS);
      hour = seconds / 3600;
      minute = seconds / 60 % 60;
      second = seconds % 60;
    }
    if (fields.isHalfDay()) {
      if (hour < 1 || hour > HALF_DAY) {
        throw new SqlException(
            SqlState.INVALID_DATETIME_FORMAT,
            "hour \"" + hour + "\" is invalid for the 12-hour clock",
            null,
            "Use the 24-hour clock, or give an hour between 1 and 12.");
      }
      if (fields.isAfternoon() && hour < HALF_DAY) {
        hour += HALF_DAY;
      } else if (!fields.isAfternoon() && hour == HALF_DAY) {
        hour = 0;
      }
    }
    long micros = fields.value(Slot.MILLIS) * 1000L + fields.value(Slot.MICROS);
    boolean isValid =
        hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60
            && micros >= 0
            && micros < CivilDays.SECOND_MICROS;
    if (!isValid) {
      throw outOfRange();
    }
    return ((hour * 60L + minute) * 60 + second) * CivilDays.SECOND_MICROS + micros;
  }

  /** Returns days since 2000-01-01. */
  long days() {
    readYear();
    if (fields.value(Slot.JULIAN) != 0) {
      ofDay(fields.value(Slot.JULIAN) - (long) CivilDays.JULIAN_DAY);
    }
    dayOfYear = fields.value(Slot.DAY_OF_YEAR);
    if (fields.value(Slot.WEEK) != 0) {
      week();
    }
    if (fields.value(Slot.MONTH_WEEK) != 0) {
      day = (fields.value(Slot.MONTH_WEEK) - 1) * WEEK_DAYS + 1;
    }
    if (fields.value(Slot.DAY) != 0 && fields.value(Slot.MONTH_WEEK) == 0) {
      day = fields.value(Slot.DAY);
    }
    if (fields.value(Slot.MONTH) != 0) {
      month = fields.value(Slot.MONTH);
    }
    if (dayOfYear != 0 && (month <= 1 || day <= 1)) {
      ofDayOfYear();
    }
    return checkedDay();
  }

  private void readYear() {
    int given = fields.value(Slot.YEAR);
    int century = fields.value(Slot.CENTURY);
    if (given != 0) {
      year = given;
      if (century != 0 && fields.yearDigits() <= 2) {
        year = ofCentury(fields.isBeforeChrist() ? -century : century, given % 100);
      } else if (fields.isBeforeChrist()) {
        year = year > 0 ? 1 - year : year;
      } else if (year < 0) {
        year++;
      }
    } else if (century != 0) {
      int signed = fields.isBeforeChrist() ? -century : century;
      year = signed >= 0 ? (signed - 1) * 100 + 1 : signed * 100 + 1;
    }
  }

  private static int ofCentury(int century, int yearOfCentury) {
    if (century < 0) {
      return (century + 1) * 100 - yearOfCentury + 1;
    }
    return yearOfCentury == 0 ? century * 100 : (century - 1) * 100 + yearOfCentury;
  }

  private void week() {
    int week = fields.value(Slot.WEEK);
    int dayOfWeek = fields.value(Slot.DAY_OF_WEEK);
    if (!fields.isIso()) {
      dayOfYear = (week - 1) * WEEK_DAYS + 1;
      return;
    }
    int start = Calendar.isoYearStart(year) + (week - 1) * WEEK_DAYS;
    if (dayOfWeek != 0) {
      // Sunday, the last day of an ISO week, is number 1 here
      start += dayOfWeek > 1 ? dayOfWeek - 2 : WEEK_DAYS - 1;
    }
    ofDay(start);
  }

  private void ofDay(long days) {
    if (days < CivilDays.DATE_MIN || days > CivilDays.DATE_MAX) {
      throw outOfRange();
    }
    long civil = CivilDays.civil((int) days);
    year = CivilDays.year(civil);
    month = CivilDays.month(civil);
    day = CivilDays.day(civil);
  }

  private void ofDayOfYear() {
    if (year == 0 && !fields.isBeforeChrist()) {
      throw invalid("cannot calculate day of year without year information");
    }
    if (fields.isIso()) {
      ofDay(Calendar.isoYearStart(year) + dayOfYear - 1L);
      return;
    }
    int left = dayOfYear;
    month = 1;
    while (month < 12 && left > CivilDays.monthLength(year, month)) {
      left -= CivilDays.monthLength(year, month);
      month++;
    }
    if (day <= 1) {
      day = left;
    }
  }

  private long checkedDay() {
    boolean isValid =
        month >= 1
            && month <= 12
            && day >= 1
            && day <= 31
            && CivilDays.isJulianValid(year, month)
            && day <= CivilDays.monthLength(year, month);
    if (!isValid) {
      throw outOfRange();
    }
    return CivilDays.days(year, month, day);
  }

  /** Returns seconds east of UTC that the text gives, or {@code null}. */
  Integer offsetSeconds() {
    if (!fields.has(Slot.ZONE_HOUR) && !fields.has(Slot.ZONE_MINUTE)) {
      return null;
    }
    int hours = fields.value(Slot.ZONE_HOUR);
    int minutes = fields.value(Slot.ZONE_MINUTE);
    if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) {
      throw new SqlException(
          SqlState.INVALID_TIME_ZONE_DISPLACEMENT_VALUE,
          "time zone displacement out of range: \"" + fields.text() + "\"");
    }
    int seconds = hours * 3600 + minutes * 60;
    return fields.isZoneWest() ? -seconds : seconds;
  }
}
