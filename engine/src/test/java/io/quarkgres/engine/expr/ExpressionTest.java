package io.quarkgres.engine.expr;

import static io.quarkgres.engine.exec.TestPlans.BOOL;
import static io.quarkgres.engine.exec.TestPlans.INT4;
import static io.quarkgres.engine.exec.TestPlans.TEXT;
import static io.quarkgres.engine.exec.TestPlans.column;
import static io.quarkgres.engine.exec.TestPlans.constant;
import static io.quarkgres.engine.exec.TestPlans.operator;
import static io.quarkgres.engine.exec.TestPlans.operatorCall;
import static io.quarkgres.engine.exec.TestPlans.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.exec.TestPlans;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Expressions: three-valued logic, laziness, arrays, over random rows and selections. */
class ExpressionTest {
  private static final SqlType INT4_ARRAY = TestPlans.TYPES.byOid(Oids.INT4_ARRAY);
  private static final String[] BOOLS = {"t", "f", null};

  /** Evaluates over a selection of rows; values at other rows are not looked at. */
  private static List<String> evaluate(BoundExpr expression, Selection rows, Column... columns) {
    Block block = new Block(columns, columns.length == 0 ? 1 : columns[0].count(), rows);
    SqlType[] types = new SqlType[columns.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = typeOf(columns[i]);
    }
    Environment environment =
        new Environment(
            (subquery, scope) -> {
              throw new AssertionError("no subqueries here");
            },
            TestPlans.TYPES,
            TestPlans.FUNCTIONS);
    Scope scope = new Scope(environment, TestPlans.outputs(1, types));
    Frame frame = new Frame(TestPlans.EVALUATION);
    Evaluator evaluator = scope.compile(expression);
    Column result = evaluator.evaluate(block, rows, frame);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < rows.count(); i++) {
      values.add(TestPlans.text(expression.type(), result, rows.position(i)));
    }
    if (expression.type().oid() == Oids.BOOL) {
      Selection kept = evaluator.select(block, rows, frame);
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < rows.count(); i++) {
        if ("t".equals(values.get(i))) {
          expected.add(rows.position(i));
        }
      }
      List<Integer> selected = new ArrayList<>();
      for (int i = 0; i < kept.count(); i++) {
        selected.add(kept.position(i));
      }
      assertThat(selected).isEqualTo(expected);
    }
    return values;
  }

  private static SqlType typeOf(Column column) {
    return switch (column.layout()) {
      case BOOLEAN -> BOOL;
      case INT32 -> INT4;
      case BYTES -> TEXT;
      case INT64, FLOAT64, DECIMAL, INT128, FLOAT_ARRAY -> throw new AssertionError();
    };
  }

  private static Selection randomRows(Random random, int count) {
    if (random.nextInt(3) == 0) {
      return Selection.dense(count);
    }
    int[] positions = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (random.nextBoolean()) {
        positions[n++] = i;
      }
    }
    return new Selection(positions, n);
  }

  @Test
  void booleanTreesFollowThreeValuedLogic() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int count = random.nextInt(130) + 1;
      String[][] data = new String[3][count];
      for (String[] column : data) {
        for (int i = 0; i < count; i++) {
          column[i] = BOOLS[random.nextInt(3)];
        }
      }
      BoundExpr tree = tree(random, 4);
      Selection rows = randomRows(random, count);
      Column[] columns = {column(BOOL, data[0]), column(BOOL, data[1]), column(BOOL, data[2])};
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < rows.count(); i++) {
        int position = rows.position(i);
        expected.add(
            model(tree, new String[] {data[0][position], data[1][position], data[2][position]}));
      }
      assertThat(evaluate(tree, rows, columns)).as("seed %d: %s", seed, tree).isEqualTo(expected);
    }
  }

  private static BoundExpr tree(Random random, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return random.nextInt(6) == 0
          ? constant(BOOL, BOOLS[random.nextInt(3)])
          : ref(1, random.nextInt(3), BOOL);
    }
    List<BoundExpr> operands = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      operands.add(tree(random, depth - 1));
    }
    BoundExpr one = operands.get(0);
    BoundExpr two = operands.get(1);
    return switch (random.nextInt(9)) {
      case 0, 1 -> new BoundExpr.And(operands, BOOL);
      case 2, 3 -> new BoundExpr.Or(operands, BOOL);
      case 4 -> new BoundExpr.Not(one, BOOL);
      case 5 -> new BoundExpr.IsNull(one, random.nextBoolean(), BOOL);
      case 6 ->
          new BoundExpr.IsTruth(
              one, BoundExpr.Truth.values()[random.nextInt(3)], random.nextBoolean(), BOOL);
      case 7 ->
          new BoundExpr.IsDistinct(
              one, two, operatorCall("=", BOOL, BOOL), random.nextBoolean(), BOOL);
      default -> new BoundExpr.Coalesce(operands, BOOL, -1);
    };
  }

  private static String model(BoundExpr tree, String[] row) {
    return switch (tree) {
      case BoundExpr.Constant e -> TestPlans.text(BOOL, e.value(), 0);
      case BoundExpr.ColumnRef e -> row[e.column()];
      case BoundExpr.And e -> fold(e.operands(), row, "f");
      case BoundExpr.Or e -> fold(e.operands(), row, "t");
      case BoundExpr.Not e -> {
        String value = model(e.operand(), row);
        yield value == null ? null : value.equals("t") ? "f" : "t";
      }
      case BoundExpr.IsNull e -> bool((model(e.operand(), row) == null) != e.isNegated());
      case BoundExpr.IsTruth e -> {
        String wanted =
            switch (e.truth()) {
              case TRUE -> "t";
              case FALSE -> "f";
              case UNKNOWN -> null;
            };
        yield bool(Objects.equals(model(e.operand(), row), wanted) != e.isNegated());
      }
      case BoundExpr.IsDistinct e ->
          bool(Objects.equals(model(e.left(), row), model(e.right(), row)) == e.isNegated());
      case BoundExpr.Coalesce e -> {
        String first = null;
        for (BoundExpr operand : e.operands()) {
          first = first == null ? model(operand, row) : first;
        }
        yield first;
      }
      default -> throw new AssertionError(tree);
    };
  }

  private static String bool(boolean value) {
    return value ? "t" : "f";
  }

  private static String fold(List<BoundExpr> operands, String[] row, String decisive) {
    boolean hasNull = false;
    for (BoundExpr operand : operands) {
      String value = model(operand, row);
      if (decisive.equals(value)) {
        return decisive;
      }
      hasNull |= value == null;
    }
    return hasNull ? null : decisive.equals("t") ? "f" : "t";
  }

  private static final BoundExpr X = ref(1, 0, INT4);
  private static final BoundExpr ZERO = constant(INT4, "0");
  private static final BoundExpr INVERSE = operator("/", constant(INT4, "6"), X);
  private static final Column ZEROS = column(INT4, "3", "0", null, "2", "0", "-1");

  @Test
  void armsOfCaseAreComputedOnlyWhereTheyAreTaken() {
    BoundExpr isZero = operator("=", X, ZERO);
    BoundExpr searched =
        new BoundExpr.Case(null, List.of(new BoundExpr.When(isZero, ZERO)), INVERSE, INT4, -1);
    assertThat(evaluate(searched, Selection.dense(6), ZEROS))
        .containsExactly("2", "0", null, "3", "0", "-6");
    BoundExpr operand = new BoundExpr.CaseOperand(INT4, -1);
    BoundExpr simple =
        new BoundExpr.Case(
            X,
            List.of(
                new BoundExpr.When(operator("=", operand, ZERO), constant(INT4, "100")),
                new BoundExpr.When(operator("=", operand, constant(INT4, "2")), INVERSE)),
            constant(INT4, null),
            INT4,
            -1);
    assertThat(evaluate(simple, Selection.dense(6), ZEROS))
        .containsExactly(null, "100", null, "3", "100", null);
    assertThatThrownBy(() -> evaluate(INVERSE, Selection.dense(6), ZEROS))
        .isInstanceOf(SqlException.class)
        .hasMessage("division by zero");
  }

  @Test
  void laterOperandsAreComputedOnlyWhereTheyDecide() {
    BoundExpr isPositive = operator(">", INVERSE, ZERO);
    BoundExpr isNotZero = operator("<>", X, ZERO);
    assertThat(
            evaluate(
                new BoundExpr.And(List.of(isNotZero, isPositive), BOOL), Selection.dense(6), ZEROS))
        .containsExactly("t", "f", null, "t", "f", "f");
    BoundExpr isZero = operator("=", X, ZERO);
    assertThat(
            evaluate(
                new BoundExpr.Or(List.of(isZero, isPositive), BOOL), Selection.dense(6), ZEROS))
        .containsExactly("t", "t", null, "t", "t", "f");
    BoundExpr nullIfZero = new BoundExpr.NullIf(X, X, ZERO, operatorCall("=", INT4, INT4));
    BoundExpr safe = operator("/", constant(INT4, "6"), nullIfZero);
    assertThat(evaluate(safe, Selection.dense(6), ZEROS))
        .containsExactly("2", null, null, "3", null, "-6");
    BoundExpr coalesce = new BoundExpr.Coalesce(List.of(constant(INT4, "9"), INVERSE), INT4, -1);
    assertThat(evaluate(coalesce, Selection.dense(6), ZEROS)).containsOnly("9");
  }

  @Test
  void aConstantThatRaisesAnErrorDoesSoOnlyWhenARowAsks() {
    BoundExpr bad = operator("/", constant(INT4, "1"), ZERO);
    BoundExpr guarded =
        new BoundExpr.Case(
            null,
            List.of(new BoundExpr.When(operator(">", X, constant(INT4, "99")), bad)),
            X,
            INT4,
            -1);
    assertThat(evaluate(guarded, Selection.dense(6), ZEROS))
        .containsExactly("3", "0", null, "2", "0", "-1");
    assertThatThrownBy(() -> evaluate(bad, Selection.dense(6), ZEROS))
        .hasMessage("division by zero");
  }

  @Test
  void quantifiedArraysEqualTheModel() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int elements = random.nextInt(30);
      List<String> array = new ArrayList<>();
      for (int i = 0; i < elements; i++) {
        array.add(random.nextInt(12) == 0 ? null : Integer.toString(random.nextInt(40)));
      }
      String[] data = new String[100];
      for (int i = 0; i < data.length; i++) {
        data[i] = random.nextInt(8) == 0 ? null : Integer.toString(random.nextInt(40));
      }
      boolean isAll = random.nextBoolean();
      String symbol = List.of("=", "<>", "<").get(random.nextInt(3));
      BoundExpr quantified =
          new BoundExpr.QuantifiedArray(
              operatorCall(symbol, INT4, INT4),
              X,
              constant(INT4_ARRAY, literal(array)),
              isAll,
              BOOL);
      Selection rows = randomRows(random, data.length);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < rows.count(); i++) {
        expected.add(quantifiedModel(data[rows.position(i)], symbol, array, isAll));
      }
      assertThat(evaluate(quantified, rows, column(INT4, data)))
          .as("seed %d: %s %s %s", seed, symbol, isAll, array)
          .isEqualTo(expected);
    }
  }

  private static String literal(List<String> array) {
    return "{" + String.join(",", array.stream().map(e -> e == null ? "NULL" : e).toList()) + "}";
  }

  private static String quantifiedModel(
      String value, String symbol, List<String> array, boolean isAll) {
    boolean hasNull = false;
    for (String element : array) {
      if (value == null || element == null) {
        hasNull = true;
        continue;
      }
      int order = Integer.compare(Integer.parseInt(value), Integer.parseInt(element));
      boolean holds = symbol.equals("=") ? order == 0 : symbol.equals("<") ? order < 0 : order != 0;
      if (holds != isAll) {
        return bool(!isAll);
      }
    }
    return hasNull ? null : bool(isAll);
  }

  @Test
  void extremesAndRowComparisonsFollowTheTypesOrder() {
    Column a = column(INT4, "1", null, "5", null, "2");
    Column b = column(INT4, "3", "4", "-5", null, "2");
    BoundExpr left = ref(1, 0, INT4);
    BoundExpr right = ref(1, 1, INT4);
    assertThat(
            evaluate(
                new BoundExpr.Extreme(true, List.of(left, right), INT4), Selection.dense(5), a, b))
        .containsExactly("3", "4", "5", null, "2");
    assertThat(
            evaluate(
                new BoundExpr.Extreme(false, List.of(left, right), INT4), Selection.dense(5), a, b))
        .containsExactly("1", "4", "-5", null, "2");
    for (String symbol : List.of("<", "<=", ">", ">=")) {
      BoundExpr rows =
          new BoundExpr.RowComparison(symbol, List.of(left, left), List.of(right, right), BOOL);
      String equal = bool(symbol.endsWith("="));
      boolean isLess = symbol.startsWith("<");
      assertThat(evaluate(rows, Selection.dense(5), a, b))
          .containsExactly(bool(isLess), null, bool(!isLess), null, equal);
    }
  }

  @Test
  void subscriptsFindElementsAndSlices() {
    BoundExpr array = constant(INT4_ARRAY, "[0:3]={10,NULL,12,13}");
    BoundExpr element =
        new BoundExpr.Subscripts(array, List.of(new BoundExpr.Subscript(null, X)), false, INT4);
    assertThat(evaluate(element, Selection.dense(6), column(INT4, "0", "1", "3", "4", null, "-1")))
        .containsExactly("10", null, "13", null, null, null);
    BoundExpr slice =
        new BoundExpr.Subscripts(
            array, List.of(new BoundExpr.Subscript(X, null)), true, INT4_ARRAY);
    assertThat(evaluate(slice, Selection.dense(4), column(INT4, "2", "-9", "4", null)))
        .containsExactly("{12,13}", "{10,NULL,12,13}", "{}", null);
    BoundExpr assigned =
        new BoundExpr.SubscriptAssignment(
            constant(INT4_ARRAY, "{1,2}"),
            List.of(new BoundExpr.Subscript(null, X)),
            false,
            constant(INT4, "7"),
            INT4_ARRAY);
    assertThat(evaluate(assigned, Selection.dense(4), column(INT4, "1", "2", "4", "-1")))
        .containsExactly("{7,2}", "{1,7}", "{1,2,NULL,7}", "[-1:2]={7,NULL,1,2}");
  }

  @Test
  void arraysAreBuiltAndCast() {
    BoundExpr built =
        new BoundExpr.ArrayConstructor(
            List.of(X, constant(INT4, "1"), constant(INT4, null)), false, INT4_ARRAY);
    Column values = column(INT4, "5", null);
    assertThat(evaluate(built, Selection.dense(2), values))
        .containsExactly("{5,1,NULL}", "{NULL,1,NULL}");
    BoundExpr nested = new BoundExpr.ArrayConstructor(List.of(built, built), true, INT4_ARRAY);
    assertThat(evaluate(nested, Selection.dense(2), values))
        .containsExactly("{{5,1,NULL},{5,1,NULL}}", "{{NULL,1,NULL},{NULL,1,NULL}}");
    SqlType textArray = TestPlans.TYPES.byOid(Oids.TEXT_ARRAY);
    BoundExpr cast =
        new BoundExpr.ArrayCast(
            nested,
            new BoundExpr.CastByText(new BoundExpr.CaseOperand(INT4, -1), TEXT, -1),
            textArray,
            -1);
    assertThat(evaluate(cast, Selection.dense(2), values))
        .containsExactly("{{5,1,NULL},{5,1,NULL}}", "{{NULL,1,NULL},{NULL,1,NULL}}");
  }
}
