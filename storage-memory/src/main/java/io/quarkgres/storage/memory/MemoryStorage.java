package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.HeapRoom;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageStatistics;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.storage.memory.lock.MemoryLockTable;
import io.quarkgres.storage.memory.lock.WaitGraph;
import io.quarkgres.storage.memory.serial.ConflictGraph;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** A storage whose tables lie in memory and go with the process. Thread: any. */
public final class MemoryStorage implements Storage {
  private static final long UNDO_BYTES_MAX = Runtime.getRuntime().maxMemory() / 2;

  private final Map<String, IndexMethod> methods = new ConcurrentHashMap<>();
  private final AtomicLong transactionIds = new AtomicLong();
  private final LongAdder transactions = new LongAdder();
  private final CommitClock clock;
  private final SnapshotRegistry snapshots;
  private final Reclaimer reclaimer;
  private final ConflictGraph conflicts;
  private final WaitGraph waits = new WaitGraph();
  private final MemoryLockTable locks = new MemoryLockTable(waits);

  /** For statistics only: a table that nobody holds any more just goes. */
  private final List<WeakReference<MemoryTable>> tables = new ArrayList<>();

  private final Durability durability;
  private final AtomicLong tableIds = new AtomicLong();

  /** The tables that committed transactions attached. */
  private final Map<Long, MemoryTable> attached = new ConcurrentHashMap<>();

  private final Map<String, byte[]> metadata = new ConcurrentHashMap<>();
  private final HeapRoom heap;
  private final ColumnMemory columnMemory;
  private final SavedIndexes savedIndexes = new SavedIndexes();

  /** How many images were taken, or loaded. */
  private final AtomicLong images = new AtomicLong();

  /** Makes an empty storage whose commits something else makes last. */
  public MemoryStorage(Durability durability, MemoryLimit limit) {
    this(UNDO_BYTES_MAX, durability, new ConflictGraph(), HeapRoom.ofProcess(), limit);
  }

  /** Makes an empty storage whose old row versions may take half of the heap. */
  public MemoryStorage() {
    this(UNDO_BYTES_MAX);
  }

  /** Makes an empty storage whose data may take so much memory. */
  public MemoryStorage(MemoryLimit limit) {
    this(Durability.NONE, limit);
  }

  /**
   * Makes an empty storage.
   *
   * @param undoBytesMax how much memory old row versions may take
   */
  MemoryStorage(long undoBytesMax) {
    this(
        undoBytesMax,
        Durability.NONE,
        new ConflictGraph(),
        HeapRoom.ofProcess(),
        MemoryLimit.of(Map.of(), null));
  }

  /** Makes an empty storage with a graph of its own limits. */
  MemoryStorage(ConflictGraph conflicts) {
    this(
        UNDO_BYTES_MAX,
        Durability.NONE,
        conflicts,
        HeapRoom.ofProcess(),
        MemoryLimit.of(Map.of(), null));
  }

  /** Makes an empty storage in a heap that tests fill. */
  MemoryStorage(HeapRoom heap, MemoryLimit limit) {
    this(UNDO_BYTES_MAX, Durability.NONE, new ConflictGraph(), heap, limit);
  }

  private MemoryStorage(
      long undoBytesMax,
      Durability durability,
      ConflictGraph conflicts,
      HeapRoom heap,
      MemoryLimit limit) {
    this.durability = durability;
    this.conflicts = conflicts;
    this.heap = heap;
    MemoryTransaction first =
        new MemoryTransaction(this, 0, IsolationLevel.READ_COMMITTED, new Interruption());
    clock = new CommitClock(first);
    snapshots = new SnapshotRegistry(clock, this::snapshotReleased);
    reclaimer = new Reclaimer(snapshots, first, undoBytesMax);
    columnMemory = new ColumnMemory(limit, this::tables, this::otherBytes, heap);
  }

  private List<WeakReference<MemoryTable>> tables() {
    synchronized (tables) {
      return List.copyOf(tables);
    }
  }

  /** Returns the memory that data takes besides columns. */
  private long otherBytes() {
    return reclaimer.bytes() + indexBytes();
  }

  private long indexBytes() {
    long bytes = 0;
    for (WeakReference<MemoryTable> reference : tables()) {
      MemoryTable table = reference.get();
      for (int i = 0; table != null && i < table.indexArray().length; i++) {
        bytes += table.indexArray()[i].memoryBytes();
      }
    }
    return bytes;
  }

  /** Returns what keeps the columns of all tables in memory, or in the cold file. */
  ColumnMemory columnMemory() {
    return columnMemory;
  }

  private void snapshotReleased() {
    reclaimer.released();
  }

  /** Returns what knows how full the heap is. */
  HeapRoom heap() {
    return heap;
  }

  CommitClock clock() {
    return clock;
  }

  SnapshotRegistry snapshots() {
    return snapshots;
  }

  Reclaimer reclaimer() {
    return reclaimer;
  }

  ConflictGraph conflicts() {
    return conflicts;
  }

  WaitGraph waits() {
    return waits;
  }

  @Override
  public void register(IndexMethod method) {
    methods.put(method.name(), method);
  }

