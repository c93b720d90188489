package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.time.ZoneId;

/** {@code date_trunc} and {@code date_bin}. Thread: any. */
final class Truncation {
  private static final String TIMESTAMP = "timestamp without time zone";
  private static final String TIMESTAMPTZ = "timestamp with time zone";

  private Truncation() {}

  static void register(KernelTable t) {
    t.row(
        "timestamp_trunc",
        (r, o) -> {
          long micros = r.int64(1);
          o.int64(
              CivilDays.isFinite(micros)
                  ? Timestamps.checked(truncated(unit(r, TIMESTAMP), micros))
                  : micros);
        });
    t.row("timestamptz_trunc", Truncation::zoned);
    t.row("timestamptz_trunc_zone", Truncation::zoned);
    t.row("interval_trunc", Truncation::interval);
    t.row("timestamp_bin", Truncation::bin);
    t.row("timestamptz_bin", Truncation::bin);
  }

  private static TimeUnit unit(Row r, String type) {
    TimeUnit unit = TimeUnit.of(r.text(0), type);
    return switch (unit) {
      case MICROSECONDS,
          MILLISECONDS,
          SECOND,
          MINUTE,
          HOUR,
          DAY,
          WEEK,
          MONTH,
          QUARTER,
          YEAR,
          DECADE,
          CENTURY,
          MILLENNIUM ->
          unit;
      case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
          throw TimeErrors.unsupportedUnit(TimeUnit.shown(r.text(0)), type, null);
      case JULIAN, ISOYEAR, DOW, ISODOW, DOY, EPOCH ->
          throw TimeErrors.unknownUnit(TimeUnit.shown(r.text(0)), type);
    };
  }

  /** Truncates the zone's clock; below a day, the offset stays what it is. */
  private static void zoned(Row r, Out o) {
    long micros = r.int64(1);
    if (!CivilDays.isFinite(micros)) {
      o.int64(micros);
      return;
    }
    ZoneId zone = r.count() > 2 ? TimeRow.zone(r.text(2)) : TimeRow.zone(r);
    TimeUnit unit = unit(r, TIMESTAMPTZ);
    long local = Timestamps.toLocal(micros, zone);
    long truncated = truncated(unit, local);
    o.int64(
        unit.compareTo(TimeUnit.DAY) < 0
            ? micros - (local - truncated)
            : Timestamps.toUtc(truncated, zone));
  }

  private static long truncated(TimeUnit unit, long micros) {
    int day = Timestamps.dayOf(micros);
    long civil = CivilDays.civil(day);
    int year = CivilDays.year(civil);
    return switch (unit) {
      case MICROSECONDS -> micros;
      case MILLISECONDS -> Math.floorDiv(micros, 1000L) * 1000L;
      case SECOND -> floor(micros, CivilDays.SECOND_MICROS);
      case MINUTE -> floor(micros, CivilDays.MINUTE_MICROS);
      case HOUR -> floor(micros, CivilDays.HOUR_MICROS);
      case DAY -> floor(micros, CivilDays.DAY_MICROS);
      case WEEK -> start(day - Calendar.isoDayOfWeek(day) + 1);
      case MONTH -> start(CivilDays.days(year, CivilDays.month(civil), 1));
      case QUARTER -> start(CivilDays.days(year, (CivilDays.month(civil) - 1) / 3 * 3 + 1, 1));
      case YEAR -> start(CivilDays.days(year, 1, 1));
      case DECADE ->
          start(CivilDays.days(year > 0 ? year / 10 * 10 : -((8 - (year - 1)) / 10) * 10, 1, 1));
      case CENTURY ->
          start(
              CivilDays.days(
                  year > 0 ? (year + 99) / 100 * 100 - 99 : -((99 - (year - 1)) / 100) * 100 + 1,
                  1,
                  1));
      case MILLENNIUM ->
          start(
              CivilDays.days(
                  year > 0
                      ? (year + 999) / 1000 * 1000 - 999
                      : -((999 - (year - 1)) / 1000) * 1000 + 1,
                  1,
                  1));
      case JULIAN, ISOYEAR, DOW, ISODOW, DOY, EPOCH, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
          throw new IllegalStateException("date_trunc " + unit);
    };
  }

  private static long floor(long micros, long unit) {
    return Math.floorDiv(micros, unit) * unit;
  }

  private static long start(int day) {
    return day * CivilDays.DAY_MICROS;
  }

  private static void interval(Row r, Out o) {
    TimeUnit unit = TimeUnit.of(r.text(0), "interval");
    Intervals v = TimeRow.interval(r, 1);
    Intervals result =
        switch (unit) {
          case MICROSECONDS -> v;
          case MILLISECONDS -> ofTime(v, 1000L);
          case SECOND -> ofTime(v, CivilDays.SECOND_MICROS);
          case MINUTE -> ofTime(v, CivilDays.MINUTE_MICROS);
          case HOUR -> ofTime(v, CivilDays.HOUR_MICROS);
          case DAY -> new Intervals(0, v.days(), v.months());
          case MONTH -> ofMonths(v, 1);
          case QUARTER -> ofMonths(v, 3);
          case YEAR -> ofMonths(v, 12);
          case DECADE -> ofMonths(v, 120);
          case CENTURY -> ofMonths(v, 1200);
          case MILLENNIUM -> ofMonths(v, 12000);
          case JULIAN, ISOYEAR, DOW, ISODOW, DOY, EPOCH ->
              throw TimeErrors.unknownUnit(TimeUnit.shown(r.text(0)), "interval");
          case WEEK, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
              throw TimeErrors.unsupportedUnit(
                  TimeUnit.shown(r.text(0)),
                  "interval",
                  unit == TimeUnit.WEEK ? "Months usually have fractional weeks." : null);
        };
    TimeRow.write(result, o);
  }

  private static Intervals ofTime(Intervals v, long unit) {
    return new Intervals(v.micros() / unit * unit, v.days(), v.months());
  }

  private static Intervals ofMonths(Intervals v, int unit) {
    return new Intervals(0, 0, v.months() / unit * unit);
  }

  /** Returns the start of the bin, of a given width and counted from an origin. */
  private static void bin(Row r, Out o) {
    Intervals stride = TimeRow.interval(r, 0);
    long micros = r.int64(1);
    long origin = r.int64(2);
    if (!CivilDays.isFinite(micros)) {
      o.int64(micros);
      return;
    }
    if (!CivilDays.isFinite(origin)) {
      throw TimeErrors.overflow("origin out of range");
    }
    if (stride.months() != 0) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "timestamps cannot be binned into intervals containing months or years");
    }
    long width;
    try {
      width =
          Math.addExact(
              Math.multiplyExact((long) stride.days(), CivilDays.DAY_MICROS), stride.micros());
    } catch (ArithmeticException e) {
      throw Intervals.outOfRange();
    }
    if (width <= 0) {
      throw TimeErrors.overflow("stride must be greater than zero");
    }
    long distance = micros - origin;
    if (((micros ^ origin) & (micros ^ distance)) < 0) {
      throw Intervals.outOfRange();
    }
    o.int64(Timestamps.checked(origin + Math.floorDiv(distance, width) * width));
  }
}
