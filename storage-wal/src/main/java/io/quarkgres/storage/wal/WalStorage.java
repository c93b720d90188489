package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.lock.LockTable;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LogStatistics;
import io.quarkgres.spi.store.PendingCommit;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageCopy;
import io.quarkgres.spi.store.StorageSettings;
import io.quarkgres.spi.store.StorageStatistics;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.Durability;
import io.quarkgres.storage.memory.MemoryLimit;
import io.quarkgres.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A storage of tables in memory whose commits lie in a log first. Thread: any. */
final class WalStorage implements Storage {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");
  private static final int SYNC_MILLIS = 200;

  private final DataFiles files;
  private final WalOptions options;
  private final LogCounters counters = new LogCounters();
  private final MemoryStorage memory;
  private final WalLog log;
  private final CommitQueue commits;
  private final Checkpointer checkpointer;
  private ScheduledExecutorService worker;
  private Thread writer;
  private ScheduledExecutorService archiving;

  /** Archives segments, or {@code null} if nobody wants them. */
  private volatile Archiver archiver;

  /** Whether it is known if segments are to be archived. */
  private volatile boolean isConfigured;

  private WalStorage(DataFiles files, WalOptions options, MemoryLimit limit) throws IOException {
    this.files = files;
    this.options = options;
    this.memory = new MemoryStorage(new Logging(), limit);
    Recovery.Result found = DataDirectory.hasData(files) ? recovered() : made();
    log = new WalLog(files, options, counters, found.end());
    commits = new CommitQueue(log);
    checkpointer = new Checkpointer(files, options, memory, log, counters, this::isArchived, found);
    checkpointer.removeObsolete(found.checkpoint());
    for (IndexFile file : found.checkpoint().indexFiles()) {
      memory.offerIndex(file.table(), file.index(), file.definition(), () -> pages(file));
    }
  }

  private List<byte[]> pages(IndexFile file) {
    List<byte[]> pages = file.pages(files);
    if (pages == null) {
      checkpointer.forget(file);
    }
    return pages;
  }

  private boolean isArchived(long segment) {
    return isConfigured && (archiver == null || archiver.isDone(segment));
  }

  @Override
  public void configure(StorageSettings settings) {
    checkpointer.setLimits(settings.logBytes() / 2, settings.checkpointSeconds());
    if (!isConfigured && settings.isArchiving()) {
      try {
        archiver = new Archiver(files, log);
      } catch (IOException e) {
        throw WalErrors.notRead(files.path(""), e);
      }
    }
    if (archiver != null) {
      archiver.configure(settings.archiveCommand(), settings.archiveSeconds());
    }
    isConfigured = true;
    if (archiver != null && worker != null && archiving == null) {
      startArchiving();
    }
  }

  private Recovery.Result recovered() throws IOException {
    boolean isOlder = DataDirectory.checkFormat(files);
    Recovery.Result found = new Recovery(files, memory, options.replayThreads()).run();
    if (found.tail() > 0) {
      try (DataFiles.DataFile last = files.open(DataDirectory.segment(found.lastSegment()))) {
        last.truncate(found.end() - found.lastSegment());
        last.sync();
      }
    }
    if (isOlder) {
      DataDirectory.writeFormat(files);
    }
    return found;
  }

  /** Makes the files of an empty storage; the one that says they are there comes last. */
  private Recovery.Result made() throws IOException {
    long end;
    try (WalLog first = new WalLog(files, options, counters, 0)) {
      first.mark(0, () -> {});
      first.flush();
      end = first.end();
    }
    Checkpoint empty;
    long image;
    try (Checkpoint.Cut cut = new Checkpoint.Cut(0, 0, Set.of(), memory.image())) {
      empty = CheckpointWrite.run(files, cut, KnownFiles.nothing(), options);
      image = cut.image().number();
    }
    DataDirectory.writeFormat(files);
    return new Recovery.Result(empty, image, end, 0, 0, 0);
  }

  /** Opens a storage without a thread of its own: nothing happens unless somebody asks for it. */
  static WalStorage open(DataFiles files, WalOptions options) {
    return open(files, options, MemoryLimit.of(Map.of(), files.temporaryFolder()));
  }

  /** Opens such a storage whose data may take so much memory. */
  static WalStorage open(DataFiles files, WalOptions options, MemoryLimit limit) {
    WalStorage storage = unconfigured(files, options, limit);
    storage.isConfigured = true;
    return storage;
  }

  /** Opens a storage that waits for its settings before it lets go of the log. */
  static WalStorage unconfigured(DataFiles files, WalOptions options) {
    return unconfigured(files, options, MemoryLimit.of(Map.of(), files.temporaryFolder()));
  }

  /** Opens a storage whose data may take so much memory, and that waits for its settings, too. */
  static WalStorage unconfigured(DataFiles files, WalOptions options, MemoryLimit limit) {
    try {
      return new WalStorage(files, options, limit);
    } catch (IOException e) {
      throw WalErrors.notRead(files.path(""), e);
    }
  }

