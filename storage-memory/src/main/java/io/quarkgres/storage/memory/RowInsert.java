package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.UniqueConflict;

/**
 * Inserts a block of rows: a run of slots in one chunk at a time, then their index entries row by
 * row. The rows are in place before their entries, so that who finds an entry finds the row. Used
 * by one thread.
 */
final class RowInsert {
  /** A run of rows brings at most so many elements into one heap, but for a single row. */
  private static final long RUN_HEAP_MAX = 1 << 26;

  private final MemoryTable table;
  private final MemoryTransaction transaction;
  private final Block rows;
  private final Selection selection;
  private final long[] rowIds;
  private final UniqueConflict conflict;
  private final MemoryIndex[] indexes;
  private final KeySet[] keys;

  RowInsert(
      MemoryTable table,
      MemoryTransaction transaction,
      Block rows,
      long[] rowIds,
      UniqueConflict conflict) {
    this.table = table;
    this.transaction = transaction;
    this.rows = rows;
    this.selection = rows.selection();
    this.rowIds = rowIds;
    this.conflict = conflict;
    indexes = table.indexArray();
    keys = new KeySet[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      keys[i] = indexes[i].keysOf(rows);
    }
  }

  int run() {
    int done = 0;
    while (done < selection.count()) {
      Chunk chunk = table.chunkForInsert();
      UndoBatch batch = write(chunk, done, runLength(done));
      if (batch == null) {
        table.addChunk(chunk);
        continue;
      }
      for (int i = 0; i < batch.count; i++) {
        rowIds[done + i] = batch.rowId(i);
      }
      int entered = indexes.length == 0 ? batch.count : enter(batch, done);
      if (entered < batch.count) {
        cut(batch, entered);
        return done + entered;
      }
      done += entered;
    }
    return done;
  }

  /** Returns how many of the rows left may go into one chunk, by the size of their values. */
  private int runLength(int from) {
    int n = Math.min(selection.count() - from, Chunk.ROWS);
    for (Column column : rows.columns()) {
      int[] lengths =
          switch (column.layout()) {
            case BYTES -> ((BytesColumn) column).lengths();
            case FLOAT_ARRAY -> ((FloatArrayColumn) column).lengths();
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, INT128 -> null;
          };
      long sum = 0;
      for (int i = 0; lengths != null && i < n; i++) {
        int position = selection.position(from + i);
        sum += column.isNull(position) ? 0 : lengths[position];
        if (sum > RUN_HEAP_MAX) {
          n = Math.max(1, i);
        }
      }
    }
    return n;
  }

  /** Puts rows into free slots of a chunk; returns {@code null} when it has none. */
  private UndoBatch write(Chunk chunk, int from, int wanted) {
    ReadBack missing = null;
    UndoBatch batch = null;
    do {
      synchronized (chunk) {
        missing = chunk.room() == 0 ? null : chunk.missing(null, missing);
        if (missing == null) {
          batch = writeLocked(chunk, from, wanted);
        }
      }
    } while (ReadBack.more(missing, transaction.interruption()));
    return batch;
  }

  /** Puts rows into slots of a chunk that has its columns. Called under its lock. */
  private UndoBatch writeLocked(Chunk chunk, int from, int wanted) {
    int n = Math.min(wanted, chunk.room());
    if (n == 0) {
      return null;
    }
    int[] slots = new int[n];
    int taken = chunk.take(n, slots);
    UndoBatch batch = UndoBatch.insert(transaction, chunk, slots, taken);
    transaction.logged(batch);
    table.storage().reclaimer().added(batch);
    batch.push();
    for (int i = 0; i < taken; i++) {
      chunk.setLive(slots[i]);
    }
    for (int c = 0; c < rows.columns().length; c++) {
      chunk.write(c, slots, 0, taken, rows.column(c), selection, from);
    }
    if (!table.isLast(chunk) && chunk.wantsListing()) {
      table.listFree(chunk);
    }
    return batch;
  }

  /** Adds the index entries of a run; returns at which row a conflict was met, or its length. */
  private int enter(UndoBatch batch, int from) {
    for (int i = 0; i < batch.count; i++) {
      int position = selection.position(from + i);
      for (int x = 0; x < indexes.length; x++) {
        long other = indexes[x].enter(transaction, keys[x], position, batch.rowId(i));
        if (other != MemoryIndex.NO_ROW) {
          conflict.set(indexes[x], position, other);
          for (int before = 0; before < x; before++) {
            indexes[before].remove(keys[before], position, batch.rowId(i));
          }
          return i;
        }
      }
    }
    return batch.count;
  }

  /** Takes back the rows of a run from one on, whose entries are gone already. */
  private void cut(UndoBatch batch, int from) {
    Chunk chunk = batch.chunk;
    int dropped = batch.count - from;
    synchronized (chunk) {
      for (int i = from; i < batch.count; i++) {
        chunk.setUndo(batch.slot(i), null);
        chunk.clearLive(batch.slot(i));
      }
      chunk.free(batch.slots, batch.from + from, dropped);
      batch.count = from;
    }
    table.storage().reclaimer().cut(dropped);
    if (from == 0) {
      transaction.log().removeLast();
      table.storage().reclaimer().dropped(batch);
    }
    transaction.wake();
  }
}
