package io.quarkgres.storage.memory;

import io.quarkgres.spi.store.RowLockMode;
import java.util.Arrays;

/**
 * Deletes rows: marks them, a run of rows in one chunk at a time. Values and index entries stay for
 * older snapshots. Thread: any.
 */
final class RowDelete {
  private RowDelete() {}

  static void run(MemoryTable table, MemoryTransaction transaction, long[] ids, int n) {
    long[] rowIds = Arrays.copyOf(ids, n);
    Arrays.sort(rowIds);
    int from = 0;
    while (from < n) {
      long number = rowIds[from] >>> Chunk.SHIFT;
      int end = from + 1;
      while (end < n && rowIds[end] >>> Chunk.SHIFT == number) {
        end++;
      }
      int[] slots = new int[end - from];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = MemoryTable.slotOf(rowIds[from + i]);
      }
      run(table, transaction, table.chunk((int) number), slots);
      from = end;
    }
  }

  private static void run(
      MemoryTable table, MemoryTransaction transaction, Chunk chunk, int[] slots) {
    synchronized (chunk) {
      for (int slot : slots) {
        RowUpdate.checkWritable(chunk, slot, transaction, RowLockMode.UPDATE);
      }
      UndoBatch batch = UndoBatch.delete(transaction, chunk, slots);
      transaction.logged(batch);
      table.storage().reclaimer().added(batch);
      batch.push();
      for (int slot : slots) {
        chunk.clearLive(slot);
      }
    }
  }
}
