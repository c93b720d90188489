package io.quarkgres.engine.function.template;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.time.Calendar;
import io.quarkgres.engine.function.time.Intervals;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.engine.type.time.TimeZones;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.time.ZoneId;

/** The table of {@code to_char}, {@code to_date}, {@code to_timestamp} and {@code to_number}. */
public final class TemplateFunctions {
  private static final int MONTH_DAYS = 30;

  private TemplateFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    t.row("timestamp_to_char", (r, o) -> timestamp(r, o, null));
    t.row("timestamptz_to_char", (r, o) -> timestamp(r, o, r.context().types().zone()));
    t.row("interval_to_char", TemplateFunctions::interval);
    NumberFormatting.register(t);
    t.row("numeric_to_number", (r, o) -> NumberReader.apply(r, o));
    t.row("to_date", TemplateFunctions::toDate);
    t.row("to_timestamp", TemplateFunctions::toTimestamp);
    t.row("timeofday", TemplateFunctions::timeOfDay);
  }

  /** The time by the clock, as the C library writes it in English. */
  private static void timeOfDay(Row r, Out o) {
    BrokenTime now = broken(r.context().clockMicros(), r.context().types().zone());
    String template = "Dy Mon DD HH24:MI:SS.US YYYY TZ";
    o.text(new DateWriter(now).write(DateTemplate.parse(template)));
  }

  private static DateReader read(Row r) {
    DateReader reader = new DateReader(r.text(0), DateTemplate.parse(r.text(1)));
    reader.read();
    return reader;
  }

  private static void toDate(Row r, Out o) {
    DateAssembly assembly = new DateAssembly(read(r));
    assembly.timeMicros();
    long days = assembly.days();
    assembly.offsetSeconds();
    if (!CivilDays.isDate(days)) {
      throw new SqlException(
          SqlState.DATETIME_FIELD_OVERFLOW, "date out of range: \"" + r.text(0) + "\"");
    }
    o.int32((int) days);
  }

  private static void toTimestamp(Row r, Out o) {
    DateAssembly assembly = new DateAssembly(read(r));
    long time = assembly.timeMicros();
    long days = assembly.days();
    boolean isBeyond = days > CivilDays.TIMESTAMP_END / CivilDays.DAY_MICROS;
    long local = isBeyond ? CivilDays.TIMESTAMP_END : days * CivilDays.DAY_MICROS + time;
    Integer offset = assembly.offsetSeconds();
    int east = offset != null ? offset : TimeZones.offsetOfLocal(r.context().types().zone(), local);
    long utc = local - east * CivilDays.SECOND_MICROS;
    if (isBeyond || !CivilDays.isTimestamp(utc)) {
      throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
    }
    o.int64(utc);
  }

  private static void timestamp(Row r, Out o, ZoneId zone) {
    long micros = r.int64(0);
    if (r.length(1) == 0 || !CivilDays.isFinite(micros)) {
      o.sqlNull();
      return;
    }
    o.text(new DateWriter(broken(micros, zone)).write(DateTemplate.parse(r.text(1))));
  }

  private static BrokenTime broken(long utc, ZoneId zone) {
    int offset = zone == null ? 0 : TimeZones.offsetAt(zone, utc);
    long micros = utc + offset * CivilDays.SECOND_MICROS;
    int day = (int) Math.floorDiv(micros, CivilDays.DAY_MICROS);
    long time = Math.floorMod(micros, CivilDays.DAY_MICROS);
    long civil = CivilDays.civil(day);
    int isoYear = Calendar.isoYear(day);
    return new BrokenTime(
        false,
        CivilDays.year(civil),
        CivilDays.month(civil),
        CivilDays.day(civil),
        time / CivilDays.HOUR_MICROS,
        (int) (time / CivilDays.MINUTE_MICROS % 60),
        (int) (time / CivilDays.SECOND_MICROS % 60),
        (int) (time % CivilDays.SECOND_MICROS),
        CivilDays.dayOfWeek(day),
        Calendar.dayOfYear(day),
        isoYear,
        Calendar.isoWeek(day),
        day - Calendar.isoYearStart(isoYear) + 1,
        day + (long) CivilDays.JULIAN_DAY,
        offset,
        zone == null ? "" : zoneName(zone, offset, utc));
  }

  private static String zoneName(ZoneId zone, int offset, long utc) {
    String letters = TimeZones.letters(zone, offset, utc);
    if (letters != null) {
      return letters;
    }
    return "%s%02d".formatted(offset < 0 ? "-" : "+", Math.abs(offset) / 3600);
  }

  private static void interval(Row r, Out o) {
    if (r.length(1) == 0) {
      o.sqlNull();
      return;
    }
    Intervals v = Intervals.of(r.high(0), r.low(0));
    int year = v.months() / 12;
    int month = v.months() % 12;
    // only asked for where the parts look like a date
    int day = CivilDays.days(year, Math.max(1, month), v.days());
    int isoYear = Calendar.isoYear(day);
    long micros = v.micros();
    BrokenTime time =
        new BrokenTime(
            true,
            year,
            month,
            v.days(),
            micros / CivilDays.HOUR_MICROS,
            (int) (micros / CivilDays.MINUTE_MICROS % 60),
            (int) (micros / CivilDays.SECOND_MICROS % 60),
            (int) (micros % CivilDays.SECOND_MICROS),
            0,
            v.months() * MONTH_DAYS + v.days(),
            isoYear,
            Calendar.isoWeek(day),
            day - Calendar.isoYearStart(isoYear) + 1,
            day + (long) CivilDays.JULIAN_DAY,
            0,
            "");
    o.text(new DateWriter(time).write(DateTemplate.parse(r.text(1))));
  }
}
