package io.quarkgres.engine.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.engine.type.time.CivilDays;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Inputs that cannot be recorded as text: bad bytes, the clock, assignment to a column, names. */
class TypeInputTest {
  private static final TypeRegistry TYPES = BuiltinTypes.registry();

  /** 2026-03-01 23:30:00 UTC. */
  private static final long NOW =
      CivilDays.days(2026, 3, 1) * CivilDays.DAY_MICROS + 47 * CivilDays.HOUR_MICROS / 2;

  private static TypeContext at(String zone, TypeContext.ObjectNames objects) {
    TypeContext c = TypeContext.DEFAULT;
    return new TypeContext(
        c.dateStyle(), c.intervalStyle(), ZoneId.of(zone), 1, true, NOW, objects);
  }

  private static String read(String type, String text, TypeContext context) {
    SqlType sqlType = TYPES.byName(type).get(0);
    ColumnBuilder builder = ColumnBuilder.of(sqlType.layout(), 1);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sqlType.parse(bytes, 0, bytes.length, SqlType.NO_TYPMOD, builder, context);
    return RecordedValues.text(sqlType, builder.build(), context);
  }

  private static Column receive(String type, String hex) {
    SqlType sqlType = TYPES.byName(type).get(0);
    ColumnBuilder builder = ColumnBuilder.of(sqlType.layout(), 1);
    byte[] bytes = HexFormat.of().parseHex(hex);
    sqlType.receive(bytes, 0, bytes.length, SqlType.NO_TYPMOD, builder, TypeContext.DEFAULT);
    return builder.build();
  }

