package io.quarkgres.storage.wal;

import io.quarkgres.storage.memory.Image;
import io.quarkgres.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongPredicate;

/**
 * Makes checkpoints beside commits. Thread: any.
 *
 * <p>A commit passes the gate twice, each time for some instructions: when it begins to write its
 * records, and when it becomes visible. A checkpoint closes the gate only to mark the log and take
 * a snapshot, so it knows of each commit whether the snapshot has it; those on the way between are
 * named in the checkpoint, and recovery takes them from the log.
 */
final class Checkpointer {
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final DataFiles files;
  private final WalOptions options;
  private final MemoryStorage memory;
  private final WalLog log;
  private final LogCounters counters;

  /** Tells which segments nobody waits for any more. */
  private final LongPredicate isArchived;

  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final ReentrantLock running = new ReentrantLock();

  /** Commits on the way: the transaction, and where the segment began that it may begin in. */
  private final Map<Long, Long> open = new ConcurrentHashMap<>();

  // Guarded by the lock.
  private KnownFiles known;
  private long markedRecord;

  private volatile long dueBytes;
  private volatile int dueSeconds;
  private volatile long position;

  /** What was replayed makes no checkpoint due: indexes are still to be read from the old one. */
  private final long begun;

  private volatile long nanos = System.nanoTime();

  /** When one failed last; it is not tried again at once. */
  private volatile long failedNanos = System.nanoTime() - 2 * RETRY_NANOS;

  /** Goes on from what recovery found. */
  Checkpointer(
      DataFiles files,
      WalOptions options,
      MemoryStorage memory,
      WalLog log,
      LogCounters counters,
      LongPredicate isArchived,
      Recovery.Result found) {
    this.files = files;
    this.options = options;
    this.memory = memory;
    this.log = log;
    this.counters = counters;
    this.isArchived = isArchived;
    setLimits(options.checkpointBytes(), options.checkpointSeconds());
    position = found.checkpoint().position();
    markedRecord = found.records() == 0 ? log.newest() : -1;
    begun = log.end();
    known = KnownFiles.read(found.checkpoint(), found.image());
  }

  /** Says after how much log, or how long a time, a checkpoint is due. */
  void setLimits(long bytes, int seconds) {
    dueBytes = bytes;
    dueSeconds = seconds;
  }

  /** Says that a file of an index cannot be read, so that the next checkpoint has another. */
  void forget(IndexFile damaged) {
    running.lock();
    try {
      known = known.without(damaged);
    } finally {
      running.unlock();
    }
  }

  /** Says that a transaction begins to write its records. */
  void begin(long transaction) {
    gate.readLock().lock();
    try {
      open.put(transaction, log.segmentStart());
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Makes a transaction visible whose records are as safe as it wants them. */
  void end(long transaction, Runnable visible) {
    gate.readLock().lock();
    try {
      visible.run();
      open.remove(transaction);
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Says that a transaction could not write its records. */
  void failed(long transaction) {
    open.remove(transaction);
  }

  /** Makes a checkpoint if so much was written or so much time has passed. */
  void runIfDue() {
    long age = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
    long bytes = log.end() - Math.max(position, begun);
    boolean isDue = bytes > dueBytes || age > dueSeconds;
    if (isDue && System.nanoTime() - failedNanos > RETRY_NANOS) {
      counters.checkpointsTimed.increment();
      run();
    }
  }

  /** Makes a checkpoint because somebody wants one. */
  void runRequested() {
    counters.checkpointsRequested.increment();
    run();
  }

  private void run() {
    running.lock();
    try {
      long started = System.nanoTime();
      if (log.newest() != markedRecord) {
        write();
      }
      counters.checkpointNanos.add(System.nanoTime() - started);
    } catch (IOException e) {
      failedNanos = System.nanoTime();
      throw WalErrors.noCheckpoint(files.path(""), e);
    } finally {
      nanos = System.nanoTime();
      running.unlock();
    }
  }

  private void write() throws IOException {
    long[] record = new long[1];
    Checkpoint written;
    long image;
    try (Checkpoint.Cut cut = cut(record)) {
      // What the image has must not be newer than the log on disk.
      log.flush();
      written = write(cut);
      image = cut.image().number();
    }
    markedRecord = record[0];
    position = written.position();
    known = known.after(written, image);
    removeObsolete(written);
  }

  private Checkpoint write(Checkpoint.Cut cut) throws IOException {
    try {
      return CheckpointWrite.run(files, cut, known, options);
    } catch (IOException e) {
      // A full disk is not to stay full of what nobody can use.
      if (!files.list().contains(DataDirectory.checkpoint(cut.position()))) {
        DataDirectory.discard(files, cut.position());
      }
      throw e;
    }
  }

  private Checkpoint.Cut cut(long[] record) {
    long at = log.roll();
    Image[] image = new Image[1];
    gate.writeLock().lock();
    try {
      record[0] = log.mark(at, () -> image[0] = memory.image());
      long from = open.values().stream().reduce(at, Math::min);
      return new Checkpoint.Cut(at, from, Set.copyOf(open.keySet()), image[0]);
    } finally {
      gate.writeLock().unlock();
    }
  }

  /** Holds the files, none of which is being removed when this returns. */
  void hold() {
    running.lock();
    try {
      files.hold();
    } finally {
      running.unlock();
    }
  }

  /** Removes what neither a checkpoint nor the log after it needs, unless somebody copies files. */
  void removeObsolete(Checkpoint checkpoint) throws IOException {
    if (files.isHeld()) {
      return;
    }
    Set<String> needed = new HashSet<>(checkpoint.fileNames());
    for (String name : files.list()) {
      boolean isKind =
          name.endsWith(DataDirectory.CHECKPOINT)
              || name.endsWith(DataDirectory.ROWS)
              || name.endsWith(DataDirectory.INDEX)
              || name.endsWith(DataDirectory.TEMPORARY);
      if (isKind && !needed.contains(name)) {
        files.delete(name);
      }
    }
    for (long start : DataDirectory.positions(files, DataDirectory.SEGMENT)) {
      if (start < checkpoint.from() && isArchived.test(start)) {
        log.recycle(start);
      }
    }
    files.syncDirectory();
  }
}
