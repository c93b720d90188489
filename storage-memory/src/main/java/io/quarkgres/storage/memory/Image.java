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
 *
 * <p>Images are numbered. Each chunk of rows knows the newest image that was there when its last
 * change became visible, which costs a commit one write for each chunk, and so what was written
 * down of an older image can be told from what has changed since.
 */
public final class Image implements AutoCloseable {
  /** Ranges of rows begin and end at multiples of this. */
  public static final int STEP = Chunk.ROWS;

  private final long number;
  private final List<Rows> tables;
  private final Map<String, byte[]> metadata;
  private final Transaction transaction;
  private final Snapshot snapshot;

  Image(
      long number,
      List<MemoryTable> tables,
      Map<String, byte[]> metadata,
      Transaction transaction) {
    this.number = number;
    this.tables = tables.stream().map(Rows::new).toList();
    this.metadata = metadata;
    this.transaction = transaction;
    this.snapshot = transaction.snapshot();
  }

  /** A table of the image. */
  public interface Table {
    /** Returns the table's number. */
    long id();

    /** Returns the change that makes the table, without rows. */
    Change added();

    /** Returns a row id behind the last, a multiple of {@link #STEP}. */
    long endRow();

    /** Returns about how many bytes the rows of a range take now. */
    long bytes(long fromRow, long toRow);

    /**
     * Tells whether the rows of a range, which may reach beyond the last, are those that an older
     * image has. Says no, too, if they have changed only since this image was taken.
     */
    boolean isSameAs(long image, long fromRow, long toRow);

    /** Returns how many rows may have changed since an older image: all in chunks that have. */
    long changedSince(long image);

    /** Gives the changes that insert the rows of a range to a receiver. */
    void each(long fromRow, long toRow, Consumer<Change> receiver);

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

  /** Returns the image's number, above those of older ones. */
  public long number() {
    return number;
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

    /** Chunks that are added later have no rows of the image. */
    private final int chunks;

    Rows(MemoryTable table) {
      this.table = table;
      this.chunks = table.chunkCount();
    }

    @Override
    public long id() {
      return table.id();
    }

    @Override
    public Change added() {
      return new Change.TableAdded(table.id(), table.columns());
    }

    @Override
    public long endRow() {
      return (long) chunks << Chunk.SHIFT;
    }

    /** Returns the number of the first chunk at or behind a row id. */
    private int chunkAt(long row) {
      return (int) (Math.min(row, endRow()) >>> Chunk.SHIFT);
    }

    @Override
    public long bytes(long fromRow, long toRow) {
      return table.bytes(chunkAt(fromRow), chunkAt(toRow));
    }

    @Override
    public boolean isSameAs(long image, long fromRow, long toRow) {
      for (int c = chunkAt(fromRow); c < chunkAt(toRow); c++) {
        if (table.chunk(c).isChangedSince(image)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public long changedSince(long image) {
      long rows = 0;
      for (int c = 0; c < chunks; c++) {
        rows += table.chunk(c).isChangedSince(image) ? Chunk.ROWS : 0;
      }
      return rows;
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
    public void each(long fromRow, long toRow, Consumer<Change> receiver) {
      int width = table.columns().size();
      int[] projection = new int[width + 1];
      Arrays.setAll(projection, i -> i < width ? i : TableStore.ROW_ID);
      try (BlockCursor cursor = table.scanOnce(snapshot, projection, fromRow, toRow)) {
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
