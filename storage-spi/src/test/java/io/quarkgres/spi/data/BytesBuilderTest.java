package io.quarkgres.spi.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Byte strings put together from columns with and without dictionaries. */
class BytesBuilderTest {
  private static BytesColumn coded(Random random, int strings, int rows, List<String> values) {
    BytesBuilder texts = new BytesBuilder(strings);
    int offset = random.nextInt(3);
    for (int i = 0; i < strings; i++) {
      texts.append("s" + (offset + i));
    }
    BytesColumn all = texts.build();
    byte[] codes = new byte[rows];
    int[] starts = new int[rows];
    int[] lengths = new int[rows];
    long[] nulls = null;
    for (int p = 0; p < rows; p++) {
      int code = random.nextInt(strings);
      codes[p] = (byte) code;
      starts[p] = all.starts()[code];
      lengths[p] = all.lengths()[code];
      if (random.nextInt(50) == 0) {
        nulls = nulls == null ? Nulls.none(rows) : nulls;
        Nulls.set(nulls, p);
      }
      values.add(Nulls.isSet(nulls, p) ? null : all.string(code));
    }
    ByteDictionary dictionary =
        new ByteDictionary(all.heap(), all.starts(), all.lengths(), strings);
    return new BytesColumn(all.heap(), starts, lengths, nulls, rows, codes, dictionary);
  }

  private static void assertHolds(BytesColumn column, List<String> values) {
    assertThat(column.count()).isEqualTo(values.size());
    for (int p = 0; p < values.size(); p++) {
      assertThat(column.isNull(p) ? null : column.string(p)).isEqualTo(values.get(p));
      if (column.dictionary() != null && !column.isNull(p)) {
        int code = column.codes()[p] & 0xff;
        assertThat(column.dictionary().values().string(code)).isEqualTo(values.get(p));
      }
    }
  }

  @Test
  void keepsADictionaryOfFewStrings() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<String> values = new ArrayList<>();
      BytesBuilder builder = new BytesBuilder(4);
      for (int block = 0; block < 5; block++) {
        builder.appendAll(coded(random, 40, 500, values), Selection.dense(500));
      }
      BytesColumn built = builder.build();
      assertThat(built.dictionary().size()).isLessThanOrEqualTo(42);
      assertHolds(built, values);
      int[] positions = {7, 3, 2499};
      List<String> gathered = List.of(7, 3, 2499).stream().map(values::get).toList();
      assertHolds(built.gather(positions, 3), new ArrayList<>(gathered));
    }
  }

  @Test
  void letsGoOfADictionaryThatGrowsTooLarge() {
    Random random = new Random(1);
    List<String> values = new ArrayList<>();
    BytesBuilder builder = new BytesBuilder(4);
    builder.appendAll(coded(random, 200, 2000, values), Selection.dense(2000));
    for (int i = 0; i < 100; i++) {
      BytesBuilder one = new BytesBuilder(1);
      one.append("other" + i);
      BytesColumn s = one.build();
      ByteDictionary own = new ByteDictionary(s.heap(), s.starts(), s.lengths(), 1);
      byte[] codes = {0};
      builder.append(new BytesColumn(s.heap(), s.starts(), s.lengths(), null, 1, codes, own), 0);
      values.add("other" + i);
    }
    BytesColumn built = builder.build();
    assertThat(built.dictionary()).isNull();
    assertHolds(built, values);
  }

  @Test
  void aValueWithoutDictionaryEndsIt() {
    Random random = new Random(2);
    List<String> values = new ArrayList<>();
    BytesBuilder builder = new BytesBuilder(4);
    builder.appendAll(coded(random, 5, 100, values), Selection.dense(100));
    builder.append("plain");
    values.add("plain");
    builder.appendAll(coded(random, 5, 100, values), Selection.dense(100));
    BytesColumn built = builder.build();
    assertThat(built.dictionary()).isNull();
    assertHolds(built, values);
  }
}
