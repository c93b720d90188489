package io.quarkgres.engine.exec.join;

import static io.quarkgres.engine.exec.TestPlans.INT4;
import static io.quarkgres.engine.exec.TestPlans.TEXT;
import static io.quarkgres.engine.exec.TestPlans.constant;
import static io.quarkgres.engine.exec.TestPlans.operator;
import static io.quarkgres.engine.exec.TestPlans.output;
import static io.quarkgres.engine.exec.TestPlans.ref;
import static io.quarkgres.engine.exec.TestPlans.rows;
import static io.quarkgres.engine.exec.TestPlans.run;
import static io.quarkgres.engine.exec.TestPlans.sorted;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.exec.RandomRows;
import io.quarkgres.engine.exec.TestPlans;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Joins against a model that compares all pairs. */
class JoinTest {
  private static final SqlType[] TYPES = {INT4, TEXT};
  private static final int LEFT = 1;
  private static final int RIGHT = 2;

  @Test
  void hashJoinsEqualTheModel() {
    for (long seed = 0; seed < 60; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> left = random.of(random.random().nextInt(1500), "it", 200);
      List<List<String>> right = random.of(random.random().nextInt(60), "it", 60);
      int keys = 1 + random.random().nextInt(2);
      boolean nullsMatch = random.random().nextBoolean();
      boolean hasResidual = random.random().nextBoolean();
      for (JoinKind kind : JoinKind.values()) {
        if (kind == JoinKind.NULL_AWARE_ANTI) {
          continue;
        }
        List<BoundExpr> leftKeys = keys(LEFT, keys);
        List<BoundExpr> rightKeys = keys(RIGHT, keys);
        boolean[] matching = new boolean[keys];
        Arrays.fill(matching, nullsMatch);
        Plan join =
            new Plan.HashJoin(
                kind,
                rows(LEFT, TYPES, left),
                rows(RIGHT, TYPES, right),
                leftKeys,
                rightKeys,
                matching,
                hasResidual ? residual() : null,
                outputs(kind),
                1);
        Pair test =
            (l, r) -> matches(l, r, keys, nullsMatch) && (!hasResidual || less(l.get(1), r.get(1)));
        assertThat(sorted(run(join)))
            .as("seed %d, %s", seed, kind)
            .isEqualTo(sorted(model(kind, left, right, test)));
      }
    }
  }

  @Test
  void uniqueRightSidesEqualTheModel() {
    for (long seed = 0; seed < 20; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> left = random.of(2500, "it", 300);
      List<List<String>> right = new ArrayList<>();
      for (int i = 0; i < random.random().nextInt(200); i++) {
        right.add(Arrays.asList(Integer.toString(i), "x" + i));
      }
      for (JoinKind kind : List.of(JoinKind.INNER, JoinKind.LEFT, JoinKind.FULL)) {
        Plan join =
            new Plan.HashJoin(
                kind,
                rows(LEFT, TYPES, left),
                rows(RIGHT, TYPES, right),
                keys(LEFT, 1),
                keys(RIGHT, 1),
                new boolean[1],
                null,
                outputs(kind),
                1);
        assertThat(sorted(run(join)))
            .as("seed %d, %s", seed, kind)
            .isEqualTo(sorted(model(kind, left, right, (l, r) -> matches(l, r, 1, false))));
      }
    }
  }

  @Test
  void nestedLoopsEqualTheModel() {
    for (long seed = 0; seed < 40; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> left = random.of(random.random().nextInt(100), "it", 30);
      List<List<String>> right = random.of(random.random().nextInt(60), "it", 30);
      boolean hasCondition = random.random().nextInt(4) > 0;
      for (JoinKind kind : JoinKind.values()) {
        if (kind == JoinKind.NULL_AWARE_ANTI) {
          continue;
        }
        Plan join =
            new Plan.NestedLoop(
                kind,
                rows(LEFT, TYPES, left),
                rows(RIGHT, TYPES, right),
                hasCondition ? residual() : null,
                outputs(kind),
                1);
        Pair test = (l, r) -> !hasCondition || less(l.get(1), r.get(1));
        assertThat(sorted(run(join)))
            .as("seed %d, %s", seed, kind)
            .isEqualTo(sorted(model(kind, left, right, test)));
      }
    }
  }

  @Test
  void nestedLoopsTestTheLeftRowFirst() {
    for (long seed = 0; seed < 40; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> left = random.of(random.random().nextInt(100), "it", 30);
      List<List<String>> right = random.of(random.random().nextInt(60), "it", 30);
      BoundExpr ofLeft =
          operator("<", ref(LEFT, 1, TEXT), constant(TEXT, seed % 4 == 0 ? "" : "m"));
      boolean hasResidual = random.random().nextBoolean();
      for (JoinKind kind : JoinKind.values()) {
        if (kind == JoinKind.NULL_AWARE_ANTI) {
          continue;
        }
        Plan join =
            new Plan.NestedLoop(
                kind,
                rows(LEFT, TYPES, left),
                rows(RIGHT, TYPES, right),
                Expressions.and(hasResidual ? List.of(residual(), ofLeft) : List.of(ofLeft)),
                outputs(kind),
                1);
        String limit = seed % 4 == 0 ? "" : "m";
        Pair test = (l, r) -> less(l.get(1), limit) && (!hasResidual || less(l.get(1), r.get(1)));
        assertThat(sorted(run(join)))
            .as("seed %d, %s", seed, kind)
            .isEqualTo(sorted(model(kind, left, right, test)));
      }
    }
  }

