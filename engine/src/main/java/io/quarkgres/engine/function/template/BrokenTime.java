package io.quarkgres.engine.function.template;

/**
 * A timestamp or an interval taken apart. Thread: any.
 *
 * @param isInterval whether it is an interval, which has no calendar date
 * @param year the year, 0 for 1 BC; an interval's years
 * @param month 1 to 12; an interval's months
 * @param day the day of the month; an interval's days
 * @param hour the hour; an interval's may be above 24 or negative
 * @param minute the minute
 * @param second the second
 * @param micros the microseconds of the second
 * @param dayOfWeek 0 for Sunday
 * @param dayOfYear from 1
 * @param isoYear the year that the ISO week is in
 * @param isoWeek the ISO week
 * @param isoDayOfYear the day of the ISO year
 * @param julianDay the Julian day
 * @param offset seconds east of UTC
 * @param zoneName the zone's letters, or empty
 */
record BrokenTime(
    boolean isInterval,
    int year,
    int month,
    int day,
    long hour,
    int minute,
    int second,
    int micros,
    int dayOfWeek,
    int dayOfYear,
    int isoYear,
    int isoWeek,
    int isoDayOfYear,
    long julianDay,
    int offset,
    String zoneName) {}
