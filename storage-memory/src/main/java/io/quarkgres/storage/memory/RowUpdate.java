package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.List;

/**
 * Updates rows in place: the old values of the changed columns go to an undo batch, one for each
 * run of rows in one chunk; one for each row where a unique key changes, so that a conflict stops
 * there. Used by one thread.
 */
final class RowUpdate {
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
    this.rowIds = rowIds;
    this.changed = changed.clone();
    this.values = values;
    this.selection = values.selection();
    this.conflict = conflict;
  }

  int run() {
    List<IndexChange> changes = changes();
    boolean rowByRow = false;
    for (IndexChange change : changes) {
      rowByRow |= change.index().spec().unique();
    }
    int done = 0;
    while (done < selection.count()) {
      int end = rowByRow ? done + 1 : runEnd(done);
      int logSize = transaction.logSize();
      UndoBatch batch = write(done, end - done, changes);
      if (batch.changes.length > 0 && !enter(batch, done)) {
        transaction.undoTo(logSize);
        transaction.wake();
        return done;
      }
      done = end;
    }
    return done;
  }

  private int runEnd(int from) {
    long chunk = rowIds[from] >>> Chunk.SHIFT;
    int end = from + 1;
    while (end < selection.count() && rowIds[end] >>> Chunk.SHIFT == chunk) {
      end++;
    }
    return end;
  }

  /** Computes how the rows' keys change in the indexes that the changed columns matter to. */
  private List<IndexChange> changes() {
    List<IndexChange> result = new ArrayList<>(0);
    for (MemoryIndex index : table.indexArray()) {
      if (index.dependsOn(changed)) {
        Block before = rowsBefore(index.columns());
        IndexChange change =
            IndexChange.between(
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

  private UndoBatch write(int from, int n, List<IndexChange> all) {
    Chunk chunk = table.chunkOf(rowIds[from]);
    int[] slots = new int[n];
    for (int i = 0; i < n; i++) {
      slots[i] = MemoryTable.slotOf(rowIds[from + i]);
    }
    IndexChange[] changes = all.isEmpty() ? UndoBatch.NO_CHANGES : new IndexChange[all.size()];
    for (int x = 0; x < changes.length; x++) {
      changes[x] = all.get(x).from(from);
    }
    ReadBack missing = null;
    UndoBatch batch = null;
    do {
      synchronized (chunk) {
        missing = chunk.missing(changed, missing);
        if (missing == null) {
          batch = write(chunk, slots, from, changes);
        }
      }
    } while (ReadBack.more(missing, transaction.interruption()));
    return batch;
  }

  /** Writes to slots of a chunk that has the columns. Called under its lock. */
  private UndoBatch write(Chunk chunk, int[] slots, int from, IndexChange[] changes) {
    int n = slots.length;
    for (int slot : slots) {
      checkWritable(chunk, slot, transaction, RowLockMode.NO_KEY_UPDATE);
    }
    UndoBatch batch =
        new UndoBatch(
            transaction,
            UndoBatch.Kind.UPDATE,
            chunk,
            slots,
            n,
            changed,
            oldValues(chunk, slots),
            changes);
    transaction.logged(batch);
    table.storage().reclaimer().added(batch);
    for (int i = 0; i < n; i++) {
      batch.push(i);
      for (IndexChange change : changes) {
        if (change.index() instanceof DistanceMemoryIndex index && change.isChanged(i)) {
          index.raise(change, i, rowIds[from + i]);
        }
      }
    }
    for (int j = 0; j < changed.length; j++) {
      chunk.write(changed[j], slots, 0, n, values.column(j), selection, from);
    }
    return batch;
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
    Undo head = chunk.undo(slot);
    Invariant.check(
        chunk.isLive(slot)
            && (head != null && head.batch.transaction == transaction
                || RowLocks.holds(chunk, slot, transaction, mode)),
        "a row that is written is there and locked by the transaction");
  }

  /** Adds the new index entries of a run; false at a conflict. */
  private boolean enter(UndoBatch batch, int from) {
    for (int i = 0; i < batch.count; i++) {
      for (IndexChange change : batch.changes) {
        if (change.isChanged(i)) {
          long other = change.index().enterChange(transaction, change, i, rowIds[from + i]);
          if (other != MemoryIndex.NO_ROW) {
            conflict.set(change.index(), selection.position(from + i), other);
            return false;
          }
        }
      }
    }
    return true;
  }
}
