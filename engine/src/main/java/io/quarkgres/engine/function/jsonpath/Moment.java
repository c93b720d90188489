package io.quarkgres.engine.function.jsonpath;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.engine.type.time.DateTimeText;
import io.quarkgres.engine.type.time.TimeZones;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date or time read from a string in one of the ISO forms. Thread: any.
 *
 * @param kind what it is
 * @param days local days since 2000-01-01, 0 for times; of dates more than timestamps have
 * @param micros local microseconds of the day
 * @param offset seconds east of UTC, 0 without zone
 */
record Moment(Kind kind, int days, long micros, int offset) {
  /** The SQL types that are read. */
  enum Kind {
    DATE("date", "date"),
    TIME("time without time zone", "time"),
    TIMETZ("time with time zone", "timetz"),
    TIMESTAMP("timestamp without time zone", "timestamp"),
    TIMESTAMPTZ("timestamp with time zone", "timestamptz");

    private final String sqlName;
    private final String shortName;

    Kind(String sqlName, String shortName) {
      this.sqlName = sqlName;
      this.shortName = shortName;
    }

    String sqlName() {
      return sqlName;
    }

    private boolean isTime() {
      return this == TIME || this == TIMETZ;
    }

    private boolean isZoned() {
      return this == TIMETZ || this == TIMESTAMPTZ;
    }
  }

  private static final TypeContext.DateStyle ISO =
      new TypeContext.DateStyle(TypeContext.DateFormat.ISO, TypeContext.DateOrder.MDY);
  private static final String DATE_FORM = "\\s*(-?\\d{1,9})-\\s*(\\d{1,2})-\\s*(\\d{1,2})";
  private static final String TIME_FORM =
      "\\s*(\\d{1,2}):\\s*(\\d{1,2}):\\s*(\\d{1,2})(?:\\.(\\d{1,6}))?"
          + "(?:\\s*([+-])(\\d{1,2})(?::(\\d{1,2}))?)?";
  private static final Pattern DATE = Pattern.compile(DATE_FORM + "\\s*");
  private static final Pattern TIME = Pattern.compile(TIME_FORM + "\\s*");
  private static final Pattern BOTH =
      Pattern.compile(DATE_FORM + "(?:T|\\s+)" + TIME_FORM + "\\s*");
  private static final int OFFSET_HOURS_MAX = 15;

