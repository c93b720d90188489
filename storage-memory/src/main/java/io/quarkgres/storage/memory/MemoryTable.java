package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RangeFilter;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A table: chunks of rows and indexes. A row id is the chunk's number and the slot in it. Thread:
 * any.
 */
final class MemoryTable implements TableStore {
  private final MemoryStorage storage;
  private final long id;
  private final List<Layout> columns;
  private final TableMemory memory;

  /** Written under this table's monitor: the chunk first, then the count. */
  private volatile Chunk[] chunks = new Chunk[4];

  private volatile int chunkCount;

  /** Chunks other than the last that have room. */
  private final ConcurrentLinkedQueue<Chunk> withRoom = new ConcurrentLinkedQueue<>();

  private volatile MemoryIndex[] indexes = {};
  private final AtomicLong rowCount = new AtomicLong();
  private final AtomicLong begunCommits = new AtomicLong();
  private final AtomicLong endedCommits = new AtomicLong();

  /** Data versions given out while a commit is under way, each only once. */
  private final AtomicLong unstableVersion = new AtomicLong();

  MemoryTable(MemoryStorage storage, long id, List<Layout> columns) {
    this.storage = storage;
    this.id = id;
    this.columns = List.copyOf(columns);
    this.memory = TableMemory.of(this, storage.columnMemory());
  }

  TableMemory memory() {
    return memory;
  }

