package io.quarkgres.engine.type.time;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names, abbreviations and offsets of time zones. Offsets are seconds east of UTC. Thread: any. */
public final class TimeZones {
  private static final long UNIX_SECONDS = CivilDays.UNIX_DAYS * 86400L;

  /** The start of the year 10000. */
  private static final long FAR_SECONDS = 253402300800L;

  private static final long CYCLE_SECONDS = 146097 * 86400L;

  /** The most hours, minutes and seconds of an offset in POSIX form. */
  private static final int[] POSIX_MAX = {167, 59, 60};

  private static final class Names {
    static final Map<String, String> BY_LOWER_CASE = read();

    private static Map<String, String> read() {
      Map<String, String> result = new HashMap<>();
      for (String id : ZoneId.getAvailableZoneIds()) {
        if (!id.startsWith("SystemV/")) {
          result.put(id.toLowerCase(Locale.ROOT), id);
        }
      }
      return result;
    }
  }

  /** What an abbreviation stands for: a fixed offset, or a zone that decides by date. */
  public record Abbreviation(String name, int offset, ZoneId zone, boolean isDaylight) {}

  private static final Pattern POSIX_DAYLIGHT =
      Pattern.compile("[A-Za-z]{3,}[+-]?\\d+(:\\d+)*[A-Za-z]{3,}.*");

  private static final class Abbreviations {
    static final Map<String, Abbreviation> BY_NAME = read();

    private static Map<String, Abbreviation> read() {
      Map<String, Abbreviation> result = new TreeMap<>();
      try (InputStream in = TimeZones.class.getResourceAsStream("time_zone_abbreviations.tsv");
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith("#")) {
            String[] fields = line.split("\t", -1);
            result.put(fields[0], parse(fields));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return result;
    }

    private static Abbreviation parse(String[] fields) {
      boolean zoned = Character.isLetter(fields[1].charAt(0));
      return new Abbreviation(
          fields[0],
          zoned ? 0 : Integer.parseInt(fields[1]),
          zoned ? ZoneId.of(fields[1]) : null,
          fields[2].equals("D"));
    }
  }

  /** The letters that one offset of a zone is shown with from an instant on. */
  private record Letters(int offset, String letters, long fromSeconds) {}

  private static final class LetterTable {
    static final Map<String, Letters[]> BY_ZONE = read();

    private static Map<String, Letters[]> read() {
      Map<String, Letters[]> result = new HashMap<>();
      try (InputStream in = TimeZones.class.getResourceAsStream("time_zone_letters.tsv");
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int tab = line.indexOf('\t');
          if (tab > 0) {
            Letters[] entries = parse(line.substring(tab + 1).split(" "));
            for (String zone : line.substring(0, tab).split(" ")) {
              result.put(zone, entries);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return result;
    }

    private static Letters[] parse(String[] entries) {
      Letters[] result = new Letters[entries.length];
      for (int i = 0; i < entries.length; i++) {
        int equals = entries[i].indexOf('=');
        int from = entries[i].indexOf('@');
        result[i] =
            new Letters(
                Integer.parseInt(entries[i].substring(0, equals)),
                entries[i].substring(equals + 1, from < 0 ? entries[i].length() : from),
                from < 0 ? Long.MIN_VALUE : Long.parseLong(entries[i].substring(from + 1)));
      }
      return result;
    }
  }

  private TimeZones() {}

  /**
   * Returns the letters that a zone shows for an offset at an instant, such as {@code CEST} or
   * {@code -03}; {@code null} when it has none.
   */
  public static String letters(ZoneId zone, int offset, long utcMicros) {
    Letters[] entries = LetterTable.BY_ZONE.get(zone.getId());
    long seconds = unixSeconds(utcMicros);
    String result = null;
    for (int i = 0; entries != null && i < entries.length; i++) {
      if (entries[i].offset == offset && entries[i].fromSeconds <= seconds) {
        result = entries[i].letters;
      }
    }
    return result;
  }

  /** Returns the abbreviations that input takes, in lower case. */
  public static Map<String, Abbreviation> abbreviations() {
    return Abbreviations.BY_NAME;
  }

  /** Returns the names of all zones, in no order. */
  public static Iterable<String> names() {
    return Names.BY_LOWER_CASE.values();
  }

  /**
   * Returns the zone of a name, in any case, or of a POSIX form without daylight saving such as
   * {@code FOO+3} (hours west), {@code <+03>-3} or {@code 03:30}; {@code null} if there is none.
   * POSIX forms with daylight saving (0A000) and offsets above 18 hours are not built.
   */
  public static ZoneId byName(String name) {
    String id = Names.BY_LOWER_CASE.get(name.toLowerCase(Locale.ROOT));
    if (id != null) {
      return ZoneId.of(id);
    }
    // an offset alone is a POSIX zone with an empty name
    boolean isNameless = !name.isEmpty() && "+-0123456789".indexOf(name.charAt(0)) >= 0;
    ZoneId zone = posix(isNameless ? "X" + name : name);
    if (zone == null && POSIX_DAYLIGHT.matcher(name).matches()) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "a POSIX time zone with daylight saving is not supported yet");
    }
    return zone;
  }

