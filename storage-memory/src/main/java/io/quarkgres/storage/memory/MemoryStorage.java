package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageStatistics;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A storage whose tables lie in memory and go with the process. Thread: any. */
public final class MemoryStorage implements Storage {
  private final Map<String, IndexMethod> methods = new ConcurrentHashMap<>();
  private final AtomicLong transactionIds = new AtomicLong();
  private final LongAdder transactions = new LongAdder();
  private final CommitClock clock;
  private final SnapshotRegistry snapshots;
  private final Reclaimer reclaimer;
  private final WaitGraph waits = new WaitGraph();
  private final MemoryLockTable locks = new MemoryLockTable(waits);

  /** For statistics only: a table that nobody holds any more just goes. */
  private final List<WeakReference<MemoryTable>> tables = new ArrayList<>();

  /** Makes an empty storage whose old row versions may take half of the heap. */
  public MemoryStorage() {
    this(Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * Makes an empty storage.
   *
   * @param undoBytesMax how much memory old row versions may take
   */
  MemoryStorage(long undoBytesMax) {
    MemoryTransaction first =
        new MemoryTransaction(this, 0, IsolationLevel.READ_COMMITTED, new Interruption());
    clock = new CommitClock(first);
    snapshots = new SnapshotRegistry(clock, this::snapshotReleased);
    reclaimer = new Reclaimer(snapshots, first, undoBytesMax);
  }

  private void snapshotReleased() {
    reclaimer.released();
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
    requireSupported(isolation);
    transactions.increment();
    return new MemoryTransaction(this, transactionIds.incrementAndGet(), isolation, interruption);
  }

  static void requireSupported(IsolationLevel isolation) {
    if (isolation == IsolationLevel.SERIALIZABLE) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "isolation level SERIALIZABLE is not supported yet");
    }
  }

  void ended() {
    transactions.decrement();
  }

  @Override
  public TableStore createTable(List<Layout> columns) {
    MemoryTable table = new MemoryTable(this, columns);
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
    long tableBytes = 0;
    long indexBytes = 0;
    synchronized (tables) {
      for (WeakReference<MemoryTable> reference : tables) {
        MemoryTable table = reference.get();
        if (table != null) {
          tableBytes += table.memoryBytes();
          for (var index : table.indexes()) {
            indexBytes += index.memoryBytes();
          }
        }
      }
    }
    return new StorageStatistics(tableBytes, indexBytes, reclaimer.records(), transactions.sum());
  }

  @Override
  public long reclaim() {
    return reclaimer.reclaimAll();
  }

  @Override
  public void close() {}
}