  MemoryStorage storage() {
    return storage;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public List<Layout> columns() {
    return columns;
  }

  @Override
  public long rowCountEstimate() {
    return Math.max(0, rowCount.get());
  }

  /**
   * While a commit is between showing its rows and raising the version, each call returns another
   * number, so that no result is kept or served under a version that does not tell all.
   */
  @Override
  public long dataVersion() {
    // In this order: if as many have begun as had ended, none was under way in between.
    long ended = endedCommits.get();
    return begunCommits.get() == ended ? ended : unstableVersion.decrementAndGet();
  }

  void beginCommit() {
    begunCommits.incrementAndGet();
  }

  void endCommit(long growth) {
    endedCommits.incrementAndGet();
    if (growth != 0) {
      rowCount.addAndGet(growth);
    }
  }

  @Override
  public long memoryBytes() {
    return bytes(0, chunkCount);
  }

  /** Returns the size of the rows of some chunks. */
  long bytes(int fromChunk, int toChunk) {
    long bytes = 0;
    for (int i = fromChunk; i < toChunk; i++) {
      Chunk chunk = chunks[i];
      synchronized (chunk) {
        bytes += chunk.bytes();
      }
    }
    return bytes;
  }

  int chunkCount() {
    return chunkCount;
  }

  Chunk chunk(int number) {
    return chunks[number];
  }

  Chunk chunkOf(long row) {
    return chunks[(int) (row >>> Chunk.SHIFT)];
  }

  static int slotOf(long row) {
    return (int) row & Chunk.ROWS - 1;
  }

  /** Returns a chunk that probably has room. */
  Chunk chunkForInsert() {
    Chunk chunk = withRoom.poll();
    if (chunk != null) {
      synchronized (chunk) {
        chunk.unlist();
      }
      return chunk;
    }
    int count = chunkCount;
    return count == 0 ? addChunk(null) : chunks[count - 1];
  }

  /** Adds a chunk unless somebody else did since {@code full} was the last. */
  synchronized Chunk addChunk(Chunk full) {
    int count = chunkCount;
    if (count > 0 && chunks[count - 1] != full) {
      return chunks[count - 1];
    }
    if (count == chunks.length) {
      chunks = Arrays.copyOf(chunks, count * 2);
    }
    Chunk chunk = new Chunk(this, count, columns);
    chunks[count] = chunk;
    chunkCount = count + 1;
    return chunk;
  }

  /** Returns the chunk of a row, with those before it. */
  Chunk chunkForRestore(long row) {
    while (row >>> Chunk.SHIFT >= chunkCount) {
      addChunk(chunkCount == 0 ? null : chunks[chunkCount - 1]);
    }
    return chunkOf(row);
  }

  /** Sets the number of rows, after they were restored. */
  void restored(long rows) {
    rowCount.set(rows);
  }

  boolean isLast(Chunk chunk) {
    return chunks[chunkCount - 1] == chunk;
  }

  void listFree(Chunk chunk) {
    withRoom.add(chunk);
  }

  MemoryIndex[] indexArray() {
    return indexes;
  }

  @Override
  public BlockCursor scan(Snapshot snapshot, int[] projection, List<RangeFilter> filters) {
    return scanRange(snapshot, projection, filters, 0, Long.MAX_VALUE);
  }

  @Override
  public long[] morsels(int rowsPerMorsel) {
    int count = chunkCount;
    int step = Math.max(1, rowsPerMorsel >> Chunk.SHIFT);
    int parts = (count + step - 1) / step;
    long[] bounds = new long[parts + 1];
    for (int i = 0; i <= parts; i++) {
      bounds[i] = Math.min(count, (long) i * step) << Chunk.SHIFT;
    }
    return bounds;
  }

  @Override
  public BlockCursor scanRange(
      Snapshot snapshot, int[] projection, List<RangeFilter> filters, long fromRow, long toRow) {
    return new TableScan(
        this, (MemorySnapshot) snapshot, projection, filters, fromRow, toRow, true);
  }

  /** Scans rows once, which is no reason to keep any in memory. */
  BlockCursor scanOnce(Snapshot snapshot, int[] projection, long fromRow, long toRow) {
    return new TableScan(
        this, (MemorySnapshot) snapshot, projection, List.of(), fromRow, toRow, false);
  }

  @Override
  public Block fetch(Snapshot snapshot, long[] rowIds, int n, int[] projection) {
    return RowReader.fetch(
        this, ((MemorySnapshot) snapshot).quiet(), rowIds, n, projection, null, null);
  }

  @Override
  public int insert(Transaction transaction, Block rows, long[] rowIds, UniqueConflict conflict) {
    MemoryTransaction writer = (MemoryTransaction) transaction;
    requireRoom(writer);
    int fromLog = writer.logSize();
    int done = new RowInsert(this, writer, rows, rowIds, conflict).run();
    WrittenKeys.tell(this, writer, fromLog);
    return done;
  }

  /** Makes room for more data, or raises 53200, 53100 or 58030. */
  private void requireRoom(MemoryTransaction writer) {
    storage.columnMemory().requireForData(writer.interruption());
    storage.heap().requireForData(writer.interruption());
    storage.reclaimer().requireRoom(writer.interruption());
  }

  @Override
  public LockOutcome lock(
      Transaction transaction, Snapshot snapshot, long rowId, RowLockMode mode, WaitPolicy policy) {
    return RowLocker.lock(
        this,
        (MemoryTransaction) transaction,
        ((MemorySnapshot) snapshot).quiet(),
        rowId,
        mode,
        policy);
  }

  @Override
  public int update(
      Transaction transaction,
      long[] rowIds,
      int[] changed,
      Block values,
      UniqueConflict conflict) {
    MemoryTransaction writer = (MemoryTransaction) transaction;
    requireRoom(writer);
    int fromLog = writer.logSize();
    int done = new RowUpdate(this, writer, rowIds, changed, values, conflict).run();
    WrittenKeys.tell(this, writer, fromLog);
    return done;
  }

  @Override
  public void delete(Transaction transaction, long[] rowIds, int n) {
    MemoryTransaction writer = (MemoryTransaction) transaction;
    storage.reclaimer().requireRoom(writer.interruption());
    int fromLog = writer.logSize();
    RowDelete.run(this, writer, rowIds, n);
    WrittenKeys.tell(this, writer, fromLog);
  }

  @Override
  public TableIndex addIndex(
      Transaction transaction,
      IndexSpec spec,
      UniqueConflict conflict,
      long[] duplicateRowId,
      BuildProgress progress) {
    MemoryTransaction writer = (MemoryTransaction) transaction;
    if (chunkCount > 0) { // an empty one is what TRUNCATE makes, to give memory back
      storage.columnMemory().requireForData(writer.interruption());
      storage.heap().requireForData(writer.interruption());
    }
    MemoryIndex index = storage.createIndex(this, spec);
    boolean[] isBuilt = new boolean[1];
    // So that fewer versions are to be looked at.
    storage.reclaimer().reclaimIfFree();
    storage
        .reclaimer()
        .pausedWhile(() -> {
          isBuilt[0] = new IndexBuild(this, index, writer, progress).run(conflict, duplicateRowId);
          if (isBuilt[0]) {
            writer.logged(new AddedIndex(this, index));
            enlist(index);
          }
        });
    return isBuilt[0] ? index : null;
  }

  private synchronized void enlist(MemoryIndex index) {
    MemoryIndex[] more = Arrays.copyOf(indexes, indexes.length + 1);
    more[indexes.length] = index;
    indexes = more;
  }

  @Override
  public synchronized void dropIndex(TableIndex index) {
    ((MemoryIndex) index).drop();
    indexes = Arrays.stream(indexes).filter(other -> other != index).toArray(MemoryIndex[]::new);
  }

  @Override
  public List<TableIndex> indexes() {
    return List.of(indexes);
  }
}
