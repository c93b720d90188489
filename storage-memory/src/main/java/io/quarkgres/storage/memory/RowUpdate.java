package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Updates rows in place: the old values of the changed columns go to an undo batch, one for each
 * run of rows in one chunk; one for each row where a unique key changes, so that a conflict stops
 * there. Used by one thread.
 */
final class RowUpdate {
  /** A block's positions take no more bits, and row ids leave as many free. */
  private static final int POSITION_BITS = 16;

  private final MemoryTable table;
  private final MemoryTransaction transaction;
  private final long[] rowIds;
  private final int[] changed;
  private final Block values;
  private final Selection selection;
  private final UniqueConflict conflict;

  RowUpdate(
      MemoryTable table,
      MemoryTransaction transaction,
      long[] rowIds,
      int[] changed,
      Block values,
      UniqueConflict conflict) {
    this.table = table;
    this.transaction = transaction;
    this.changed = changed.clone();
    this.conflict = conflict;
    int[] order = mayConflict() ? null : order(rowIds, values.rowCount());
    this.rowIds = order == null ? rowIds : gathered(rowIds, order);
    this.values = order == null ? values : gathered(values, order);
    this.selection = this.values.selection();
  }

  /** Tells whether a unique key may change, where the order decides which conflict is met first. */
  private boolean mayConflict() {
    boolean mayConflict = false;
    for (MemoryIndex index : table.indexArray()) {
      mayConflict |= index.spec().unique() && index.dependsOn(changed);
    }
    return mayConflict;
  }