  private static void assertRaises(ThrowingCallable call, SqlState state, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> {
              assertThat(e.state()).isEqualTo(state);
              assertThat(e.getMessage()).isEqualTo(message);
            });
  }

  @Test
  void wordsOfTheClockFollowTheSessionsZone() {
    TypeContext utc = at("UTC", TypeContext.NO_OBJECTS);
    TypeContext berlin = at("Europe/Berlin", TypeContext.NO_OBJECTS);
    assertThat(read("timestamptz", "now", utc)).isEqualTo("2026-03-01 23:30:00+00");
    assertThat(read("timestamptz", "now", berlin)).isEqualTo("2026-03-02 00:30:00+01");
    assertThat(read("timestamp", "now", berlin)).isEqualTo("2026-03-02 00:30:00");
    assertThat(read("date", "today", utc)).isEqualTo("2026-03-01");
    assertThat(read("date", "today", berlin)).isEqualTo("2026-03-02");
    assertThat(read("date", "yesterday", utc)).isEqualTo("2026-02-28");
    assertThat(read("timestamp", "tomorrow 10:00", utc)).isEqualTo("2026-03-02 10:00:00");
    assertThat(read("timestamptz", "10:00 yesterday", berlin)).isEqualTo("2026-03-01 10:00:00+01");
    assertThat(read("time", "now", berlin)).isEqualTo("00:30:00");
    assertThat(read("timetz", "now", berlin)).isEqualTo("00:30:00+01");
    assertThat(read("timetz", "10:00 MSK", utc)).isEqualTo("10:00:00+03");
  }

  @Test
  void refusesTextThatIsNoUtf8() {
    SqlType text = TYPES.byOid(Oids.TEXT);
    String[][] bad = {
      {"6100", "0x00"},
      {"ff", "0xff"},
      {"c3", "0xc3"},
      {"c328", "0xc3 0x28"},
      {"c080", "0xc0 0x80"},
      {"e28228", "0xe2 0x82 0x28"},
      {"eda080", "0xed 0xa0 0x80"},
      {"f4908080", "0xf4 0x90 0x80 0x80"},
      {"6161616161616161e2", "0xe2"},
      {"80", "0x80"},
    };
    for (String[] each : bad) {
      byte[] bytes = HexFormat.of().parseHex(each[0]);
      assertRaises(
          () ->
              text.parse(
                  bytes,
                  0,
                  bytes.length,
                  SqlType.NO_TYPMOD,
                  ColumnBuilder.of(text.layout(), 1),
                  TypeContext.DEFAULT),
          SqlState.CHARACTER_NOT_IN_REPERTOIRE,
          "invalid byte sequence for encoding \"UTF8\": " + each[1]);
    }
  }

  private static Column assigned(String type, String text) {
    RecordedValues.Typed typed = RecordedValues.type(type);
    ColumnBuilder builder = ColumnBuilder.of(typed.type().layout(), 1);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    typed.type().parse(bytes, 0, bytes.length, typed.typmod(), builder, TypeContext.DEFAULT);
    ColumnBuilder fitted = ColumnBuilder.of(typed.type().layout(), 1);
    typed.type().coerceLength(builder.build(), 0, typed.typmod(), false, fitted);
    return fitted.build();
  }

  @Test
  void assignmentRefusesWhatAnExplicitCastCuts() {
    assertRaises(
        () -> assigned("varchar(3)", "abcd"),
        SqlState.STRING_DATA_RIGHT_TRUNCATION,
        "value too long for type character varying(3)");
    assertRaises(
        () -> assigned("bpchar(3)", "abcd"),
        SqlState.STRING_DATA_RIGHT_TRUNCATION,
        "value too long for type character(3)");
    assertRaises(
        () -> assigned("varchar(3)[]", "{abcd}"),
        SqlState.STRING_DATA_RIGHT_TRUNCATION,
        "value too long for type character varying(3)");
    assertRaises(
        () -> assigned("bit(3)", "1011"),
        SqlState.STRING_DATA_LENGTH_MISMATCH,
        "bit string length 4 does not match type bit(3)");
    assertRaises(
        () -> assigned("varbit(3)", "1011"),
        SqlState.STRING_DATA_RIGHT_TRUNCATION,
        "bit string too long for type bit varying(3)");
    assertThat(((BytesColumn) assigned("varchar(3)", "ab   ")).string(0)).isEqualTo("ab ");
    assertThat(((BytesColumn) assigned("bpchar(3)", "ab     ")).string(0)).isEqualTo("ab ");
    assertThat(((BytesColumn) assigned("bpchar(3)", "é")).string(0)).isEqualTo("é  ");
  }

  @Test
  void refusesModifiersOutOfBounds() {
    Object[][] cases = {
      {"varchar", new String[] {"0"}, "length for type varchar must be at least 1"},
      {"varchar", new String[] {"10485761"}, "length for type varchar cannot exceed 10485760"},
      {"bpchar", new String[] {"0"}, "length for type char must be at least 1"},
      {"varchar", new String[] {"1", "2"}, "invalid type modifier"},
      {"numeric", new String[] {"0"}, "NUMERIC precision 0 must be between 1 and 1000"},
      {"numeric", new String[] {"1001"}, "NUMERIC precision 1001 must be between 1 and 1000"},
      {"numeric", new String[] {"10", "2000"}, "NUMERIC scale 2000 must be between -1000 and 1000"},
      {"numeric", new String[] {"1", "2", "3"}, "invalid NUMERIC type modifier"},
      {"bit", new String[] {"0"}, "length for type bit must be at least 1"},
      {"timestamp", new String[] {"-1"}, "TIMESTAMP(-1) precision must not be negative"},
    };
    for (Object[] each : cases) {
      SqlType type = TYPES.byName((String) each[0]).get(0);
      assertRaises(
          () -> type.typmodIn((String[]) each[1], 0),
          SqlState.INVALID_PARAMETER_VALUE,
          (String) each[2]);
    }
    assertRaises(
        () -> TYPES.byOid(Oids.TEXT).typmodIn(new String[] {"3"}, 0),
        SqlState.SYNTAX_ERROR,
        "type modifier is not allowed for type \"text\"");
  }

  @Test
  void refusesBadBinaryForms() {
    assertRaises(
        () -> receive("int4", "000001"),
        SqlState.PROTOCOL_VIOLATION,
        "insufficient data left in message");
    assertRaises(
        () -> receive("int4", "0000000100"),
        SqlState.INVALID_BINARY_REPRESENTATION,
        "incorrect binary data format");
    assertRaises(
        () -> receive("numeric", "0001000020000000ffff"),
        SqlState.INVALID_BINARY_REPRESENTATION,
        "invalid sign in external \"numeric\" value");
    assertRaises(
        () -> receive("numeric", "00010000000000002710"),
        SqlState.INVALID_BINARY_REPRESENTATION,
        "invalid digit in external \"numeric\" value");
    assertRaises(
        () -> receive("_int4", "000000010000000000000019000000010000000100000004000000ff"),
        SqlState.DATATYPE_MISMATCH,
        "binary data has array element type 25 (text) instead of expected 23 (integer)");
    assertRaises(
        () -> receive("_int4", "0000000700000000000000170000"),
        SqlState.PROGRAM_LIMIT_EXCEEDED,
        "number of array dimensions (7) exceeds the maximum allowed (6)");
    assertRaises(
        () -> receive("_int4", "000000010000000000000017000000020000000100000004000000ff"),
        SqlState.PROTOCOL_VIOLATION,
        "insufficient data left in message");
    assertRaises(
        () -> receive("_int4", "0000000100000000000000170000000100000001000000020001"),
        SqlState.PROTOCOL_VIOLATION,
        "insufficient data left in message");
    assertRaises(
        () -> receive("_int4", "00000001000000000000001700000001000000010000000500000000ff"),
        SqlState.INVALID_BINARY_REPRESENTATION,
        "improper binary format in array element 1");
    assertRaises(
        () -> receive("date", "7ffffffe"), SqlState.DATETIME_FIELD_OVERFLOW, "date out of range");
    assertRaises(
        () -> receive("time", "7fffffffffffffff"),
        SqlState.DATETIME_FIELD_OVERFLOW,
        "time out of range");
    assertRaises(
        () -> receive("text", "ff"),
        SqlState.CHARACTER_NOT_IN_REPERTOIRE,
        "invalid byte sequence for encoding \"UTF8\": 0xff");
  }

  @Test
  void refusesJsonThatNestsTooDeep() {
    String deep = "[".repeat(100_000);
    for (String type : new String[] {"json", "jsonb"}) {
      assertRaises(
          () -> read(type, deep, TypeContext.DEFAULT),
          SqlState.STATEMENT_TOO_COMPLEX,
          "stack depth limit exceeded");
      String fine = "[".repeat(5000) + "]".repeat(5000);
      assertThat(read(type, fine, TypeContext.DEFAULT)).isEqualTo(fine);
    }
  }

  @Test
  void pseudoTypesHaveNoInput() {
    assertRaises(
        () -> read("anyelement", "x", TypeContext.DEFAULT),
        SqlState.FEATURE_NOT_SUPPORTED,
        "cannot accept a value of type anyelement");
    assertRaises(
        () -> read("trigger", "x", TypeContext.DEFAULT),
        SqlState.FEATURE_NOT_SUPPORTED,
        "cannot accept a value of type trigger");
    assertRaises(
        () -> read("record", "(1)", TypeContext.DEFAULT),
        SqlState.FEATURE_NOT_SUPPORTED,
        "input of anonymous composite types is not implemented");
    assertRaises(
        () -> read("inet", "::1", TypeContext.DEFAULT),
        SqlState.FEATURE_NOT_SUPPORTED,
        "type inet is not supported yet");
  }

  @Test
  void regTypesAskForNames() {
    TypeContext.ObjectNames names =
        new TypeContext.ObjectNames() {
          @Override
          public int oid(String kind, String name) {
            return kind.equals("regclass") && name.equals("public.docs") ? 16384 : 0;
          }

          @Override
          public String name(String kind, int oid) {
            return oid == 16384 ? "docs" : null;
          }
        };
    TypeContext context = at("UTC", names);
    assertThat(read("regclass", "public.docs", context)).isEqualTo("docs");
    assertThat(read("regclass", "16384", context)).isEqualTo("docs");
    assertThat(read("regclass", "16385", context)).isEqualTo("16385");
    assertThat(read("regclass", "-", context)).isEqualTo("-");
  }

  @Test
  void timestampsNearTheLimitsKeepTheirMicroseconds() {
    SqlType type = TYPES.byOid(Oids.TIMESTAMP);
    byte[] text = "294276-12-31 23:59:59.999999".getBytes(StandardCharsets.UTF_8);
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
    type.parse(text, 0, text.length, SqlType.NO_TYPMOD, builder, TypeContext.DEFAULT);
    assertThat(((LongColumn) builder.build()).values()[0]).isEqualTo(CivilDays.TIMESTAMP_END - 1);
  }
}
