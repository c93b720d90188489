package io.quarkgres.engine.session;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks values of settings and shows them with units, as PostgreSQL does. Thread: any. */
final class SettingValues {
  private static final Map<String, Long> MEMORY = new LinkedHashMap<>();
  private static final Map<String, Long> TIME = new LinkedHashMap<>();

  /** The names of time zones by their names in small letters, made when first asked for. */
  private static final class Zones {
    private static final Map<String, String> BY_NAME =
        ZoneId.getAvailableZoneIds().stream()
            .collect(Collectors.toUnmodifiableMap(id -> id.toLowerCase(Locale.ROOT), id -> id));
  }

  static {
    MEMORY.put("TB", 1L << 40);
    MEMORY.put("GB", 1L << 30);
    MEMORY.put("MB", 1L << 20);
    MEMORY.put("kB", 1L << 10);
    MEMORY.put("B", 1L);
    TIME.put("d", 86_400_000_000L);
    TIME.put("h", 3_600_000_000L);
    TIME.put("min", 60_000_000L);
    TIME.put("s", 1_000_000L);
    TIME.put("ms", 1_000L);
    TIME.put("us", 1L);
  }

  private SettingValues() {}

  /**
   * Returns the value in canonical form and base unit; raises 22023 for one that is not allowed.
   */
  static String check(SettingTable.Definition definition, String name, String value) {
    if (definition == null) {
      return value;
    }
    return switch (definition.kind()) {
      case "bool" -> bool(name, value);
      case "enum" -> enumerated(definition, value);
      case "integer", "real" -> number(definition, value);
      default -> text(name, value);
    };
  }

  private static String bool(String name, String value) {
    String v = value.toLowerCase(Locale.ROOT);
    if (!v.isEmpty()) {
      if ("true".startsWith(v) || "yes".startsWith(v) || v.equals("on") || v.equals("1")) {
        return "on";
      }
      boolean isOff =
          "false".startsWith(v)
              || "no".startsWith(v)
              || v.equals("off")
              || v.equals("of")
              || v.equals("0");
      if (isOff) {
        return "off";
      }
    }
    throw new SqlException(
        SqlState.INVALID_PARAMETER_VALUE, "parameter \"" + name + "\" requires a Boolean value");
  }

  private static String enumerated(SettingTable.Definition definition, String value) {
    String v = value.toLowerCase(Locale.ROOT);
    for (String allowed : definition.values()) {
      if (allowed.equals(v)) {
        return allowed;
      }
    }
    boolean isOnOff = definition.values().contains("on") && definition.values().contains("off");
    if (isOnOff) {
      String asBool =
          switch (v) {
            case "true", "yes", "1" -> "on";
            case "false", "no", "0" -> "off";
            default -> null;
          };
      if (asBool != null) {
        return asBool;
      }
    }
    throw invalid(definition.name(), value)
        .withHint("Available values: " + String.join(", ", definition.values()) + ".");
  }