  private static ZoneId posix(String name) {
    int at = 0;
    if (name.startsWith("<")) {
      at = name.indexOf('>') + 1;
    } else {
      while (at < name.length() && "0123456789,-+".indexOf(name.charAt(at)) < 0) {
        at++;
      }
    }
    if (at == 0 || at == name.length()) {
      return null;
    }
    boolean east = name.charAt(at) == '-';
    if (east || name.charAt(at) == '+') {
      at++;
    }
    String[] parts = name.substring(at).split(":", -1);
    int seconds = 0;
    for (int i = 0; i < 3; i++) {
      int part = i < parts.length ? posixNumber(parts[i], POSIX_MAX[i]) : 0;
      if (part < 0 || parts.length > 3) {
        return null;
      }
      seconds = seconds * 60 + part;
    }
    boolean representable = seconds <= 18 * 3600;
    return representable ? ZoneOffset.ofTotalSeconds(east ? seconds : -seconds) : null;
  }

  private static int posixNumber(String digits, int max) {
    if (digits.isEmpty() || digits.length() > 3) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value <= max ? value : -1;
  }

  /** Returns what an abbreviation means in a zone at a local time. */
  public static int offsetOfAbbreviation(ZoneId zone, String abbreviation, long localMicros) {
    int inForce = offsetOfLocal(zone, localMicros);
    return offsetOfAbbreviationAt(
        zone, abbreviation, localMicros - inForce * CivilDays.SECOND_MICROS);
  }

  /**
   * Returns what an abbreviation means in a zone at an instant: the offset in force if it is shown
   * so, else the one that it last stood for, or first will.
   */
  public static int offsetOfAbbreviationAt(ZoneId zone, String abbreviation, long utcMicros) {
    int inForce = offsetAt(zone, utcMicros);
    long seconds = unixSeconds(utcMicros);
    Instant instant = Instant.ofEpochSecond(seconds);
    int standard = zone.getRules().getStandardOffset(instant).getTotalSeconds();
    for (int offset : new int[] {inForce, standard, standard + 3600}) {
      if (abbreviation.equalsIgnoreCase(letters(zone, offset, utcMicros))) {
        return offset;
      }
    }
    int result = inForce;
    boolean found = false;
    Letters[] entries = LetterTable.BY_ZONE.get(zone.getId());
    for (int i = 0; entries != null && i < entries.length; i++) {
      boolean same = abbreviation.equalsIgnoreCase(entries[i].letters);
      if (same && (!found || entries[i].fromSeconds <= seconds)) {
        result = entries[i].offset;
        found = true;
      }
    }
    return result;
  }

  /** The rules of far years repeat those of 400 years before; Java's fail for the farthest. */
  private static long unixSeconds(long micros) {
    long seconds = Math.floorDiv(micros, CivilDays.SECOND_MICROS) + UNIX_SECONDS;
    return seconds < FAR_SECONDS ? seconds : FAR_SECONDS + (seconds - FAR_SECONDS) % CYCLE_SECONDS;
  }

  /** Returns the offset in force at an instant, given in microseconds since 2000-01-01 UTC. */
  public static int offsetAt(ZoneId zone, long utcMicros) {
    if (zone instanceof ZoneOffset fixed) {
      return fixed.getTotalSeconds();
    }
    long seconds = unixSeconds(utcMicros);
    return zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
  }

  /**
   * Returns the offset of a local time, given in microseconds since 2000-01-01 of that zone's
   * clock. In a gap the offset before it counts, where clocks show a time twice the later offset.
   */
  public static int offsetOfLocal(ZoneId zone, long localMicros) {
    if (zone instanceof ZoneOffset fixed) {
      return fixed.getTotalSeconds();
    }
    ZoneRules rules = zone.getRules();
    if (rules.isFixedOffset()) {
      return rules.getOffset(Instant.EPOCH).getTotalSeconds();
    }
    long seconds = unixSeconds(localMicros);
    LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    ZoneOffsetTransition transition = rules.getTransition(local);
    if (transition == null) {
      return rules.getOffset(local).getTotalSeconds();
    }
    return (transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter())
        .getTotalSeconds();
  }
}
