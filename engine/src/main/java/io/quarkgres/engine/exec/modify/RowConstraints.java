package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a table asks of its new rows: generated columns, NOT NULL, CHECK. Blocks here have all
 * columns of the table. Used by one thread.
 */
final class RowConstraints {
  private final TableEntry table;
  private final Evaluator[] generated;
  private final Evaluator[] checks;
  private final String[] checkNames;
  private final boolean[] isOfView;
  private final ExecutionContext context;

  RowConstraints(
      TableEntry table,
      int target,
      List<BoundExpr> generated,
      List<Modification.Check> checks,
      Environment environment,
      ExecutionContext context) {
    this.table = table;
    this.context = context;
    boolean computes = !checks.isEmpty() || generated.stream().anyMatch(Objects::nonNull);
    Scope scope = computes ? new Scope(environment, targetColumns(table, target)) : null;
    this.generated = new Evaluator[table.columns().size()];
    for (int i = 0; i < this.generated.length; i++) {
      this.generated[i] = generated.get(i) == null ? null : scope.compile(generated.get(i));
    }
    this.checks = new Evaluator[checks.size()];
    this.checkNames = new String[checks.size()];
    this.isOfView = new boolean[checks.size()];
    for (int i = 0; i < checkNames.length; i++) {
      this.checks[i] = scope.compile(checks.get(i).condition());
      this.checkNames[i] = checks.get(i).name();
      this.isOfView[i] = checks.get(i).isOfView();
    }
  }

  /** Returns the columns of the pseudo-relation that means a row of the table, row id included. */
  static List<OutputColumn> targetColumns(TableEntry table, int target) {
    List<OutputColumn> result = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnEntry column = table.columns().get(i);
      result.add(new OutputColumn(target, i, column.name(), column.type(), column.typmod()));
    }
    return result;
  }

  /** Returns the columns of the pseudo-relation with the row id behind them. */
  static List<OutputColumn> targetColumnsWithRowId(
      TableEntry table, int target, ExecutionContext context) {
    List<OutputColumn> result = targetColumns(table, target);
    result.add(
        new OutputColumn(
            target, result.size(), "ctid", context.catalog().types().byOid(Oids.INT8), -1));
    return result;
  }

  boolean isGenerated(int column) {
    return generated[column] != null;
  }

  boolean hasGenerated() {
    for (Evaluator evaluator : generated) {
      if (evaluator != null) {
        return true;
      }
    }
    return false;
  }

  /** Computes the generated columns of rows into {@code columns}. */
  void generate(Column[] columns, int positionCount) {
    if (hasGenerated()) {
      Block rows = new Block(columns.clone(), positionCount, Selection.dense(positionCount));
      for (int i = 0; i < generated.length; i++) {
        if (generated[i] != null) {
          columns[i] = generated[i].evaluate(rows, rows.selection(), context.frame());
        }
      }
    }
  }

  /** A row that breaks a constraint. */
  record Failure(int position, SqlException error) {}

  /** Returns the first selected row that breaks a constraint, or {@code null}. */
  Failure firstFailure(Block rows) {
    int first = Integer.MAX_VALUE;
    int column = -1;
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnEntry entry = table.columns().get(i);
      if (entry.isNotNull() && !entry.isDropped()) {
        int position = firstNull(rows.column(i), rows.selection());
        if (position < first) {
          first = position;
          column = i;
        }
      }
    }
    int check = -1;
    for (int i = 0; i < checks.length; i++) {
      int position = firstFalse(checks[i], rows);
      if (position < first) {
        first = position;
        check = i;
      }
    }
    if (first == Integer.MAX_VALUE) {
      return null;
    }
    SqlException error =
        check >= 0
            ? broken(check, rows, first)
            : ConstraintErrors.notNull(
                table, table.columns().get(column), rows, first, context.evaluation().types());
    return new Failure(first, error);
  }

  private SqlException broken(int check, Block rows, int position) {
    TypeContext types = context.evaluation().types();
    return isOfView[check]
        ? ConstraintErrors.checkOption(table, checkNames[check], rows, position, types)
        : ConstraintErrors.check(table, checkNames[check], rows, position, types);
  }

  private static int firstNull(Column column, Selection rows) {
    if (column.nulls() != null) {
      for (int i = 0; i < rows.count(); i++) {
        if (column.isNull(rows.position(i))) {
          return rows.position(i);
        }
      }
    }
    return Integer.MAX_VALUE;
  }

  private int firstFalse(Evaluator check, Block rows) {
    BooleanColumn answers = (BooleanColumn) check.evaluate(rows, rows.selection(), context.frame());
    for (int i = 0; i < rows.rowCount(); i++) {
      int position = rows.selection().position(i);
      if (!answers.isNull(position) && !answers.values()[position]) {
        return position;
      }
    }
    return Integer.MAX_VALUE;
  }
}
