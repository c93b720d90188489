package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.catalog.ConstraintEntry.Action;
import io.quarkgres.engine.catalog.ConstraintEntry.ForeignKey;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.exec.RowRules;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.Arrays;
import java.util.List;

/**
 * What happens to rows that refer to keys which are gone: an error, or CASCADE, SET NULL, SET
 * DEFAULT over whole sets of rows. Used by one thread.
 */
final class ReferentialAction {
  private final ExecutionContext context;
  private final Environment environment;
  private final ReferenceChecks checks;

  ReferentialAction(ExecutionContext context, Environment environment, ReferenceChecks checks) {
    this.context = context;
    this.environment = environment;
    this.checks = checks;
  }

  /**
   * Keys that are gone from a referenced table.
   *
   * @param replacements the new keys of updated rows, {@code null} for deleted rows
   */
  record Gone(ForeignKey key, TableEntry table, Column[] keys, Column[] replacements, int count) {
    static Gone of(ReferenceChecks.GoneKeys gone) {
      int n = gone.buffer().count();
      Column[] keys = gone.buffer().build();
      Column[] replacements = gone.replacements() == null ? null : gone.replacements().build();
      return new Gone(gone.key(), gone.table(), keys, replacements, n);
    }

    Action action() {
      return replacements == null ? key.onDelete() : key.onUpdate();
    }
  }

  /** Raises 23503 if a row still refers to a key that is gone and has not come back. */
  static void requireUnreferenced(Gone gone, ExecutionContext context) {
    try (Snapshot latest = context.transaction().latest()) {
      int[] absent = new int[gone.count()];
      int n = 0;
      KeyLookup lookup = KeyLookup.of(gone.key(), context);
      for (int i = 0; i < gone.count(); i++) {
        absent[n] = i;
        boolean isBack = gone.action() != Action.RESTRICT && lookup.exists(gone.keys(), i, latest);
        n += isBack ? 0 : 1;
      }
      Column[] keys = RowOutput.gather(gone.keys(), absent, n);
      ReferencingRows rows = new ReferencingRows(gone.key(), context);
      ReferencingRows.Found found = rows.find(ownTypes(gone, keys, n, context), n, latest, true);
      if (found.count() > 0) {
        throw ConstraintErrors.stillReferenced(
            gone.table(),
            gone.key(),
            rows.table(),
            keys,
            found.keyPositions()[0],
            context.evaluation().types());
      }
    }
  }

