package io.quarkgres.engine.type.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What column encoders write is what the type writes value by value. */
class ColumnEncoderTest {
  private static final TypeRegistry TYPES = BuiltinTypes.registry();

  @Test
  void wholeNumbersOfEveryLength() {
    String[] values = new String[80];
    values[0] = Long.toString(Long.MIN_VALUE);
    values[1] = Long.toString(Long.MAX_VALUE);
    values[2] = "0";
    values[3] = null;
    long power = 1;
    for (int i = 4; i + 3 < values.length; i += 4) {
      values[i] = Long.toString(power);
      values[i + 1] = Long.toString(-power);
      values[i + 2] = Long.toString(power - 1);
      values[i + 3] = Long.toString(1 - power);
      power = i < 76 ? power * 10 : power;
    }
    check(Oids.INT8, values);
  }

  @Test
  void eightDigitsSideBySide() {
    Random random = new Random(8);
    for (int i = 0; i < 2_000_000; i++) {
      int value = i < 1_000_000 ? i : random.nextInt(100_000_000);
      long digits = WholeNumberText.digits(value);
      int read = 0;
      for (int b = 0; b < Long.BYTES; b++) {
        read = read * 10 + (int) (digits >>> 8 * b & 0xff);
      }
      assertThat(read).isEqualTo(value);
    }
  }

  @Test
  void valuesOfManyTypes() {
    check(Oids.INT4, "-2147483648", "2147483647", "0", null, "-1", "99", "100", "-100", "12345");
    check(Oids.INT2, "-32768", "32767", null, "0");
    check(Oids.FLOAT8, "NaN", "-0", "1.5", null, "1e300", "-Infinity", "0.1");
    check(Oids.FLOAT4, "NaN", "-0", "1.5", null, "1e30");
    check(Oids.TEXT, "", "ab", null, "Grüße", "x".repeat(5000));
    check(Oids.BPCHAR, "a ", null);
    check(Oids.BYTEA, "\\x", "\\x00ff", null);
    check(Oids.BOOL, "t", null, "f");
    check(Oids.DATE, "infinity", "2024-02-29", null);
    check(Oids.TIMESTAMP, "infinity", "2024-02-29 01:02:03.5", null);
    check(Oids.TIME, "01:02:03", null);
    check(Oids.NUMERIC, "1.00", null, "NaN", "-123456789012345678901234567890.5");
    check(Oids.JSON, "{}", null, "[1, 2]");
    check(Oids.JSONB, "{}", null, "[1, 2]");
    check(Oids.UUID, "00112233-4455-6677-8899-aabbccddeeff", null);
  }

  private static void check(int oid, String... values) {
    SqlType type = TYPES.byOid(oid);
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), values.length);
    for (String value : values) {
      if (value == null) {
        builder.appendNull();
      } else {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        type.parse(text, 0, text.length, -1, builder, TypeContext.DEFAULT);
      }
    }
    Column column = builder.build();
    Random random = new Random(oid);
    int[] positions = random.ints(200, 0, values.length).toArray();
    check(type, column, positions, false);
    check(type, column, positions, true);
  }

  private static void check(SqlType type, Column column, int[] positions, boolean isBinary) {
    ColumnEncoder encoder = ColumnEncoder.of(type, isBinary, TypeContext.DEFAULT);
    for (int n : new int[] {positions.length, 1, 0}) {
      encoder.measure(column, positions, n);
      int[] offsets = new int[n];
      int end = 0;
      for (int i = 0; i < n; i++) {
        offsets[i] = end;
        end += Math.max(0, encoder.lengths()[i]);
      }
      int[] starts = offsets.clone();
      byte[] target = new byte[end + ColumnEncoder.SLACK_BYTES];
      encoder.write(target, offsets, 0, n / 2);
      encoder.write(target, offsets, n / 2, n);
      for (int i = 0; i < n; i++) {
        boolean isNull = column.isNull(positions[i]);
        assertThat(encoder.lengths()[i] == ColumnEncoder.NULL).isEqualTo(isNull);
        assertThat(Arrays.copyOfRange(target, starts[i], offsets[i]))
            .as("%s %d, binary %s", type, positions[i], isBinary)
            .isEqualTo(isNull ? new byte[0] : bytes(type, column, positions[i], isBinary));
      }
    }
  }

  private static byte[] bytes(SqlType type, Column column, int position, boolean isBinary) {
    ByteSink sink = new ByteSink(16);
    if (isBinary) {
      type.send(column, position, sink, TypeContext.DEFAULT);
    } else {
      type.print(column, position, sink, TypeContext.DEFAULT);
    }
    return sink.toByteArray();
  }
}
