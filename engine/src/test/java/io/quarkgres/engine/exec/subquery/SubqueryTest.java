package io.quarkgres.engine.exec.subquery;

import static io.quarkgres.engine.exec.TestPlans.BOOL;
import static io.quarkgres.engine.exec.TestPlans.INT4;
import static io.quarkgres.engine.exec.TestPlans.INT8;
import static io.quarkgres.engine.exec.TestPlans.constant;
import static io.quarkgres.engine.exec.TestPlans.operator;
import static io.quarkgres.engine.exec.TestPlans.output;
import static io.quarkgres.engine.exec.TestPlans.ref;
import static io.quarkgres.engine.exec.TestPlans.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.SubqueryKind;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.RandomRows;
import io.quarkgres.engine.exec.TestPlans;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.plan.PlannedStatement.Subplan;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Subqueries in expressions and common table expressions. */
class SubqueryTest {
  private static final int OUTER = 1;
  private static final int INNER = 2;
  private static final SqlType[] ONE = {INT4};

  /** Runs {@code SELECT x, (subquery) FROM outer}. */
  private static List<List<String>> run(
      List<List<String>> outer, BoundExpr.Subquery subquery, Subplan subplan) {
    Map<BoundExpr.Subquery, Subplan> subplans = new IdentityHashMap<>();
    subplans.put(subquery, subplan);
    Plan plan =
        new Plan.Project(
            rows(OUTER, ONE, outer),
            List.of(ref(OUTER, 0, INT4), subquery),
            List.of(output(8, 0, INT4), output(8, 1, subquery.type())));
    PlannedStatement statement = TestPlans.statement(plan, subplans);
    return TestPlans.run(statement, TestPlans.context());
  }

  private static BoundExpr.Subquery subquery(
      SubqueryKind kind, Plan plan, BoundExpr test, SqlType type) {
    Relation relation = new Relation.Values(INNER, List.of(), plan.outputs());
    return new BoundExpr.Subquery(kind, relation, test, type, -1);
  }

  private static Plan inner(List<List<String>> data) {
    return TestPlans.only(rows(INNER, ONE, data), TestPlans.outputs(INNER, ONE));
  }

  private static Plan correlated(List<List<String>> data) {
    BoundExpr condition = operator("<", ref(INNER, 0, INT4), ref(OUTER, 0, INT4));
    return new Plan.Filter(inner(data), condition, 1);
  }

  private static List<OutputColumn> outerColumn() {
    return List.of(output(OUTER, 0, INT4));
  }

  @Test
  void anyAndAllEqualTheModel() {
    for (long seed = 0; seed < 120; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> outer = random.of(random.random().nextInt(60), "i", 9);
      List<List<String>> data = random.of(random.random().nextInt(12), "i", 9);
      boolean isAll = random.random().nextBoolean();
      String symbol = List.of("=", "<>", "<").get(random.random().nextInt(3));
      boolean isCorrelated = random.random().nextBoolean();
      Plan plan = isCorrelated ? correlated(data) : inner(data);
      BoundExpr test = operator(symbol, ref(OUTER, 0, INT4), ref(INNER, 0, INT4));
      BoundExpr.Subquery subquery =
          subquery(isAll ? SubqueryKind.ALL : SubqueryKind.ANY, plan, test, BOOL);
      List<List<String>> expected = new ArrayList<>();
      for (List<String> row : outer) {
        String x = row.get(0);
        List<List<String>> seen = new ArrayList<>(data);
        seen.removeIf(r -> isCorrelated && !less(r.get(0), x));
        expected.add(Arrays.asList(x, quantified(x, symbol, seen, isAll)));
      }
      assertThat(
              run(outer, subquery, new Subplan(0, plan, isCorrelated ? outerColumn() : List.of())))
          .as("seed %d, %s %s, %s", seed, symbol, isAll, isCorrelated)
          .isEqualTo(expected);
    }
  }

  private static boolean less(String a, String b) {
    return a != null && b != null && Integer.parseInt(a) < Integer.parseInt(b);
  }

  private static String quantified(
      String x, String symbol, List<List<String>> rows, boolean isAll) {
    boolean hasNull = false;
    for (List<String> row : rows) {
      String y = row.get(0);
      if (x == null || y == null) {
        hasNull = true;
        continue;
      }
      boolean holds =
          switch (symbol) {
            case "=" -> x.equals(y);
            case "<>" -> !x.equals(y);
            default -> less(x, y);
          };
      if (holds != isAll) {
        return isAll ? "f" : "t";
      }
    }
    return hasNull ? null : isAll ? "t" : "f";
  }

