/**
 * Dates, times, timestamps and intervals.
 *
 * <p>Read {@code TimestampType} first, then {@code TimestampReader} and {@code DateTimeReader}:
 * PostgreSQL takes dates in many forms, which {@code DateTimeScanner} cuts into fields, {@code
 * DateTimeFields} reads one by one and the readers put together; {@code IsoTimestamp} is the short
 * way for the usual form. {@link io.quarkgres.engine.type.time.DateTimeText} and {@link
 * io.quarkgres.engine.type.time.IntervalText} print. {@link
 * io.quarkgres.engine.type.time.CivilDays} counts days, {@link
 * io.quarkgres.engine.type.time.TimeZones} knows zones and their abbreviations (two recorded
 * tables).
 *
 * <p>Stateless; any thread. A date is days, a time or timestamp microseconds, an interval months,
 * days and microseconds, since 2000-01-01 where it has a beginning.
 */
package io.quarkgres.engine.type.time;
