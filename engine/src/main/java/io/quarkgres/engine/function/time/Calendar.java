package io.quarkgres.engine.function.time;

import io.quarkgres.engine.type.time.CivilDays;

/** Weeks, decades and the like of a day. Years count 0 as 1 BC. Thread: any. */
public final class Calendar {
  private static final int WEEK_DAYS = 7;

  private Calendar() {}

  /** Returns the first day, a Monday, of a year's ISO week 1. */
  public static int isoYearStart(int year) {
    int fourth = CivilDays.days(year, 1, 4);
    return fourth - isoDayOfWeek(fourth) + 1;
  }

  /** Returns 1 for Monday to 7 for Sunday. */
  public static int isoDayOfWeek(int day) {
    int dayOfWeek = CivilDays.dayOfWeek(day);
    return dayOfWeek == 0 ? WEEK_DAYS : dayOfWeek;
  }

  /** Returns the year that a day's ISO week is in. */
  public static int isoYear(int day) {
    int year = CivilDays.year(CivilDays.civil(day));
    if (day < isoYearStart(year)) {
      return year - 1;
    }
    return day >= isoYearStart(year + 1) ? year + 1 : year;
  }

  /** Returns the ISO week, from 1. */
  public static int isoWeek(int day) {
    return (day - isoYearStart(isoYear(day))) / WEEK_DAYS + 1;
  }

  /** Returns the day of the year, from 1. */
  public static int dayOfYear(int day) {
    return day - CivilDays.days(CivilDays.year(CivilDays.civil(day)), 1, 1) + 1;
  }

  /** Returns the year as it is shown: there is no year 0. */
  static int shownYear(int year) {
    return year > 0 ? year : year - 1;
  }

  static int decade(int year) {
    return year >= 0 ? year / 10 : -((8 - (year - 1)) / 10);
  }

  static int century(int year) {
    return year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100);
  }

  static int millennium(int year) {
    return year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000);
  }
}
