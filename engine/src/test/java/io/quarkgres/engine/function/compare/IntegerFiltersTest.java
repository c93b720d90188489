package io.quarkgres.engine.function.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The filters of integers keep what the comparisons find true, with whatever bounds are known. */
class IntegerFiltersTest {
  private static final int ROWS = 70;

  private static Selection rows(Random random) {
    int[] positions = new int[ROWS];
    int n = 0;
    for (int i = 0; i < ROWS; i++) {
      positions[n] = i;
      n += random.nextBoolean() ? 1 : 0;
    }
    return random.nextBoolean() ? Selection.dense(ROWS) : new Selection(positions, n);
  }

  private static int[] values(Random random) {
    int[] values = new int[ROWS];
    int base = random.nextInt(4) - 2;
    int spread = random.nextInt(4) + 1;
    for (int i = 0; i < ROWS; i++) {
      values[i] = base + random.nextInt(spread);
    }
    return values;
  }

  private static IntColumn ints(int[] values, boolean knowsBounds) {
    return knowsBounds
        ? new IntColumn(
            values,
            null,
            ROWS,
            Arrays.stream(values).min().getAsInt(),
            Arrays.stream(values).max().getAsInt())
        : new IntColumn(values, null, ROWS);
  }

  private static LongColumn longs(int[] values, boolean knowsBounds) {
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    return knowsBounds
        ? new LongColumn(
            wide,
            null,
            ROWS,
            Arrays.stream(wide).min().getAsLong(),
            Arrays.stream(wide).max().getAsLong())
        : new LongColumn(wide, null, ROWS);
  }

  private static void assertKept(Selection kept, Selection rows, boolean[] expected) {
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      if (expected[rows.position(i)]) {
        assertThat(kept.position(n++)).isEqualTo(rows.position(i));
      }
    }
    assertThat(kept.count()).isEqualTo(n);
  }

  @Test
  void keepWhatTheComparisonsFindTrue() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int[] l = values(random);
      int[] r = values(random);
      boolean knows = random.nextBoolean();
      Selection rows = rows(random);
      IntColumn left = ints(l, knows);
      IntColumn right = ints(r, random.nextBoolean());
      LongColumn wideLeft = longs(l, knows);
      LongColumn wideRight = longs(r, random.nextBoolean());
      boolean[] equal = IntComparisons.equal(l, r, rows, ROWS);
      boolean[] notEqual = IntComparisons.notEqual(l, r, rows, ROWS);
      boolean[] less = IntComparisons.less(l, r, rows, ROWS);
      boolean[] lessEqual = IntComparisons.lessEqual(l, r, rows, ROWS);
      assertKept(IntFilters.equal(left, right, rows), rows, equal);
      assertKept(IntFilters.notEqual(left, right, rows), rows, notEqual);
      assertKept(IntFilters.less(left, right, rows), rows, less);
      assertKept(IntFilters.lessEqual(left, right, rows), rows, lessEqual);
      assertKept(LongFilters.equal(wideLeft, wideRight, rows), rows, equal);
      assertKept(LongFilters.notEqual(wideLeft, wideRight, rows), rows, notEqual);
      assertKept(LongFilters.less(wideLeft, wideRight, rows), rows, less);
      assertKept(LongFilters.lessEqual(wideLeft, wideRight, rows), rows, lessEqual);
    }
  }
}