  /**
   * Begins to write for those who wait, to sync what nobody waits for, and to make checkpoints when
   * they are due.
   */
  void startWorker() {
    log.setWriting(true);
    writer =
        Thread.ofPlatform()
            .daemon()
            .name("quarkgres-log")
            .start(() -> log.keepWriting(commits::settle));
    worker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("quarkgres-wal").factory());
    if (archiver != null) {
      startArchiving();
    }
    worker.scheduleWithFixedDelay(this::work, SYNC_MILLIS, SYNC_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Begins to archive segments, beside all else, as a command may take long. */
  private void startArchiving() {
    archiving =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("quarkgres-archiver").factory());
    archiving.scheduleWithFixedDelay(
        this::archive, SYNC_MILLIS, SYNC_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void archive() {
    try {
      archiver.completeIfOld(files.millis());
      archiver.run();
    } catch (SqlException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the archiver failed", e);
    }
  }

  private void flush() {
    try {
      log.flush();
    } finally {
      commits.settle();
    }
  }

  /** What is done every now and then. A log that cannot be written was told of when it failed. */
  void work() {
    if (log.failure() != null) {
      return;
    }
    try {
      flush();
      checkpointer.runIfDue();
    } catch (SqlException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the log's worker failed", e);
    }
  }

  /** What the tables call when they commit. */
  private final class Logging implements Durability {
    @Override
    public PendingCommit commit(
        long transaction, Changes changes, boolean isSynchronous, long position, Steps steps) {
      checkpointer.begin(transaction);
      try {
        ByteSink last = appendParts(transaction, changes);
        return commits.append(
            transaction,
            last,
            position,
            isSynchronous,
            steps.decide(),
            new CommitQueue.Outcome() {
              @Override
              public void certain() {
                checkpointer.end(transaction, steps.show());
              }

              @Override
              public void inDoubt() {
                checkpointer.failed(transaction);
                steps.fail().run();
              }
            });
      } catch (RuntimeException e) {
        checkpointer.failed(transaction);
        throw e;
      }
    }

    /** Appends a transaction's records but the last, which it returns, {@code null} for none. */
    private ByteSink appendParts(long transaction, Changes changes) {
      ByteSink out = new ByteSink(256);
      boolean[] hasParts = new boolean[1];
      changes.each(change -> {
        if (out.size() >= options.partBytes()) {
          log.append(WalLog.PART, transaction, out);
          hasParts[0] = true;
          out.truncate(0);
          log.flushIfFull();
        }
        ChangeCodec.write(change, out);
      });
      return out.size() == 0 && !hasParts[0] ? null : out;
    }

    @Override
    public long putNow(Change.Put put, Runnable set) {
      ByteSink out = new ByteSink(64);
      ChangeCodec.write(put, out);
      return log.append(WalLog.NOW, 0, out, number -> set.run());
    }
  }

  @Override
  public long restorePoint(String name) {
    ByteSink out = new ByteSink(64);
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    out.put(bytes, 0, bytes.length);
    log.append(WalLog.NAME, 0, out);
    flush();
    return log.end();
  }

  @Override
  public long switchLog() {
    flush();
    log.roll();
    return log.end();
  }

  @Override
  public StorageCopy copy() {
    flush();
    checkpointer.hold();
    try {
      DataCopy copy = new DataCopy(files, files::letGo);
      copy.verify();
      return copy;
    } catch (IOException e) {
      files.letGo();
      throw WalErrors.notRead(files.path(""), e);
    } catch (RuntimeException e) {
      files.letGo();
      throw e;
    }
  }

  @Override
  public void checkpoint() {
    checkpointer.runRequested();
  }

  @Override
  public Path temporaryFolder() {
    return files.temporaryFolder();
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void register(IndexMethod method) {
    memory.register(method);
  }

  @Override
  public boolean hasMethod(String name) {
    return memory.hasMethod(name);
  }

  @Override
  public Transaction begin(IsolationLevel isolation, Interruption interruption) {
    return memory.begin(isolation, interruption);
  }

  @Override
  public TableStore createTable(List<Layout> columns) {
    return memory.createTable(columns);
  }

  @Override
  public TableStore table(long id) {
    return memory.table(id);
  }

  @Override
  public Map<String, byte[]> metadata() {
    return memory.metadata();
  }

  @Override
  public LockTable locks() {
    return memory.locks();
  }

  @Override
  public StorageStatistics statistics() {
    return memory.statistics();
  }

  @Override
  public LogStatistics logStatistics() {
    return new LogStatistics(
        log.insertPosition(),
        log.end(),
        counters.records.sum(),
        counters.bytes.sum(),
        counters.fullBuffers.sum(),
        counters.writes.sum(),
        counters.syncs.sum(),
        counters.writeNanos.sum(),
        counters.syncNanos.sum(),
        counters.checkpointsTimed.sum(),
        counters.checkpointsRequested.sum(),
        counters.checkpointNanos.sum());
  }

  @Override
  public long reclaim() {
    return memory.reclaim();
  }

  private void archiveTheRest() {
    if (archiving != null) {
      log.roll();
      archiving.shutdown();
      try {
        archiving.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      archiver.run();
    }
  }

  /** Syncs what is left, makes the next start short and lets go of the directory. */
  @Override
  public void close() {
    if (worker != null) {
      worker.shutdown();
      try {
        worker.awaitTermination(1, TimeUnit.HOURS);
        log.setWriting(false);
        writer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try {
      flush();
      checkpointer.runRequested();
      archiveTheRest();
    } catch (SqlException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
    }
    try {
      log.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "could not close the log", e);
    }
    memory.close();
    files.close();
  }
}
