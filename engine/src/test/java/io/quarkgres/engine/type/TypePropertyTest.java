package io.quarkgres.engine.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.engine.type.number.FloatText;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Random values: forms read back what they wrote, and order, equality, hash and sort key agree. */
class TypePropertyTest {
  private static final long SEED = Long.getLong("quarkgres.seed", 20260101L);
  private static final int VALUES = 200;
  private static final TypeRegistry TYPES = BuiltinTypes.registry();

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String number(Random random) {
    BigInteger digits = new BigInteger(random.nextInt(1, 200), random);
    BigDecimal value = new BigDecimal(digits, random.nextInt(0, 40));
    String text = random.nextInt(4) == 0 ? "" + random.nextInt(-5, 5) : value.toPlainString();
    return pick(
        random,
        text,
        text.startsWith("-") ? text : "-" + text,
        text + (text.contains(".") ? "0" : ".0"));
  }

  private static String timestamp(Random random) {
    return String.format(
        "%04d-%02d-%02d %02d:%02d:%02d.%06d%s",
        random.nextInt(1, 4700),
        random.nextInt(1, 13),
        random.nextInt(1, 29),
        random.nextInt(24),
        random.nextInt(60),
        random.nextInt(60),
        random.nextInt(1000000),
        pick(random, "", " BC"));
  }

  private static String interval(Random random) {
    return random.nextInt(-30, 30)
        + " mons "
        + random.nextInt(-90, 90)
        + " days "
        + random.nextInt(-72, 72)
        + ":"
        + random.nextInt(10, 60)
        + ":00."
        + random.nextInt(0, 2);
  }

