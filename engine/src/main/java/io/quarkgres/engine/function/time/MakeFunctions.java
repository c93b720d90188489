package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.number.NumberText;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** make_date and its like, and to_timestamp of seconds. Thread: any. */
final class MakeFunctions {
  private static final int MINUTES = 60;
  private static final int HOURS = 24;
  private static final int WEEK_DAYS = 7;

  private MakeFunctions() {}

  static void register(KernelTable t) {
    t.row(
        "make_date",
        (r, o) -> {
          int days = date(r, r.int32(0) < 0 ? r.int32(0) + 1 : r.int32(0));
          if (!CivilDays.isDate(days)) {
            throw TimeErrors.overflow("date out of range: " + shownDate(r));
          }
          o.int32(days);
        });
    t.row("make_time", (r, o) -> o.int64(time(r, 0)));
    t.row("make_timestamp", (r, o) -> o.int64(timestamp(r)));
    t.row("make_timestamptz", (r, o) -> o.int64(Timestamps.toUtc(timestamp(r), TimeRow.zone(r))));
    t.row(
        "make_timestamptz_at_timezone",
        (r, o) -> o.int64(Timestamps.toUtc(timestamp(r), saneZone(r.text(6)))));
    t.row("make_interval", MakeFunctions::interval);
    t.row("float8_timestamptz", MakeFunctions::ofSeconds);
  }

  private static int date(Row r, int shownYear) {
    int year = r.int32(0);
    int month = r.int32(1);
    int day = r.int32(2);
    // negative years are BC, of which 1 is the calendar's 0
    int counted = year < 0 ? year + 1 : year;
    boolean isValid =
        year != 0
            && month >= 1
            && month <= 12
            && day >= 1
            && CivilDays.isJulianValid(counted, month)
            && day <= CivilDays.monthLength(counted, month);
    if (!isValid) {
      throw TimeErrors.overflow(
          "date field value out of range: %d-%02d-%02d".formatted(shownYear, month, day));
    }
    return CivilDays.days(counted, month, day);
  }

  private static String shownDate(Row r) {
    return "%d-%02d-%02d".formatted(r.int32(0), r.int32(1), r.int32(2));
  }

  private static String shownTime(Row r, int first) {
    return "%d:%02d:%s"
        .formatted(r.int32(first), r.int32(first + 1), shownSeconds(r.float64(first + 2)));
  }

  private static long time(Row r, int first) {
    int hour = r.int32(first);
    int minute = r.int32(first + 1);
    double second = r.float64(first + 2);
    boolean isValid =
        hour >= 0
            && minute >= 0
            && minute < MINUTES
            && second >= 0
            && second <= MINUTES
            && (hour < HOURS || hour == HOURS && minute == 0 && second == 0);
    if (!isValid) {
      throw TimeErrors.overflow("time field value out of range: " + shownTime(r, first));
    }
    return (hour * (long) MINUTES + minute) * CivilDays.MINUTE_MICROS
        + (long) Math.rint(second * CivilDays.SECOND_MICROS);
  }

  /** Returns six significant digits, at least two characters wide. */
  private static String shownSeconds(double second) {
    String text = NumberText.general(second);
    return text.length() < 2 ? "0" + text : text;
  }

  private static long timestamp(Row r) {
    long start = date(r, r.int32(0));
    long time = time(r, 3);
    boolean isBeyond = start > CivilDays.TIMESTAMP_END / CivilDays.DAY_MICROS;
    if (isBeyond || !CivilDays.isTimestamp(start * CivilDays.DAY_MICROS + time)) {
      throw TimeErrors.overflow("timestamp out of range: " + shownDate(r) + " " + shownTime(r, 3));
    }
    return start * CivilDays.DAY_MICROS + time;
  }

  /** Returns a zone by name, or by an offset that must have its sign. */
  private static ZoneId saneZone(String name) {
    if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "invalid input syntax for type numeric time zone: \"" + name + "\"",
          null,
          "Numeric time zones must have \"-\" or \"+\" as first character.");
    }
    if (name.startsWith("+") || name.startsWith("-")) {
      return offset(name);
    }
    return TimeRow.zone(name);
  }

  private static ZoneId offset(String text) {
    String[] parts = text.substring(1).split(":", -1);
    int seconds = 0;
    int unit = 3600;
    try {
      if (parts.length == 1 && parts[0].length() > 2) {
        int number = Integer.parseInt(parts[0]);
        seconds = number / 100 * 3600 + number % 100 * 60;
      } else {
        for (String part : parts) {
          seconds += Integer.parseInt(part) * unit;
          unit /= MINUTES;
        }
      }
    } catch (NumberFormatException e) {
      throw TimeErrors.parameter("invalid input syntax for type time zone: \"" + text + "\"");
    }
    if (seconds > 15 * 3600 + 59 * 60 + 59) {
      throw TimeErrors.parameter("numeric time zone \"" + text + "\" out of range");
    }
    return ZoneOffset.ofTotalSeconds(text.charAt(0) == '-' ? -seconds : seconds);
  }

  private static void interval(Row r, Out o) {
    double seconds = r.float64(6);
    if (!Double.isFinite(seconds)) {
      throw Intervals.outOfRange();
    }
    int months = r.int32(0) * 12 + r.int32(1);
    int days = r.int32(2) * WEEK_DAYS + r.int32(3);
    long micros =
        r.int32(4) * CivilDays.HOUR_MICROS
            + r.int32(5) * CivilDays.MINUTE_MICROS
            + wrapped(Math.rint(seconds * CivilDays.SECOND_MICROS));
    TimeRow.write(new Intervals(micros, days, months), o);
  }

  /** Returns a whole number; one beyond 64 bits becomes the least, as processors do it. */
  private static long wrapped(double value) {
    return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  private static void ofSeconds(Row r, Out o) {
    double seconds = r.float64(0);
    if (Double.isNaN(seconds)) {
      throw TimeErrors.overflow("timestamp cannot be NaN");
    }
    if (Double.isInfinite(seconds)) {
      o.int64(seconds > 0 ? CivilDays.INFINITY : CivilDays.MINUS_INFINITY);
      return;
    }
    double since = seconds - CivilDays.UNIX_DAYS * 86400.0;
    double micros = Math.rint(since * 1e6);
    if (!(micros >= CivilDays.TIMESTAMP_MIN && micros < CivilDays.TIMESTAMP_END)) {
      BigDecimal shown = new BigDecimal(seconds).round(new MathContext(6));
      throw TimeErrors.overflow("timestamp out of range: \"" + general(shown) + "\"");
    }
    o.int64((long) micros);
  }

  /** Writes a number far beyond 1e6 as C's {@code %g} does. */
  private static String general(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    return stripped.movePointLeft(exponent).stripTrailingZeros().toPlainString()
        + "e+"
        + (exponent < 10 ? "0" : "")
        + exponent;
  }
}
