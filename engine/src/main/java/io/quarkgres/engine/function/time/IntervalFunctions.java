package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.spi.data.WideColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.time.ZoneId;

/** Ages, justification, finiteness, the clock, and bounds of window frames. Thread: any. */
final class IntervalFunctions {
  private IntervalFunctions() {}

  static void register(KernelTable t) {
    t.row(
        "interval_justify_hours",
        (r, o) -> TimeRow.write(TimeRow.interval(r, 0).justifiedHours(), o));
    t.row(
        "interval_justify_days",
        (r, o) -> TimeRow.write(TimeRow.interval(r, 0).justifiedDays(), o));
    t.row(
        "interval_justify_interval",
        (r, o) -> TimeRow.write(TimeRow.interval(r, 0).justified(), o));
    t.row("date_finite", (r, o) -> o.bool(CivilDays.isFiniteDate(r.int32(0))));
    t.row("timestamp_finite", (r, o) -> o.bool(CivilDays.isFinite(r.int64(0))));
    t.row("interval_finite", (r, o) -> o.bool(true));
    ages(t);
    t.row("now", (r, o) -> o.int64(r.context().transactionMicros()));
    t.row("statement_timestamp", (r, o) -> o.int64(r.context().statementMicros()));
    t.row("clock_timestamp", (r, o) -> o.int64(r.context().clockMicros()));
    inRange(t);
  }

  private static void ages(KernelTable t) {
    t.row("timestamp_age", (r, o) -> TimeRow.write(Timestamps.age(r.int64(0), r.int64(1)), o));
    t.row("timestamptz_age", (r, o) -> TimeRow.write(Timestamps.age(local(r, 0), local(r, 1)), o));
    t.row("age(timestamp)", (r, o) -> TimeRow.write(Timestamps.age(today(r), r.int64(0)), o));
    t.row("age(timestamptz)", (r, o) -> TimeRow.write(Timestamps.age(today(r), local(r, 0)), o));
  }

  private static long local(Row r, int i) {
    return Timestamps.toLocal(r.int64(i), TimeRow.zone(r));
  }

  /** Returns the start of the transaction's day on the session's clock. */
  private static long today(Row r) {
    long now = Timestamps.toLocal(r.context().transactionMicros(), TimeRow.zone(r));
    return Math.floorDiv(now, CivilDays.DAY_MICROS) * CivilDays.DAY_MICROS;
  }

  private static void inRange(KernelTable t) {
    t.row(
        "in_range_date_interval",
        (r, o) ->
            timestampInRange(
                r, o, Timestamps.ofDate(r.int32(0)), Timestamps.ofDate(r.int32(1)), null));
    t.row(
        "in_range_timestamp_interval",
        (r, o) -> timestampInRange(r, o, r.int64(0), r.int64(1), null));
    t.row(
        "in_range_timestamptz_interval",
        (r, o) -> timestampInRange(r, o, r.int64(0), r.int64(1), TimeRow.zone(r)));
    t.row("in_range_interval_interval", IntervalFunctions::intervalInRange);
    t.row("in_range_time_interval", (r, o) -> timeInRange(r, o, r.int64(0), r.int64(1)));
  }

  private static Intervals offset(Row r) {
    Intervals offset = TimeRow.interval(r, 2);
    if (TimestampSeries.sign(offset) < 0) {
      throw new SqlException(
          SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
          "invalid preceding or following size in window function");
    }
    return r.bool(3) ? offset.negated() : offset;
  }

  private static void timestampInRange(Row r, Out o, long value, long base, ZoneId zone) {
    long bound = Timestamps.plus(base, offset(r), zone);
    o.bool(r.bool(4) ? value <= bound : value >= bound);
  }

  private static void intervalInRange(Row r, Out o) {
    Intervals bound = TimeRow.interval(r, 1).plus(offset(r));
    WideColumn column =
        new WideColumn(new long[] {bound.micros()}, new long[] {bound.low()}, null, 1);
    int order = r.type(0).compare(r.column(0), r.position(), column, 0);
    o.bool(r.bool(4) ? order <= 0 : order >= 0);
  }

  /** The bound does not wrap around midnight: beyond the day it is beyond all times. */
  private static void timeInRange(Row r, Out o, long value, long base) {
    long micros = TimeRow.interval(r, 2).micros();
    if (micros < 0) {
      throw new SqlException(
          SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
          "invalid preceding or following size in window function");
    }
    boolean isSubtracted = r.bool(3);
    boolean isLess = r.bool(4);
    long bound = isSubtracted ? base - micros : base + micros;
    if (!isSubtracted && bound < base) {
      o.bool(isLess);
      return;
    }
    o.bool(isLess ? value <= bound : value >= bound);
  }
}
