package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.engine.type.time.CivilDays;

/** The operators + and - among dates, times, timestamps and intervals. Thread: any. */
final class DateTimeArithmetic {
  private DateTimeArithmetic() {}

  static void register(KernelTable t) {
    dates(t);
    timestamps(t);
    times(t);
    t.row("interval_pl", (r, o) -> TimeRow.write(interval(r, 0).plus(interval(r, 1)), o));
    t.row("interval_mi", (r, o) -> TimeRow.write(interval(r, 0).minus(interval(r, 1)), o));
    t.row("interval_um", (r, o) -> TimeRow.write(interval(r, 0).negated(), o));
    t.row("interval_mul", (r, o) -> TimeRow.write(interval(r, 0).times(r.float64(1)), o));
    t.row("mul_d_interval", (r, o) -> TimeRow.write(interval(r, 1).times(r.float64(0)), o));
    t.row("interval_div", (r, o) -> TimeRow.write(interval(r, 0).dividedBy(r.float64(1)), o));
  }

  private static Intervals interval(Row r, int i) {
    return TimeRow.interval(r, i);
  }

  private static void dates(KernelTable t) {
    t.row(
        "date_mi",
        (r, o) -> {
          if (!CivilDays.isFiniteDate(r.int32(0)) || !CivilDays.isFiniteDate(r.int32(1))) {
            throw TimeErrors.overflow("cannot subtract infinite dates");
          }
          o.int32(r.int32(0) - r.int32(1));
        });
    t.row("date_pli", (r, o) -> o.int32(moved(r.int32(0), r.int32(1))));
    t.row("integer_pl_date(int4,date)", (r, o) -> o.int32(moved(r.int32(1), r.int32(0))));
    t.row("date_mii", (r, o) -> o.int32(moved(r.int32(0), -(long) r.int32(1))));
    t.row(
        "date_pl_interval",
        (r, o) -> o.int64(Timestamps.plus(Timestamps.ofDate(r.int32(0)), interval(r, 1), null)));
    t.row(
        "interval_pl_date(interval,date)",
        (r, o) -> o.int64(Timestamps.plus(Timestamps.ofDate(r.int32(1)), interval(r, 0), null)));
    t.row(
        "date_mi_interval",
        (r, o) ->
            o.int64(
                Timestamps.plus(Timestamps.ofDate(r.int32(0)), interval(r, 1).negated(), null)));
    RowFunction dateAndTime = (r, o) -> o.int64(timestamp(r.int32(0), r.int64(1)));
    t.row("datetime_timestamp", dateAndTime);
    t.row("timedate_pl(time,date)", (r, o) -> o.int64(timestamp(r.int32(1), r.int64(0))));
    t.row("datetimetz_timestamptz", (r, o) -> zoned(r, o, 0, 1));
    t.row("timetzdate_pl(timetz,date)", (r, o) -> zoned(r, o, 1, 0));
  }

  private static int moved(int days, long count) {
    if (!CivilDays.isFiniteDate(days)) {
      return days;
    }
    long result = days + count;
    if (!CivilDays.isDate(result)) {
      throw TimeErrors.dateOutOfRange();
    }
    return (int) result;
  }

  private static long timestamp(int days, long time) {
    long start = Timestamps.ofDate(days);
    return CivilDays.isFinite(start) ? Timestamps.checked(start + time) : start;
  }

  /** Joins a date and a time with an offset, which is kept as seconds west of UTC. */
  private static void zoned(Row r, Out o, int date, int time) {
    long start = Timestamps.ofDate(r.int32(date));
    if (CivilDays.isFinite(start)) {
      start = Timestamps.checked(start + r.high(time) + r.low(time) * CivilDays.SECOND_MICROS);
    }
    o.int64(start);
  }

  private static void timestamps(KernelTable t) {
    t.row(
        "timestamp_mi", (r, o) -> TimeRow.write(Timestamps.difference(r.int64(0), r.int64(1)), o));
    t.row(
        "timestamp_pl_interval",
        (r, o) -> o.int64(Timestamps.plus(r.int64(0), interval(r, 1), null)));
    t.row(
        "interval_pl_timestamp(interval,timestamp)",
        (r, o) -> o.int64(Timestamps.plus(r.int64(1), interval(r, 0), null)));
    t.row(
        "timestamp_mi_interval",
        (r, o) -> o.int64(Timestamps.plus(r.int64(0), interval(r, 1).negated(), null)));
    t.row(
        "timestamptz_pl_interval",
        (r, o) -> o.int64(Timestamps.plus(r.int64(0), interval(r, 1), TimeRow.zone(r))));
    t.row(
        "interval_pl_timestamptz(interval,timestamptz)",
        (r, o) -> o.int64(Timestamps.plus(r.int64(1), interval(r, 0), TimeRow.zone(r))));
    t.row(
        "timestamptz_mi_interval",
        (r, o) -> o.int64(Timestamps.plus(r.int64(0), interval(r, 1).negated(), TimeRow.zone(r))));
  }

  private static void times(KernelTable t) {
    t.row("time_mi_time", (r, o) -> o.wide(r.int64(0) - r.int64(1), 0));
    t.row("time_pl_interval", (r, o) -> o.int64(Timestamps.timeOf(r.int64(0) + part(r, 1))));
    t.row(
        "interval_pl_time(interval,time)",
        (r, o) -> o.int64(Timestamps.timeOf(r.int64(1) + part(r, 0))));
    t.row("time_mi_interval", (r, o) -> o.int64(Timestamps.timeOf(r.int64(0) - part(r, 1))));
    t.row(
        "timetz_pl_interval",
        (r, o) -> o.wide(Timestamps.timeOf(r.high(0) + part(r, 1)), r.low(0)));
    t.row(
        "interval_pl_timetz(interval,timetz)",
        (r, o) -> o.wide(Timestamps.timeOf(r.high(1) + part(r, 0)), r.low(1)));
    t.row(
        "timetz_mi_interval",
        (r, o) -> o.wide(Timestamps.timeOf(r.high(0) - part(r, 1)), r.low(0)));
  }

  /** Returns an interval's time, which may run over when it is added, as in PostgreSQL. */
  private static long part(Row r, int i) {
    return r.high(i);
  }
}
