package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ConstraintEntry.ForeignKey;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.exec.RowOrder;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.expr.Environment;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The foreign keys of a statement: collects new referencing keys and gone referenced keys while
 * rows change, and at the end of the statement checks them and runs the referential actions. Used
 * by one thread.
 */
public final class ReferenceChecks {
  private final ExecutionContext context;
  private final ReferentialAction actions;
  private List<NewKeys> newKeys = new ArrayList<>();
  private List<GoneKeys> goneKeys = new ArrayList<>();
  private final List<DeferredChecks.Alone> newRows = new ArrayList<>(0);

  public ReferenceChecks(ExecutionContext context, Environment environment) {
    this.context = context;
    this.actions = new ReferentialAction(context, environment, this);
  }

  /** Keys of referencing rows that must exist, each once. */
  private record NewKeys(ForeignKey key, TableEntry table, KeyTable seen, RowBuffer buffer) {}

  /**
   * Keys of referenced rows that are gone.
   *
   * @param replacements the keys that came in their place, {@code null} for deleted rows
   */
  record GoneKeys(ForeignKey key, TableEntry table, RowBuffer buffer, RowBuffer replacements) {}

  /** The foreign keys of a table whose rows refer to others. */
  final class Referencing {
    private final TableEntry table;
    private final List<ForeignKey> keys;

    private Referencing(TableEntry table) {
      this.table = table;
      this.keys = foreignKeys(table.constraints());
    }

    /** Notes new rows, given all their columns. */
    void addAll(Column[] columns, Selection rows) {
      for (ForeignKey key : keys) {
        note(key, keyColumns(columns, key.columns()), rows);
      }
    }

    /** Notes changed rows; those whose key stays as it was need no check. */
    void addChanged(Column[] old, Column[] now, int[] changed, int n) {
      for (ForeignKey key : keys) {
        if (touches(key.columns(), changed)) {
          Column[] columns = keyColumns(now, key.columns());
          SqlType[] types = types(table, key.columns());
          note(key, columns, differing(keyColumns(old, key.columns()), columns, types, n));
        }
      }
    }

    private void note(ForeignKey key, Column[] columns, Selection rows) {
      Selection whole = rows;
      for (Column column : columns) {
        whole = whole.withoutNulls(column.nulls());
      }
      if (key.isMatchFull() && whole.count() < rows.count()) {
        requireNoMixture(key, columns, rows);
      }
      if (whole.count() == 0) {
        return;
      }
      NewKeys pending = pending(key);
      int size = columns[0].count();
      int[] numbers = new int[size];
      int known = pending.seen.count();
      pending.seen.assign(columns, whole, numbers);
      int[] fresh = new int[whole.count()];
      int n = 0;
      for (int i = 0; i < whole.count(); i++) {
        int position = whole.position(i);
        if (numbers[position] == known) {
          known++;
          fresh[n++] = position;
        }
      }
      pending.buffer.append(columns, new Selection(fresh, n));
    }

    private void requireNoMixture(ForeignKey key, Column[] columns, Selection rows) {
      for (int i = 0; i < rows.count(); i++) {
        int nulls = 0;
        for (Column column : columns) {
          nulls += column.isNull(rows.position(i)) ? 1 : 0;
        }
        if (nulls > 0 && nulls < columns.length) {
          throw ConstraintErrors.mixedNulls(table, key);
        }
      }
    }

    private NewKeys pending(ForeignKey key) {
      for (NewKeys pending : newKeys) {
        if (pending.key.oid() == key.oid()) {
          return pending;
        }
      }
      SqlType[] types = types(table, key.columns());
      NewKeys pending =
          new NewKeys(key, table, KeyTable.of(types, new boolean[types.length]), buffer(types));
      newKeys.add(pending);
      return pending;
    }
  }

  /** The foreign keys that refer to a table. */
  final class Referenced {
    private final TableEntry table;
    private final List<ForeignKey> keys;

    private Referenced(TableEntry table) {
      this.table = table;
      this.keys = foreignKeys(context.catalog().referencesTo(table.oid()));
    }

    /** Tells whether anything refers to the table. */
    boolean isNeeded() {
      return !keys.isEmpty();
    }

