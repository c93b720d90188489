package io.quarkgres.engine.type.time;

/**
 * Days and microseconds since 2000-01-01 and the proleptic Gregorian calendar; year 0 is 1 BC.
 * Thread: any.
 */
public final class CivilDays {
  /** Microseconds in a second. */
  public static final long SECOND_MICROS = 1_000_000L;

  /** Microseconds in a minute. */
  public static final long MINUTE_MICROS = 60 * SECOND_MICROS;

  /** Microseconds in an hour. */
  public static final long HOUR_MICROS = 60 * MINUTE_MICROS;

  /** Microseconds in a day of 24 hours. */
  public static final long DAY_MICROS = 24 * HOUR_MICROS;

  /** Days from 1970-01-01 to 2000-01-01. */
  public static final int UNIX_DAYS = 10957;

  /** The Julian day of 2000-01-01. */
  public static final int JULIAN_DAY = 2451545;

  /** The date {@code -infinity}. */
  public static final int DATE_MINUS_INFINITY = Integer.MIN_VALUE;

  /** The date {@code infinity}. */
  public static final int DATE_INFINITY = Integer.MAX_VALUE;

  /** The timestamp {@code -infinity}. */
  public static final long MINUS_INFINITY = Long.MIN_VALUE;

  /** The timestamp {@code infinity}. */
  public static final long INFINITY = Long.MAX_VALUE;

  /** The first date, 4714-11-24 BC. */
  public static final int DATE_MIN = -JULIAN_DAY;

  /** The last date, 5874897-12-31. */
  public static final int DATE_MAX = 2147483493 - JULIAN_DAY;

  /** The first timestamp. */
  public static final long TIMESTAMP_MIN = -211813488000000000L;

  /** The end of the timestamps, 294277-01-01, itself no timestamp. */
  public static final long TIMESTAMP_END = 9223371331200000000L;

  private static final int ERA_DAYS = 146097;

  /** Days from 0000-03-01 to 2000-01-01. */
  private static final int MARCH_SHIFT = 730425;

  private CivilDays() {}

  /** Returns the day of a date; month and day may lie outside their usual bounds by little. */
  public static int days(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long shifted = (month + 9L) % 12;
    long dayOfYear = (153 * shifted + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (int) (era * ERA_DAYS + dayOfEra - MARCH_SHIFT);
  }

  /** Returns {@code year << 9 | month << 5 | day} of a day. */
  public static long civil(int days) {
    long z = (long) days + MARCH_SHIFT;
    long era = Math.floorDiv(z, (long) ERA_DAYS);
    long dayOfEra = z - era * ERA_DAYS;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shifted = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * shifted + 2) / 5 + 1;
    long month = shifted < 10 ? shifted + 3 : shifted - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year << 9 | month << 5 | day;
  }

  /** Returns the year of what {@link #civil} returned. */
  public static int year(long civil) {
    return (int) (civil >> 9);
  }

  /** Returns the month, 1 to 12, of what {@link #civil} returned. */
  public static int month(long civil) {
    return (int) (civil >> 5) & 15;
  }

  /** Returns the day of the month of what {@link #civil} returned. */
  public static int day(long civil) {
    return (int) civil & 31;
  }

  /** Tells whether a year has 366 days. */
  public static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Returns how many days a month has. */
  public static int monthLength(int year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Returns the day of the week, 0 for Sunday. */
  public static int dayOfWeek(int days) {
    return (int) Math.floorMod(days + 6L, 7L);
  }

  /** Tells whether a year and month can be turned into a day without overflow. */
  public static boolean isJulianValid(int year, int month) {
    return (year > -4713 || year == -4713 && month >= 11)
        && (year < 5874898 || year == 5874898 && month < 6);
  }

  /** Tells whether a day is a finite date. */
  public static boolean isDate(long days) {
    return days >= DATE_MIN && days <= DATE_MAX;
  }

  /** Tells whether a day's midnight is a finite timestamp. */
  public static boolean isTimestampDay(int days) {
    return days >= TIMESTAMP_MIN / DAY_MICROS && days < TIMESTAMP_END / DAY_MICROS;
  }

  /** Tells whether microseconds stand for a time rather than for an infinity. */
  public static boolean isFinite(long micros) {
    return micros != INFINITY && micros != MINUS_INFINITY;
  }

  /** Tells whether days stand for a date rather than for an infinity. */
  public static boolean isFiniteDate(int days) {
    return days != DATE_INFINITY && days != DATE_MINUS_INFINITY;
  }

  /** Tells whether microseconds are a finite timestamp in range. */
  public static boolean isTimestamp(long micros) {
    return micros >= TIMESTAMP_MIN && micros < TIMESTAMP_END;
  }
}
