package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import java.time.ZoneId;

/**
 * The parts of a date and a time as far as they were read, which of them were seen, and how they
 * are checked and put together in the end. One use; one thread.
 */
abstract class DateTimeParts {
  static final int YEAR = 1;
  static final int MONTH = 1 << 1;
  static final int DAY = 1 << 2;
  static final int HOUR = 1 << 3;
  static final int MINUTE = 1 << 4;
  static final int SECOND = 1 << 5;
  static final int SUBSECOND = 1 << 6;
  static final int ZONE = 1 << 7;
  static final int DAYLIGHT_ZONE = 1 << 8;
  static final int DAYLIGHT = 1 << 9;
  static final int DAY_OF_YEAR = 1 << 10;
  static final int WEEKDAY = 1 << 11;
  static final int AM_PM = 1 << 12;
  static final int ERA = 1 << 13;
  static final int SPECIAL = 1 << 14;

  static final int DATE = YEAR | MONTH | DAY;
  static final int SECONDS = SECOND | SUBSECOND;
  static final int TIME = HOUR | MINUTE | SECONDS;

  /** The value of {@link #meridian} when the clock has 24 hours. */
  static final int HOURS_24 = -1;

  final String typeName;
  final String text;
  final TypeContext context;

  /** The parts that were seen. */
  int seen;

  int year;
  int month;
  int day;
  int dayOfYear;
  int hour;
  int minute;
  int second;
  int micros;

  /** Seconds east of UTC, valid when ZONE was seen and no {@link #zone} is to be asked. */
  int offset;

  /** A zone that must be asked for its offset at the date that was read, or {@code null}. */
  ZoneId zone;

  /** The abbreviation that {@link #zone} came from, or {@code null} when it was named in full. */
  String abbreviation;

  boolean twoDigitYear;
  boolean textMonth;
  boolean julian;
  boolean beforeChrist;
  int meridian = HOURS_24;

  /** The unit that the next number has ({@code DateTimeWord.UNIT_...}), or -1. */
  int unit = -1;

  DateTimeParts(String typeName, String text, TypeContext context) {
    this.typeName = typeName;
    this.text = text;
    this.context = context;
  }

  final SqlException badFormat() {
    return DateTimeErrors.badFormat(typeName, text);
  }

  final SqlException overflow() {
    return DateTimeErrors.fieldOverflow(text);
  }

  /** Notes parts as seen; raises 22007 when one was seen before. */
  final void see(int parts) {
    if ((seen & parts) != 0) {
      throw badFormat();
    }
    seen |= parts;
  }

  final void julianDay(int value) {
    if (value < 0) {
      throw overflow();
    }
    setDate(value - CivilDays.JULIAN_DAY);
    julian = true;
  }

  final void setDate(int days) {
    long civil = CivilDays.civil(days);
    year = CivilDays.year(civil);
    month = CivilDays.month(civil);
    day = CivilDays.day(civil);
  }

  /** Splits microseconds of a day into hour, minute, second and microseconds. */
  final void setTime(long dayMicros) {
    hour = (int) (dayMicros / CivilDays.HOUR_MICROS);
    minute = (int) (dayMicros / CivilDays.MINUTE_MICROS % 60);
    second = (int) (dayMicros / CivilDays.SECOND_MICROS % 60);
    micros = (int) (dayMicros % CivilDays.SECOND_MICROS);
  }

  /** Checks the date and settles its year: era, two digits, day of the year. */
  final void validateDate() {
    if ((seen & YEAR) != 0 && !julian) {
      settleYear();
    }
    if ((seen & DAY_OF_YEAR) != 0) {
      setDate(CivilDays.days(year, 1, 1) + dayOfYear - 1);
    }
    if ((seen & MONTH) != 0 && (month < 1 || month > 12)) {
      throw DateTimeErrors.fieldOrder(text);
    }
    if ((seen & DAY) != 0 && (day < 1 || day > 31)) {
      throw DateTimeErrors.fieldOrder(text);
    }
    if ((seen & DATE) == DATE && day > CivilDays.monthLength(year, month)) {
      throw overflow();
    }
  }

  private void settleYear() {
    if (beforeChrist) {
      if (year <= 0) {
        throw overflow();
      }
      year = -(year - 1);
    } else if (twoDigitYear) {
      if (year < 0) {
        throw overflow();
      }
      year += year < 70 ? 2000 : year < 100 ? 1900 : 0;
    } else if (year <= 0) {
      throw overflow();
    }
  }

  /** Turns a 12-hour clock into a 24-hour one. */
  final void settleHour() {
    if (meridian == HOURS_24) {
      return;
    }
    if (hour > 12) {
      throw overflow();
    }
    if (meridian == DateTimeWord.AM && hour == 12) {
      hour = 0;
    } else if (meridian == DateTimeWord.PM && hour != 12) {
      hour += 12;
    }
  }

  /** Returns the offset of the zone at the date and time that were read. */
  final int zoneOffset() {
    long local = CivilDays.days(year, month, day) * CivilDays.DAY_MICROS + timeMicros();
    return abbreviation == null
        ? TimeZones.offsetOfLocal(zone, local)
        : TimeZones.offsetOfAbbreviation(zone, abbreviation, local);
  }

  final long timeMicros() {
    return ((hour * 60L + minute) * 60 + second) * CivilDays.SECOND_MICROS + micros;
  }

  /** Returns the session's local time at the transaction's start. */
  final long localNow() {
    return context.transactionMicros()
        + TimeZones.offsetAt(context.zone(), context.transactionMicros()) * CivilDays.SECOND_MICROS;
  }
}