    /** Notes deleted rows, given all their columns. */
    void addRemoved(Column[] old, int n) {
      for (ForeignKey key : keys) {
        Column[] columns = keyColumns(old, key.referencedColumns());
        pending(key, false).buffer.append(columns, withoutNulls(columns, Selection.dense(n)));
      }
    }

    /** Notes changed rows; those whose key stays as it was do not matter. */
    void addChanged(Column[] old, Column[] now, int[] changed, int n) {
      for (ForeignKey key : keys) {
        if (touches(key.referencedColumns(), changed)) {
          Column[] before = keyColumns(old, key.referencedColumns());
          Column[] after = keyColumns(now, key.referencedColumns());
          SqlType[] types = types(table, key.referencedColumns());
          Selection rows = withoutNulls(before, differing(before, after, types, n));
          if (rows.count() > 0) {
            GoneKeys pending = pending(key, true);
            pending.buffer.append(before, rows);
            pending.replacements.append(after, rows);
          }
        }
      }
    }

    private GoneKeys pending(ForeignKey key, boolean isReplaced) {
      for (GoneKeys pending : goneKeys) {
        if (pending.key.oid() == key.oid() && (pending.replacements != null) == isReplaced) {
          return pending;
        }
      }
      SqlType[] types = types(table, key.referencedColumns());
      GoneKeys pending = new GoneKeys(key, table, buffer(types), isReplaced ? buffer(types) : null);
      goneKeys.add(pending);
      return pending;
    }
  }

  /** The unique constraints of a table that let equal keys in until the statement ends. */
  final class LateKeys {
    private final List<ConstraintEntry.Key> keys = new ArrayList<>(0);
    private final List<IndexEntry> indexes = new ArrayList<>(0);

    private LateKeys(TableEntry table) {
      for (ConstraintEntry constraint : table.constraints()) {
        if (constraint instanceof ConstraintEntry.Key key && key.isDeferrable()) {
          keys.add(key);
          indexes.add((IndexEntry) context.catalog().relationByOid(key.indexOid()));
        }
      }
    }

    /** Notes rows that were written. */
    void addAll(long[] rowIds, int n) {
      for (int i = 0; i < keys.size(); i++) {
        note(i, rowIds, n);
      }
    }

    /** Keeps those that may have an equal key; the other row's writer need not look again. */
    private void note(int number, long[] rowIds, int n) {
      long[] suspects = new long[n];
      int count = 0;
      for (int i = 0; i < n; i++) {
        suspects[count] = rowIds[i];
        count += indexes.get(number).index().mayHaveDuplicate(rowIds[i]) ? 1 : 0;
      }
      if (count > 0) {
        newRows.add(new DeferredChecks.Alone(keys.get(number), Arrays.copyOf(suspects, count)));
      }
    }

    /** Notes rows of which some columns were written. */
    void addChanged(long[] rowIds, int n, int[] changed) {
      for (int i = 0; i < keys.size(); i++) {
        if (touches(keys.get(i).columns(), changed)) {
          note(i, rowIds, n);
        }
      }
    }
  }

  LateKeys lateKeys(TableEntry table) {
    return new LateKeys(table);
  }

  Referencing referencing(TableEntry table) {
    return new Referencing(table);
  }

  Referenced referenced(TableEntry table) {
    return new Referenced(table);
  }

  private static List<ForeignKey> foreignKeys(List<ConstraintEntry> constraints) {
    List<ForeignKey> result = new ArrayList<>(0);
    for (ConstraintEntry constraint : constraints) {
      if (constraint instanceof ForeignKey key) {
        result.add(key);
      }
    }
    result.sort(Comparator.comparingInt(ForeignKey::oid));
    return result;
  }

  private static Column[] keyColumns(Column[] all, List<Integer> columns) {
    Column[] result = new Column[columns.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = all[columns.get(i) - 1];
    }
    return result;
  }

