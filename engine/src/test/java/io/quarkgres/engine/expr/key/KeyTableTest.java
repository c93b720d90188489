package io.quarkgres.engine.expr.key;

import static io.quarkgres.engine.exec.TestPlans.INT4;
import static io.quarkgres.engine.exec.TestPlans.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.exec.TestPlans;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.ByteDictionary;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key tables of all kinds number keys as a map of rows does. */
class KeyTableTest {
  private static final SqlType INT8 = TestPlans.TYPES.byOid(Oids.INT8);
  private static final SqlType FLOAT8 = TestPlans.TYPES.byOid(Oids.FLOAT8);
  private static final int ROWS = 300;

  /** Values that a seed draws from: near each other, far apart, at the ends of the range. */
  private static long integer(Random random, int spread, int bits) {
    long value =
        switch (spread) {
          case 0 -> random.nextInt(20) - 10;
          case 1 -> 1_000_000 - random.nextInt(3000);
          case 2 -> random.nextLong();
          default -> random.nextBoolean() ? Long.MIN_VALUE + random.nextInt(9) : Long.MAX_VALUE;
        };
    return bits == 64 ? value : (int) (spread == 3 ? value >> 32 : value);
  }

  private static Column column(SqlType type, Random random, int spread, List<String> values) {
    boolean hasNulls = random.nextInt(3) == 0;
    if (type == TEXT) {
      return texts(random, spread, hasNulls, values);
    }
    IntBuilder ints = new IntBuilder(ROWS);
    LongBuilder longs = new LongBuilder(ROWS);
    for (int i = 0; i < ROWS; i++) {
      if (hasNulls && random.nextInt(5) == 0) {
        ints.appendNull();
        longs.appendNull();
        values.add(null);
      } else {
        long value = integer(random, spread, type == INT4 ? 32 : 64);
        ints.append((int) value);
        longs.append(value);
        values.add(Long.toString(value));
      }
    }
    return type == INT4 ? ints.build() : longs.build();
  }

  private static Column texts(Random random, int spread, boolean hasNulls, List<String> values) {
    int different = spread % 2 == 0 ? 7 : 100_000;
    BytesBuilder texts = new BytesBuilder(ROWS);
    byte[] codes = new byte[ROWS];
    BytesBuilder strings = new BytesBuilder(7);
    for (int i = 0; i < 7; i++) {
      strings.append(text(i));
    }
    for (int i = 0; i < ROWS; i++) {
      int number = random.nextInt(different);
      codes[i] = (byte) (number % 7);
      boolean isNull = hasNulls && random.nextInt(5) == 0;
      values.add(isNull ? null : text(number));
      if (isNull) {
        texts.appendNull();
      } else {
        texts.append(text(number));
      }
    }
    BytesColumn plain = texts.build();
    if (different > 7 || random.nextBoolean()) {
      return plain;
    }
    BytesColumn s = strings.build();
    ByteDictionary dictionary = new ByteDictionary(s.heap(), s.starts(), s.lengths(), 7);
    return new BytesColumn(
        plain.heap(), plain.starts(), plain.lengths(), plain.nulls(), ROWS, codes, dictionary);
  }

  private static String text(int number) {
    return "abcdefghijklmnopqrst".substring(0, number % 19) + number;
  }

  private static Selection rows(Random random) {
    int[] positions = new int[ROWS];
    int n = 0;
    boolean isDense = random.nextBoolean();
    for (int i = 0; i < ROWS; i++) {
      positions[n] = i;
      n += isDense || random.nextInt(3) > 0 ? 1 : 0;
    }
    return isDense ? Selection.dense(ROWS) : new Selection(positions, n);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void numbersKeysInOrderOfAppearance(boolean nullsMatch) {
    SqlType[][] kinds = {
      {INT4}, {INT8}, {TEXT}, {INT4, TEXT}, {TEXT, TEXT}, {INT8, INT4, TEXT}, {INT4, FLOAT8}
    };
    for (int seed = 0; seed < 140; seed++) {
      check(kinds[seed % kinds.length], nullsMatch, seed);
    }
  }

  private static void check(SqlType[] declared, boolean nullsMatch, int seed) {
    Random random = new Random(seed);
    SqlType[] types = declared.clone();
    boolean[] match = new boolean[types.length];
    Arrays.fill(match, nullsMatch);
    // an integer column stands for the floats, whose table takes any layout's bytes
    Arrays.setAll(types, i -> types[i] == FLOAT8 ? INT8 : types[i]);
    KeyTable table =
        declared[declared.length - 1] == FLOAT8
            ? new BytesKeyTable(types, match)
            : KeyTable.of(types, match);
    Map<List<String>, Integer> expected = new HashMap<>();
    int spread = random.nextInt(4);
    for (int block = 0; block < 12; block++) {
      Column[] keys = new Column[types.length];
      List<List<String>> values = new ArrayList<>();
      for (int k = 0; k < keys.length; k++) {
        values.add(new ArrayList<>());
        keys[k] = column(types[k], random, block == 8 ? 2 : spread, values.get(k));
      }
      boolean isAssigning = random.nextInt(3) > 0;
      Selection rows = rows(random);
      int[] numbers = new int[ROWS];
      if (isAssigning) {
        table.assign(keys, rows, numbers);
      } else {
        table.find(keys, rows, numbers);
      }
      for (int i = 0; i < rows.count(); i++) {
        int p = rows.position(i);
        List<String> key = new ArrayList<>();
        values.forEach(v -> key.add(v.get(p)));
        Integer number = expected.get(key);
        if (number == null && isAssigning && (nullsMatch || !key.contains(null))) {
          number = expected.size();
          expected.put(key, number);
        }
        assertThat(numbers[p])
            .as("seed %d, block %d, key %s", seed, block, key)
            .isEqualTo(number == null ? KeyTable.ABSENT : number);
      }
      assertThat(table.count()).isEqualTo(expected.size());
    }
  }

  @Test
  void keysThatDescendKeepDirectSlotsSmall() {
    KeyTable table = KeyTable.ofGroups(new SqlType[] {INT4});
    int[] numbers = new int[1000];
    for (int block = 0; block < 200; block++) {
      IntBuilder keys = new IntBuilder(1000);
      for (int i = 0; i < 1000; i++) {
        keys.append(-(block * 1000 + i));
      }
      table.assign(new Column[] {keys.build()}, Selection.dense(1000), numbers);
      assertThat(numbers[999]).isEqualTo(block * 1000 + 999);
    }
    assertThat(table.memoryBytes()).isLessThan(4L * 4 * 200_000);
  }

  @Test
  void aClearedTableNumbersAnew() {
    KeyTable table = KeyTable.ofGroups(new SqlType[] {TEXT, INT4});
    Column[] keys = {TestPlans.column(TEXT, "a", "b"), TestPlans.column(INT4, "1", null)};
    int[] numbers = new int[2];
    table.assign(keys, Selection.dense(2), numbers);
    table.clear();
    assertThat(table.count()).isZero();
    table.find(keys, Selection.dense(2), numbers);
    assertThat(numbers).containsExactly(KeyTable.ABSENT, KeyTable.ABSENT);
  }
}