  /** Converts keys into the types of the referencing columns. */
  private static Column[] ownTypes(Gone gone, Column[] keys, int n, ExecutionContext context) {
    TableEntry referencing = (TableEntry) context.catalog().relationByOid(gone.key().tableOid());
    SqlType[] from = ReferenceChecks.types(gone.table(), gone.key().referencedColumns());
    SqlType[] to = ReferenceChecks.types(referencing, gone.key().columns());
    Column[] result = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      result[i] = KeyConversion.convert(keys[i], n, from[i], to[i], context.evaluation().types());
    }
    return result;
  }

  /** Makes the referencing rows follow: CASCADE, SET NULL, SET DEFAULT. */
  void follow(Gone gone) {
    ReferencingRows rows = new ReferencingRows(gone.key(), context);
    Column[] keys = ownTypes(gone, gone.keys(), gone.count(), context);
    boolean isDelete = gone.replacements() == null && gone.action() == Action.CASCADE;
    boolean isFixed = context.transaction().isolation() != IsolationLevel.READ_COMMITTED;
    boolean isComplete = false;
    while (!isComplete) {
      context.checkInterruption();
      // By its own snapshot a transaction that keeps one finds out what came after that.
      try (Snapshot latest = context.transaction().latest();
          Snapshot own = context.transaction().snapshot()) {
        ReferencingRows.Found found = rows.find(keys, gone.count(), latest, false);
        RowLockMode mode = isDelete ? RowLockMode.UPDATE : RowLockMode.NO_KEY_UPDATE;
        int[] locked = new int[found.count()];
        int n = lock(rows.table(), found, isFixed ? own : latest, mode, locked);
        // a row that changed meanwhile is looked for again
        isComplete = n == found.count();
        for (int from = 0; from < n; from += Block.ROWS_MAX) {
          int size = Math.min(Block.ROWS_MAX, n - from);
          int[] slice = Arrays.copyOfRange(locked, from, from + size);
          if (isDelete) {
            delete(rows.table(), found, slice);
          } else {
            update(gone, rows.table(), found, slice);
          }
        }
      }
      if (!isComplete) {
        context.transaction().nextCommand();
      }
    }
  }

  private int lock(
      TableEntry table,
      ReferencingRows.Found found,
      Snapshot snapshot,
      RowLockMode mode,
      int[] locked) {
    int n = 0;
    for (int i = 0; i < found.count(); i++) {
      LockOutcome outcome =
          table
              .store()
              .lock(context.transaction(), snapshot, found.rowIds()[i], mode, WaitPolicy.WAIT);
      locked[n] = i;
      n += outcome == LockOutcome.LOCKED ? 1 : 0;
    }
    return n;
  }

  private static long[] pick(long[] values, int[] positions) {
    long[] result = new long[positions.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[positions[i]];
    }
    return result;
  }

  private void delete(TableEntry table, ReferencingRows.Found found, int[] rows) {
    table.store().delete(context.transaction(), pick(found.rowIds(), rows), rows.length);
    ReferenceChecks.Referenced referenced = checks.referenced(table);
    if (referenced.isNeeded()) {
      referenced.addRemoved(RowOutput.gather(found.columns(), rows, rows.length), rows.length);
    }
  }

  private void update(Gone gone, TableEntry table, ReferencingRows.Found found, int[] rows) {
    int n = rows.length;
    RowRules.Rules rules = context.rules().of(table);
    RowConstraints constraints =
        new RowConstraints(
            table, rules.target(), rules.generated(), rules.checks(), environment, context);
    Column[] old = RowOutput.gather(found.columns(), rows, n);
    Column[] image = old.clone();
    List<Integer> columns = gone.key().columns();
    for (int i = 0; i < columns.size(); i++) {
      int column = columns.get(i) - 1;
      if (!isSet(gone, columns.get(i))) {
        continue;
      }
      image[column] = newValue(gone, table, found, rows, i, rules);
    }
    constraints.generate(image, n);
    Block newRows = new Block(n, image);
    RowConstraints.Failure failure = constraints.firstFailure(newRows);
    if (failure != null) {
      throw failure.error();
    }
    List<Integer> set = columns.stream().filter(c -> isSet(gone, c)).map(c -> c - 1).toList();
    int[] changed = UpdateOperator.changedColumns(set, constraints, table);
    UniqueConflict conflict = new UniqueConflict();
    Block changes = new Block(n, Columns.pick(image, changed));
    long[] rowIds = pick(found.rowIds(), rows);
    int done = table.store().update(context.transaction(), rowIds, changed, changes, conflict);
    if (done < n) {
      throw ModifyOperator.uniqueViolation(
          conflict.index(), newRows, conflict.position(), table, context);
    }
    checks.lateKeys(table).addChanged(rowIds, n, changed);
    checks.referencing(table).addChanged(old, image, changed, n);
    checks.referenced(table).addChanged(old, image, changed, n);
  }

  /** Tells whether the action is about a column: ON DELETE SET may name some. */
  private static boolean isSet(Gone gone, int column) {
    List<Integer> some = gone.key().setColumns();
    boolean isDeletion = gone.replacements() == null;
    return some.isEmpty() || !isDeletion || some.contains(column);
  }

  private Column newValue(
      Gone gone,
      TableEntry table,
      ReferencingRows.Found found,
      int[] rows,
      int keyColumn,
      RowRules.Rules rules) {
    int column = gone.key().columns().get(keyColumn) - 1;
    int n = rows.length;
    SqlType type = table.columns().get(column).type();
    return switch (gone.action()) {
      case CASCADE -> {
        int[] positions = new int[n];
        for (int i = 0; i < n; i++) {
          positions[i] = found.keyPositions()[rows[i]];
        }
        Column[] replacements = ownTypes(gone, gone.replacements(), gone.count(), context);
        yield replacements[keyColumn].gather(positions, n);
      }
      case SET_NULL -> ColumnBuilder.nulls(type.layout(), n);
      case SET_DEFAULT -> {
        Evaluator value = new Scope(environment, List.of()).compile(rules.defaults().get(column));
        yield value.evaluate(new Block(n), Selection.dense(n), context.frame());
      }
      case NO_ACTION, RESTRICT -> throw new IllegalStateException("nothing follows");
    };
  }
}
