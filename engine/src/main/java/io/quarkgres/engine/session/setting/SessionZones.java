package io.quarkgres.engine.session.setting;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.engine.type.time.TimeZones;
import io.quarkgres.spi.data.WideBuilder;
import io.quarkgres.spi.data.WideColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Reads the value of {@code TimeZone}: a zone's name, a POSIX form, a number of hours east of
 * Greenwich, or {@code INTERVAL '...'}. Thread: any.
 */
public final class SessionZones {
  private static final String INTERVAL = "interval";
  private static final int HOURS_MAX = 167;
  private static final int JAVA_HOURS_MAX = 18;
  private static final int HOUR_SECONDS = 3600;
  private static final int MINUTE_SECONDS = 60;

  private SessionZones() {}

  /** Returns the value as SHOW prints it; raises 22023 for an unknown zone. */
  static String canonical(String value) {
    if (value.regionMatches(true, 0, INTERVAL, 0, INTERVAL.length())) {
      return offsetName(intervalSeconds(value));
    }
    BigDecimal hours = hours(value);
    if (hours != null) {
      if (hours.abs().compareTo(BigDecimal.valueOf(HOURS_MAX)) > 0) {
        throw SettingValues.invalid("TimeZone", value);
      }
      return offsetName(hours.multiply(BigDecimal.valueOf(HOUR_SECONDS)).intValue());
    }
    for (String name : TimeZones.names()) {
      if (name.equalsIgnoreCase(value)) {
        return name;
      }
    }
    zoneId(value);
    return value;
  }

  private static BigDecimal hours(String value) {
    try {
      return new BigDecimal(value.trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static int intervalSeconds(String value) {
    int open = value.indexOf('\'');
    int close = value.lastIndexOf('\'');
    if (open < 0 || close == open || close != value.length() - 1) {
      throw SettingValues.invalid("TimeZone", value);
    }
    byte[] text = value.substring(open + 1, close).getBytes(StandardCharsets.UTF_8);
    WideBuilder out = new WideBuilder(1);
    SqlType type = BuiltinTypes.registry().byOid(Oids.INTERVAL);
    type.parse(text, 0, text.length, SqlType.NO_TYPMOD, out, TypeContext.DEFAULT);
    WideColumn interval = out.build();
    if ((int) interval.low()[0] != 0) {
      throw SettingValues.invalid("TimeZone", value)
          .withDetail("Cannot specify months in time zone interval.");
    }
    if (interval.low()[0] >> Integer.SIZE != 0) {
      throw SettingValues.invalid("TimeZone", value)
          .withDetail("Cannot specify days in time zone interval.");
    }
    return (int) (interval.high()[0] / 1_000_000);
  }

  /** Returns the POSIX name of a fixed offset, such as {@code <+02>-02} for two hours east. */
  private static String offsetName(int seconds) {
    int whole = Math.abs(seconds);
    if (whole > JAVA_HOURS_MAX * HOUR_SECONDS) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "a time zone of more than " + JAVA_HOURS_MAX + " hours is not supported yet");
    }
    String shown = String.format(Locale.ROOT, "%02d", whole / HOUR_SECONDS);
    int minutes = whole % HOUR_SECONDS / MINUTE_SECONDS;
    int rest = whole % MINUTE_SECONDS;
    if (minutes != 0 || rest != 0) {
      shown += String.format(Locale.ROOT, ":%02d", minutes);
    }
    if (rest != 0) {
      shown += String.format(Locale.ROOT, ":%02d", rest);
    }
    return seconds >= 0 ? "<+" + shown + ">-" + shown : "<-" + shown + ">+" + shown;
  }

  /** Returns the zone of a value; raises 22023 for an unknown one. */
  public static ZoneId zoneId(String value) {
    if (value.equalsIgnoreCase("local") || value.equalsIgnoreCase("default")) {
      throw SettingValues.invalid("TimeZone", value);
    }
    ZoneId zone = TimeZones.byName(value);
    if (zone != null) {
      return zone instanceof ZoneOffset offset && offset.getTotalSeconds() == 0
          ? ZoneOffset.UTC
          : zone;
    }
    throw SettingValues.invalid("TimeZone", value);
  }
}