  static SqlException invalid(String name, String value) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE,
        "invalid value for parameter \"" + name + "\": \"" + value + "\"");
  }

  private static String number(SettingTable.Definition definition, String value) {
    String v = value.trim();
    int end = 0;
    while (end < v.length() && "+-.0123456789eExX".indexOf(v.charAt(end)) >= 0) {
      end++;
    }
    BigDecimal amount;
    try {
      String digits = v.substring(0, end);
      amount =
          digits.startsWith("0x") || digits.startsWith("0X")
              ? new BigDecimal(Long.parseLong(digits.substring(2), 16))
              : new BigDecimal(digits);
    } catch (NumberFormatException e) {
      throw invalid(definition.name(), value);
    }
    String unit = v.substring(end).trim();
    if (!unit.isEmpty()) {
      amount = convert(definition, value, amount, unit);
    }
    boolean isInteger = definition.kind().equals("integer");
    BigDecimal result = isInteger ? amount.setScale(0, RoundingMode.HALF_EVEN) : amount;
    checkRange(definition, result);
    return isInteger ? result.toPlainString() : real(result);
  }

  private static String real(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0).toPlainString() : stripped.toPlainString();
  }

  private static BigDecimal convert(
      SettingTable.Definition definition, String value, BigDecimal amount, String unit) {
    BigDecimal base = unitSize(definition.unit());
    Long size = MEMORY.containsKey(unit) ? MEMORY.get(unit) : TIME.get(unit);
    boolean isSameKind =
        base != null && size != null && isMemory(definition.unit()) == MEMORY.containsKey(unit);
    if (!isSameKind) {
      String units =
          isMemory(definition.unit())
              ? "\"B\", \"kB\", \"MB\", \"GB\", and \"TB\""
              : "\"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"";
      SqlException error = invalid(definition.name(), value);
      throw definition.unit().isEmpty()
          ? error
          : error.withHint("Valid units for this parameter are " + units + ".");
    }
    return amount.multiply(BigDecimal.valueOf(size)).divide(base, 6, RoundingMode.HALF_EVEN);
  }

  private static boolean isMemory(String unit) {
    return unit.endsWith("B");
  }

  private static BigDecimal unitSize(String unit) {
    if (unit.isEmpty()) {
      return null;
    }
    int digits = 0;
    while (digits < unit.length() && Character.isDigit(unit.charAt(digits))) {
      digits++;
    }
    long factor = digits == 0 ? 1 : Long.parseLong(unit.substring(0, digits));
    String name = unit.substring(digits);
    Long size = MEMORY.containsKey(name) ? MEMORY.get(name) : TIME.get(name);
    return BigDecimal.valueOf(factor * size);
  }

  private static void checkRange(SettingTable.Definition definition, BigDecimal value) {
    if (definition.minimum().isEmpty()) {
      return;
    }
    BigDecimal minimum = new BigDecimal(definition.minimum());
    BigDecimal maximum = new BigDecimal(definition.maximum());
    if (value.compareTo(minimum) < 0 || value.compareTo(maximum) > 0) {
      String unit = definition.unit().isEmpty() ? "" : " " + definition.unit();
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          real(value)
              + unit
              + " is outside the valid range for parameter \""
              + definition.name()
              + "\" ("
              + definition.minimum()
              + " .. "
              + definition.maximum()
              + ")");
    }
  }

  private static String text(String name, String value) {
    return switch (name) {
      case "client_encoding" -> clientEncoding(value);
      case "TimeZone" -> zone(value);
      case "DateStyle" -> DateStyles.canonical(value);
      default -> value;
    };
  }

  private static String clientEncoding(String value) {
    String stripped = value.replace("'", "").replace("\"", "").trim();
    String plain = stripped.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "");
    if (List.of("UTF8", "UNICODE").contains(plain)) {
      return "UTF8";
    }
    if (List.of("SQLASCII", "LATIN1", "ISO88591", "WIN1252").contains(plain)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "client encoding \"" + stripped + "\" is not supported; only UTF8 is");
    }
    throw invalid("client_encoding", value);
  }

  /** Returns the name of the machine's zone; all the names of UTC are one. */
  static String systemZone() {
    String id = ZoneId.systemDefault().getId();
    return ZoneId.of(id).normalized().equals(ZoneOffset.UTC) ? "UTC" : id;
  }

  private static String zone(String value) {
    if (value.equalsIgnoreCase("local") || value.equalsIgnoreCase("default")) {
      return systemZone();
    }
    zoneId(value);
    return canonicalZone(value);
  }

  private static String canonicalZone(String value) {
    String id = Zones.BY_NAME.get(value.toLowerCase(Locale.ROOT));
    if (id != null) {
      return id;
    }
    BigDecimal hours = hours(value);
    return hours == null ? value : posix(hours);
  }

  private static BigDecimal hours(String value) {
    try {
      return new BigDecimal(value.trim());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String posix(BigDecimal hours) {
    String shown = zeroPadded(hours.intValue());
    String sign = hours.signum() < 0 ? "-" : "+";
    String turned = hours.signum() < 0 ? "+" : "-";
    return "<" + sign + shown + ">" + turned + shown;
  }

  private static String zeroPadded(int hours) {
    return String.format(Locale.ROOT, "%02d", Math.abs(hours));
  }

  /** Returns the zone of a TimeZone value; raises 22023 for an unknown one. */
  static ZoneId zoneId(String value) {
    if (value.startsWith("<")) {
      int close = value.indexOf('>');
      return ZoneOffset.ofHours(-Integer.parseInt(value.substring(close + 1).replace("+", "")));
    }
    BigDecimal hours = hours(value);
    try {
      if (hours != null) {
        return ZoneOffset.ofTotalSeconds(hours.multiply(BigDecimal.valueOf(3600)).intValue());
      }
      String id = Zones.BY_NAME.get(value.toLowerCase(Locale.ROOT));
      if (id != null) {
        return ZoneId.of(id);
      }
      if (value.matches("[+-]\\d{1,2}(:\\d{2})?(:\\d{2})?")) {
        // POSIX: a positive offset lies west of Greenwich.
        String turned = (value.startsWith("-") ? "+" : "-") + value.substring(1);
        return ZoneOffset.of(
            turned.length() == 2 ? turned.charAt(0) + "0" + turned.charAt(1) : turned);
      }
    } catch (DateTimeException e) {
      throw invalid("TimeZone", value);
    }
    throw invalid("TimeZone", value);
  }

  /** Shows a value with the largest unit that divides it, as SHOW does. */
  static String shown(SettingTable.Definition definition, String raw) {
    if (definition == null || definition.unit().isEmpty() || raw.isEmpty()) {
      return raw;
    }
    BigDecimal value = new BigDecimal(raw);
    if (value.signum() <= 0 || definition.kind().equals("real")) {
      return definition.kind().equals("real") ? realShown(definition, value) : raw;
    }
    BigDecimal base = value.multiply(unitSize(definition.unit()));
    for (Map.Entry<String, Long> unit : (isMemory(definition.unit()) ? MEMORY : TIME).entrySet()) {
      BigDecimal[] parts = base.divideAndRemainder(BigDecimal.valueOf(unit.getValue()));
      if (parts[1].signum() == 0) {
        return parts[0].toPlainString() + unit.getKey();
      }
    }
    return raw;
  }

  private static String realShown(SettingTable.Definition definition, BigDecimal value) {
    return value.signum() == 0 ? "0" : real(value) + definition.unit();
  }
}