  private static boolean touches(List<Integer> columns, int[] changed) {
    for (int column : columns) {
      if (Arrays.binarySearch(changed, column - 1) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static Selection withoutNulls(Column[] columns, Selection rows) {
    Selection result = rows;
    for (Column column : columns) {
      result = result.withoutNulls(column.nulls());
    }
    return result;
  }

  private static Selection differing(Column[] old, Column[] now, SqlType[] types, int n) {
    RowOrder order = RowOrder.ascending(types);
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      kept[count] = i;
      count += order.compare(old, i, now, i) == 0 ? 0 : 1;
    }
    return new Selection(kept, count);
  }

  static SqlType[] types(TableEntry table, List<Integer> columns) {
    SqlType[] result = new SqlType[columns.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = table.columns().get(columns.get(i) - 1).type();
    }
    return result;
  }

  private RowBuffer buffer(SqlType[] types) {
    Layout[] layouts = new Layout[types.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = types[i].layout();
    }
    return new RowBuffer(layouts, context.memory().share());
  }

  /**
   * Checks what has been collected and runs the actions, which may collect more. As in PostgreSQL,
   * where each is a trigger, they take turns in the order in which their keys were made, and what
   * an action brings about comes behind all that was there before: a NO ACTION check fails over a
   * row that only the cascade of a cascade would remove.
   */
  public void run() {
    while (!goneKeys.isEmpty()) {
      List<ReferentialAction.Gone> batch = new ArrayList<>();
      for (GoneKeys gone : goneKeys) {
        batch.add(ReferentialAction.Gone.of(gone));
      }
      goneKeys = new ArrayList<>();
      for (ReferentialAction.Gone gone : batch) {
        context.transaction().nextCommand();
        act(gone);
      }
    }
    if (newKeys.isEmpty() && newRows.isEmpty()) {
      return;
    }
    context.transaction().nextCommand();
    for (DeferredChecks.Alone rows : newRows) {
      runOrDefer(rows);
    }
    newRows.clear();
    for (NewKeys pending : newKeys) {
      int n = pending.buffer.count();
      Column[] own = pending.buffer.build();
      if (pending.key.isDeferrable()) {
        runOrDefer(new DeferredChecks.Present(pending.key, own, n));
      } else {
        requirePresent(pending.key, pending.table, own, n, false, context);
      }
    }
    newKeys = new ArrayList<>();
  }

  private void act(ReferentialAction.Gone gone) {
    switch (gone.action()) {
      case RESTRICT -> ReferentialAction.requireUnreferenced(gone, context);
      case NO_ACTION -> {
        if (gone.key().isDeferrable()) {
          runOrDefer(new DeferredChecks.Unreferenced(gone.key(), gone));
        } else {
          ReferentialAction.requireUnreferenced(gone, context);
        }
      }
      case CASCADE, SET_NULL -> actions.follow(gone);
      case SET_DEFAULT -> {
        actions.follow(gone);
        // the default may be the very key that is gone
        context.transaction().nextCommand();
        ReferentialAction.requireUnreferenced(gone, context);
      }
    }
  }

  private void runOrDefer(DeferredChecks.Check check) {
    DeferredChecks deferred = context.evaluation().service(DeferredChecks.class);
    if (deferred.isDeferred(check.constraint())) {
      deferred.add(check);
    } else {
      DeferredChecks.run(check, context);
    }
  }

  /**
   * Raises 23503 when a key is not in the referenced table.
   *
   * @param isLate whether rows with the key may be gone again, which makes it not matter
   */
  static void requirePresent(
      ForeignKey key,
      TableEntry table,
      Column[] own,
      int n,
      boolean isLate,
      ExecutionContext context) {
    KeyLookup lookup = KeyLookup.of(key, context);
    SqlType[] from = types(table, key.columns());
    SqlType[] to = types(lookup.table(), key.referencedColumns());
    Column[] keys = new Column[own.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = KeyConversion.convert(own[i], n, from[i], to[i], context.evaluation().types());
    }
    for (int i = 0; i < n; i++) {
      if (!lookup.lock(keys, i) && (!isLate || isReferredTo(key, own, i, context))) {
        throw ConstraintErrors.notPresent(
            table, key, lookup.table(), own, i, context.evaluation().types());
      }
    }
  }

  private static boolean isReferredTo(
      ForeignKey key, Column[] keys, int position, ExecutionContext context) {
    Column[] one = RowOutput.gather(keys, new int[] {position}, 1);
    try (Snapshot latest = context.transaction().latest()) {
      return new ReferencingRows(key, context).find(one, 1, latest, true).count() > 0;
    }
  }
}
