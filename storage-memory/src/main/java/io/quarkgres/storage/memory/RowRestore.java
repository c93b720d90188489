package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * Puts rows of a table where they were before a restart: no versions, no locks, no indexes, as
 * nobody uses the table yet. Used by one thread.
 */
final class RowRestore {
  private final MemoryTable table;

  RowRestore(MemoryTable table) {
    this.table = table;
  }

  static SqlException corrupted(String what) {
    return new SqlException(
        SqlState.DATA_CORRUPTED, "the log does not fit the data: it has " + what);
  }

  void insert(long[] rowIds, Block rows) {
    requireColumns(rows.columns().length == table.columns().size());
    write(rowIds, null, rows, true);
  }

  void update(long[] rowIds, int[] columns, Block values) {
    write(rowIds, columns, values, false);
  }

  /** Writes runs of rows of one chunk each. */
  private void write(long[] rowIds, int[] columns, Block values, boolean isNew) {
    requireFitting(columns, values);
    table.storage().columnMemory().makeRoom();
    int from = 0;
    while (from < rowIds.length) {
      Chunk chunk = table.chunkForRestore(rowIds[from]);
      int end = from + 1;
      while (end < rowIds.length && rowIds[end] >>> Chunk.SHIFT == rowIds[from] >>> Chunk.SHIFT) {
        end++;
      }
      int[] slots = slots(rowIds, from, end);
      ReadBack missing = null;
      do {
        synchronized (chunk) {
          missing = chunk.missing(columns, missing);
          if (missing == null) {
            write(chunk, slots, columns, values, from, isNew);
          }
        }
      } while (ReadBack.more(missing, null));
      from = end;
    }
  }

  private void write(
      Chunk chunk, int[] slots, int[] columns, Block values, int from, boolean isNew) {
    for (int slot : slots) {
      if (isNew) {
        chunk.restore(slot);
      } else if (!chunk.isLive(slot)) {
        throw corrupted("an update of a row that is not there in table " + table.id());
      }
    }
    chunk.changed(table.storage().newestImage());
    Selection all = Selection.dense(values.rowCount());
    for (int j = 0; j < values.columns().length; j++) {
      int column = columns == null ? j : columns[j];
      chunk.write(column, slots, 0, slots.length, values.column(j), all, from);
    }
  }

  private void requireFitting(int[] columns, Block values) {
    for (int j = 0; j < values.columns().length; j++) {
      int column = columns == null ? j : columns[j];
      requireColumns(column < table.columns().size());
      requireColumns(values.column(j).layout() == table.columns().get(column));
    }
  }

  private void requireColumns(boolean isTrue) {
    if (!isTrue) {
      throw corrupted("values that are not those of the columns of table " + table.id());
    }
  }

  private static int[] slots(long[] rowIds, int from, int end) {
    int[] slots = new int[end - from];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = MemoryTable.slotOf(rowIds[from + i]);
    }
    return slots;
  }

  void delete(long[] rowIds) {
    for (long row : rowIds) {
      Chunk chunk = table.chunkForRestore(row);
      synchronized (chunk) {
        int slot = MemoryTable.slotOf(row);
        if (chunk.isLive(slot)) {
          chunk.clearLive(slot);
          chunk.changed(table.storage().newestImage());
        }
      }
    }
  }

  /** Makes the slots without rows free and counts the others. */
  void end() {
    long rows = 0;
    for (int c = 0; c < table.chunkCount(); c++) {
      Chunk chunk = table.chunk(c);
      synchronized (chunk) {
        int[] slots = new int[Chunk.ROWS];
        int n = 0;
        for (int slot = 0; slot < chunk.used(); slot++) {
          if (!chunk.isLive(slot)) {
            slots[n++] = slot;
          }
        }
        rows += chunk.used() - n;
        if (n > 0) {
          chunk.free(slots, 0, n);
        }
        if (!table.isLast(chunk) && chunk.wantsListing()) {
          table.listFree(chunk);
        }
      }
    }
    table.restored(rows);
  }
}
