package io.quarkgres.engine.exec.sort;

import static io.quarkgres.engine.exec.TestPlans.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.exec.TestPlans;
import io.quarkgres.engine.exec.window.RowBorders;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sorting by codes against sorting by comparing: the order must be the same, ties included. */
class SorterTest {
  private static final String[] LONGS = {
    "-9223372036854775808", "9223372036854775807", "-1", "0", "1", "4611686018427387904"
  };
  private static final String[] INTS = {"-2147483648", "2147483647", "-1", "0", "7", "8", "9"};
  private static final String[] DOUBLES = {
    "NaN", "Infinity", "-Infinity", "0", "-0", "1.5", "-1.5", "4.9e-324", "1.7976931348623157e308"
  };
  private static final String[] DECIMALS = {
    "1.0", "1.00", "-1", "0", "0.000", "12345678.9", "-0.001", "100000000000000000"
  };
  private static final String[] WIDE_DECIMALS = {
    "NaN", "Infinity", "-Infinity", "1e30", "1e-30", "1.0", "1.00", "0"
  };
  private static final String[] WORDS = {"", "a", "ab", "abc", "b", "é", "\u0001"};
  private static final String[] LINKS = {
    "https://host/a",
    "https://host/ab",
    "https://host/",
    "https://host/abcdefghi",
    "https://host/abcdefghij",
    "https://host/abcdefghijklmno"
  };
  private static final String[] BLANKS = {"a", "a  ", "a\u0001", "b", ""};
  private static final String[] BYTES = {"\\x", "\\x00", "\\x0000", "\\x00ff", "\\x01", "\\xff"};
  private static final String[] DAYS = {"infinity", "-infinity", "2024-02-29", "1999-12-31"};
  private static final String[] TRUTHS = {"t", "f"};

  private record Kind(int oid, String[] values) {}

  private static final Kind[] KINDS = {
    new Kind(Oids.INT4, INTS),
    new Kind(Oids.INT8, LONGS),
    new Kind(Oids.FLOAT8, DOUBLES),
    new Kind(Oids.NUMERIC, DECIMALS),
    new Kind(Oids.NUMERIC, WIDE_DECIMALS),
    new Kind(Oids.TEXT, WORDS),
    new Kind(Oids.VARCHAR, LINKS),
    new Kind(Oids.BPCHAR, BLANKS),
    new Kind(Oids.BYTEA, BYTES),
    new Kind(Oids.DATE, DAYS),
    new Kind(Oids.BOOL, TRUTHS),
  };

  @Test
  void ordersAsComparingDoes() {
    for (long seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      int n = random.nextInt(random.nextBoolean() ? 60 : 600);
      int keyCount = 1 + random.nextInt(4);
      Column[] keys = new Column[keyCount];
      SqlType[] types = new SqlType[keyCount];
      boolean[] isDescending = new boolean[keyCount];
      boolean[] nullsFirst = new boolean[keyCount];
      for (int k = 0; k < keyCount; k++) {
        Kind kind = KINDS[random.nextInt(KINDS.length)];
        types[k] = TestPlans.TYPES.byOid(kind.oid());
        keys[k] = column(types[k], values(kind, n, random));
        isDescending[k] = random.nextBoolean();
        nullsFirst[k] = random.nextBoolean();
      }
      RowOrder order = new RowOrder(types, isDescending, nullsFirst);
      int[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparing(i -> i, (a, b) -> order.compare(keys, a, keys, b)))
              .mapToInt(i -> i)
              .toArray();
      assertThat(Sorter.sort(keys, order, n))
          .as("seed %d, %s", seed, Arrays.toString(types))
          .isEqualTo(expected);
      assertThat(RowBorders.of(gathered(keys, expected), order, n))
          .as("borders, seed %d", seed)
          .isEqualTo(borders(keys, order, expected));
    }
  }

  private static String[] values(Kind kind, int n, Random random) {
    int ofNulls = random.nextInt(3) == 0 ? 4 : Integer.MAX_VALUE;
    int kinds = 1 + random.nextInt(kind.values().length);
    String[] result = new String[n];
    for (int i = 0; i < n; i++) {
      result[i] = random.nextInt(ofNulls) == 0 ? null : kind.values()[random.nextInt(kinds)];
    }
    return result;
  }

  private static Column[] gathered(Column[] keys, int[] positions) {
    return RowOutput.gather(keys, positions, positions.length);
  }

  private static boolean[] borders(Column[] keys, RowOrder order, int[] positions) {
    boolean[] result = new boolean[positions.length];
    for (int i = 0; i < positions.length; i++) {
      result[i] = i == 0 || order.compare(keys, positions[i - 1], keys, positions[i]) != 0;
    }
    return result;
  }

  @Test
  void codesOfAnyWidthAreSortedStably() {
    for (int bits = 0; bits <= Long.SIZE; bits++) {
      for (int n : new int[] {0, 1, 2, 31, 33, 1000, 9000}) {
        Random random = new Random(31L * bits + n);
        long[] codes = new long[n];
        for (int i = 0; i < n; i++) {
          codes[i] = bits == 0 ? 0 : random.nextLong() >>> Long.SIZE - bits;
        }
        long[] before = codes.clone();
        int[] expected =
            IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Long.compareUnsigned(before[a], before[b]))
                .mapToInt(i -> i)
                .toArray();
        assertThat(RadixSort.order(codes, bits)).as("%d bits, %d", bits, n).isEqualTo(expected);
        assertThat(codes).isEqualTo(before);
      }
    }
  }

  @Test
  void severalNumbersShareOneCode() {
    SqlType int4 = TestPlans.INT4;
    Column[] keys = {column(int4, "1", "2", "1"), column(int4, "900", "100", "500")};
    RowOrder order = RowOrder.ascending(int4, int4);
    SortCodes codes = SortCodes.of(keys, order, 3);
    assertThat(codes.bits()).isEqualTo(1 + 10);
    assertThat(codes.exactKeys()).isEqualTo(2);
  }
}
