package io.quarkgres.engine.exec.aggregate;

import static io.quarkgres.engine.exec.TestPlans.BOOL;
import static io.quarkgres.engine.exec.TestPlans.INT4;
import static io.quarkgres.engine.exec.TestPlans.INT8;
import static io.quarkgres.engine.exec.TestPlans.TEXT;
import static io.quarkgres.engine.exec.TestPlans.constant;
import static io.quarkgres.engine.exec.TestPlans.operator;
import static io.quarkgres.engine.exec.TestPlans.ref;
import static io.quarkgres.engine.exec.TestPlans.rows;
import static io.quarkgres.engine.exec.TestPlans.run;
import static io.quarkgres.engine.exec.TestPlans.sorted;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.AggregateCall;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.exec.RandomRows;
import io.quarkgres.engine.exec.TestPlans;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Grouping and aggregates against a model on lists. */
class AggregateTest {
  private static final SqlType[] TYPES = {INT4, TEXT, INT4};
  private static final int GROUPED = 9;

  @Test
  void groupsEqualTheModel() {
    for (long seed = 0; seed < 40; seed++) {
      RandomRows random = new RandomRows(seed);
      List<List<String>> data = random.of(random.random().nextInt(4000), "iti", 25);
      List<List<Integer>> sets =
          switch ((int) (seed % 4)) {
            case 0 -> List.of(List.of(0));
            case 1 -> List.of(List.of(0, 1));
            case 2 -> List.of(List.<Integer>of());
            default -> List.of(List.of(0, 1), List.of(1), List.<Integer>of());
          };
      List<List<String>> expected = new ArrayList<>();
      for (List<Integer> set : sets) {
        expected.addAll(model(data, set));
      }
      assertThat(sorted(run(plan(data, sets)))).as("seed %d", seed).isEqualTo(sorted(expected));
    }
  }

  @Test
  void anEmptySetYieldsARowWithoutInput() {
    List<List<String>> result = run(plan(List.of(), List.of(List.of())));
    assertThat(result)
        .containsExactly(Arrays.asList(null, null, "0", "0", null, "0", null, null, null, "3"));
    assertThat(run(plan(List.of(), List.of(List.of(0))))).isEmpty();
  }

  /** count(*), count(n), sum(n), count(DISTINCT n) FILTER, sorted and distinct string_agg. */
  private static Plan plan(List<List<String>> data, List<List<Integer>> sets) {
    BoundExpr text = ref(1, 1, TEXT);
    BoundExpr number = ref(1, 2, INT4);
    BoundExpr comma = constant(TEXT, ",");
    Call stringAgg = TestPlans.call("string_agg", TEXT, TEXT, TEXT);
    List<SortKey> byNumber =
        List.of(new SortKey(number, true, false), new SortKey(text, false, false));
    List<AggregateCall> calls =
        List.of(
            aggregate("count", INT8, List.of(), false, List.of(), null),
            new AggregateCall(countAny(), List.of(number), 0, false, List.of(), null),
            aggregate("sum", INT8, List.of(number), false, List.of(), null),
            new AggregateCall(
                countAny(),
                List.of(number),
                0,
                true,
                List.of(),
                operator("<", number, constant(INT4, "5"))),
            new AggregateCall(stringAgg, List.of(text, comma), 0, false, byNumber, null),
            new AggregateCall(stringAgg, List.of(text, comma), 0, true, List.of(), null),
            aggregate("min", INT4, List.of(number), false, List.of(), null));
    List<OutputColumn> outputs = new ArrayList<>();
    SqlType[] types = {INT4, TEXT, INT8, INT8, INT8, INT8, TEXT, TEXT, INT4, INT4};
    for (int i = 0; i < types.length; i++) {
      outputs.add(TestPlans.output(GROUPED, i, types[i]));
    }
    Relation.Aggregate spec =
        new Relation.Aggregate(
            GROUPED,
            new Relation.SingleRow(),
            List.of(ref(1, 0, INT4), text),
            sets,
            calls,
            List.of(List.of(0, 1)),
            outputs);
    return new Plan.HashAggregate(spec, rows(1, TYPES, data), outputs, 1);
  }

  private static AggregateCall aggregate(
      String name,
      SqlType result,
      List<BoundExpr> arguments,
      boolean isDistinct,
      List<SortKey> orderBy,
      BoundExpr filter) {
    SqlType[] types = arguments.stream().map(BoundExpr::type).toArray(SqlType[]::new);
    Call call = TestPlans.call(name, result, types);
    return new AggregateCall(call, arguments, 0, isDistinct, orderBy, filter);
  }

  private static Call countAny() {
    Call any = TestPlans.call("count", INT8, TestPlans.TYPES.byOid(2276));
    return new Call(any.function(), new SqlType[] {INT4}, INT8, 0);
  }

