package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.spi.data.Layout;
import java.time.ZoneId;

/**
 * OVERLAPS: two periods, each by its two ends in either order, or by one end and an interval; an
 * end may be NULL (manual, section 9.9). Thread: any.
 */
final class Overlaps {
  private Overlaps() {}

  static void register(KernelTable t) {
    for (String key :
        new String[] {
          "overlaps_timestamp",
          "overlaps_time",
          "overlaps_timetz",
          "overlaps(timestamptz,interval,timestamptz,interval)",
          "overlaps(timestamptz,timestamptz,timestamptz,interval)",
          "overlaps(timestamptz,interval,timestamptz,timestamptz)",
          "overlaps(timestamp,interval,timestamp,interval)",
          "overlaps(timestamp,timestamp,timestamp,interval)",
          "overlaps(timestamp,interval,timestamp,timestamp)",
          "overlaps(time,interval,time,interval)",
          "overlaps(time,time,time,interval)",
          "overlaps(time,interval,time,time)"
        }) {
      ZoneUse zone = key.contains("timestamptz") ? ZoneUse.SESSION : ZoneUse.NONE;
      boolean isTime = key.contains("time)") || key.contains("(time,");
      t.row(key, (r, o) -> overlaps(r, o, zone, isTime));
    }
  }

  private enum ZoneUse {
    SESSION,
    NONE
  }

  private static Long start(Row r, int i) {
    if (r.isNull(i)) {
      return null;
    }
    // a timetz counts by its time in UTC
    return r.column(i).layout() == Layout.INT128
        ? Long.valueOf(r.high(i) + r.low(i) * CivilDays.SECOND_MICROS)
        : Long.valueOf(r.int64(i));
  }

  private static boolean isInterval(Row r, int i) {
    return r.type(i).oid() == Oids.INTERVAL;
  }

  private static Long end(Row r, int i, Long start, ZoneUse use, boolean isTime) {
    if (!isInterval(r, i)) {
      return start(r, i);
    }
    if (r.isNull(i) || start == null) {
      return null;
    }
    Intervals length = TimeRow.interval(r, i);
    if (isTime) {
      return Timestamps.timeOf(start + length.micros());
    }
    ZoneId zone = use == ZoneUse.SESSION ? TimeRow.zone(r) : null;
    return Timestamps.plus(start, length, zone);
  }

  private static void overlaps(Row r, Out o, ZoneUse zone, boolean isTime) {
    Long start1 = start(r, 0);
    Long end1 = end(r, 1, start1, zone, isTime);
    Long start2 = start(r, 2);
    Long end2 = end(r, 3, start2, zone, isTime);
    if (start1 == null || end1 != null && start1 > end1) {
      Long swapped = start1;
      start1 = end1;
      end1 = swapped;
    }
    if (start2 == null || end2 != null && start2 > end2) {
      Long swapped = start2;
      start2 = end2;
      end2 = swapped;
    }
    if (start1 == null || start2 == null) {
      o.sqlNull();
      return;
    }
    boolean isFirstLater = start1 > start2;
    Long earlierEnd = isFirstLater ? end2 : end1;
    Long laterEnd = isFirstLater ? end1 : end2;
    long laterStart = Math.max(start1, start2);
    if (start1.longValue() == start2.longValue()) {
      write(o, end1 == null || end2 == null ? null : Boolean.TRUE);
    } else if (earlierEnd == null) {
      o.sqlNull();
    } else if (laterStart < earlierEnd) {
      o.bool(true);
    } else {
      write(o, laterEnd == null ? null : Boolean.FALSE);
    }
  }

  private static void write(Out o, Boolean value) {
    if (value == null) {
      o.sqlNull();
    } else {
      o.bool(value);
    }
  }
}
