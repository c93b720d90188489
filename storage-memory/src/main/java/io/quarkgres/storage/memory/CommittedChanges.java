package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The changes of a committing transaction as {@link Change}s: the net effect, read from the newest
 * values, which nobody else can change before it ends. A row that was inserted and deleted again is
 * left out. Used by the transaction's thread.
 */
final class CommittedChanges implements Durability.Changes {
  private final MemoryStorage storage;
  private final List<LogEntry> log;
  private final Map<Long, MemoryTable> attached;
  private final Map<Long, MemoryTable> detached;
  private final Map<String, byte[]> puts;

  CommittedChanges(
      MemoryStorage storage,
      List<LogEntry> log,
      Map<Long, MemoryTable> attached,
      Map<Long, MemoryTable> detached,
      Map<String, byte[]> puts) {
    this.storage = storage;
    this.log = log;
    this.attached = attached;
    this.detached = detached;
    this.puts = puts;
  }

  @Override
  public void each(Consumer<Change> receiver) {
    attached.forEach((id, table) -> receiver.accept(new Change.TableAdded(id, table.columns())));
    for (LogEntry entry : log) {
      switch (entry) {
        case UndoBatch batch -> batch(batch, receiver);
        case AddedIndex added -> {}
      }
    }
    detached.forEach((id, table) -> receiver.accept(new Change.TableRemoved(id)));
    puts.forEach((key, value) -> receiver.accept(new Change.Put(key, value)));
  }

  private void batch(UndoBatch batch, Consumer<Change> receiver) {
    MemoryTable table = batch.chunk.table();
    boolean isKept = storage.isAttached(table) || attached.containsKey(table.id());
    if (!isKept || detached.containsKey(table.id())) {
      return;
    }
    Change change =
        switch (batch.kind) {
          case INSERT -> {
            int[] all = new int[table.columns().size()];
            Arrays.setAll(all, i -> i);
            Rows rows = new Rows(batch, all);
            yield rows.count == 0
                ? null
                : new Change.RowsInserted(table.id(), rows.ids, rows.block);
          }
          case UPDATE -> {
            Rows rows = new Rows(batch, batch.changed);
            yield rows.count == 0
                ? null
                : new Change.RowsUpdated(table.id(), rows.ids, batch.changed, rows.block);
          }
          case DELETE -> {
            long[] ids = new long[batch.count];
            Arrays.setAll(ids, batch::rowId);
            yield new Change.RowsDeleted(table.id(), ids);
          }
        };
    if (change != null) {
      receiver.accept(change);
    }
  }

  /** The rows of a batch that are still there, with the newest values of some columns. */
  private static final class Rows {
    final long[] ids;
    final Block block;
    final int count;

    Rows(UndoBatch batch, int[] columns) {
      List<Layout> layouts = batch.chunk.table().columns();
      ColumnBuilder[] builders = new ColumnBuilder[columns.length];
      for (int j = 0; j < columns.length; j++) {
        builders[j] = ColumnBuilder.of(layouts.get(columns[j]), batch.count);
      }
      long[] found = new long[batch.count];
      int n = 0;
      ReadBack missing = null;
      do {
        synchronized (batch.chunk) {
          missing = batch.chunk.missing(columns, missing);
          for (int i = 0; missing == null && i < batch.count; i++) {
            if (batch.chunk.isLive(batch.slot(i))) {
              found[n++] = batch.rowId(i);
              for (int j = 0; j < columns.length; j++) {
                batch.chunk.column(columns[j]).read(batch.slot(i), builders[j]);
              }
            }
          }
        }
      } while (ReadBack.more(missing, null));
      ids = n == found.length ? found : Arrays.copyOf(found, n);
      count = n;
      List<Column> built = new ArrayList<>();
      for (ColumnBuilder builder : builders) {
        built.add(builder.build());
      }
      block = new Block(n, built.toArray(Column[]::new));
    }
  }
}
