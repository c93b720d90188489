package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.WideColumn;
import io.quarkgres.spi.store.BlockCursor;
import java.time.ZoneId;

/** generate_series of timestamps by an interval. Used by one thread at a time. */
final class TimestampSeries implements BlockCursor {
  private static final long MONTH_DAYS = 30;

  private final long stop;
  private final Intervals step;
  private final boolean isAscending;
  private final ZoneId zone;
  private long next;

  private TimestampSeries(long start, long stop, Intervals step, ZoneId zone) {
    int sign = sign(step);
    if (sign == 0) {
      throw TimeErrors.parameter("step size cannot equal zero");
    }
    this.next = start;
    this.stop = stop;
    this.step = step;
    this.isAscending = sign > 0;
    this.zone = zone;
  }

  static void register(KernelTable t) {
    t.set("generate_series_timestamp", (c, a, p, x) -> open(a, p, null));
    t.set("generate_series_timestamptz", (c, a, p, x) -> open(a, p, zone(x)));
  }

  private static ZoneId zone(EvalContext context) {
    return context.types().zone();
  }

  private static BlockCursor open(Column[] arguments, int position, ZoneId zone) {
    WideColumn steps = Columns.wides(arguments[2]);
    return new TimestampSeries(
        Columns.longs(arguments[0])[position],
        Columns.longs(arguments[1])[position],
        Intervals.of(steps.high()[position], steps.low()[position]),
        zone);
  }

  /** Returns the sign of an interval whose months have 30 days. */
  static int sign(Intervals v) {
    long days = v.months() * MONTH_DAYS + v.days() + v.micros() / CivilDays.DAY_MICROS;
    long rest = v.micros() % CivilDays.DAY_MICROS;
    return days != 0 && Math.abs(days) > 0 && Long.signum(days) == -Long.signum(rest)
        ? Long.signum(days)
        : Long.signum(days != 0 ? days : rest);
  }

  @Override
  public Block next() {
    long[] values = new long[Block.ROWS_MAX];
    int n = 0;
    while (n < values.length && (isAscending ? next <= stop : next >= stop)) {
      values[n++] = next;
      next = Timestamps.plus(next, step, zone);
    }
    return n == 0 ? null : new Block(n, new LongColumn(values, null, n));
  }
}
