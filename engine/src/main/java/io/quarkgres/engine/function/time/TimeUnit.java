package io.quarkgres.engine.function.time;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The units of {@code extract} and {@code date_trunc}, with the names they go by. Thread: any. */
enum TimeUnit {
  MICROSECONDS("microsecon", "us", "usec", "usecs", "usecond", "useconds"),
  MILLISECONDS("millisecon", "ms", "msec", "msecs", "msecond", "mseconds"),
  SECOND("second", "seconds", "s", "sec", "secs"),
  MINUTE("minute", "minutes", "m", "min", "mins"),
  HOUR("hour", "hours", "h", "hr", "hrs"),
  DAY("day", "days", "d"),
  WEEK("week", "weeks", "w"),
  MONTH("month", "months", "mon", "mons"),
  QUARTER("quarter", "qtr"),
  YEAR("year", "years", "y", "yr", "yrs"),
  DECADE("decade", "decades", "dec", "decs"),
  CENTURY("century", "centuries", "c", "cent"),
  MILLENNIUM("millennium", "millennia", "mil", "mils"),
  JULIAN("julian", "j", "jd"),
  ISOYEAR("isoyear"),
  DOW("dow"),
  ISODOW("isodow"),
  DOY("doy"),
  EPOCH("epoch"),
  TIMEZONE("timezone"),
  TIMEZONE_HOUR("timezone_h"),
  TIMEZONE_MINUTE("timezone_m");

  /** Names count up to this many characters. */
  private static final int NAME_MAX = 10;

  private static final Map<String, TimeUnit> BY_NAME = new HashMap<>();

  static {
    for (TimeUnit unit : values()) {
      for (String name : unit.names) {
        BY_NAME.put(name, unit);
      }
    }
  }

  private static final int NAME_BYTES_MAX = 63;

  private final String[] names;

  TimeUnit(String... names) {
    this.names = names;
  }

  /** Returns the unit of a name, or raises 22023. */
  static TimeUnit of(String name, String type) {
    String lower = name.toLowerCase(Locale.ROOT);
    TimeUnit unit = BY_NAME.get(lower.length() > NAME_MAX ? lower.substring(0, NAME_MAX) : lower);
    if (unit == null) {
      throw TimeErrors.unknownUnit(shown(name), type);
    }
    return unit;
  }

  /** Tells whether the unit of an infinite timestamp is infinite, and not NULL. */
  boolean grows() {
    return switch (this) {
      case YEAR, DECADE, CENTURY, MILLENNIUM, JULIAN, ISOYEAR, EPOCH -> true;
      case MICROSECONDS,
          MILLISECONDS,
          SECOND,
          MINUTE,
          HOUR,
          DAY,
          WEEK,
          MONTH,
          QUARTER,
          DOW,
          ISODOW,
          DOY,
          TIMEZONE,
          TIMEZONE_HOUR,
          TIMEZONE_MINUTE ->
          false;
    };
  }

  /** Returns a unit's name as errors show it: in small letters, as long as a name may be. */
  static String shown(String name) {
    StringBuilder out = new StringBuilder();
    int bytes = 0;
    for (int c : name.codePoints().toArray()) {
      bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > NAME_BYTES_MAX) {
        break;
      }
      out.appendCodePoint(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return out.toString();
  }
}
