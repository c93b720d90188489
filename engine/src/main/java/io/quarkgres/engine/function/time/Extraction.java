package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.number.Decimals;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.engine.type.time.TimeZones;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import java.math.BigDecimal;

/**
 * {@code extract}, which gives numeric, and {@code date_part}, which gives float8: a number and how
 * many of its decimals lie behind the point. Thread: any.
 */
final class Extraction {
  private static final String TIMESTAMP = "timestamp without time zone";
  private static final String TIMESTAMPTZ = "timestamp with time zone";
  private static final String TIME = "time without time zone";
  private static final String TIMETZ = "time with time zone";
  private static final int MINUTE_SECONDS = 60;
  private static final int HOUR_SECONDS = 3600;
  private static final int MICRO_SCALE = 6;
  private static final int MILLI_SCALE = 3;
  private static final long UNIX_MICROS = CivilDays.UNIX_DAYS * CivilDays.DAY_MICROS;

  private Extraction() {}

  static void register(KernelTable t) {
    t.row("extract_timestamp", (r, o) -> timestamp(r, o, false));
    t.row("timestamp_part", (r, o) -> timestamp(r, o, false));
    t.row("extract_timestamptz", (r, o) -> timestamp(r, o, true));
    t.row("timestamptz_part", (r, o) -> timestamp(r, o, true));
    t.row("extract_date", Extraction::date);
    t.row("date_part(text,date)", Extraction::dateAsTimestamp);
    t.row("extract_time", (r, o) -> time(r, o, r.int64(1), TIME));
    t.row("time_part", (r, o) -> time(r, o, r.int64(1), TIME));
    t.row("extract_timetz", (r, o) -> time(r, o, r.high(1), TIMETZ));
    t.row("timetz_part", (r, o) -> time(r, o, r.high(1), TIMETZ));
    t.row("extract_interval", Extraction::interval);
    t.row("interval_part", Extraction::interval);
  }

  private static boolean isNumeric(Row r) {
    return r.call().returnType().layout() == Layout.DECIMAL;
  }

  /** Writes {@code value * 10^-scale}. */
  private static void write(Row r, Out o, long value, int scale) {
    if (isNumeric(r)) {
      o.decimal(value, scale);
    } else {
      o.float64(value / (double) Decimals.power10(scale));
    }
  }