  private static List<List<String>> model(List<List<String>> data, List<Integer> set) {
    Map<List<String>, List<List<String>>> groups = new LinkedHashMap<>();
    if (set.isEmpty()) {
      groups.put(Arrays.asList(null, null), new ArrayList<>());
    }
    for (List<String> row : data) {
      List<String> key =
          Arrays.asList(set.contains(0) ? row.get(0) : null, set.contains(1) ? row.get(1) : null);
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    List<List<String>> result = new ArrayList<>();
    groups.forEach((key, rows) -> result.add(resultRow(key, rows, set)));
    return result;
  }

  private static List<String> resultRow(
      List<String> key, List<List<String>> rows, List<Integer> set) {
    List<Integer> numbers = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.get(2) != null) {
        numbers.add(Integer.valueOf(row.get(2)));
      }
    }
    Stream<Integer> small = numbers.stream().filter(n -> n < 5).distinct();
    List<List<String>> ordered = new ArrayList<>(rows);
    ordered.sort(AggregateTest::byNumberThenText);
    List<String> texts = new ArrayList<>();
    ordered.forEach(row -> texts.add(row.get(1)));
    texts.removeIf(Objects::isNull);
    int grouping = (set.contains(0) ? 0 : 2) + (set.contains(1) ? 0 : 1);
    return Arrays.asList(
        key.get(0),
        key.get(1),
        Integer.toString(rows.size()),
        Integer.toString(numbers.size()),
        numbers.isEmpty()
            ? null
            : Long.toString(numbers.stream().mapToLong(Integer::longValue).sum()),
        Long.toString(small.count()),
        texts.isEmpty() ? null : String.join(",", texts),
        texts.isEmpty() ? null : String.join(",", new TreeSet<>(texts)),
        numbers.isEmpty() ? null : Integer.toString(Collections.min(numbers)),
        Integer.toString(grouping));
  }

  private static int byNumberThenText(List<String> a, List<String> b) {
    boolean isNullA = a.get(2) == null;
    boolean isNullB = b.get(2) == null;
    int order =
        isNullA || isNullB
            ? Boolean.compare(isNullA, isNullB)
            : Integer.compare(Integer.parseInt(b.get(2)), Integer.parseInt(a.get(2)));
    if (order != 0 || a.get(1) == null || b.get(1) == null) {
      return order != 0 ? order : Boolean.compare(a.get(1) == null, b.get(1) == null);
    }
    return a.get(1).compareTo(b.get(1));
  }

  @Test
  void distinctRowsAndSetOperationsEqualTheModel() {
    for (long seed = 0; seed < 30; seed++) {
      RandomRows random = new RandomRows(seed);
      SqlType[] types = {INT4, TEXT};
      List<List<String>> left = random.of(random.random().nextInt(1500), "it", 15);
      List<List<String>> right = random.of(random.random().nextInt(1500), "it", 12);
      Plan leftPlan = TestPlans.only(rows(1, types, left), TestPlans.outputs(1, types));
      Plan rightPlan = TestPlans.only(rows(2, types, right), TestPlans.outputs(2, types));
      assertThat(run(new Plan.Distinct(leftPlan, 1)))
          .as("seed %d", seed)
          .isEqualTo(left.stream().distinct().toList());
      for (Relation.SetKind kind : List.of(Relation.SetKind.INTERSECT, Relation.SetKind.EXCEPT)) {
        for (boolean isAll : new boolean[] {true, false}) {
          Plan plan =
              new Plan.SetOperation(
                  kind, isAll, leftPlan, rightPlan, TestPlans.outputs(3, types), 1);
          assertThat(sorted(run(plan)))
              .as("seed %d, %s, %s", seed, kind, isAll)
              .isEqualTo(sorted(setModel(kind, isAll, left, right)));
        }
      }
    }
  }

  private static List<List<String>> setModel(
      Relation.SetKind kind, boolean isAll, List<List<String>> left, List<List<String>> right) {
    List<List<String>> result = new ArrayList<>();
    for (List<String> row : left.stream().distinct().toList()) {
      int l = Collections.frequency(left, row);
      int r = Collections.frequency(right, row);
      int n = kind == Relation.SetKind.INTERSECT ? Math.min(l, r) : Math.max(0, l - r);
      if (!isAll) {
        boolean isIn = r > 0;
        n = isIn == (kind == Relation.SetKind.INTERSECT) ? 1 : 0;
      }
      result.addAll(Collections.nCopies(n, row));
    }
    return result;
  }

  @Test
  void filterOfNothingLeavesZero() {
    BoundExpr never = constant(BOOL, "f");
    AggregateCall count = aggregate("count", INT8, List.of(), false, List.of(), never);
    List<OutputColumn> outputs = List.of(TestPlans.output(GROUPED, 0, INT8));
    Relation.Aggregate spec =
        new Relation.Aggregate(
            GROUPED,
            new Relation.SingleRow(),
            List.of(),
            List.of(List.of()),
            List.of(count),
            List.of(),
            outputs);
    Plan plan = new Plan.HashAggregate(spec, new Plan.SingleRow(), outputs, 1);
    assertThat(run(plan)).containsExactly(List.of("0"));
  }
}
