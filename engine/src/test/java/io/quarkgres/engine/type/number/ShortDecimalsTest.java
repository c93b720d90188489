package io.quarkgres.engine.type.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.spi.data.ByteSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the short way of floating-point text with Java's own conversions. */
class ShortDecimalsTest {
  private static final long SEED = 20_261_121;
  private static final int RUNS = 200_000;

  private static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return ShortDecimals.parse(bytes, 0, bytes.length);
  }

  @Test
  void readsWhatJavaReads() {
    Random random = new Random(SEED);
    for (int i = 0; i < RUNS; i++) {
      long digits = random.nextLong(Digits.power(1 + random.nextInt(15)));
      int scale = random.nextInt(13);
      String text =
          (random.nextBoolean() ? "-" : "") + BigDecimal.valueOf(digits, scale).toPlainString();
      double value = parse(text);
      if (!Double.isNaN(value)) {
        assertThat(Double.doubleToRawLongBits(value))
            .as(text)
            .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
      }
    }
  }

  @Test
  void leavesEverythingElseToTheGeneralWay() {
    for (String text :
        new String[] {"-", ".", "-.", "1e5", "1..2", "1.2.3", "+1", " 1", "1 ", "nan", "0x1p3"}) {
      assertThat(parse(text)).as(text).isNaN();
    }
    assertThat(parse("1234567890123456")).isNaN();
    assertThat(parse("1.")).isEqualTo(1.0);
    assertThat(parse(".5")).isEqualTo(0.5);
    assertThat(1 / parse("-0")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void writesTheShortestDigits() {
    Random random = new Random(SEED);
    int written = 0;
    for (int i = 0; i < RUNS; i++) {
      double value =
          switch (i % 4) {
            case 0 -> random.nextInt(1_000_000_000) / 100.0 + 0.01;
            case 1 -> random.nextDouble();
            case 2 -> (1 + random.nextInt(1 << 20)) / 64.0;
            default -> Math.scalb(1 + random.nextDouble(), random.nextInt(60) - 15);
          };
      ByteSink out = new ByteSink(32);
      if (value > 0 && value != Math.rint(value) && ShortDecimals.print(value, out)) {
        written++;
        String text = out.toString();
        assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
        assertThat(new BigDecimal(text).stripTrailingZeros())
            .isEqualTo(new BigDecimal(Double.toString(value)).stripTrailingZeros());
        assertThat(text).doesNotEndWith("0");
      }
    }
    assertThat(written).isGreaterThan(RUNS / 4);
  }
}
