package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.lock.LockTable;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageStatistics;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.Durability;
import io.quarkgres.storage.memory.Image;
import io.quarkgres.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A storage whose tables lie in memory and whose commits lie in a log first. Thread: any.
 *
 * <p>A commit passes the gate on the shared side from its first record until it is visible; a
 * checkpoint takes the other side for the moment in which it fixes what it will write.
 */
final class WalStorage implements Storage {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");
  private static final int SYNC_MILLIS = 200;

  private final DataFiles files;
  private final WalOptions options;
  private final MemoryStorage memory;
  private final WalLog log;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final ReentrantLock checkpointing = new ReentrantLock();
  private volatile long checkpointAt;
  private volatile long checkpointNanos = System.nanoTime();
  private ScheduledExecutorService worker;

  private WalStorage(DataFiles files, WalOptions options) throws IOException {
    this.files = files;
    this.options = options;
    this.memory = new MemoryStorage(new Logging());
    long position = DataDirectory.hasData(files) ? recovered() : made();
    log = new WalLog(files, options, position);
  }

  private long recovered() throws IOException {
    DataDirectory.removeTemporary(files);
    long end = new Recovery(files, memory).run();
    checkpointAt = DataDirectory.positions(files, DataDirectory.CHECKPOINT).getLast();
    return end;
  }

  /** Makes the files of an empty storage; the one that says they are there comes last. */
  private long made() throws IOException {
    long end;
    try (WalLog first = new WalLog(files, options, 0)) {
      end = first.end();
    }
    CheckpointFile.write(files, 0, receiver -> {});
    DataDirectory.writeFormat(files);
    return end;
  }

  /** Opens a storage without a thread of its own: nothing happens unless somebody asks for it. */
  static WalStorage open(DataFiles files, WalOptions options) {
    try {
      return new WalStorage(files, options);
    } catch (IOException e) {
      throw WalErrors.notRead(files.path(""), e);
    }
  }

  /** Begins to sync what nobody waits for, and to make checkpoints when they are due. */
  void startWorker() {
    worker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("quarkgres-wal").factory());
    worker.scheduleWithFixedDelay(this::work, SYNC_MILLIS, SYNC_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void work() {
    try {
      log.flush();
      long age = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - checkpointNanos);
      long bytes = log.end() - checkpointAt;
      boolean hasWork = bytes > 2 * Frames.bytes(DataDirectory.HEADER_PAYLOAD) + 64;
      if (bytes > options.checkpointBytes() || hasWork && age > options.checkpointSeconds()) {
        checkpoint();
      }
    } catch (SqlException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the log's worker failed", e);
    }
  }

  /** What the tables call when they commit. */
  private final class Logging implements Durability {
    @Override
    public void commit(
        long transaction, Changes changes, boolean isSynchronous, long position, Runnable visible) {
      gate.readLock().lock();
      try {
        long number = Math.max(position, append(transaction, changes));
        if (isSynchronous) {
          log.flush(number);
        }
        visible.run();
      } finally {
        gate.readLock().unlock();
      }
    }

    /** Appends the records of a transaction; returns the last one's number, 0 for none. */
    private long append(long transaction, Changes changes) {
      ByteSink out = new ByteSink(256);
      boolean[] hasParts = new boolean[1];
      changes.each(change -> {
        if (out.size() >= options.partBytes()) {
          log.append(WalLog.PART, transaction, out);
          hasParts[0] = true;
          out.truncate(0);
          if (log.isFull()) {
            log.flush();
          }
        }
        ChangeCodec.write(change, out);
      });
      return out.size() == 0 && !hasParts[0] ? 0 : log.append(WalLog.COMMIT, transaction, out);
    }

    @Override
    public void flush(long position) {
      log.flush(position);
    }

    @Override
    public long putNow(Change.Put put, Runnable set) {
      ByteSink out = new ByteSink(64);
      ChangeCodec.write(put, out);
      return log.append(WalLog.NOW, 0, out, set);
    }
  }

  @Override
  public void checkpoint() {
    checkpointing.lock();
    try {
      long position;
      Image image;
      gate.writeLock().lock();
      try {
        log.flush();
        position = log.roll();
        image = memory.image();
      } finally {
        gate.writeLock().unlock();
      }
      try (image) {
        if (position != checkpointAt) {
          CheckpointFile.write(files, position, image::each);
          checkpointAt = position;
          removeBefore(position);
        }
      }
      checkpointNanos = System.nanoTime();
    } catch (IOException e) {
      throw WalErrors.notWritten(files.path(""), e);
    } finally {
      checkpointing.unlock();
    }
  }

  private void removeBefore(long position) throws IOException {
    for (String kind : List.of(DataDirectory.CHECKPOINT, DataDirectory.SEGMENT)) {
      for (long start : DataDirectory.positions(files, kind)) {
        if (start < position) {
          files.delete(
              kind.equals(DataDirectory.SEGMENT)
                  ? DataDirectory.segment(start)
                  : DataDirectory.checkpoint(start));
        }
      }
    }
    files.syncDirectory();
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
  public long reclaim() {
    return memory.reclaim();
  }

  /** Syncs what is left, makes the next start short and lets go of the directory. */
  @Override
  public void close() {
    if (worker != null) {
      worker.shutdown();
      try {
        worker.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try {
      log.flush();
      checkpoint();
    } catch (SqlException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
    }
    try {
      log.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "could not close the log", e);
    }
    files.close();
  }
}