  /** Reads a text; returns {@code null} when it has none of the forms. */
  static Moment parse(String text) {
    Matcher date = DATE.matcher(text);
    if (date.matches()) {
      Integer days = days(date);
      return days == null ? null : new Moment(Kind.DATE, days, 0, 0);
    }
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      return of(0, time, 1, Kind.TIME, Kind.TIMETZ);
    }
    Matcher both = BOTH.matcher(text);
    if (!both.matches()) {
      return null;
    }
    Integer days = days(both);
    return days == null ? null : of(days, both, 4, Kind.TIMESTAMP, Kind.TIMESTAMPTZ);
  }

  private static Integer days(Matcher m) {
    int written = Integer.parseInt(m.group(1));
    int year = written < 0 ? written + 1 : written;
    int month = Integer.parseInt(m.group(2));
    int day = Integer.parseInt(m.group(3));
    boolean isValid =
        month >= 1 && month <= 12 && day >= 1 && day <= CivilDays.monthLength(year, month);
    if (!isValid || !CivilDays.isJulianValid(year, month)) {
      return null;
    }
    int days = CivilDays.days(year, month, day);
    return CivilDays.isDate(days) ? days : null;
  }

  private static Moment of(int days, Matcher m, int group, Kind plain, Kind zoned) {
    int hour = Integer.parseInt(m.group(group));
    int minute = Integer.parseInt(m.group(group + 1));
    int second = Integer.parseInt(m.group(group + 2));
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    String fraction = m.group(group + 3);
    int micros = fraction == null ? 0 : Integer.parseInt((fraction + "000000").substring(0, 6));
    long time = ((hour * 60L + minute) * 60 + second) * CivilDays.SECOND_MICROS + micros;
    if (m.group(group + 4) == null) {
      return inRange(new Moment(plain, days, time, 0));
    }
    int zoneHours = Integer.parseInt(m.group(group + 5));
    String minutes = m.group(group + 6);
    int zoneMinutes = minutes == null ? 0 : Integer.parseInt(minutes);
    if (zoneHours > OFFSET_HOURS_MAX || zoneMinutes > 59) {
      return null;
    }
    int seconds = zoneHours * 3600 + zoneMinutes * 60;
    int east = m.group(group + 4).equals("-") ? -seconds : seconds;
    return inRange(new Moment(zoned, days, time, east));
  }

  /** Returns a time, or {@code null} for a timestamp that none is. */
  private static Moment inRange(Moment moment) {
    return CivilDays.isTimestampDay(moment.days) ? moment : null;
  }

  /**
   * Compares with another; returns {@code null} when a day and a time of day cannot be.
   *
   * @param zone what values without zone are taken to be in; {@code null} refuses to mix them with
   *     others (0A000)
   */
  Integer compareTo(Moment other, ZoneId zone) {
    if (kind.isTime() != other.kind.isTime()) {
      return null;
    }
    if (kind.isZoned() != other.kind.isZoned()) {
      if (zone == null) {
        Moment plain = kind.isZoned() ? other : this;
        Moment zoned = kind.isZoned() ? this : other;
        throw needsZone(plain.kind, zoned.kind);
      }
      return compareZoned(zone).compare(other.compareZoned(zone));
    }
    return compareZoned(zone).compare(other.compareZoned(zone));
  }

  /** An instant in seconds and microseconds, and for equal ones of timetz the zone. */
  private record Place(long seconds, long micros, int west) {
    int compare(Place other) {
      int order = Long.compare(seconds, other.seconds);
      order = order != 0 ? order : Long.compare(micros, other.micros);
      return order != 0 ? order : Integer.compare(west, other.west);
    }
  }

  private Place place(int east, int west) {
    long seconds = days * 86_400L + micros / CivilDays.SECOND_MICROS - east;
    return new Place(seconds, micros % CivilDays.SECOND_MICROS, west);
  }

  private Place compareZoned(ZoneId zone) {
    return switch (kind) {
      case TIMESTAMPTZ -> place(offset, 0);
      case TIMETZ -> place(offset, -offset);
      case DATE, TIMESTAMP -> {
        boolean isShiftless = zone == null || !CivilDays.isTimestampDay(days);
        long local = isShiftless ? 0 : days * CivilDays.DAY_MICROS + micros;
        yield place(isShiftless ? 0 : TimeZones.offsetOfLocal(zone, local), 0);
      }
      case TIME -> {
        int east = zone == null ? 0 : TimeZones.offsetAt(zone, micros);
        yield place(east, -east);
      }
    };
  }

  private static SqlException needsZone(Kind from, Kind to) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "cannot convert value from "
            + from.shortName
            + " to "
            + to.shortName
            + " without time zone usage",
        null,
        "Use *_tz() function for time zone support.");
  }

  /** Returns the ISO form that JSON shows. */
  @Override
  public String toString() {
    ByteSink sink = new ByteSink(40);
    if (!kind.isTime()) {
      DateTimeText.putDate(days, ISO, sink);
    }
    String text = new String(sink.array(), 0, sink.size(), StandardCharsets.US_ASCII);
    if (kind == Kind.DATE) {
      return text;
    }
    boolean isBeforeChrist = text.endsWith(" BC");
    String day = isBeforeChrist ? text.substring(0, text.length() - 3) : text;
    sink.truncate(0);
    DateTimeText.putTime(micros, sink);
    String time = new String(sink.array(), 0, sink.size(), StandardCharsets.US_ASCII);
    return (kind.isTime() ? "" : day + "T")
        + time
        + (kind.isZoned() ? zone() : "")
        + (isBeforeChrist ? " BC" : "");
  }

  private String zone() {
    int minutes = Math.abs(offset) / 60;
    return "%s%02d:%02d".formatted(offset < 0 ? "-" : "+", minutes / 60, minutes % 60);
  }
}