  /** Returns the order that makes row ids ascend; {@code null} if they do. */
  private static int[] order(long[] rowIds, int n) {
    boolean isAscending = true;
    for (int i = 1; i < n; i++) {
      isAscending &= rowIds[i - 1] < rowIds[i];
    }
    if (isAscending) {
      return null;
    }
    long[] sorted = new long[n];
    for (int i = 0; i < n; i++) {
      sorted[i] = rowIds[i] << POSITION_BITS | i;
    }
    Arrays.sort(sorted);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = (int) sorted[i] & (1 << POSITION_BITS) - 1;
    }
    return order;
  }

  private static long[] gathered(long[] rowIds, int[] order) {
    long[] result = new long[order.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = rowIds[order[i]];
    }
    return result;
  }

  private static Block gathered(Block values, int[] order) {
    int[] positions = new int[order.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = values.selection().position(order[i]);
    }
    Column[] columns = values.columns().clone();
    for (int c = 0; c < columns.length; c++) {
      columns[c] = columns[c].gather(positions, positions.length);
    }
    return new Block(positions.length, columns);
  }

  int run() {
    List<KeyChange> changes = changes();
    boolean rowByRow = false;
    for (KeyChange change : changes) {
      rowByRow |= change.index().spec().unique();
    }
    int done = 0;
    while (done < selection.count()) {
      int end = rowByRow ? done + 1 : runEnd(done);
      int logSize = transaction.logSize();
      write(done, end - done, changes);
      if (!changes.isEmpty() && !enter(done, end, changes)) {
        transaction.undoTo(logSize);
        transaction.wake();
        return done;
      }
      done = end;
    }
    return done;
  }

  /** Returns the end of a run of rows that ascend in one chunk. */
  private int runEnd(int from) {
    long chunk = rowIds[from] >>> Chunk.SHIFT;
    int end = from + 1;
    while (end < selection.count()
        && rowIds[end] >>> Chunk.SHIFT == chunk
        && rowIds[end] > rowIds[end - 1]) {
      end++;
    }
    return end;
  }

  /** Computes how the rows' keys change in the indexes that the changed columns matter to. */
  private List<KeyChange> changes() {
    List<KeyChange> result = new ArrayList<>(0);
    for (MemoryIndex index : table.indexArray()) {
      if (index.dependsOn(changed)) {
        Block before = rowsBefore(index.columns());
        KeyChange change =
            KeyChange.between(
                index, index.keysOf(before), index.keysOf(rowsAfter(before)), selection.count());
        if (change != null) {
          result.add(change);
        }
      }
    }
    return result;
  }

  private Block rowsBefore(int[] needed) {
    RowReader.Versions versions = new RowReader.Versions(table, needed, selection.count());
    for (int i = 0; i < selection.count(); i++) {
      Chunk chunk = table.chunkOf(rowIds[i]);
      ReadBack missing = null;
      do {
        synchronized (chunk) {
          missing = chunk.missing(versions.needed(), missing);
          if (missing == null) {
            versions.addNewest(chunk, MemoryTable.slotOf(rowIds[i]));
          }
        }
      } while (ReadBack.more(missing, transaction.interruption()));
    }
    return versions.block();
  }

  private Block rowsAfter(Block before) {
    Column[] columns = before.columns().clone();
    for (int j = 0; j < changed.length; j++) {
      columns[changed[j]] =
          selection.isDense()
              ? values.column(j)
              : values.column(j).gather(selection.positions(), selection.count());
    }
    return new Block(selection.count(), columns);
  }

  private void write(int from, int n, List<KeyChange> all) {
    Chunk chunk = table.chunkOf(rowIds[from]);
    int[] slots = new int[n];
    for (int i = 0; i < n; i++) {
      slots[i] = MemoryTable.slotOf(rowIds[from + i]);
    }
    IndexChange[] changes = all.isEmpty() ? UndoBatch.NO_CHANGES : keyChanges(all, chunk, from, n);
    ReadBack missing = null;
    do {
      synchronized (chunk) {
        missing = chunk.missing(changed, missing);
        if (missing == null) {
          write(chunk, slots, from, changes);
        }
      }
    } while (ReadBack.more(missing, transaction.interruption()));
  }

  private static IndexChange[] keyChanges(List<KeyChange> all, Chunk chunk, int from, int n) {
    List<IndexChange> result = new ArrayList<>(all.size());
    for (KeyChange each : all) {
      IndexChange change = each.of(chunk, from, n);
      if (change != null) {
        result.add(change);
      }
    }
    return result.toArray(UndoBatch.NO_CHANGES);
  }

  /** Writes to slots of a chunk that has the columns. Called under its lock. */
  private void write(Chunk chunk, int[] slots, int from, IndexChange[] changes) {
    int n = slots.length;
    for (int slot : slots) {
      checkWritable(chunk, slot, transaction, RowLockMode.NO_KEY_UPDATE);
    }
    UndoBatch batch =
        UndoBatch.update(transaction, chunk, slots, changed, oldValues(chunk, slots), changes);
    transaction.logged(batch);
    table.storage().reclaimer().added(batch);
    batch.push();
    batch.keepValues();
    for (IndexChange change : changes) {
      for (int i = 0; change.index() instanceof DistanceMemoryIndex index && i < n; i++) {
        if (change.isChanged(i)) {
          index.raise(change, i, rowIds[from + i]);
        }
      }
    }
    for (int j = 0; j < changed.length; j++) {
      chunk.write(changed[j], slots, 0, n, values.column(j), selection, from);
    }
  }

  private Column[] oldValues(Chunk chunk, int[] slots) {
    Column[] old = new Column[changed.length];
    for (int j = 0; j < changed.length; j++) {
      ColumnBuilder builder = ColumnBuilder.of(table.columns().get(changed[j]), slots.length);
      for (int slot : slots) {
        chunk.column(changed[j]).read(slot, builder);
      }
      old[j] = builder.build();
    }
    return old;
  }

  /** A row is written by whoever locked it, or inserted or wrote it in the same transaction. */
  static void checkWritable(
      Chunk chunk, int slot, MemoryTransaction transaction, RowLockMode mode) {
    UndoBatch head = chunk.undo(slot);
    Invariant.check(
        chunk.isLive(slot)
            && (head != null && head.transaction == transaction
                || RowLocks.holds(chunk, slot, transaction, mode)),
        "a row that is written is there and locked by the transaction");
  }

  /** Adds the new index entries of a run; false at a conflict. */
  private boolean enter(int from, int end, List<KeyChange> changes) {
    for (int i = from; i < end; i++) {
      for (KeyChange change : changes) {
        if (change.changed()[i]) {
          long other = change.index().enter(transaction, change.after(), i, rowIds[i]);
          if (other != MemoryIndex.NO_ROW) {
            conflict.set(change.index(), selection.position(i), other);
            return false;
          }
        }
      }
    }
    return true;
  }
}