  private static String word(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(
          pick(random, "a", "b", "B", " ", "é", "\u0001", "\"", "\\", ",", "{", "😀", "null"));
    }
    return text.toString();
  }

  private static String json(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 4 : 6)) {
      case 0 -> pick(random, "null", "true", "false");
      case 1 -> number(random).replaceAll("^(-?)\\.", "$10.");
      case 2, 3 -> jsonString(word(random));
      case 4 -> jsonList(random, depth, false);
      default -> jsonList(random, depth, true);
    };
  }

  private static String jsonList(Random random, int depth, boolean object) {
    List<String> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String key = object ? jsonString(pick(random, "a", "b", "cc", word(random))) + ":" : "";
      items.add(key + json(random, depth + 1));
    }
    return (object ? "{" : "[") + String.join(" , ", items) + (object ? "}" : "]");
  }

  private static String jsonString(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0001", "\\u0001")
        + "\"";
  }

  private static Column columnOf(SqlType type, Function<Random, String> source, Random random) {
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), VALUES);
    for (int i = 0; i < VALUES; i++) {
      byte[] text = source.apply(random).getBytes(StandardCharsets.UTF_8);
      type.parse(text, 0, text.length, SqlType.NO_TYPMOD, builder, TypeContext.DEFAULT);
    }
    return builder.build();
  }

  private void check(String name, Function<Random, String> source) {
    SqlType type = TYPES.byName(name).get(0);
    Column column = columnOf(type, source, new Random(SEED));
    checkForms(type, column);
    checkOrder(type, column);
  }

  private static String print(SqlType type, Column column, int i) {
    ByteSink sink = new ByteSink(16);
    type.print(column, i, sink, TypeContext.DEFAULT);
    return sink.toString();
  }

  private void checkForms(SqlType type, Column column) {
    for (int i = 0; i < VALUES; i++) {
      String text = print(type, column, i);
      ColumnBuilder again = ColumnBuilder.of(type.layout(), 3);
      ByteSink sink = new ByteSink(16);
      sink.putUtf8(text);
      type.parse(sink.array(), 0, sink.size(), SqlType.NO_TYPMOD, again, TypeContext.DEFAULT);
      sink.truncate(0);
      type.send(column, i, sink, TypeContext.DEFAULT);
      type.receive(sink.array(), 0, sink.size(), SqlType.NO_TYPMOD, again, TypeContext.DEFAULT);
      sink.truncate(0);
      Datums.write(column, i, sink);
      Datums.read(sink.array(), 0, again);
      Column read = again.build();
      for (int form = 0; form < 3; form++) {
        assertThat(print(type, read, form))
            .as("%s, form %d, seed %d", type, form, SEED)
            .isEqualTo(text);
        assertThat(type.equal(column, i, read, form))
            .as("%s %s, seed %d", type, text, SEED)
            .isTrue();
      }
    }
  }

  private static byte[] sortKey(SqlType type, Column column, int i) {
    ByteSink sink = new ByteSink(16);
    type.sortKey(column, i, sink);
    return sink.toByteArray();
  }

  private void checkOrder(SqlType type, Column column) {
    byte[][] keys = new byte[VALUES][];
    for (int i = 0; i < VALUES; i++) {
      keys[i] = sortKey(type, column, i);
    }
    for (int i = 0; i < VALUES; i++) {
      for (int j = 0; j < VALUES; j++) {
        int order = Integer.signum(type.compare(column, i, column, j));
        String what = type + ": " + print(type, column, i) + " and " + print(type, column, j);
        int reverse = Integer.signum(type.compare(column, j, column, i));
        boolean agree =
            order == -reverse
                && order == Integer.signum(Arrays.compareUnsigned(keys[i], keys[j]))
                && (order == 0) == type.equal(column, i, column, j)
                && (order != 0 || type.hash(column, i) == type.hash(column, j));
        if (!agree) {
          assertThat(agree).as("%s, seed %d", what, SEED).isTrue();
        }
      }
    }
  }

  @Test
  void numbers() {
    check("int2", random -> "" + (short) random.nextInt());
    check("int4", random -> "" + random.nextInt());
    check("int8", random -> "" + (random.nextBoolean() ? random.nextLong() : random.nextInt(3)));
    check("oid", random -> Integer.toUnsignedString(random.nextInt()));
    check("numeric", TypePropertyTest::number);
    check(
        "numeric", random -> pick(random, "NaN", "Infinity", "-Infinity", "0", "0.0", "1", "1.0"));
  }

  @Test
  void floats() {
    check("float8", random -> "" + Double.longBitsToDouble(random.nextLong()));
    check("float8", random -> pick(random, "0", "-0", "NaN", "Infinity", "-Infinity", "1", "1.5"));
    check("float4", random -> "" + Float.intBitsToFloat(random.nextInt()));
  }

  @Test
  void floatsHaveShortestDigits() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value)) {
        continue;
      }
      ByteSink sink = new ByteSink(32);
      FloatText.print(value, false, 1, sink);
      String text = sink.toString();
      assertThat(Double.parseDouble(text)).as("seed %d", SEED).isEqualTo(value);
      int digits = new BigDecimal(text).stripTrailingZeros().precision();
      int javaDigits = new BigDecimal(Double.toString(value)).stripTrailingZeros().precision();
      assertThat(digits).as("%s, seed %d", text, SEED).isLessThanOrEqualTo(javaDigits + 1);
    }
  }

  @Test
  void texts() {
    check("text", TypePropertyTest::word);
    check("varchar", TypePropertyTest::word);
    check("bpchar", random -> word(random) + " ".repeat(random.nextInt(3)));
    check("name", TypePropertyTest::word);
    check("bytea", random -> "\\x" + "00ff01".substring(0, 2 * random.nextInt(4)));
    check("uuid", random -> new UUID(random.nextLong(), random.nextLong()).toString());
    check("varbit", random -> Integer.toBinaryString(random.nextInt(64)));
  }

  @Test
  void datesAndTimes() {
    check("date", random -> timestamp(random).replaceAll(" .*[0-9]", ""));
    check("timestamp", TypePropertyTest::timestamp);
    check("timestamptz", TypePropertyTest::timestamp);
    check("time", random -> timestamp(random).substring(11, 26));
    check(
        "timetz",
        random ->
            timestamp(random).substring(11, 13) + ":00" + pick(random, "+00", "-01", "+02:30"));
    check("interval", TypePropertyTest::interval);
  }

  @Test
  void json() {
    check("jsonb", random -> json(random, 0));
  }

  @Test
  void arrays() {
    check(
        "_int4",
        random ->
            pick(random, "", "[0:1]=")
                + "{"
                + random.nextInt(3)
                + ","
                + pick(random, "NULL", "1")
                + "}");
    check(
        "_int4",
        random -> pick(random, "{}", "{1}", "{1,2}", "{{1,2}}", "{{1},{2}}", "{NULL}", "{1,NULL}"));
    check(
        "_text",
        random -> {
          ColumnBuilder elements = ColumnBuilder.of(TYPES.byOid(Oids.TEXT).layout(), 3);
          for (int i = random.nextInt(4); i > 0; i--) {
            ((BytesBuilder) elements).append(word(random));
          }
          ColumnBuilder array = ColumnBuilder.of(TYPES.byOid(Oids.TEXT_ARRAY).layout(), 1);
          ArrayValue.of(Oids.TEXT, elements.build()).appendTo(array);
          return print(TYPES.byOid(Oids.TEXT_ARRAY), array.build(), 0);
        });
    check("_interval", random -> "{\"" + interval(random) + "\"}");
  }
}
