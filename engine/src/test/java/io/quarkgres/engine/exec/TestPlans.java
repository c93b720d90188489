package io.quarkgres.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.exec.build.Execution;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.function.TestContext;
import io.quarkgres.engine.function.builtin.BuiltinFunctions;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.spill.SpillFolder;
import io.quarkgres.engine.spill.SpillSpace;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plans over constant rows, and their results as texts. Values are texts, {@code null} for NULL.
 */
public final class TestPlans {
  public static final TypeRegistry TYPES = BuiltinTypes.registry();
  public static final FunctionRegistry FUNCTIONS = BuiltinFunctions.registry();
  public static final Catalog CATALOG = CatalogVersion.initial(1, "test", TYPES, FUNCTIONS);
  public static final TestContext EVALUATION = new TestContext(TypeContext.DEFAULT);
  public static final SqlType BOOL = TYPES.byOid(Oids.BOOL);
  public static final SqlType INT4 = TYPES.byOid(Oids.INT4);
  public static final SqlType INT8 = TYPES.byOid(Oids.INT8);
  public static final SqlType FLOAT8 = TYPES.byOid(Oids.FLOAT8);
  public static final SqlType TEXT = TYPES.byOid(Oids.TEXT);
  public static final SqlType NUMERIC = TYPES.byOid(Oids.NUMERIC);

  private static final int SPILLED_RUNS = 4;
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final SpillFolder TEMPORARY = new SpillFolder(null);

  private TestPlans() {}

  public static BoundExpr constant(SqlType type, String text) {
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
    append(type, text, builder);
    return new BoundExpr.Constant(type, -1, builder.build());
  }

  public static void append(SqlType type, String text, ColumnBuilder builder) {
    if (text == null) {
      builder.appendNull();
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      type.parse(bytes, 0, bytes.length, -1, builder, TypeContext.DEFAULT);
    }
  }

  public static Column column(SqlType type, String... values) {
    ColumnBuilder builder = ColumnBuilder.of(type.layout(), values.length);
    for (String value : values) {
      append(type, value, builder);
    }
    return builder.build();
  }

  public static String text(SqlType type, Column column, int position) {
    if (column.isNull(position)) {
      return null;
    }
    ByteSink sink = new ByteSink(32);
    type.print(column, position, sink, TypeContext.DEFAULT);
    return sink.toString();
  }

  /** A call of an operator on operands of exactly its types. */
  public static BoundExpr.FunctionCall operator(String name, BoundExpr left, BoundExpr right) {
    Call call = operatorCall(name, left.type(), right.type());
    return new BoundExpr.FunctionCall(call, List.of(left, right), -1);
  }

  public static Call operatorCall(String name, SqlType left, SqlType right) {
    for (OperatorDef operator : FUNCTIONS.operators(name)) {
      if (operator.left() == left.oid() && operator.right() == right.oid()) {
        FunctionDef function = FUNCTIONS.function(operator.function());
        return new Call(function, new SqlType[] {left, right}, TYPES.byOid(operator.result()), 0);
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** A call of a function by name and exact argument types. */
  public static Call call(String name, SqlType result, SqlType... arguments) {
    List<Integer> oids = new ArrayList<>();
    for (SqlType argument : arguments) {
      oids.add(argument.oid());
    }
    for (FunctionDef function : FUNCTIONS.functions(name)) {
      if (function.argumentTypes().equals(oids)) {
        return new Call(function, arguments, result, 0);
      }
    }
    throw new IllegalArgumentException(name + oids);
  }

  public static OutputColumn output(int relation, int column, SqlType type) {
    return new OutputColumn(relation, column, "c" + column, type, -1);
  }

  public static BoundExpr ref(int relation, int column, SqlType type) {
    return output(relation, column, type).ref();
  }

  public static List<OutputColumn> outputs(int relation, SqlType... types) {
    List<OutputColumn> result = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      result.add(output(relation, i, types[i]));
    }
    return result;
  }

  /** Constant rows, among others that a filter takes out so that selections are not dense. */
  public static Plan rows(int relation, SqlType[] types, List<List<String>> rows) {
    List<OutputColumn> outputs = outputs(relation, types);
    outputs.add(output(relation, types.length, BOOL));
    List<List<BoundExpr>> values = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      if (r % 3 == 1) {
        values.add(row(types, rows.get(rows.size() - 1 - r), "f"));
      }
      values.add(row(types, rows.get(r), "t"));
    }
    Plan scan = new Plan.ValuesScan(relation, values, outputs);
    return new Plan.Filter(scan, ref(relation, types.length, BOOL), rows.size());
  }

  private static List<BoundExpr> row(SqlType[] types, List<String> values, String kept) {
    List<BoundExpr> result = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      result.add(constant(types[i], values.get(i)));
    }
    result.add(constant(BOOL, kept));
    return result;
  }

