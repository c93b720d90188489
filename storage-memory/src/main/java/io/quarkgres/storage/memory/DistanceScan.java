package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.TableIndex;
import java.util.Arrays;

/**
 * Yields the rows of a distance index that a snapshot sees, in the order its structure finds them.
 * Used by one thread.
 */
final class DistanceScan implements BlockCursor {
  /** The first batch is small, since most callers want few rows. */
  private static final int FIRST_BATCH = 16;

  private static final int BATCH = 64;

  private final DistanceMemoryIndex index;
  private final MemorySnapshot snapshot;
  private final int[] projection;
  private final int[] fetched;
  private final DistanceIndex.Cursor cursor;
  private long[] entries = new long[FIRST_BATCH];
  private double[] distances = new double[FIRST_BATCH];

  DistanceScan(
      DistanceMemoryIndex index,
      MemorySnapshot snapshot,
      Column query,
      DistanceIndex.SearchOptions options,
      int[] projection) {
    this.index = index;
    this.snapshot = snapshot;
    this.projection = projection;
    fetched = Arrays.stream(projection).filter(column -> column != TableIndex.DISTANCE).toArray();
    cursor = index.structure().search(query, options, this::accepts);
  }

  /** Tells whether an entry stands for the version of its row that the snapshot sees. */
  private boolean accepts(long entry) {
    long row = DistanceMemoryIndex.rowOf(entry);
    Chunk chunk = index.table().chunkOf(row);
    int slot = MemoryTable.slotOf(row);
    synchronized (chunk) {
      boolean exists = chunk.isLive(slot);
      int generation = index.generation(row);
      for (Undo link = chunk.undo(slot);
          link != null && !snapshot.sees(link.batch);
          link = link.next) {
        exists = RowReader.existedBefore(link);
        IndexChange change = link.batch.changeOf(index);
        if (change != null && change.isChanged(link.position)) {
          generation = change.oldGeneration(link.position);
        }
      }
      return exists && generation == DistanceMemoryIndex.generationOf(entry);
    }
  }

  @Override
  public Block next() {
    int n = cursor.next(entries, distances);
    while (n > 0) {
      Block block = read(n);
      if (entries.length < BATCH) {
        entries = new long[BATCH];
        distances = new double[BATCH];
      }
      if (block.rowCount() > 0) {
        return block;
      }
      n = cursor.next(entries, distances);
    }
    return null;
  }

  @Override
  public void close() {
    cursor.close();
  }

  private Block read(int n) {
    long[] rows = new long[n];
    for (int i = 0; i < n; i++) {
      rows[i] = DistanceMemoryIndex.rowOf(entries[i]);
    }
    Block block = RowReader.fetch(index.table(), snapshot, rows, n, fetched, null, null);
    if (fetched.length == projection.length) {
      return block;
    }
    Column[] columns = new Column[projection.length];
    int next = 0;
    for (int c = 0; c < columns.length; c++) {
      columns[c] =
          projection[c] == TableIndex.DISTANCE
              ? new DoubleColumn(Arrays.copyOf(distances, n), null, n)
              : block.column(next++);
    }
    return new Block(columns, n, block.selection());
  }
}
