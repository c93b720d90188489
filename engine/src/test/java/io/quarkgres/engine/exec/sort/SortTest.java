package io.quarkgres.engine.exec.sort;

import static io.quarkgres.engine.exec.TestPlans.FLOAT8;
import static io.quarkgres.engine.exec.TestPlans.INT4;
import static io.quarkgres.engine.exec.TestPlans.INT8;
import static io.quarkgres.engine.exec.TestPlans.TEXT;
import static io.quarkgres.engine.exec.TestPlans.constant;
import static io.quarkgres.engine.exec.TestPlans.only;
import static io.quarkgres.engine.exec.TestPlans.outputs;
import static io.quarkgres.engine.exec.TestPlans.ref;
import static io.quarkgres.engine.exec.TestPlans.rows;
import static io.quarkgres.engine.exec.TestPlans.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.exec.RandomRows;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sorting and what depends on it, against lists. */
class SortTest {
  private static final SqlType[] TYPES = {INT4, TEXT, FLOAT8, INT8};

  @Test
  void sortsAreStableAndRight() {
    for (long seed = 0; seed < 60; seed++) {
      RandomRows random = new RandomRows(seed);
      int count = seed % 4 == 0 ? 3000 : random.random().nextInt(300);
      List<List<String>> data = random.of(count, "itfl", 60);
      List<SortKey> keys = keys(random.random());
      List<List<String>> expected = new ArrayList<>(data);
      expected.sort(order(keys));
      Plan sort = new Plan.Sort(input(data), keys);
      assertThat(run(sort)).as("seed %d, %s", seed, keys).isEqualTo(expected);

      int limit = random.random().nextInt(20);
      int offset = random.random().nextInt(10);
      BoundExpr count8 = constant(INT8, Integer.toString(limit));
      BoundExpr offset8 = constant(INT8, Integer.toString(offset));
      List<List<String>> part =
          expected.subList(
              Math.min(offset, expected.size()), Math.min(offset + limit, expected.size()));
      assertThat(run(new Plan.TopN(input(data), keys, count8, offset8, 1)))
          .as("seed %d, top %d behind %d", seed, limit, offset)
          .isEqualTo(part);
      assertThat(run(new Plan.Limit(sort, count8, offset8, null, 1)))
          .as("seed %d, limit %d behind %d", seed, limit, offset)
          .isEqualTo(part);
      assertThat(run(new Plan.Limit(sort, count8, offset8, keys, 1)))
          .as("seed %d, %d with ties behind %d", seed, limit, offset)
          .isEqualTo(withTies(expected, limit, offset, order(keys)));
    }
  }

  @Test
  void topNCutsItsCandidatesOften() {
    for (long seed = 0; seed < 5; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> data = random.of(20_000, "itfl", 5000);
      List<SortKey> keys = keys(random.random());
      List<List<String>> expected = new ArrayList<>(data);
      expected.sort(order(keys));
      assertThat(run(new Plan.TopN(input(data), keys, constant(INT8, "7"), null, 1)))
          .as("seed %d", seed)
          .isEqualTo(expected.subList(0, 7));
    }
  }

  @Test
  void distinctOnKeepsTheFirstOfEachRun() {
    for (long seed = 0; seed < 20; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> data = random.of(2000, "itfl", 12);
      List<SortKey> keys = List.of(new SortKey(ref(1, 0, INT4), false, false));
      Plan sort = new Plan.Sort(input(data), keys);
      List<List<String>> sorted = new ArrayList<>(data);
      sorted.sort(order(keys));
      List<List<String>> expected = new ArrayList<>();
      for (int i = 0; i < sorted.size(); i++) {
        if (i == 0 || !Objects.equals(sorted.get(i).get(0), sorted.get(i - 1).get(0))) {
          expected.add(sorted.get(i));
        }
      }
      assertThat(run(new Plan.DistinctOn(sort, List.of(ref(1, 0, INT4)), 1)))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  private static Plan input(List<List<String>> data) {
    return only(rows(1, TYPES, data), outputs(1, TYPES));
  }

  private static List<List<String>> withTies(
      List<List<String>> sorted, int limit, int offset, Comparator<List<String>> order) {
    int from = Math.min(offset, sorted.size());
    int to = Math.min(offset + limit, sorted.size());
    while (limit > 0
        && to > from
        && to < sorted.size()
        && order.compare(sorted.get(to - 1), sorted.get(to)) == 0) {
      to++;
    }
    return sorted.subList(from, to);
  }

  private static List<SortKey> keys(Random random) {
    List<SortKey> keys = new ArrayList<>();
    int n = 1 + random.nextInt(3);
    for (int i = 0; i < n; i++) {
      int column = random.nextInt(TYPES.length);
      BoundExpr key = ref(1, column, TYPES[column]);
      keys.add(new SortKey(key, random.nextBoolean(), random.nextBoolean()));
    }
    return keys;
  }

  private static Comparator<List<String>> order(List<SortKey> keys) {
    Comparator<List<String>> result = (_, _) -> 0;
    for (SortKey key : keys) {
      int column = ((BoundExpr.ColumnRef) key.expression()).column();
      Comparator<String> values =
          column == 1 ? Comparator.naturalOrder() : Comparator.comparingDouble(SortTest::number);
      values = key.isDescending() ? values.reversed() : values;
      values = key.nullsFirst() ? Comparator.nullsFirst(values) : Comparator.nullsLast(values);
      Comparator<String> byValue = values;
      result = result.thenComparing(row -> row.get(column), byValue);
    }
    return result;
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }
}
