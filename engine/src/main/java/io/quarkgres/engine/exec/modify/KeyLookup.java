package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.scan.IndexKeyFormat;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.List;

/** Looks up the row that a foreign key refers to, by its unique index. Used by one thread. */
final class KeyLookup {
  private static final int[] ROW_ID_ONLY = {TableStore.ROW_ID};

  private final TableEntry table;
  private final IndexEntry index;
  private final IndexKeyFormat format;
  private final int[] keyOrder;
  private final ExecutionContext context;

  private KeyLookup(TableEntry table, IndexEntry index, int[] keyOrder, ExecutionContext context) {
    this.table = table;
    this.index = index;
    this.format = IndexKeyFormat.of(index);
    this.keyOrder = keyOrder;
    this.context = context;
  }

  /** Makes the look-up of what a foreign key refers to. */
  static KeyLookup of(ConstraintEntry.ForeignKey key, ExecutionContext context) {
    TableEntry table = (TableEntry) context.catalog().relationByOid(key.referencedTable());
    for (IndexEntry index : context.catalog().indexesOf(table.oid())) {
      if (index.oid() == key.referencedIndex()) {
        int[] order = keyOrder(index, key.referencedColumns());
        return new KeyLookup(table, index, order, context);
      }
    }
    throw new IllegalStateException("a foreign key refers to a unique index");
  }

  /**
   * Returns for each leading key of an index which of some columns it is, or {@code null} when the
   * leading keys are not exactly those columns.
   */
  static int[] keyOrder(IndexEntry index, List<Integer> columns) {
    int[] result = new int[columns.size()];
    if (index.keys().size() < result.length) {
      return null;
    }
    for (int i = 0; i < result.length; i++) {
      result[i] = columns.indexOf(index.keys().get(i).column());
      for (int j = 0; j < i; j++) {
        if (result[j] == result[i]) {
          return null;
        }
      }
      if (result[i] < 0) {
        return null;
      }
    }
    return result;
  }

  /** Returns the table that is looked up in. */
  TableEntry table() {
    return table;
  }

  /** Encodes the key at a position; {@code null} when a part of it is NULL. */
  static byte[] encode(IndexKeyFormat format, int[] keyOrder, Column[] keys, int position) {
    ByteSink sink = new ByteSink(32);
    for (int i = 0; i < keyOrder.length; i++) {
      if (format.encode(i, keys[keyOrder[i]], position, sink)) {
        return null;
      }
    }
    return sink.toByteArray();
  }

  /** Tells whether a snapshot sees a row with the key. */
  boolean exists(Column[] keys, int position, Snapshot snapshot) {
    return find(keys, position, snapshot) >= 0;
  }

  private long find(Column[] keys, int position, Snapshot snapshot) {
    byte[] key = encode(format, keyOrder, keys, position);
    if (key == null) {
      return -1;
    }
    KeyRange range = KeyRange.prefix(key);
    try (BlockCursor cursor = index.index().scan(snapshot, range, false, ROW_ID_ONLY)) {
      Block block = cursor.next();
      return block == null
          ? -1
          : ((LongColumn) block.column(0)).values()[block.selection().position(0)];
    }
  }

  /**
   * Locks the row with the key against deletion; false when there is none. Where statements share a
   * snapshot, a row that it does not see is none, and one that it sees must have its key yet.
   */
  boolean lock(Column[] keys, int position) {
    boolean isFixed = context.transaction().isolation() != IsolationLevel.READ_COMMITTED;
    while (true) {
      context.checkInterruption();
      try (Snapshot snapshot =
          isFixed ? context.transaction().snapshot() : context.transaction().latest()) {
        long rowId = find(keys, position, snapshot);
        if (rowId < 0) {
          return false;
        }
        LockOutcome outcome =
            table
                .store()
                .lock(
                    context.transaction(), snapshot, rowId, RowLockMode.KEY_SHARE, WaitPolicy.WAIT);
        boolean isSettled =
            switch (outcome) {
              case LOCKED, SELF_MODIFIED -> true;
              case CHANGED, DELETED, SKIPPED -> false;
            };
        if (isSettled) {
          return true;
        }
      }
    }
  }
}
