package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.RangeFilter;
import io.quarkgres.spi.store.TableStore;
import java.util.List;

/**
 * Scans the chunks of a range of rows. Of each it takes the arrays as they are, under the chunk's
 * lock; what a snapshot does not see is then undone in copies, without the lock. Used by one
 * thread.
 */
final class TableScan implements BlockCursor {
  private final MemoryTable table;
  private final MemorySnapshot snapshot;
  private final int[] projection;
  private final RangeFilter[] filters;
  private final long fromRow;
  private final long toRow;
  private int next;
  private final int end;

  /** Whether chunks that were read back may stay in memory. */
  private final boolean keeps;

  /** Reads before the scan is there; {@code null} as long as nothing was missing. */
  private ScanAhead ahead;

  TableScan(
      MemoryTable table,
      MemorySnapshot snapshot,
      int[] projection,
      List<RangeFilter> filters,
      long fromRow,
      long toRow,
      boolean keeps) {
    this.keeps = keeps;
    this.table = table;
    this.snapshot = snapshot;
    this.projection = projection.clone();
    this.filters = filters.toArray(RangeFilter[]::new);
    this.fromRow = fromRow;
    next = (int) (fromRow >>> Chunk.SHIFT);
    snapshot.reading(table);
    // What comes later no snapshot taken by now can see.
    long existing = (long) table.chunkCount() << Chunk.SHIFT;
    this.toRow = Math.min(toRow, existing);
    end = (int) ((this.toRow + Chunk.ROWS - 1) >>> Chunk.SHIFT);
  }

  @Override
  public Block next() {
    while (next < end) {
      Block block = read(table.chunk(next++));
      if (block != null && block.rowCount() > 0) {
        return block;
      }
    }
    return null;
  }

  private Block read(Chunk chunk) {
    Column[] columns = new Column[projection.length];
    ColdColumns cold = null;
    int used;
    long[] live = null;
    UndoBatch[] heads = null;
    synchronized (chunk) {
      if (!isWanted(chunk)) {
        return null;
      }
      used = chunk.used();
      boolean hasVersions = chunk.hasVersions();
      if (hasVersions) {
        heads = chunk.undoHeads();
      }
      if (hasVersions || !chunk.allLive()) {
        live = chunk.liveBits();
      }
      if (chunk.hasAbsent()) {
        cold = ColdColumns.of(chunk, projection);
      }
      for (int c = 0; c < columns.length; c++) {
        if (projection[c] >= 0 && !chunk.column(projection[c]).isAbsent()) {
          columns[c] = chunk.column(projection[c]).share(used);
        }
      }
    }
    if (cold != null && !readBack(cold, columns, used)) {
      return read(chunk);
    }
    for (int c = 0; c < columns.length; c++) {
      if (projection[c] == TableStore.ROW_ID) {
        columns[c] = rowIds(chunk.firstRow(), used);
      }
    }
    if (heads != null) {
      boolean[] seen = new boolean[used];
      if (!undo(chunk, heads, live, seen, columns)) {
        return read(chunk);
      }
      return new Block(columns, used, select(chunk, used, seen));
    }
    Selection selection =
        live == null && isWhole(chunk, used)
            ? Selection.dense(used)
            : select(chunk, used, bits(live, used));
    return new Block(columns, used, selection);
  }

  /** Fills in the columns that are not in memory; false if they have changed meanwhile. */
  private boolean readBack(ColdColumns cold, Column[] columns, int used) {
    snapshot.owner().interruption().requireMayWait();
    ColdColumns read = ahead().read(cold);
    if (read == null) {
      return false;
    }
    read.share(columns, used);
    if (keeps && table.storage().columnMemory().keepsScanned()) {
      table.storage().columnMemory().makeRoom();
      read.install();
    }
    return true;
  }

  private ScanAhead ahead() {
    if (ahead == null) {
      ahead = new ScanAhead(table, snapshot, projection, end, this::isWanted);
    }
    return ahead;
  }

  /** Tells whether a chunk may have rows for the scan. Called under its lock. */
  private boolean isWanted(Chunk chunk) {
    return chunk.used() > 0 && (chunk.hasVersions() || !chunk.noneLive()) && !isExcluded(chunk);
  }

  private boolean isExcluded(Chunk chunk) {
    for (RangeFilter filter : filters) {
      if (chunk.column(filter.column()).excludes(filter)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWhole(Chunk chunk, int used) {
    return fromRow <= chunk.firstRow() && toRow >= chunk.firstRow() + used;
  }

  private static boolean[] bits(long[] live, int used) {
    boolean[] result = new boolean[used];
    for (int i = 0; i < used; i++) {
      result[i] = live == null || (live[i >> 6] >>> i & 1L) != 0;
    }
    return result;
  }

  private Selection select(Chunk chunk, int used, boolean[] seen) {
    int from = (int) Math.max(0, Math.min(used, fromRow - chunk.firstRow()));
    int to = (int) Math.max(0, Math.min(used, toRow - chunk.firstRow()));
    int[] positions = new int[used];
    int n = 0;
    for (int i = from; i < to; i++) {
      positions[n] = i;
      n += seen[i] ? 1 : 0;
    }
    return n == used ? Selection.dense(n) : new Selection(positions, n);
  }

  private static Column rowIds(long first, int n) {
    long[] ids = new long[n];
    for (int i = 0; i < n; i++) {
      ids[i] = first + i;
    }
    return new LongColumn(ids, null, n);
  }

  /**
   * Finds which rows the snapshot sees, and puts their older values into copies of the columns;
   * false if a change was undone meanwhile whose values are gone.
   */
  private boolean undo(
      Chunk chunk, UndoBatch[] heads, long[] live, boolean[] seen, Column[] columns) {
    OldVersions versions = new OldVersions(snapshot, projection, seen.length);
    for (int i = 0; i < seen.length; i++) {
      boolean exists = (live[i >> 6] >>> i & 1L) != 0;
      for (UndoBatch link = heads[i]; link != null && !snapshot.sees(link); link = link.older(i)) {
        exists = RowReader.existedBefore(link);
        if (link.kind == UndoBatch.Kind.UPDATE) {
          versions.note(link, i);
        }
      }
      seen[i] = exists;
    }
    return versions.putInto(
        columns, seen, table.storage().columnMemory().file(), () -> ahead().undo(chunk));
  }
}
