package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import java.util.List;

/** What INSERT, UPDATE and DELETE have in common: reading the source, RETURNING, counting. */
public abstract class ModifyOperator implements Operator {
  final TableEntry table;
  final Operator source;
  final List<OutputColumn> sourceColumns;
  final ModifyContext shared;
  final ExecutionContext context;
  private final Evaluator[] returning;
  private final boolean hasReturning;
  private long affectedRows;

  ModifyOperator(
      Plan.Modify plan, Modification modification, Operator source, ModifyContext shared) {
    this.table = modification.table();
    this.source = source;
    this.sourceColumns = plan.source().outputs();
    this.shared = shared;
    this.context = shared.context();
    this.hasReturning = !modification.returning().isEmpty();
    this.returning = hasReturning ? returning(modification) : new Evaluator[0];
  }

  private Evaluator[] returning(Modification modification) {
    List<OutputColumn> visible =
        RowConstraints.targetColumnsWithRowId(table, modification.target(), context);
    visible.addAll(sourceColumns);
    return new Scope(shared.environment(), visible).compileAll(modification.returning());
  }

  /** Returns how many rows were changed so far. */
  public final long affectedRows() {
    return affectedRows;
  }

  final void addAffected(long rows) {
    affectedRows += rows;
  }

  final boolean hasReturning() {
    return hasReturning;
  }

  /** Tells whether the statement may have to be run again after a wait. */
  public boolean mayRestart() {
    return false;
  }

  /** Changes the rows that a source block asks for; returns RETURNING's rows or {@code null}. */
  abstract Block modify(Block block);

  @Override
  public final Block next() {
    while (true) {
      context.checkInterruption();
      Block block = source.next();
      if (block == null) {
        return null;
      }
      Block returned = modify(block);
      if (returned != null && returned.rowCount() > 0) {
        return returned;
      }
    }
  }

  /**
   * Computes RETURNING.
   *
   * @param target all columns of the table
   * @param rowIds aligned with them
   * @param sources the source's columns, aligned with them; {@code null} when not visible
   */
  final Block returned(Column[] target, long[] rowIds, Column[] sources, int n) {
    if (!hasReturning || n == 0) {
      return null;
    }
    int width = target.length;
    Column[] all = new Column[width + 1 + sourceColumns.size()];
    System.arraycopy(target, 0, all, 0, width);
    all[width] = new LongColumn(rowIds, null, n);
    if (sources != null) {
      System.arraycopy(sources, 0, all, width + 1, sources.length);
    }
    Block input = new Block(all, n, Selection.dense(n));
    Column[] result = new Column[returning.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = returning[i].evaluate(input, input.selection(), context.frame());
    }
    return new Block(n, result);
  }

  /** Returns the catalog's entry of an index of the table. */
  final IndexEntry entryOf(TableIndex index) {
    return entryOf(index, table, context);
  }

  static IndexEntry entryOf(TableIndex index, TableEntry table, ExecutionContext context) {
    for (IndexEntry entry : context.catalog().indexesOf(table.oid())) {
      if (entry.index() == index || entry.name().equals(index.spec().name())) {
        return entry;
      }
    }
    throw new IllegalStateException("an index of a table has no entry: " + index.spec().name());
  }

  /** Makes the error of a row, with all columns, that has a key which is there already. */
  final SqlException uniqueViolation(TableIndex index, Block rows, int position) {
    return uniqueViolation(index, rows, position, table, context);
  }

  static SqlException uniqueViolation(
      TableIndex index, Block rows, int position, TableEntry table, ExecutionContext context) {
    IndexEntry entry = entryOf(index, table, context);
    Block one = rows.select(new Selection(new int[] {position}, 1)).compact();
    Block keys = index.spec().keys().keys(one);
    return ConstraintErrors.unique(table, entry, keys, 0, context.evaluation());
  }

  /** Makes the error of a row whose key another row has as well. */
  static SqlException uniqueViolation(
      IndexEntry entry, long rowId, TableEntry table, ExecutionContext context) {
    int[] all = Columns.all(table.columns().size());
    try (Snapshot latest = context.transaction().latest()) {
      Block row = table.store().fetch(latest, new long[] {rowId}, 1, all).compact();
      Block keys = entry.index().spec().keys().keys(row);
      return ConstraintErrors.unique(table, entry, keys, 0, context.evaluation());
    }
  }

  @Override
  public void reset() {
    throw new IllegalStateException("a modification is run once");
  }

  @Override
  public void close() {
    source.close();
  }
}
