package io.quarkgres.storage.memory;

import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.storage.memory.serial.SerializableTransaction;
import io.quarkgres.storage.memory.tree.PackedKey;
import java.util.List;

/**
 * What a serializable transaction learns by the check of a unique key, which looks at the newest
 * rows and not at the transaction's snapshot. Used by the transaction's thread.
 */
final class UniqueMeeting {
  private UniqueMeeting() {}

  /** The key is free, since others have deleted or changed rows that had it. Raises 40001. */
  static void free(MemoryTransaction transaction, MemoryTable table, long row) {
    SerializableTransaction serial = transaction.snapshots().serialForWriting();
    if (serial != null) {
      SerializableTransaction writer = newestWriter(transaction, table, row);
      if (writer != null) {
        serial.followed(writer);
      }
    }
  }

  /**
   * A row has the key. That was read; and if the snapshot does not see the row, the transaction has
   * tried to write what it could not know to be there. Raises 40001 if that alone cannot be
   * serialized; otherwise the caller tells of the row.
   */
  static void taken(
      OrderedMemoryIndex index, MemoryTransaction transaction, PackedKey key, long row) {
    SerializableTransaction serial = transaction.snapshots().serialForWriting();
    if (serial == null) {
      return;
    }
    MemoryTable table = index.table();
    byte[] bytes = key.encoded();
    serial.readKeys(table.id(), index, KeyRange.prefix(bytes));
    Chunk chunk = table.chunkOf(row);
    int slot = MemoryTable.slotOf(row);
    boolean isVisible;
    synchronized (chunk) {
      isVisible = RowReader.isVisible(chunk, slot, transaction.snapshots().base());
    }
    if (!isVisible) {
      serial.wrote(table.id(), other -> other == index ? List.of(bytes) : List.of());
    }
    SerializableTransaction writer = newestWriter(transaction, table, row);
    if (writer != null) {
      serial.noticed(writer);
    }
  }

  /** Returns who made a row's newest version, if that is not in the transaction's snapshot. */
  private static SerializableTransaction newestWriter(
      MemoryTransaction transaction, MemoryTable table, long row) {
    Chunk chunk = table.chunkOf(row);
    synchronized (chunk) {
      UndoBatch head = chunk.undo(MemoryTable.slotOf(row));
      return head == null || transaction.snapshots().base().sees(head)
          ? null
          : head.transaction.snapshots().serial();
    }
  }
}
