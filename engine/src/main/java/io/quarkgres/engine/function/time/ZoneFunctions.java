package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.engine.type.time.TimeZones;
import io.quarkgres.spi.data.ByteSink;
import java.time.ZoneId;

/** {@code timezone}, which AT TIME ZONE calls. Thread: any. */
final class ZoneFunctions {
  private ZoneFunctions() {}

  static void register(KernelTable t) {
    t.row(
        "timestamptz_zone",
        (r, o) -> {
          long micros = r.int64(1);
          int offset = CivilDays.isFinite(micros) ? TimeRow.offsetAt(r.text(0), micros) : 0;
          o.int64(moved(micros, offset * CivilDays.SECOND_MICROS));
        });
    t.row(
        "timestamp_zone",
        (r, o) -> {
          long micros = r.int64(1);
          int offset = CivilDays.isFinite(micros) ? TimeRow.offsetOfLocal(r.text(0), micros) : 0;
          o.int64(moved(micros, -offset * CivilDays.SECOND_MICROS));
        });
    t.row("timestamptz_izone", (r, o) -> o.int64(movedByInterval(r, 1)));
    t.row("timestamp_izone", (r, o) -> o.int64(movedByInterval(r, -1)));
    t.row(
        "timetz_zone",
        (r, o) -> {
          ZoneId zone = TimeRow.zone(r.text(0));
          int offset = TimeZones.offsetAt(zone, r.context().transactionMicros());
          o.wide(time(r, offset), -offset);
        });
    t.row(
        "timetz_izone",
        (r, o) -> {
          int offset = (int) offsetSeconds(r);
          o.wide(time(r, offset), -offset);
        });
  }

  private static long movedByInterval(Row r, int sign) {
    long micros = r.int64(1);
    return CivilDays.isFinite(micros)
        ? moved(micros, sign * offsetSeconds(r) * CivilDays.SECOND_MICROS)
        : micros;
  }

  private static long moved(long micros, long by) {
    return CivilDays.isFinite(micros) ? Timestamps.checked(micros + by) : micros;
  }

  private static long time(Row r, int offset) {
    return Timestamps.timeOf(r.high(1) + (r.low(1) + offset) * CivilDays.SECOND_MICROS);
  }

  private static long offsetSeconds(Row r) {
    Intervals zone = TimeRow.interval(r, 0);
    if (zone.months() != 0 || zone.days() != 0) {
      ByteSink text = new ByteSink(16);
      r.type(0).print(r.column(0), r.position(), text, r.context().types());
      throw TimeErrors.parameter(
          "interval time zone \"" + text + "\" must not include months or days");
    }
    return zone.micros() / CivilDays.SECOND_MICROS;
  }
}
