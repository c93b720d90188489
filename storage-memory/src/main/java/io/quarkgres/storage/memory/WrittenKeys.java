package io.quarkgres.storage.memory;

import io.quarkgres.storage.memory.serial.SerializableTransaction;
import io.quarkgres.storage.memory.tree.PackedKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the graph of serializable transactions what one of them wrote: after the rows are in place,
 * so that who has not marked its read by then will find them. The keys are computed only for
 * indexes that somebody has read by. Used by the transaction's thread.
 */
final class WrittenKeys implements SerializableTransaction.WrittenKeys {
  private final MemoryTable table;
  private final List<LogEntry> written;

  private WrittenKeys(MemoryTable table, List<LogEntry> written) {
    this.table = table;
    this.written = written;
  }

  /** Tells of the changes of a table that a transaction has logged since a size of its log. */
  static void tell(MemoryTable table, MemoryTransaction transaction, int fromLog) {
    SerializableTransaction serial = transaction.snapshots().serialForWriting();
    List<LogEntry> log = transaction.log();
    if (serial != null && log.size() > fromLog) {
      serial.wrote(table.id(), new WrittenKeys(table, log.subList(fromLog, log.size())));
    }
  }

  @Override
  public List<byte[]> of(Object index) {
    return index instanceof OrderedMemoryIndex ordered && !ordered.isDropped()
        ? keys(ordered)
        : null;
  }

  private List<byte[]> keys(OrderedMemoryIndex index) {
    List<byte[]> keys = new ArrayList<>();
    for (LogEntry entry : written) {
      switch (entry) {
        case UndoBatch batch -> add(index, batch, keys);
        case AddedIndex added -> {}
      }
    }
    return keys;
  }

  private void add(OrderedMemoryIndex index, UndoBatch batch, List<byte[]> out) {
    IndexChange change = batch.changeOf(index);
    RowReader.Versions unchanged = new RowReader.Versions(table, index.columns(), batch.count);
    ReadBack missing = null;
    do {
      synchronized (batch.chunk) {
        missing =
            batch.chunk.missing(
                unchanged.needed(),
                into -> {
                  if (change != null) {
                    into.need(change.keys());
                  }
                },
                missing);
        for (int i = 0; missing == null && i < batch.count; i++) {
          if (change == null || !change.isChanged(i)) {
            // values stay in place when a row is deleted
            unchanged.addNewest(batch.chunk, batch.slot(i));
          } else {
            add(change.oldKey(i), out);
            add(change.newKey(i), out);
          }
        }
      }
    } while (ReadBack.more(missing, batch.transaction.interruption()));
    if (unchanged.count() > 0) {
      KeySet keys = index.keysOf(unchanged.block());
      for (int i = 0; i < unchanged.count(); i++) {
        add(keys.key(i), out);
      }
    }
  }

  private static void add(PackedKey key, List<byte[]> out) {
    if (key != null) {
      out.add(key.encoded());
    }
  }
}
