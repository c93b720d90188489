package io.quarkgres.engine.function.time;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.time.TimeZones;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/** Reads and writes intervals, and gives the session's zone. Thread: any. */
final class TimeRow {
  private TimeRow() {}

  static Intervals interval(Row r, int i) {
    return Intervals.of(r.high(i), r.low(i));
  }

  static void write(Intervals interval, Out o) {
    o.wide(interval.micros(), interval.low());
  }

  static ZoneId zone(Row r) {
    return r.context().types().zone();
  }

  /** Returns the zone of a name or abbreviation. */
  static ZoneId zone(String name) {
    TimeZones.Abbreviation abbreviation = abbreviation(name);
    if (abbreviation != null) {
      return abbreviation.zone() != null
          ? abbreviation.zone()
          : ZoneOffset.ofTotalSeconds(abbreviation.offset());
    }
    return named(name);
  }

  private static TimeZones.Abbreviation abbreviation(String name) {
    return TimeZones.abbreviations().get(name.toLowerCase(Locale.ROOT));
  }

  private static ZoneId named(String name) {
    ZoneId zone = TimeZones.byName(name);
    if (zone == null) {
      throw TimeErrors.unknownZone(name);
    }
    return zone;
  }

  /** Returns the offset that a zone or abbreviation has at a local time. */
  static int offsetOfLocal(String name, long localMicros) {
    TimeZones.Abbreviation abbreviation = abbreviation(name);
    return abbreviation != null && abbreviation.zone() != null
        ? TimeZones.offsetOfAbbreviation(abbreviation.zone(), abbreviation.name(), localMicros)
        : TimeZones.offsetOfLocal(zone(name), localMicros);
  }

  /** Returns the offset that a zone or abbreviation has at an instant. */
  static int offsetAt(String name, long utcMicros) {
    TimeZones.Abbreviation abbreviation = abbreviation(name);
    return abbreviation != null && abbreviation.zone() != null
        ? TimeZones.offsetOfAbbreviationAt(abbreviation.zone(), abbreviation.name(), utcMicros)
        : TimeZones.offsetAt(zone(name), utcMicros);
  }
}