  private static void writeInfinite(Row r, Out o, TimeUnit unit, boolean isPositive) {
    if (!unit.grows()) {
      o.sqlNull();
    } else if (isNumeric(r)) {
      o.decimalSpecial(
          isPositive ? DecimalColumn.POSITIVE_INFINITY : DecimalColumn.NEGATIVE_INFINITY);
    } else {
      o.float64(isPositive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }
  }

  private static void timestamp(Row r, Out o, boolean isZoned) {
    timestamp(r, o, r.int64(1), isZoned);
  }

  private static void dateAsTimestamp(Row r, Out o) {
    timestamp(r, o, Timestamps.ofDate(r.int32(1)), false);
  }

  private static void timestamp(Row r, Out o, long micros, boolean isZoned) {
    String type = isZoned ? TIMESTAMPTZ : TIMESTAMP;
    TimeUnit unit = TimeUnit.of(r.text(0), type);
    boolean isZoneUnit =
        unit == TimeUnit.TIMEZONE
            || unit == TimeUnit.TIMEZONE_HOUR
            || unit == TimeUnit.TIMEZONE_MINUTE;
    if (!CivilDays.isFinite(micros)) {
      writeInfinite(r, o, unit, micros > 0);
      return;
    }
    if (isZoneUnit && !isZoned) {
      throw unsupported(r, type);
    }
    int offset = isZoned ? TimeZones.offsetAt(TimeRow.zone(r), micros) : 0;
    long local = micros + offset * CivilDays.SECOND_MICROS;
    switch (unit) {
      case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR ->
          timeOfDay(r, o, unit, Timestamps.timeOf(local));
      case DAY,
          WEEK,
          MONTH,
          QUARTER,
          YEAR,
          DECADE,
          CENTURY,
          MILLENNIUM,
          ISOYEAR,
          DOW,
          ISODOW,
          DOY ->
          write(r, o, ofDay(unit, Timestamps.dayOf(local)), 0);
      case JULIAN -> julian(r, o, local);
      case EPOCH -> epoch(r, o, micros);
      case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> write(r, o, ofOffset(unit, offset), 0);
    }
  }

  private static void epoch(Row r, Out o, long micros) {
    if (micros <= Long.MAX_VALUE - UNIX_MICROS) {
      write(r, o, micros + UNIX_MICROS, MICRO_SCALE);
    } else if (isNumeric(r)) {
      o.decimal(
          BigDecimal.valueOf(micros, MICRO_SCALE)
              .add(BigDecimal.valueOf(UNIX_MICROS, MICRO_SCALE)));
    } else {
      o.float64((micros / 1e6) + UNIX_MICROS / 1e6);
    }
  }

  private static SqlException unsupported(Row r, String type) {
    return TimeErrors.unsupportedUnit(TimeUnit.shown(r.text(0)), type, null);
  }

  private static long ofOffset(TimeUnit unit, int offset) {
    return switch (unit) {
      case TIMEZONE_HOUR -> offset / HOUR_SECONDS;
      case TIMEZONE_MINUTE -> offset / MINUTE_SECONDS % MINUTE_SECONDS;
      default -> offset;
    };
  }

  private static void timeOfDay(Row r, Out o, TimeUnit unit, long time) {
    long inMinute = time % CivilDays.MINUTE_MICROS;
    switch (unit) {
      case MICROSECONDS -> write(r, o, inMinute, 0);
      case MILLISECONDS -> write(r, o, inMinute, MILLI_SCALE);
      case SECOND -> write(r, o, inMinute, MICRO_SCALE);
      case MINUTE -> write(r, o, time / CivilDays.MINUTE_MICROS % MINUTE_SECONDS, 0);
      default -> write(r, o, time / CivilDays.HOUR_MICROS, 0);
    }
  }

  /** Returns a unit of a day that has a day, month and year. */
  private static long ofDay(TimeUnit unit, int day) {
    long civil = CivilDays.civil(day);
    int year = CivilDays.year(civil);
    return switch (unit) {
      case DAY -> CivilDays.day(civil);
      case WEEK -> Calendar.isoWeek(day);
      case MONTH -> CivilDays.month(civil);
      case QUARTER -> (CivilDays.month(civil) - 1) / 3 + 1;
      case YEAR -> Calendar.shownYear(year);
      case DECADE -> Calendar.decade(year);
      case CENTURY -> Calendar.century(year);
      case MILLENNIUM -> Calendar.millennium(year);
      case ISOYEAR -> Calendar.shownYear(Calendar.isoYear(day));
      case DOW -> CivilDays.dayOfWeek(day);
      case ISODOW -> Calendar.isoDayOfWeek(day);
      case DOY -> Calendar.dayOfYear(day);
      case MICROSECONDS,
          MILLISECONDS,
          SECOND,
          MINUTE,
          HOUR,
          JULIAN,
          EPOCH,
          TIMEZONE,
          TIMEZONE_HOUR,
          TIMEZONE_MINUTE ->
          throw new IllegalStateException("no unit of a day: " + unit);
    };
  }

  private static void julian(Row r, Out o, long local) {
    long day = Timestamps.dayOf(local) + (long) CivilDays.JULIAN_DAY;
    long time = Timestamps.timeOf(local);
    if (isNumeric(r)) {
      BigDecimal part =
          Decimals.divide(BigDecimal.valueOf(time), BigDecimal.valueOf(CivilDays.DAY_MICROS));
      o.decimal(BigDecimal.valueOf(day).add(part));
    } else {
      long wholeSeconds = time / CivilDays.SECOND_MICROS;
      double seconds = wholeSeconds + time % CivilDays.SECOND_MICROS / 1e6;
      o.float64(day + seconds / 86400.0);
    }
  }

  private static void date(Row r, Out o) {
    TimeUnit unit = TimeUnit.of(r.text(0), "date");
    int day = r.int32(1);
    switch (unit) {
      case DAY,
          WEEK,
          MONTH,
          QUARTER,
          YEAR,
          DECADE,
          CENTURY,
          MILLENNIUM,
          ISOYEAR,
          DOW,
          ISODOW,
          DOY,
          JULIAN,
          EPOCH -> {
        if (!CivilDays.isFiniteDate(day)) {
          writeInfinite(r, o, unit, day > 0);
        } else if (unit == TimeUnit.JULIAN) {
          write(r, o, day + (long) CivilDays.JULIAN_DAY, 0);
        } else if (unit == TimeUnit.EPOCH) {
          write(r, o, (day + (long) CivilDays.UNIX_DAYS) * 86400L, 0);
        } else {
          write(r, o, ofDay(unit, day), 0);
        }
      }
      case MICROSECONDS,
          MILLISECONDS,
          SECOND,
          MINUTE,
          HOUR,
          TIMEZONE,
          TIMEZONE_HOUR,
          TIMEZONE_MINUTE ->
          throw unsupported(r, "date");
    }
  }

  private static void time(Row r, Out o, long time, String type) {
    TimeUnit unit = TimeUnit.of(r.text(0), type);
    boolean isZoned = type.equals(TIMETZ);
    switch (unit) {
      case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> timeOfDay(r, o, unit, time);
      case EPOCH ->
          write(r, o, time + (isZoned ? r.low(1) * CivilDays.SECOND_MICROS : 0), MICRO_SCALE);
      case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> {
        if (!isZoned) {
          throw unsupported(r, type);
        }
        write(r, o, ofOffset(unit, (int) -r.low(1)), 0);
      }
      case DAY,
          WEEK,
          MONTH,
          QUARTER,
          YEAR,
          DECADE,
          CENTURY,
          MILLENNIUM,
          JULIAN,
          ISOYEAR,
          DOW,
          ISODOW,
          DOY ->
          throw unsupported(r, type);
    }
  }

  private static void interval(Row r, Out o) {
    TimeUnit unit = TimeUnit.of(r.text(0), "interval");
    Intervals interval = TimeRow.interval(r, 1);
    int years = interval.months() / 12;
    int months = interval.months() % 12;
    switch (unit) {
      case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR ->
          timeOfDay(r, o, unit, interval.micros());
      case DAY -> write(r, o, interval.days(), 0);
      case MONTH -> write(r, o, months, 0);
      case QUARTER -> write(r, o, months / 3 + 1, 0);
      case YEAR -> write(r, o, years, 0);
      case DECADE -> write(r, o, years / 10, 0);
      case CENTURY -> write(r, o, years / 100, 0);
      case MILLENNIUM -> write(r, o, years / 1000, 0);
      case EPOCH -> intervalEpoch(r, o, interval, years, months);
      case WEEK, JULIAN, ISOYEAR, DOW, ISODOW, DOY, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
          throw unsupported(r, "interval");
    }
  }

  /** A year has 365.25 days here and a month 30. */
  private static void intervalEpoch(Row r, Out o, Intervals interval, int years, int months) {
    if (isNumeric(r)) {
      long seconds = (1461L * years + 120L * months + 4L * interval.days()) * (86400 / 4);
      o.decimal(
          BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(interval.micros(), MICRO_SCALE)));
    } else {
      double result = interval.micros() / 1e6;
      result += 365.25 * 86400 * years;
      result += 30.0 * 86400 * months;
      result += 86400.0 * interval.days();
      o.float64(result);
    }
  }
}
