package io.quarkgres.engine.function.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the short way from floats to numeric with exact arithmetic. */
class FloatDecimalsTest {
  private static final long SEED = 31L;
  private static final int ROUNDS = 200_000;

  private int written;

  @Test
  void agreesWithExactArithmetic() {
    Random random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      double whole = random.nextInt(1, 1_000_000_000);
      check(whole / Math.pow(10, random.nextInt(12)), 15);
      check(-random.nextDouble() * Math.pow(10, random.nextInt(-6, 17)), 15);
      check((float) (whole / Math.pow(10, random.nextInt(12))), 6);
      check(Double.longBitsToDouble(random.nextLong()), 15);
      double edge = Math.pow(10, random.nextInt(-6, 17));
      check(random.nextBoolean() ? Math.nextDown(edge) : Math.nextUp(edge), 15);
      check(edge, 6);
      check((random.nextInt(2_000_000) + 0.5) / 100, 6);
    }
    assertThat(written).as("values that need no big number").isGreaterThan(2 * ROUNDS);
  }

  private void check(double value, int digits) {
    DecimalOut out = new DecimalOut(1);
    if (!FloatDecimals.set(out, 0, value, digits)) {
      return;
    }
    written++;
    DecimalColumn column = out.build();
    BigDecimal exact =
        new BigDecimal(value)
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    BigDecimal wanted = exact.scale() < 0 ? exact.setScale(0) : exact;
    assertThat(column.decimal(0)).as("%s to %d digits", value, digits).isEqualTo(wanted);
  }
}
