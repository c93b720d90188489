package io.quarkgres.engine.type;

import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.engine.type.time.IntervalFields;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Compares types with what PostgreSQL was recorded to make of the same texts. */
public final class RecordedValues {
  static final TypeRegistry TYPES = BuiltinTypes.registry();

  private static final Map<String, String> ALIASES = Map.of("\"char\"", "char", "real", "float4");

  /** A type and a modifier. */
  record Typed(SqlType type, int typmod) {}

  private RecordedValues() {}

  /** Returns a line for each difference in a recorded file. */
  static List<String> differences(String file) {
    List<String> differences = new ArrayList<>();
    for (String line : lines(file)) {
      String[] fields = line.split("\t", -1);
      for (int i = 0; i < fields.length; i++) {
        fields[i] = unescape(fields[i]);
      }
      String found = difference(fields);
      if (found != null) {
        differences.add(fields[0] + " | " + fields[1] + " '" + fields[2] + "': " + found);
      }
    }
    return differences;
  }

  static List<String> lines(String file) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                RecordedValues.class.getResourceAsStream("recorded/" + file),
                StandardCharsets.UTF_8))) {
      return in.lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Undoes the escapes of COPY's text format; {@code null} for NULL. */
  static String unescape(String field) {
    if (field.equals("\\N")) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = field.charAt(++i);
      out.append(
          switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'v' -> (char) 11;
            default -> c;
          });
    }
    return out.toString();
  }

  private static String difference(String[] fields) {
    TypeContext context = context(fields[0]);
    Typed typed = type(fields[1]);
    boolean accepted = fields[3].equals("OK");
    Column value;
    try {
      value = parse(typed, fields[2], context);
    } catch (SqlException e) {
      String raised = describe(e);
      if (accepted) {
        return "accepted as " + fields[4] + ", but raised " + raised;
      }
      String wanted =
          describe(fields[4], fields[5], empty(fields[6]), empty(fields[7]), empty(fields[8]));
      return wanted.equals(raised) ? null : "wanted " + wanted + ", but raised " + raised;
    }
    String text = text(typed.type, value, context);
    if (!accepted) {
      return "wanted " + fields[4] + " " + fields[5] + ", but accepted as " + text;
    }
    String hex = HexFormat.of().formatHex(binary(typed.type, value, context));
    if (!text.equals(fields[4]) || !hex.equals(fields[5])) {
      return "wanted " + fields[4] + " " + fields[5] + ", but was " + text + " " + hex;
    }
    return roundTrip(typed, value, text, context);
  }

  /** Reads the binary form back and checks that equality, order, hash and sort key agree. */
  private static String roundTrip(Typed typed, Column value, String text, TypeContext context) {
    SqlType type = typed.type;
    byte[] binary = binary(type, value, context);
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
    type.receive(binary, 0, binary.length, typed.typmod, builder, context);
    Column received = builder.build();
    String again = text(type, received, context);
    if (!again.equals(text)) {
      return "received as " + again;
    }
    if (type.hasEquality()
        && !(type.equal(value, 0, received, 0) && type.hash(value, 0) == type.hash(received, 0))) {
      return "not equal to itself";
    }
    return null;
  }

  private static String empty(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static String describe(SqlException e) {
    return describe(e.state().code(), e.getMessage(), e.detail(), e.hint(), e.context());
  }

  private static String describe(
      String state, String message, String detail, String hint, String context) {
    return String.join(
        " | ",
        state,
        message,
        Objects.toString(detail),
        Objects.toString(hint),
        Objects.toString(context));
  }

  static Column parse(Typed typed, String text, TypeContext context) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // an offset and a tail, so that reading outside the range shows
    byte[] padded = new byte[bytes.length + 5];
    Arrays.fill(padded, (byte) '7');
    System.arraycopy(bytes, 0, padded, 3, bytes.length);
    ColumnBuilder builder = ColumnBuilder.of(typed.type.layout(), 1);
    typed.type.parse(padded, 3, bytes.length, typed.typmod, builder, context);
    Column value = builder.build();
    if (!typed.type.coercesLength(typed.typmod)) {
      return value;
    }
    ColumnBuilder fitted = ColumnBuilder.of(typed.type.layout(), 1);
    typed.type.coerceLength(value, 0, typed.typmod, true, fitted);
    return fitted.build();
  }

  public static String text(SqlType type, Column value, TypeContext context) {
    ByteSink sink = new ByteSink(16);
    type.print(value, 0, sink, context);
    return sink.toString();
  }

  public static byte[] binary(SqlType type, Column value, TypeContext context) {
    ByteSink sink = new ByteSink(16);
    type.send(value, 0, sink, context);
    return sink.toByteArray();
  }

  static TypeContext context(String settings) {
    TypeContext context = TypeContext.DEFAULT;
    for (String setting : settings.isEmpty() ? new String[0] : settings.split(";")) {
      String name = setting.substring(0, setting.indexOf('='));
      String value = setting.substring(setting.indexOf('=') + 1);
      context = with(context, name, value);
    }
    return context;
  }

  private static TypeContext with(TypeContext c, String name, String value) {
    TypeContext.DateStyle dateStyle = c.dateStyle();
    TypeContext.IntervalStyle intervalStyle = c.intervalStyle();
    ZoneId zone = c.zone();
    int digits = c.extraFloatDigits();
    boolean hex = c.byteaHex();
    switch (name) {
      case "DateStyle" -> {
        String[] parts = value.toUpperCase(Locale.ROOT).split(", ");
        dateStyle =
            new TypeContext.DateStyle(
                TypeContext.DateFormat.valueOf(parts[0]),
                parts.length > 1
                    ? TypeContext.DateOrder.valueOf(parts[1])
                    : TypeContext.DateOrder.DMY);
      }
      case "IntervalStyle" ->
          intervalStyle = TypeContext.IntervalStyle.valueOf(value.toUpperCase(Locale.ROOT));
      case "TimeZone" -> zone = ZoneId.of(value);
      case "extra_float_digits" -> digits = Integer.parseInt(value);
      case "bytea_output" -> hex = value.equals("hex");
      default -> throw new AssertionError(name);
    }
    return new TypeContext(
        dateStyle, intervalStyle, zone, digits, hex, c.transactionMicros(), c.objects());
  }

  /** Resolves a type name with its modifier. */
  static Typed type(String name) {
    if (name.startsWith("interval ")) {
      return interval(name.substring("interval ".length()));
    }
    String base = name;
    boolean array = base.endsWith("[]");
    base = array ? base.substring(0, base.length() - 2) : base;
    String[] arguments = null;
    if (base.endsWith(")")) {
      int open = base.indexOf('(');
      arguments = base.substring(open + 1, base.length() - 1).split(",");
      base = base.substring(0, open);
    }
    base = ALIASES.getOrDefault(base, base);
    SqlType type = TYPES.byName(base).get(0);
    if (base.equals("interval") && arguments != null) {
      arguments = new String[] {"" + IntervalFields.FULL_RANGE, arguments[0]};
    }
    if (arguments == null && base.equals("bit")) {
      arguments = new String[] {"1"};
    }
    int typmod = arguments == null ? SqlType.NO_TYPMOD : type.typmodIn(arguments, 0);
    return new Typed(array ? TYPES.byOid(type.info().array()) : type, typmod);
  }

  private static Typed interval(String fields) {
    String names = fields.replaceAll("\\(.*", "");
    int mask = 0;
    String[] all = {"year", "month", "day", "hour", "minute", "second"};
    int[] bits = {
      IntervalFields.YEAR,
      IntervalFields.MONTH,
      IntervalFields.DAY,
      IntervalFields.HOUR,
      IntervalFields.MINUTE,
      IntervalFields.SECOND
    };
    String[] ends = names.split(" to ");
    int first = List.of(all).indexOf(ends[0]);
    int last = List.of(all).indexOf(ends[ends.length - 1]);
    for (int i = first; i <= last; i++) {
      mask |= bits[i];
    }
    SqlType type = TYPES.byOid(Oids.INTERVAL);
    int open = fields.indexOf('(');
    String[] arguments =
        open < 0
            ? new String[] {"" + mask}
            : new String[] {"" + mask, fields.substring(open + 1, fields.length() - 1)};
    return new Typed(type, type.typmodIn(arguments, 0));
  }
}
