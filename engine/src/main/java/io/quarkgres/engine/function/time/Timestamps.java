package io.quarkgres.engine.function.time;

import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.engine.type.time.TimeZones;
import java.time.ZoneId;

/**
 * Calculations with timestamps and dates: microseconds and days since 2000-01-01. A zone of {@code
 * null} means a timestamp without time zone. Thread: any.
 */
final class Timestamps {
  private static final int YEAR_MONTHS = 12;

  private Timestamps() {}

  static int dayOf(long micros) {
    return (int) Math.floorDiv(micros, CivilDays.DAY_MICROS);
  }

  static long timeOf(long micros) {
    return Math.floorMod(micros, CivilDays.DAY_MICROS);
  }

  static long checked(long micros) {
    if (!CivilDays.isTimestamp(micros)) {
      throw TimeErrors.timestampOutOfRange();
    }
    return micros;
  }

  /** Returns the clock's time in a zone; infinities stay. */
  static long toLocal(long utcMicros, ZoneId zone) {
    return CivilDays.isFinite(utcMicros)
        ? utcMicros + TimeZones.offsetAt(zone, utcMicros) * CivilDays.SECOND_MICROS
        : utcMicros;
  }

  /** Returns the instant of a clock's time in a zone; infinities stay. */
  static long toUtc(long localMicros, ZoneId zone) {
    if (!CivilDays.isFinite(localMicros)) {
      return localMicros;
    }
    return checked(
        localMicros - TimeZones.offsetOfLocal(zone, localMicros) * CivilDays.SECOND_MICROS);
  }

  /** Returns the start of a day; 22008 when no timestamp reaches that far. */
  static long ofDate(int days) {
    if (!CivilDays.isFiniteDate(days)) {
      return days > 0 ? CivilDays.INFINITY : CivilDays.MINUS_INFINITY;
    }
    if (days >= CivilDays.TIMESTAMP_END / CivilDays.DAY_MICROS) {
      throw TimeErrors.overflow("date out of range for timestamp");
    }
    return days * CivilDays.DAY_MICROS;
  }

  /** Returns the day of a timestamp; infinities stay. */
  static int toDate(long micros) {
    if (!CivilDays.isFinite(micros)) {
      return micros > 0 ? CivilDays.DATE_INFINITY : CivilDays.DATE_MINUS_INFINITY;
    }
    return dayOf(micros);
  }

  /** Adds an interval: months by the calendar, then days, then time; in the zone's clock. */
  static long plus(long micros, Intervals interval, ZoneId zone) {
    if (!CivilDays.isFinite(micros)) {
      return micros;
    }
    long result = micros;
    if (interval.months() != 0 || interval.days() != 0) {
      long local = zone == null ? result : toLocal(result, zone);
      int day = addMonths(dayOf(local), interval.months());
      long moved = (long) day + interval.days();
      if (moved != (int) moved || moved < CivilDays.DATE_MIN) {
        throw TimeErrors.timestampOutOfRange();
      }
      local = ofDay(moved, timeOf(local));
      result = zone == null ? local : toUtc(local, zone);
    }
    long sum = result + interval.micros();
    if (((result ^ sum) & (interval.micros() ^ sum)) < 0) {
      throw TimeErrors.timestampOutOfRange();
    }
    return checked(sum);
  }

  private static long ofDay(long day, long time) {
    if (day > CivilDays.TIMESTAMP_END / CivilDays.DAY_MICROS) {
      throw TimeErrors.timestampOutOfRange();
    }
    return day * CivilDays.DAY_MICROS + time;
  }

  /** Moves a day by months; the last day of the month stands for those it does not have. */
  private static int addMonths(int day, int months) {
    if (months == 0) {
      return day;
    }
    long civil = CivilDays.civil(day);
    long total = CivilDays.year(civil) * (long) YEAR_MONTHS + CivilDays.month(civil) - 1 + months;
    int year = (int) Math.floorDiv(total, YEAR_MONTHS);
    int month = Math.floorMod(total, YEAR_MONTHS) + 1;
    if (!CivilDays.isJulianValid(year, month)) {
      throw TimeErrors.timestampOutOfRange();
    }
    return CivilDays.days(
        year, month, Math.min(CivilDays.day(civil), CivilDays.monthLength(year, month)));
  }

  /** Returns the difference, in days and time. */
  static Intervals difference(long left, long right) {
    if (!CivilDays.isFinite(left) || !CivilDays.isFinite(right)) {
      throw TimeErrors.overflow("cannot subtract infinite timestamps");
    }
    return new Intervals(left - right, 0, 0).justifiedHours();
  }

  /** Returns the difference in years, months, days and time. */
  static Intervals age(long left, long right) {
    if (left == CivilDays.MINUS_INFINITY || right == CivilDays.MINUS_INFINITY) {
      throw TimeErrors.timestampOutOfRange();
    }
    boolean isNegative = left < right;
    long late = isNegative ? right : left;
    long early = isNegative ? left : right;
    long lateCivil = CivilDays.civil(dayOf(late));
    long earlyCivil = CivilDays.civil(dayOf(early));
    int months =
        (CivilDays.year(lateCivil) - CivilDays.year(earlyCivil)) * YEAR_MONTHS
            + CivilDays.month(lateCivil)
            - CivilDays.month(earlyCivil);
    int days = CivilDays.day(lateCivil) - CivilDays.day(earlyCivil);
    long micros = timeOf(late) - timeOf(early);
    if (micros < 0) {
      micros += CivilDays.DAY_MICROS;
      days--;
    }
    if (days < 0) {
      // the month of the earlier one lends its days
      days += CivilDays.monthLength(CivilDays.year(earlyCivil), CivilDays.month(earlyCivil));
      months--;
    }
    Intervals result = new Intervals(micros, days, months);
    return isNegative ? result.negated() : result;
  }
}
