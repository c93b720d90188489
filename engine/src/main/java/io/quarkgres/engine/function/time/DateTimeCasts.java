package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.engine.type.time.TimeZones;

/** Casts among dates, times, timestamps and intervals. Thread: any. */
final class DateTimeCasts {
  private DateTimeCasts() {}

  static void register(KernelTable t) {
    t.row("date_timestamp", (r, o) -> o.int64(Timestamps.ofDate(r.int32(0))));
    t.row(
        "date_timestamptz",
        (r, o) -> o.int64(Timestamps.toUtc(Timestamps.ofDate(r.int32(0)), TimeRow.zone(r))));
    t.row("timestamp_date", (r, o) -> o.int32(Timestamps.toDate(r.int64(0))));
    t.row(
        "timestamptz_date",
        (r, o) -> o.int32(Timestamps.toDate(Timestamps.toLocal(r.int64(0), TimeRow.zone(r)))));
    t.row(
        "timestamp_timestamptz", (r, o) -> o.int64(Timestamps.toUtc(r.int64(0), TimeRow.zone(r))));
    t.row(
        "timestamptz_timestamp",
        (r, o) -> o.int64(Timestamps.toLocal(r.int64(0), TimeRow.zone(r))));
    t.row(
        "timestamptz(date,time)",
        (r, o) -> {
          long start = Timestamps.ofDate(r.int32(0));
          long local = CivilDays.isFinite(start) ? start + r.int64(1) : start;
          o.int64(Timestamps.toUtc(local, TimeRow.zone(r)));
        });
    times(t);
  }

  private static void times(KernelTable t) {
    t.row(
        "timestamp_time",
        (r, o) -> {
          if (CivilDays.isFinite(r.int64(0))) {
            o.int64(Timestamps.timeOf(r.int64(0)));
          } else {
            o.sqlNull();
          }
        });
    t.row(
        "timestamptz_time",
        (r, o) -> {
          if (CivilDays.isFinite(r.int64(0))) {
            o.int64(Timestamps.timeOf(Timestamps.toLocal(r.int64(0), TimeRow.zone(r))));
          } else {
            o.sqlNull();
          }
        });
    t.row(
        "timestamptz_timetz",
        (r, o) -> {
          if (CivilDays.isFinite(r.int64(0))) {
            int offset = TimeZones.offsetAt(TimeRow.zone(r), r.int64(0));
            long local = r.int64(0) + offset * CivilDays.SECOND_MICROS;
            o.wide(Timestamps.timeOf(local), -offset);
          } else {
            o.sqlNull();
          }
        });
    t.row(
        "time_timetz",
        (r, o) -> {
          // the offset is the one of today's date at that time
          long now = r.context().transactionMicros();
          int today = Timestamps.dayOf(Timestamps.toLocal(now, TimeRow.zone(r)));
          long local = today * CivilDays.DAY_MICROS + r.int64(0);
          o.wide(r.int64(0), -TimeZones.offsetOfLocal(TimeRow.zone(r), local));
        });
    t.row("timetz_time", (r, o) -> o.int64(r.high(0)));
    t.row("interval_time", (r, o) -> o.int64(Timestamps.timeOf(r.high(0))));
    t.row("time_interval", (r, o) -> o.wide(r.int64(0), 0));
  }
}
