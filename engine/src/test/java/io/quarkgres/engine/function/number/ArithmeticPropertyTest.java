package io.quarkgres.engine.function.number;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** Compares the loops with exact arithmetic on random operands, near the bounds above all. */
class ArithmeticPropertyTest {
  private static final int ROUNDS = 20_000;
  private static final long SEED = 20_241_121L;

  private final Random random = new Random(SEED);

  private interface IntLoop {
    int[] apply(int[] left, int[] right, Selection rows, int size);
  }

  private interface LongLoop {
    long[] apply(long[] left, long[] right, Selection rows, int size);
  }

  private long edge(int bits) {
    long value =
        switch (random.nextInt(5)) {
          case 0 -> -1L << (bits - 1);
          case 1 -> ~(-1L << (bits - 1));
          case 2 -> random.nextInt(5) - 2;
          case 3 -> 1L << random.nextInt(bits - 1);
          default -> random.nextLong() >> (64 - bits) >> random.nextInt(bits);
        };
    long near = value + random.nextInt(3) - 1;
    return bits == 64 ? near : near << (64 - bits) >> (64 - bits);
  }

  private void checkInts(String name, IntLoop loop, BinaryOperator<BigInteger> exact) {
    for (int i = 0; i < ROUNDS; i++) {
      int left = (int) edge(32);
      int right = (int) edge(32);
      String result;
      try {
        int[] out =
            loop.apply(
                new int[] {0, left}, new int[] {1, right}, new Selection(new int[] {1}, 1), 2);
        assertThat(loop.apply(new int[] {left}, new int[] {right}, Selection.dense(1), 1)[0])
            .isEqualTo(out[1]);
        result = Integer.toString(out[1]);
      } catch (SqlException e) {
        result = e.state().code();
      }
      String wanted = wanted(exact, left, right, 32);
      assertThat(result).as("seed %d: %s(%d, %d)", SEED, name, left, right).isEqualTo(wanted);
    }
  }

  private void checkLongs(String name, LongLoop loop, BinaryOperator<BigInteger> exact) {
    for (int i = 0; i < ROUNDS; i++) {
      long left = edge(64);
      long right = edge(64);
      String result;
      try {
        long[] out = loop.apply(new long[] {left}, new long[] {right}, Selection.dense(1), 1);
        result = Long.toString(out[0]);
      } catch (SqlException e) {
        result = e.state().code();
      }
      String wanted = wanted(exact, left, right, 64);
      assertThat(result).as("seed %d: %s(%d, %d)", SEED, name, left, right).isEqualTo(wanted);
    }
  }

  private static String wanted(BinaryOperator<BigInteger> exact, long left, long right, int bits) {
    try {
      BigInteger value = exact.apply(BigInteger.valueOf(left), BigInteger.valueOf(right));
      return value.bitLength() < bits ? value.toString() : "22003";
    } catch (ArithmeticException e) {
      return "22012";
    }
  }

  @Test
  void integersOverflowWhereTheExactResultDoes() {
    checkInts("add", IntArithmetic::add, BigInteger::add);
    checkInts("subtract", IntArithmetic::subtract, BigInteger::subtract);
    checkInts("multiply", IntArithmetic::multiply, BigInteger::multiply);
    checkInts("divide", IntArithmetic::divide, BigInteger::divide);
    checkInts("modulo", IntArithmetic::modulo, BigInteger::remainder);
  }

  @Test
  void bigintsOverflowWhereTheExactResultDoes() {
    checkLongs("add", LongArithmetic::add, BigInteger::add);
    checkLongs("subtract", LongArithmetic::subtract, BigInteger::subtract);
    checkLongs("multiply", LongArithmetic::multiply, BigInteger::multiply);
    checkLongs("divide", LongArithmetic::divide, BigInteger::divide);
    checkLongs("modulo", LongArithmetic::modulo, BigInteger::remainder);
  }

  @Test
  void numericsAreExactOnEveryPath() {
    for (int i = 0; i < ROUNDS; i++) {
      BigDecimal left = decimal();
      BigDecimal right = decimal();
      DecimalColumn l = column(left);
      DecimalColumn r = column(right);
      Selection one = Selection.dense(1);
      assertThat(NumericArithmetic.add(l, r, false, one, 1).decimal(0))
          .as("seed %d: %s + %s", SEED, left, right)
          .isEqualTo(left.add(right));
      assertThat(NumericArithmetic.add(l, r, true, one, 1).decimal(0))
          .as("seed %d: %s - %s", SEED, left, right)
          .isEqualTo(left.subtract(right));
      assertThat(NumericArithmetic.multiply(l, r, one, 1).decimal(0))
          .as("seed %d: %s * %s", SEED, left, right)
          .isEqualTo(left.multiply(right));
      if (right.signum() != 0) {
        assertThat(NumericArithmetic.divide(l, r, one, 1).decimal(0))
            .as("seed %d: %s / %s", SEED, left, right)
            .isEqualTo(Decimals.divide(left, right));
      }
    }
  }

  private BigDecimal decimal() {
    BigInteger digits =
        random.nextInt(4) == 0
            ? new BigInteger(random.nextInt(1, 200), random)
            : BigInteger.valueOf(edge(64));
    return new BigDecimal(random.nextBoolean() ? digits.negate() : digits, random.nextInt(0, 25));
  }

  private static DecimalColumn column(BigDecimal value) {
    DecimalBuilder builder = new DecimalBuilder(1);
    builder.append(value);
    return builder.build();
  }
}
