package io.quarkgres.engine.session.setting;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks values of settings and shows them with units, as PostgreSQL does. Thread: any. */
public final class SettingValues {
  private static final Map<String, Long> MEMORY = new LinkedHashMap<>();
  private static final Map<String, Long> TIME = new LinkedHashMap<>();

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

  /** Settings that are the rights of files. */
  private static final Set<String> OCTAL =
      Set.of("data_directory_mode", "log_file_mode", "unix_socket_permissions");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(0[xX][0-9a-fA-F]+|(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?)");

  private static final BigDecimal INTEGER_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);

  private SettingValues() {}

  /**
   * Returns the value in canonical form and base unit; raises 22023 for one that is not allowed.
   */
  public static String check(SettingTable.Definition definition, String name, String value) {
    if (definition == null) {
      return value;
    }
    return switch (definition.kind()) {
      case "bool" -> bool(name, value);
      case "enum" -> enumerated(definition, name, value);
      case "integer", "real" -> number(definition, name, value);
      default -> text(definition.name(), value);
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

  private static String enumerated(SettingTable.Definition definition, String name, String value) {
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
    throw invalid(name, value)
        .withHint("Available values: " + String.join(", ", definition.values()) + ".");
  }

  static SqlException invalid(String name, String value) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE,
        "invalid value for parameter \"" + name + "\": \"" + value + "\"");
  }

  private static String number(SettingTable.Definition definition, String name, String value) {
    String v = value.trim();
    Matcher digitsFirst = NUMBER.matcher(v);
    int end = digitsFirst.lookingAt() ? digitsFirst.end() : 0;
    BigDecimal amount;
    try {
      String digits = v.substring(0, end);
      amount =
          digits.startsWith("0x") || digits.startsWith("0X")
              ? new BigDecimal(Long.parseLong(digits.substring(2), 16))
              : new BigDecimal(digits);
    } catch (NumberFormatException e) {
      throw invalid(name, value);
    }
    String unit = v.substring(end).trim();
    if (!unit.isEmpty()) {
      amount = convert(definition, name, value, amount, unit);
    }
    boolean isInteger = definition.kind().equals("integer");
    BigDecimal result = isInteger ? amount.setScale(0, RoundingMode.HALF_EVEN) : amount;
    if (isInteger && result.abs().compareTo(INTEGER_MAX) > 0) {
      throw invalid(name, value).withHint("Value exceeds integer range.");
    }
    if (Double.isInfinite(result.doubleValue())) {
      throw invalid(name, value);
    }
    checkRange(definition, name, result);
    return isInteger ? result.toPlainString() : real(result);
  }

  private static String real(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0).toPlainString() : stripped.toPlainString();
  }

  private static BigDecimal convert(
      SettingTable.Definition definition,
      String name,
      String value,
      BigDecimal amount,
      String unit) {
    BigDecimal base = unitSize(definition.unit());
    Long size = MEMORY.containsKey(unit) ? MEMORY.get(unit) : TIME.get(unit);
    boolean isSameKind =
        base != null && size != null && isMemory(definition.unit()) == MEMORY.containsKey(unit);
    if (!isSameKind) {
      String units =
          isMemory(definition.unit())
              ? "\"B\", \"kB\", \"MB\", \"GB\", and \"TB\""
              : "\"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"";
      SqlException error = invalid(name, value);
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

  private static void checkRange(
      SettingTable.Definition definition, String name, BigDecimal value) {
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
              + name
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
      case "search_path" -> {
        IdentifierList.parse(name, value);
        yield value;
      }
      default -> value;
    };
  }

  /** The names of PostgreSQL's other encodings, without hyphens and underscores. */
  private static final Set<String> OTHER_ENCODINGS =
      Set.of(
          ("SQLASCII LATIN1 LATIN2 LATIN3 LATIN4 LATIN5 LATIN6 LATIN7 LATIN8 LATIN9 LATIN10"
                  + " ISO88591 ISO88592 ISO88593 ISO88594 ISO88595 ISO88596 ISO88597 ISO88598"
                  + " ISO88599 ISO885910 ISO885913 ISO885914 ISO885915 ISO885916 WIN WIN866 WIN874"
                  + " WIN932 WIN936 WIN949 WIN950 WIN1250 WIN1251 WIN1252 WIN1253 WIN1254 WIN1255"
                  + " WIN1256 WIN1257 WIN1258 WINDOWS866 WINDOWS874 WINDOWS932 WINDOWS936"
                  + " WINDOWS949 WINDOWS950 WINDOWS1250 WINDOWS1251 WINDOWS1252 WINDOWS1253"
                  + " WINDOWS1254 WINDOWS1255 WINDOWS1256 WINDOWS1257 WINDOWS1258 ALT KOI8 KOI8R"
                  + " KOI8U EUCJP EUCCN EUCKR EUCTW EUCJIS2004 SJIS SHIFTJIS SHIFTJIS2004 MSKANJI"
                  + " BIG5 GBK UHC GB18030 JOHAB MULEINTERNAL TCVN TCVN5712 VSCII ABC")
              .split(" "));

  public static String clientEncoding(String value) {
    String stripped = value.replace("'", "").replace("\"", "").trim();
    String plain = stripped.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    if (List.of("UTF8", "UNICODE").contains(plain)) {
      return "UTF8";
    }
    if (OTHER_ENCODINGS.contains(plain)) {
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
    return SessionZones.canonical(value);
  }

  /** Shows a value with the largest unit that divides it, as SHOW does. */
  static String shown(SettingTable.Definition definition, String raw) {
    if (definition != null && OCTAL.contains(definition.name())) {
      return "%04o".formatted(Integer.parseInt(raw));
    }
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
