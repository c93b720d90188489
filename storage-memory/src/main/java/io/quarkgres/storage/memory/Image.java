package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A whole storage as of one moment, as the changes that make it from nothing. Holds a snapshot
 * until closed. Used by one thread.
 */
public final class Image implements AutoCloseable {
  private final List<Rows> tables;
  private final Map<String, byte[]> metadata;
  private final Transaction transaction;
  private final Snapshot snapshot;

  Image(List<MemoryTable> tables, Map<String, byte[]> metadata, Transaction transaction) {
    this.tables = tables.stream().map(Rows::new).toList();
    this.metadata = metadata;
    this.transaction = transaction;
    this.snapshot = transaction.snapshot();
  }

  /** A table of the image. */
  public interface Table {
    /** Returns the table's number. */
    long id();

    /** Returns a number that tells the table's rows from those it had at other moments. */
    long version();

    /** Returns the memory that its rows take now. */
    long memoryBytes();

    /** Gives the changes that make the table from nothing to a receiver. */
    void each(Consumer<Change> receiver);

    /** Returns the indexes that take long to build. */
    List<Index> indexes();
  }

  /** An index of a table that is written down besides the rows. */
  public interface Index {
    /** Returns the index's name. */
    String name();

    /** Returns what must be the same for the pages to be of use. */
    String definition();

    /** Gives pages to a receiver, as they are now; they need not fit the rows. */
    void save(Consumer<ByteSink> pages);
  }

  /** Returns the tables. */
  public List<? extends Table> tables() {
    return tables;
  }

  /** Gives the changes that make the metadata from nothing to a receiver. */
  public void eachPut(Consumer<Change> receiver) {
    metadata.forEach((key, value) -> receiver.accept(new Change.Put(key, value)));
  }

  private record Pages(DistanceMemoryIndex index) implements Index {
    @Override
    public String name() {
      return index.spec().name();
    }

    @Override
    public String definition() {
      return SavedIndexes.definition(index.spec());
    }

    @Override
    public void save(Consumer<ByteSink> pages) {
      index.structure().save(pages);
    }
  }

  private final class Rows implements Table {
    private final MemoryTable table;
    private final long version;

    Rows(MemoryTable table) {
      this.table = table;
      this.version = table.contentVersion();
    }

    @Override
    public long id() {
      return table.id();
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public long memoryBytes() {
      return table.memoryBytes();
    }

    @Override
    public List<Index> indexes() {
      List<Index> result = new ArrayList<>();
      for (MemoryIndex index : table.indexArray()) {
        switch (index) {
          case OrderedMemoryIndex ordered -> {}
          case DistanceMemoryIndex distance -> {
            if (distance.structure().isSaved()) {
              result.add(new Pages(distance));
            }
          }
        }
      }
      return result;
    }

    @Override
    public void each(Consumer<Change> receiver) {
      receiver.accept(new Change.TableAdded(table.id(), table.columns()));
      int width = table.columns().size();
      int[] projection = new int[width + 1];
      Arrays.setAll(projection, i -> i < width ? i : TableStore.ROW_ID);
      try (BlockCursor cursor = table.scanOnce(snapshot, projection)) {
        for (Block block = cursor.next(); block != null; block = cursor.next()) {
          receiver.accept(inserted(block, width));
        }
      }
    }

    private Change inserted(Block block, int width) {
      int n = block.rowCount();
      int[] positions = new int[n];
      Arrays.setAll(positions, block.selection()::position);
      long[] rowIds = ((LongColumn) block.column(width).gather(positions, n)).values();
      Column[] columns = new Column[width];
      for (int c = 0; c < width; c++) {
        columns[c] = block.column(c).gather(positions, n);
      }
      return new Change.RowsInserted(table.id(), rowIds, new Block(n, columns));
    }
  }

  @Override
  public void close() {
    snapshot.close();
    transaction.rollback();
  }
}