  @Test
  void scalarAndExistsAndArrayEqualTheModel() {
    for (long seed = 0; seed < 40; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> outer = random.of(random.random().nextInt(80), "i", 9);
      List<List<String>> data = random.of(random.random().nextInt(12), "i", 9);
      Plan plan = correlated(data);
      Subplan subplan = new Subplan(0, plan, outerColumn());
      SqlType array = TestPlans.TYPES.byOid(INT4.info().array());
      List<List<String>> exists =
          run(outer, subquery(SubqueryKind.EXISTS, plan, null, BOOL), subplan);
      List<List<String>> arrays =
          run(outer, subquery(SubqueryKind.ARRAY, plan, null, array), subplan);
      for (int i = 0; i < outer.size(); i++) {
        String x = outer.get(i).get(0);
        List<String> seen = new ArrayList<>();
        data.stream().map(r -> r.get(0)).filter(y -> less(y, x)).forEach(seen::add);
        assertThat(exists.get(i)).isEqualTo(Arrays.asList(x, seen.isEmpty() ? "f" : "t"));
        assertThat(arrays.get(i)).isEqualTo(Arrays.asList(x, "{" + String.join(",", seen) + "}"));
      }
    }
  }

  @Test
  void aScalarSubqueryHasAtMostOneRow() {
    List<List<String>> outer = List.of(List.of("5"));
    Plan two = inner(List.of(List.of("1"), List.of("2")));
    assertThatThrownBy(() ->
            run(
                outer,
                subquery(SubqueryKind.SCALAR, two, null, INT4),
                new Subplan(0, two, List.of())))
        .isInstanceOf(SqlException.class)
        .hasMessage("more than one row returned by a subquery used as an expression");
    Plan none = inner(List.of());
    assertThat(
            run(
                outer,
                subquery(SubqueryKind.SCALAR, none, null, INT4),
                new Subplan(0, none, List.of())))
        .containsExactly(Arrays.asList("5", null));
  }

  @Test
  void recursionStopsWhenNothingNewComes() {
    for (boolean isUnionAll : new boolean[] {true, false}) {
      Plan first = inner(List.of(List.of("1"), List.of("1")));
      BoundExpr next = operator("+", ref(4, 0, INT4), constant(INT4, "1"));
      BoundExpr isSmall = operator("<", ref(4, 0, INT4), constant(INT4, "5"));
      Plan scan = new Plan.CteScan(4, 1, "t", TestPlans.outputs(4, ONE), 1);
      Plan recursive =
          new Plan.Project(
              new Plan.Filter(scan, isSmall, 1), List.of(next), TestPlans.outputs(5, ONE));
      Plan body = new Plan.CteScan(6, 1, "t", TestPlans.outputs(6, ONE), 1);
      Plan with =
          new Plan.With(List.of(new Plan.CtePlan(1, "t", first, recursive, isUnionAll)), body);
      List<String> expected =
          isUnionAll
              ? List.of("1", "1", "2", "2", "3", "3", "4", "4", "5", "5")
              : List.of("1", "2", "3", "4", "5");
      assertThat(TestPlans.run(with)).isEqualTo(expected.stream().map(List::of).toList());
    }
  }

  @Test
  void aLimitEndsAnEndlessRecursion() {
    Plan scan = new Plan.CteScan(4, 1, "t", TestPlans.outputs(4, ONE), 1);
    Plan recursive =
        new Plan.Project(
            scan,
            List.of(operator("+", ref(4, 0, INT4), constant(INT4, "1"))),
            TestPlans.outputs(5, ONE));
    Plan body =
        new Plan.Limit(
            new Plan.CteScan(6, 1, "t", TestPlans.outputs(6, ONE), 1),
            constant(INT8, "3"),
            null,
            null,
            1);
    Plan.CtePlan cte = new Plan.CtePlan(1, "t", inner(List.of(List.of("7"))), recursive, true);
    assertThat(TestPlans.run(new Plan.With(List.of(cte), body)))
        .containsExactly(List.of("7"), List.of("8"), List.of("9"));
  }

  @Test
  void aCommonTableExpressionIsReadTwice() {
    List<List<String>> data = new RandomRows(3).of(3000, "i", 50);
    Plan.CtePlan cte = new Plan.CtePlan(1, "t", inner(data), null, false);
    Plan one = new Plan.CteScan(6, 1, "a", TestPlans.outputs(6, ONE), 1);
    Plan two = new Plan.CteScan(7, 1, "b", TestPlans.outputs(7, ONE), 1);
    Plan both = new Plan.Append(List.of(one, two), TestPlans.outputs(8, ONE), 1);
    List<List<String>> expected = new ArrayList<>(data);
    expected.addAll(data);
    assertThat(TestPlans.run(new Plan.With(List.of(cte), both))).isEqualTo(expected);
  }
}
