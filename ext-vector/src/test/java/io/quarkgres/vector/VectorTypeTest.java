package io.quarkgres.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.FloatArrayBuilder;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.error.SqlException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The type vector: what the recorded calls do not reach. */
class VectorTypeTest {
  private static final VectorType TYPE = VectorType.INSTANCE;

  private static FloatArrayColumn column(float[]... values) {
    FloatArrayBuilder builder = new FloatArrayBuilder(values.length);
    for (float[] value : values) {
      builder.append(value);
    }
    return builder.build();
  }

  private static FloatArrayColumn received(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    FloatArrayBuilder out = new FloatArrayBuilder(1);
    TYPE.receive(bytes, 0, bytes.length, -1, out, TypeContext.DEFAULT);
    return out.build();
  }

  @Test
  void receivesWhatItSends() {
    assertThat(received("000200003f800000c0200000").copy(0)).containsExactly(1f, -2.5f);
  }

  @ParameterizedTest
  @CsvSource({
    "0000, 08P01, insufficient data left in message",
    "00000000, 22000, vector must have at least 1 dimension",
    "ffff0000, 22000, vector must have at least 1 dimension",
    "3e810000, 54000, vector cannot have more than 16000 dimensions",
    "000100013f800000, 22000, 'expected unused to be 0, not 1'",
    "000200003f800000, 08P01, insufficient data left in message",
    "000100003f80000000, 22P03, incorrect binary data format",
    "000100007fc00000, 22000, NaN not allowed in vector",
    "00010000ff800000, 22000, infinite value not allowed in vector"
  })
  void refusesBadBinary(String hex, String state, String message) {
    assertThatThrownBy(() -> received(hex))
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state().code()).isEqualTo(state))
        .hasMessage(message);
  }

  @Test
  void readsSixteenThousandDimensionsAndNotOneMore() {
    String most = "[" + "1,".repeat(15_999) + "1]";
    assertThat(RecordedCalls.text(most)).startsWith(most + " 3e800000");
    assertThat(RecordedCalls.text("[" + "1,".repeat(16_000) + "1]"))
        .isEqualTo("ERROR 54000 vector cannot have more than 16000 dimensions");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 22023, dimensions for type vector must be at least 1",
    "-3, 22023, dimensions for type vector must be at least 1",
    "16001, 22023, dimensions for type vector cannot exceed 16000",
    "x, 22P02, 'invalid input syntax for type integer: \"x\"'"
  })
  void refusesBadModifiers(String modifier, String state, String message) {
    assertThatThrownBy(() -> TYPE.typmodIn(new String[] {modifier}, 3))
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state().code()).isEqualTo(state))
        .hasMessage(message);
  }

  @Test
  void theModifierIsTheNumberOfDimensions() {
    assertThat(TYPE.typmodIn(new String[] {"1536"}, 0)).isEqualTo(1536);
    assertThat(TYPE.typmodOut(1536)).isEqualTo("(1536)");
    assertThat(TYPE.typmodOut(-1)).isEmpty();
  }

  @Test
  void readsEveryPrintedFloatBackAndAsFloatDoes() {
    Random random = new Random(20);
    for (int i = 0; i < 200_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        ByteSink text = new ByteSink(32);
        TYPE.print(column(new float[] {value}), 0, text, TypeContext.DEFAULT);
        float back = element(Arrays.copyOf(text.array(), text.size()));
        assertThat(Float.floatToIntBits(back))
            .as(text.toString())
            .isEqualTo(Float.floatToIntBits(value));
      }
    }
  }

  @Test
  void readsDecimalsAsJavaDoes() {
    Random random = new Random(21);
    for (int i = 0; i < 200_000; i++) {
      checkDecimal(
          random.nextInt(1_000_000_000)
              + "."
              + random.nextInt(1_000_000)
              + "e"
              + (random.nextInt(70) - 45));
      checkDecimal(digits(random, random.nextInt(12)) + "." + digits(random, random.nextInt(30)));
      checkDecimal(Double.toString(random.nextGaussian() * Math.pow(10, -random.nextInt(20))));
    }
  }

  /** Those exactly between two floats, and as near to that as a double can be, go either way. */
  @Test
  void readsDecimalsInTheMiddleOfTwoFloatsAsJavaDoes() {
    Random random = new Random(22);
    for (int i = 0; i < 20_000; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(10, 6 - random.nextInt(14)));
      double middle = (value + (double) Math.nextUp(value)) / 2;
      checkDecimal(new BigDecimal(middle).toPlainString());
      checkDecimal(new BigDecimal(Math.nextUp(middle)).toPlainString());
      checkDecimal(new BigDecimal(Math.nextDown(middle)).toPlainString());
      checkDecimal(Double.toString(middle));
      checkDecimal(new BigDecimal(middle).toPlainString() + "1");
    }
  }

  private static String digits(Random random, int n) {
    StringBuilder result = new StringBuilder(Integer.toString(random.nextInt(2)));
    for (int i = 0; i < n; i++) {
      result.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
    }
    return result.toString();
  }

  private static void checkDecimal(String number) {
    float expected = Float.parseFloat(number);
    if (Float.isFinite(expected)) {
      for (String text : new String[] {"[" + number + "]", "[" + number + ",1,22,333,4444]"}) {
        float found = element(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(Float.floatToIntBits(found))
            .as(number)
            .isEqualTo(Float.floatToIntBits(expected));
      }
    }
  }

  private static float element(byte[] text) {
    FloatArrayBuilder out = new FloatArrayBuilder(1);
    new VectorParser(text, 0, text.length, Precision.SINGLE).parse(out);
    return out.build().copy(0)[0];
  }

  @Test
  void orderHashAndSortKeysAgree() {
    float[][] values = {
      {-1},
      {-0f},
      {0},
      {0, 1},
      {1e-40f},
      {1},
      {1, -2},
      {1, 0},
      {1, -0f},
      {1, 2, 3},
      {1, 3},
      {Float.MAX_VALUE},
      {-Float.MAX_VALUE}
    };
    FloatArrayColumn column = column(values);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        int order = TYPE.compare(column, i, column, j);
        assertThat(Integer.signum(Arrays.compareUnsigned(key(column, i), key(column, j))))
            .as(Arrays.toString(values[i]) + " and " + Arrays.toString(values[j]))
            .isEqualTo(order);
        if (order == 0) {
          assertThat(TYPE.hash(column, i)).isEqualTo(TYPE.hash(column, j));
        }
      }
    }
  }

  private static byte[] key(FloatArrayColumn column, int position) {
    ByteSink out = new ByteSink(32);
    TYPE.sortKey(column, position, out);
    return out.toByteArray();
  }

  @Test
  void coercionChecksTheDimensions() {
    FloatArrayBuilder out = new FloatArrayBuilder(1);
    FloatArrayColumn column = column(new float[] {1, 2});
    assertThatThrownBy(() -> TYPE.coerceLength(column, 0, 3, true, out))
        .hasMessage("expected 3 dimensions, not 2");
    TYPE.coerceLength(column, 0, 2, false, out);
    assertThat(out.build().copy(0)).containsExactly(1f, 2f);
  }
}
