package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A whole storage as of one moment, as the changes that make it from nothing. Holds a snapshot
 * until closed. Used by one thread.
 */
public final class Image implements AutoCloseable {
  private final List<MemoryTable> tables;
  private final Map<String, byte[]> metadata;
  private final Transaction transaction;
  private final Snapshot snapshot;

  Image(List<MemoryTable> tables, Map<String, byte[]> metadata, Transaction transaction) {
    this.tables = tables;
    this.metadata = metadata;
    this.transaction = transaction;
    this.snapshot = transaction.snapshot();
  }

  /** Gives all changes to a receiver. */
  public void each(Consumer<Change> receiver) {
    metadata.forEach((key, value) -> receiver.accept(new Change.Put(key, value)));
    for (MemoryTable table : tables) {
      receiver.accept(new Change.TableAdded(table.id(), table.columns()));
      rows(table, receiver);
    }
  }

  private void rows(MemoryTable table, Consumer<Change> receiver) {
    int width = table.columns().size();
    int[] projection = new int[width + 1];
    Arrays.setAll(projection, i -> i < width ? i : TableStore.ROW_ID);
    try (BlockCursor cursor = table.scan(snapshot, projection, List.of())) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        int n = block.rowCount();
        int[] positions = new int[n];
        Arrays.setAll(positions, block.selection()::position);
        long[] rowIds = ((LongColumn) block.column(width).gather(positions, n)).values();
        Column[] columns = new Column[width];
        for (int c = 0; c < width; c++) {
          columns[c] = block.column(c).gather(positions, n);
        }
        receiver.accept(new Change.RowsInserted(table.id(), rowIds, new Block(n, columns)));
      }
    }
  }

  @Override
  public void close() {
    snapshot.close();
    transaction.rollback();
  }
}