  /** Drops all but the given columns. */
  public static Plan only(Plan plan, List<OutputColumn> wanted) {
    List<BoundExpr> expressions = new ArrayList<>();
    for (OutputColumn column : wanted) {
      expressions.add(column.ref());
    }
    return new Plan.Project(plan, expressions, wanted);
  }

  public static PlannedStatement statement(Plan plan) {
    return statement(plan, new IdentityHashMap<>());
  }

  public static PlannedStatement statement(
      Plan plan, Map<BoundExpr.Subquery, PlannedStatement.Subplan> subplans) {
    List<ResultColumn> columns = new ArrayList<>();
    for (OutputColumn output : plan.outputs()) {
      columns.add(new ResultColumn(output.name(), output.type(), output.typmod(), 0, 0));
    }
    BoundStatement bound =
        new BoundStatement(
            new Relation.SingleRow(),
            columns,
            List.of(),
            BoundStatement.Kind.SELECT,
            true,
            List.of(),
            List.of(),
            CATALOG.version());
    return new PlannedStatement(bound, plan, subplans, null);
  }

  public static ExecutionContext context(Column... parameters) {
    return new ExecutionContext(EVALUATION, CATALOG, null, null, parameters);
  }

  /**
   * Runs a plan; returns its rows in order. One plan in some is run once more without any working
   * memory, which must give the same rows, and nothing may be left of its temporary files.
   */
  public static List<List<String>> run(Plan plan) {
    List<List<String>> result = run(statement(plan), context());
    if (RUNS.getAndIncrement() % SPILLED_RUNS == 0) {
      compareSpilled(plan, result);
    }
    return result;
  }

  private static void compareSpilled(Plan plan, List<List<String>> result) {
    SpillSpace space = new SpillSpace(TEMPORARY);
    MemoryAccount none = new MemoryAccount(MemoryAccount.DEFAULT_LIMIT_BYTES, -1, -1, space);
    List<List<String>> spilled = run(statement(plan), context().withMemory(none));
    boolean isOrdered = plan instanceof Plan.Sort || plan instanceof Plan.TopN;
    assertThat(isOrdered ? spilled : sorted(spilled))
        .isEqualTo(isOrdered ? result : sorted(result));
    assertThat(none.usedBytes()).isZero();
    assertThat(space.usedBytes()).isZero();
  }

  public static List<List<String>> run(PlannedStatement statement, ExecutionContext context) {
    List<List<String>> result = new ArrayList<>();
    try (Execution execution = Execution.open(statement, context)) {
      for (Block block = execution.next(); block != null; block = execution.next()) {
        add(block, statement.plan().outputs(), result);
      }
    }
    if (context.memory().usedBytes() < 0) {
      throw new AssertionError("more memory was given back than taken");
    }
    return result;
  }

  public static void add(Block block, List<OutputColumn> outputs, List<List<String>> result) {
    if (block.rowCount() == 0) {
      throw new AssertionError("a block without rows");
    }
    for (int i = 0; i < block.rowCount(); i++) {
      int position = block.selection().position(i);
      List<String> row = new ArrayList<>();
      for (int c = 0; c < outputs.size(); c++) {
        row.add(text(outputs.get(c).type(), block.column(c), position));
      }
      result.add(row);
    }
  }

  /** Sorts rows by their texts, for comparing results as multisets. */
  public static List<List<String>> sorted(List<List<String>> rows) {
    List<List<String>> result = new ArrayList<>(rows);
    result.sort(Comparator.comparing(List::toString));
    return result;
  }
}