  @Override
  public boolean hasMethod(String name) {
    return OrderedMemoryIndex.isMethod(name) || methods.containsKey(name);
  }

  /** Makes an empty index of a table. */
  MemoryIndex createIndex(MemoryTable table, IndexSpec spec) {
    if (OrderedMemoryIndex.isMethod(spec.method())) {
      return new OrderedMemoryIndex(table, spec);
    }
    IndexMethod method = methods.get(spec.method());
    if (method == null) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "access method \"" + spec.method() + "\" does not exist");
    }
    return DistanceMemoryIndex.of(table, spec, method.create(spec));
  }

  @Override
  public Transaction begin(IsolationLevel isolation, Interruption interruption) {
    transactions.increment();
    return new MemoryTransaction(this, transactionIds.incrementAndGet(), isolation, interruption);
  }

  void ended() {
    transactions.decrement();
  }

  @Override
  public TableStore createTable(List<Layout> columns) {
    return register(new MemoryTable(this, tableIds.incrementAndGet(), columns));
  }

  private MemoryTable register(MemoryTable table) {
    synchronized (tables) {
      tables.removeIf(reference -> reference.get() == null);
      tables.add(new WeakReference<>(table));
    }
    return table;
  }

  @Override
  public MemoryLockTable locks() {
    return locks;
  }

  @Override
  public StorageStatistics statistics() {
    return new StorageStatistics(
        columnMemory.used(), indexBytes(), reclaimer.records(), transactions.sum());
  }

  Durability durability() {
    return durability;
  }

  @Override
  public boolean isDurable() {
    return durability != Durability.NONE;
  }

  @Override
  public TableStore table(long id) {
    return attached.get(id);
  }

  boolean isAttached(MemoryTable table) {
    return attached.containsKey(table.id());
  }

  @Override
  public Map<String, byte[]> metadata() {
    return Map.copyOf(metadata);
  }

  @Override
  public void checkpoint() {}

  @Override
  public long restorePoint(String name) {
    throw noLog();
  }

  @Override
  public long switchLog() {
    throw noLog();
  }

  private static SqlException noLog() {
    return new SqlException(
            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "there is no write-ahead log")
        .withHint("Start the server with --data.");
  }

  /** Keeps what a commit attached, detached and put. */
  void keep(
      Map<Long, MemoryTable> added, Map<Long, MemoryTable> removed, Map<String, byte[]> puts) {
    attached.putAll(added);
    removed.keySet().forEach(attached::remove);
    puts.forEach((key, value) -> set(new Change.Put(key, value)));
  }

  void set(Change.Put put) {
    if (put.value() == null) {
      metadata.remove(put.key());
    } else {
      metadata.put(put.key(), put.value());
    }
  }

  /**
   * Makes a committed change again, in a storage that nobody uses yet. Raises XX001 when it does
   * not fit what is there.
   */
  public void replay(Change change) {
    switch (change) {
      case Change.TableAdded c -> {
        MemoryTable table = register(new MemoryTable(this, c.table(), c.columns()));
        attached.put(c.table(), table);
        tableIds.accumulateAndGet(c.table(), Math::max);
      }
      case Change.TableRemoved c -> attached.remove(c.table());
      case Change.RowsInserted c -> restore(c.table()).insert(c.rowIds(), c.rows());
      case Change.RowsUpdated c -> restore(c.table()).update(c.rowIds(), c.columns(), c.values());
      case Change.RowsDeleted c -> restore(c.table()).delete(c.rowIds());
      case Change.Put c -> set(c);
    }
  }

  private RowRestore restore(long id) {
    MemoryTable table = attached.get(id);
    if (table == null) {
      throw RowRestore.corrupted("rows of table " + id + ", which is not there");
    }
    return new RowRestore(table);
  }

  /**
   * Offers what an {@link Image} wrote of an index, for the index of that name and definition that
   * is added to the table next.
   *
   * @param pages gives the pages, or {@code null} if they cannot be had
   */
  public void offerIndex(long table, String name, String definition, Supplier<List<byte[]>> pages) {
    savedIndexes.add(table, name, definition, pages);
  }

  SavedIndexes savedIndexes() {
    return savedIndexes;
  }

  /** Says that all changes are made again, so that the storage can be used. */
  public void endReplay() {
    attached.values().forEach(table -> new RowRestore(table).end());
  }

  /** Says that all was replayed that an image had; returns that image's number. */
  public long loaded() {
    return images.incrementAndGet();
  }

  /** Returns the number of the newest image; it changes only while no commit becomes visible. */
  long newestImage() {
    return images.get();
  }

  /**
   * Fixes what is to be written down of the whole storage as it is now, while no commit becomes
   * visible; the rows are read later, beside new commits.
   */
  public Image image() {
    return new Image(
        images.incrementAndGet(),
        List.copyOf(attached.values()),
        Map.copyOf(metadata),
        begin(IsolationLevel.REPEATABLE_READ, new Interruption()));
  }

  @Override
  public long reclaim() {
    return reclaimer.reclaimAll();
  }

  @Override
  public void close() {
    columnMemory.close();
  }
}
