package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.store.NearestCursor;
import io.quarkgres.spi.store.RowPredicate;
import io.quarkgres.spi.store.TableIndex;
import java.util.Arrays;

/**
 * Yields the rows of a distance index that a snapshot sees and that pass a condition, in the order
 * its structure finds them. What a condition needs is read first, the rest only of what passes.
 * Used by one thread.
 */
final class DistanceScan implements NearestCursor {
  /** Whoever comes for more than the first rows gets more at a time. */
  private static final int BATCH = 64;

  private final DistanceMemoryIndex index;
  private final MemorySnapshot snapshot;
  private final RowPredicate condition;
  private final int[] projection;
  private final int[] fetched;
  private final DistanceIndex.Cursor cursor;
  private final long measuredMax;
  private boolean isFirst = true;
  private long examined;
  private long[] rows;
  private double[] distances;

  private DistanceScan(
      DistanceMemoryIndex index,
      MemorySnapshot snapshot,
      DistanceIndex.Cursor cursor,
      DistanceIndex.SearchOptions options,
      RowPredicate condition,
      int[] projection) {
    this.index = index;
    this.snapshot = snapshot;
    this.cursor = cursor;
    this.condition = condition;
    this.projection = projection;
    fetched = Arrays.stream(projection).filter(column -> column != TableIndex.DISTANCE).toArray();
    int batch = Math.clamp(options.wanted(), 1, Block.ROWS_MAX);
    rows = new long[batch];
    distances = new double[batch];
    measuredMax = options.measuredMax();
  }

  /** Searches among all rows that the snapshot sees. */
  static DistanceScan nearest(
      DistanceMemoryIndex index,
      MemorySnapshot snapshot,
      Column query,
      DistanceIndex.SearchOptions options,
      RowPredicate condition,
      int[] projection) {
    snapshot.reading(index.table());
    DistanceIndex.Cursor cursor =
        index.structure().search(query, options, new Visible(index, snapshot));
    return new DistanceScan(index, snapshot, cursor, options, condition, projection);
  }

  /** Searches among some rows, which the snapshot sees: whoever found them has read the table. */
  static DistanceScan among(
      DistanceMemoryIndex index,
      MemorySnapshot snapshot,
      Column query,
      DistanceIndex.SearchOptions options,
      long[] rowIds,
      int n,
      int[] projection) {
    long[] entries = new Visible(index, snapshot).entries(rowIds, n);
    DistanceIndex.Cursor cursor = index.structure().searchAmong(query, options, entries, n);
    return new DistanceScan(index, snapshot, cursor, options, null, projection);
  }

  /** Tells whether an entry stands for the version of its row that the snapshot sees. */
  private record Visible(DistanceMemoryIndex index, MemorySnapshot snapshot)
      implements DistanceIndex.RowFilter {
    private static final int NONE = -1;

    @Override
    public boolean accepts(long entry) {
      return seenGeneration(DistanceMemoryIndex.rowOf(entry))
          == DistanceMemoryIndex.generationOf(entry);
    }

    /**
     * Looks without the chunk's lock: what it sees as there may just have changed, and is judged
     * again; what it does not see as there is judged at once.
     */
    @Override
    public boolean mayAccept(long entry) {
      long row = DistanceMemoryIndex.rowOf(entry);
      Chunk chunk = index.table().chunkOf(row);
      return chunk.isLive(MemoryTable.slotOf(row))
              && !chunk.hasVersions()
              && index.generation(row) == DistanceMemoryIndex.generationOf(entry)
          || accepts(entry);
    }

    /** Returns the entries of the versions that are seen; a chunk is locked once for its rows. */
    long[] entries(long[] rows, int n) {
      long[] result = new long[n];
      for (int i = 0; i < n; ) {
        Chunk chunk = index.table().chunkOf(rows[i]);
        long end = chunk.firstRow() + Chunk.ROWS;
        synchronized (chunk) {
          for (; i < n && rows[i] >= chunk.firstRow() && rows[i] < end; i++) {
            result[i] = DistanceMemoryIndex.entry(rows[i], seenGeneration(chunk, rows[i]));
          }
        }
      }
      return result;
    }

    private int seenGeneration(long row) {
      Chunk chunk = index.table().chunkOf(row);
      synchronized (chunk) {
        return seenGeneration(chunk, row);
      }
    }

    /**
     * Returns the generation of the version that is seen, {@link #NONE} where none is. Called under
     * the chunk's lock.
     */
    private int seenGeneration(Chunk chunk, long row) {
      int slot = MemoryTable.slotOf(row);
      boolean exists = chunk.isLive(slot);
      int generation = index.generation(row);
      for (UndoBatch link = chunk.undo(slot);
          link != null && !snapshot.sees(link);
          link = link.older(slot)) {
        exists = RowReader.existedBefore(link);
        IndexChange change = link.changeOf(index);
        if (change != null && change.isChanged(link.position(slot))) {
          generation = change.oldGeneration(link.position(slot));
        }
      }
      return exists ? generation : NONE;
    }
  }

  @Override
  public Block next() {
    for (int n = find(); n > 0; n = find()) {
      Block block = read(n);
      if (block.rowCount() > 0) {
        return block;
      }
    }
    return null;
  }

  /** Finds the next rows that may pass; 0 at the end, or when too much was looked at. */
  private int find() {
    if (!isFirst && rows.length < BATCH) {
      rows = new long[BATCH];
      distances = new double[BATCH];
    }
    while (true) {
      int n = cursor.next(rows, distances);
      isFirst = false;
      for (int i = 0; i < n; i++) {
        rows[i] = DistanceMemoryIndex.rowOf(rows[i]);
      }
      if (n == 0 || condition == null) {
        return n;
      }
      int passed = passing(n);
      if (passed > 0 || cursor.measuredCount() > measuredMax) {
        return passed;
      }
    }
  }

  /** Moves the rows that pass the condition to the front. */
  private int passing(int n) {
    Block block =
        RowReader.fetch(index.table(), snapshot, rows, n, condition.columns(), null, null);
    examined += n;
    Selection kept = condition.passing(block);
    for (int i = 0; i < kept.count(); i++) {
      rows[i] = rows[kept.position(i)];
      distances[i] = distances[kept.position(i)];
    }
    return kept.count();
  }

  @Override
  public long measuredCount() {
    return cursor.measuredCount();
  }

  @Override
  public long examinedCount() {
    return examined;
  }

  @Override
  public boolean hasPassedMax() {
    return cursor.hasPassedMax();
  }

  @Override
  public void close() {
    cursor.close();
  }

  private Block read(int n) {
    long[] found = Arrays.copyOf(rows, n);
    Block block = RowReader.fetch(index.table(), snapshot, found, n, fetched, null, null);
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
