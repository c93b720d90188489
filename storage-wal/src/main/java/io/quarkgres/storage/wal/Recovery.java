package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Makes a storage again from the newest checkpoint and the log after it. Changes nothing on disk.
 * Used by one thread, which has others help, before anybody uses the storage.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");
  private static final long REPORT_NANOS = 2_000_000_000L;

  /**
   * What was found.
   *
   * @param checkpoint where it began
   * @param image the number of the image that it has
   * @param end the position at which the log goes on
   * @param lastSegment where the segment begins that has the end
   * @param tail how many bytes lie behind the end in that segment
   * @param records how many records were made again
   */
  record Result(
      Checkpoint checkpoint, long image, long end, long lastSegment, int tail, long records) {}

  private final DataFiles files;
  private final MemoryStorage storage;

  /** Where changes are in a segment; kept in place of them, of which there may be many. */
  private record Part(long segment, int from, int to) {}

  /** The records of transactions whose COMMIT has not been read. */
  private final Map<Long, List<Part>> parts = new HashMap<>();

  private final int threads;
  private ParallelReplay replay;

  /** The segment that is being read. */
  private Segment segment;

  private Checkpoint checkpoint;
  private long image;
  private boolean isBehindMark;
  private long records;
  private long reported = System.nanoTime();

  /** Prepares to make a storage again, on so many threads. */
  Recovery(DataFiles files, MemoryStorage storage, int threads) {
    this.files = files;
    this.storage = storage;
    this.threads = threads;
  }

  Result run() throws IOException {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads, factory())) {
      return run(workers);
    }
  }

  private static ThreadFactory factory() {
    return Thread.ofPlatform().daemon().name("quarkgres-recovery-", 0).factory();
  }

  private Result run(Executor workers) throws IOException {
    replay = new ParallelReplay(workers, storage::replay);
    long started = System.nanoTime();
    checkpoint = load(workers);
    image = storage.loaded();
    long loaded = System.nanoTime();
    Result result = replay();
    storage.endReplay();
    long ended = System.nanoTime();
    LOG.log(
        System.Logger.Level.INFO,
        "recovered: checkpoint {0} in {1} ms, {2} bytes of log with {3} records in {4} ms",
        Long.toHexString(checkpoint.position()),
        Long.toString((loaded - started) / 1_000_000),
        Long.toString(result.end() - checkpoint.from()),
        Long.toString(records),
        Long.toString((ended - loaded) / 1_000_000));
    return result;
  }

  /** Loads the newest checkpoint, or the one before it if that is not whole. */
  private Checkpoint load(Executor workers) throws IOException {
    List<Long> all = DataDirectory.positions(files, DataDirectory.CHECKPOINT);
    if (all.isEmpty()) {
      throw WalErrors.corrupted(files.path(""), "it has no checkpoint");
    }
    SqlException damage = null;
    for (int i = all.size() - 1; i > 0; i--) {
      try {
        Checkpoint.read(files, all.get(i), change -> {}, workers);
        return Checkpoint.read(files, all.get(i), storage::replay, workers);
      } catch (SqlException e) {
        LOG.log(System.Logger.Level.ERROR, e.getMessage());
        damage = damage == null ? e : damage;
      }
    }
    try {
      return Checkpoint.read(files, all.getFirst(), storage::replay, workers);
    } catch (SqlException e) {
      throw damage != null ? damage : e;
    }
  }

  private Result replay() throws IOException {
    List<Long> segments = DataDirectory.segmentsFrom(files, checkpoint.from());
    long at = checkpoint.from();
    int tail = 0;
    for (int i = 0; i < segments.size(); i++) {
      segment = Segment.read(files, segments.get(i));
      int end = segment.each(this::record);
      at = segments.get(i) + end;
      tail = segment.size() - end;
      boolean isLast = i == segments.size() - 1;
      if (isLast && segment.isTorn(end)) {
        LOG.log(
            System.Logger.Level.INFO,
            "the log ends in the middle of a write at {0}; what was not acknowledged is dropped",
            Long.toHexString(at));
      }
      if (!isLast && at != segments.get(i + 1)) {
        throw WalErrors.corrupted(
            files.path(DataDirectory.segment(segments.get(i))),
            "invalid at offset " + end + ", but it is not the last segment");
      }
      report(i + 1, segments.size());
    }
    replay.finish();
    if (!isBehindMark) {
      throw WalErrors.corrupted(
          files.path(DataDirectory.segment(segments.getLast())),
          "the log ends before the mark of checkpoint " + Long.toHexString(checkpoint.position()));
    }
    return new Result(checkpoint, image, at, segments.getLast(), tail, records);
  }

  private void report(int done, int all) {
    long now = System.nanoTime();
    if (now - reported > REPORT_NANOS) {
      reported = now;
      LOG.log(
          System.Logger.Level.INFO,
          "recovering: {0} of {1} segments of the log",
          Integer.toString(done),
          Integer.toString(all));
    }
  }

  /** Before the mark only transactions count that the checkpoint has not. */
  private void record(int kind, long transaction, byte[] bytes, int from, int to) {
    boolean isMissing = isBehindMark || checkpoint.open().contains(transaction);
    switch (kind) {
      case WalLog.PART -> {
        if (isMissing) {
          parts
              .computeIfAbsent(transaction, t -> new ArrayList<>())
              .add(new Part(segment.start(), from, to));
        }
      }
      case WalLog.COMMIT -> {
        if (isMissing) {
          List<Part> before = parts.remove(transaction);
          if (before != null) {
            before.forEach(this::make);
          }
          make(bytes, from, to);
        }
      }
      case WalLog.NOW -> {
        if (isBehindMark) {
          make(bytes, from, to);
        }
      }
      case WalLog.TIME, WalLog.NAME -> {}
      case WalLog.START -> parts.clear();
      case WalLog.MARK -> isBehindMark |= Datums.readLong(bytes, from) == checkpoint.position();
      default -> throw new IllegalArgumentException("kind " + kind);
    }
  }

  /** Makes the changes of a part, which is read again if its segment is not at hand any more. */
  private void make(Part part) {
    if (part.segment == segment.start()) {
      make(segment.bytes(), part.from, part.to);
      return;
    }
    byte[] bytes = new byte[part.to - part.from];
    String name = DataDirectory.segment(part.segment);
    try (DataFiles.DataFile file = files.read(name)) {
      file.read(part.from, ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw WalErrors.notRead(files.path(name), e);
    }
    records++;
    replay.add(bytes, 0, bytes.length, files.path(name), part.from);
  }

  private void make(byte[] bytes, int from, int to) {
    records++;
    replay.add(bytes, from, to, segment.path(), from);
  }
}