  @Test
  void whatNoLeftRowAsksForIsNotRead() {
    List<List<String>> left = List.of(List.of("1", "x"), List.of("2", "y"));
    BoundExpr fails =
        operator("=", operator("/", ref(RIGHT, 0, INT4), constant(INT4, "0")), ref(RIGHT, 0, INT4));
    Plan right = new Plan.Filter(rows(RIGHT, TYPES, left), fails, 1);
    BoundExpr never = operator(">", ref(LEFT, 1, TEXT), constant(TEXT, "z"));
    Plan join =
        new Plan.NestedLoop(
            JoinKind.LEFT, rows(LEFT, TYPES, left), right, never, outputs(JoinKind.LEFT), 1);
    assertThat(run(join)).hasSize(2);
  }

  @Test
  void applyEqualsTheModel() {
    for (long seed = 0; seed < 30; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> left = random.of(random.random().nextInt(80), "it", 20);
      List<List<String>> right = random.of(1 + random.random().nextInt(60), "it", 20);
      for (JoinKind kind : List.of(JoinKind.INNER, JoinKind.LEFT, JoinKind.SEMI, JoinKind.ANTI)) {
        Plan inner = rows(RIGHT, TYPES, right);
        BoundExpr correlated = operator("=", ref(RIGHT, 0, INT4), ref(LEFT, 0, INT4));
        Plan apply =
            new Plan.Apply(
                kind,
                rows(LEFT, TYPES, left),
                new Plan.Filter(inner, correlated, 1),
                List.of(output(LEFT, 0, INT4)),
                residual(),
                outputs(kind),
                1);
        Pair test = (l, r) -> matches(l, r, 1, false) && less(l.get(1), r.get(1));
        assertThat(run(apply))
            .as("seed %d, %s", seed, kind)
            .isEqualTo(model(kind, left, right, test));
      }
    }
  }

  @Test
  void notInEqualsTheModel() {
    for (long seed = 0; seed < 60; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> left = random.of(200, "it", 20);
      List<List<String>> right = random.of(random.random().nextInt(4), "it", 20);
      Plan join =
          new Plan.HashJoin(
              JoinKind.NULL_AWARE_ANTI,
              rows(LEFT, TYPES, left),
              rows(RIGHT, TYPES, right),
              keys(LEFT, 1),
              keys(RIGHT, 1),
              new boolean[1],
              null,
              outputs(JoinKind.ANTI),
              1);
      List<List<String>> expected = new ArrayList<>();
      for (List<String> l : left) {
        boolean isTrue = true;
        for (List<String> r : right) {
          isTrue &= l.get(0) != null && r.get(0) != null && !l.get(0).equals(r.get(0));
        }
        if (isTrue) {
          expected.add(l);
        }
      }
      assertThat(run(join)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private interface Pair {
    boolean test(List<String> left, List<String> right);
  }

  private static BoundExpr residual() {
    return operator("<", ref(LEFT, 1, TEXT), ref(RIGHT, 1, TEXT));
  }

  private static boolean less(String a, String b) {
    return a != null && b != null && a.compareTo(b) < 0;
  }

  private static boolean matches(List<String> l, List<String> r, int keys, boolean nullsMatch) {
    for (int k = 0; k < keys; k++) {
      boolean isNull = l.get(k) == null || r.get(k) == null;
      if (isNull ? !nullsMatch || l.get(k) != r.get(k) : !Objects.equals(l.get(k), r.get(k))) {
        return false;
      }
    }
    return true;
  }

  private static List<BoundExpr> keys(int relation, int count) {
    List<BoundExpr> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(ref(relation, i, TYPES[i]));
    }
    return result;
  }

  private static List<OutputColumn> outputs(JoinKind kind) {
    List<OutputColumn> result = new ArrayList<>(TestPlans.outputs(LEFT, TYPES));
    if (kind != JoinKind.SEMI && kind != JoinKind.ANTI) {
      result.add(output(RIGHT, 1, TEXT));
      result.add(output(RIGHT, 0, INT4));
    }
    return result;
  }

  private static List<List<String>> model(
      JoinKind kind, List<List<String>> left, List<List<String>> right, Pair test) {
    List<List<String>> result = new ArrayList<>();
    boolean[] rightMatched = new boolean[right.size()];
    for (List<String> l : left) {
      boolean isMatched = false;
      for (int i = 0; i < right.size(); i++) {
        if (test.test(l, right.get(i))) {
          isMatched = true;
          rightMatched[i] = true;
          if (kind != JoinKind.SEMI && kind != JoinKind.ANTI) {
            result.add(pair(l, right.get(i)));
          }
        }
      }
      if (kind == JoinKind.SEMI && isMatched || kind == JoinKind.ANTI && !isMatched) {
        result.add(l);
      } else if (!isMatched && (kind == JoinKind.LEFT || kind == JoinKind.FULL)) {
        result.add(pair(l, Arrays.asList(null, null)));
      }
    }
    for (int i = 0; i < right.size(); i++) {
      if (!rightMatched[i] && (kind == JoinKind.RIGHT || kind == JoinKind.FULL)) {
        result.add(pair(Arrays.asList(null, null), right.get(i)));
      }
    }
    return result;
  }

  private static List<String> pair(List<String> left, List<String> right) {
    List<String> result = new ArrayList<>(left);
    List<String> reversed = new ArrayList<>(right);
    Collections.reverse(reversed);
    result.addAll(reversed);
    return result;
  }
}
