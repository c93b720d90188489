/**
 * Functions, operators and casts of dates, times, timestamps and intervals.
 *
 * <p>Read {@link io.quarkgres.engine.function.time.Intervals} first. In: columns of days,
 * microseconds and packed intervals, and the session's time zone. Out: columns. Thread: any.
 *
 * <p>Invariants: the proleptic Gregorian calendar; infinities stay infinite; what leaves the range
 * of a type raises 22008.
 */
package io.quarkgres.engine.function.time;
