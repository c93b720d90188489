package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a storage again from the newest checkpoint and the log after it. Changes nothing on disk.
 * Used by one thread, before anybody uses the storage.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");
  private static final long REPORT_NANOS = 2_000_000_000L;

  /**
   * What was found.
   *
   * @param checkpoint where it began
   * @param end the position at which the log goes on
   * @param lastSegment where the segment begins that has the end
   * @param tail how many bytes lie behind the end in that segment
   * @param records how many records were made again
   * @param changed the tables that they changed
   */
  record Result(
      Checkpoint checkpoint,
      long end,
      long lastSegment,
      int tail,
      long records,
      Set<Long> changed) {}

  private final DataFiles files;
  private final MemoryStorage storage;

  /** The records of transactions whose COMMIT has not been read. */
  private final Map<Long, List<byte[]>> parts = new HashMap<>();

  private final Set<Long> changed = new HashSet<>();
  private Checkpoint checkpoint;
  private boolean isBehindMark;
  private long records;
  private long reported = System.nanoTime();

  Recovery(DataFiles files, MemoryStorage storage) {
    this.files = files;
    this.storage = storage;
  }

  Result run() throws IOException {
    long started = System.nanoTime();
    checkpoint = load();
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
  private Checkpoint load() throws IOException {
    List<Long> all = DataDirectory.positions(files, DataDirectory.CHECKPOINT);
    if (all.isEmpty()) {
      throw WalErrors.corrupted(files.path(""), "it has no checkpoint");
    }
    SqlException damage = null;
    for (int i = all.size() - 1; i > 0; i--) {
      try {
        Checkpoint.read(files, all.get(i), change -> {});
        return Checkpoint.read(files, all.get(i), storage::replay);
      } catch (SqlException e) {
        LOG.log(System.Logger.Level.ERROR, e.getMessage());
        damage = damage == null ? e : damage;
      }
    }
    try {
      return Checkpoint.read(files, all.getFirst(), storage::replay);
    } catch (SqlException e) {
      throw damage != null ? damage : e;
    }
  }

  private Result replay() throws IOException {
    List<Long> segments = DataDirectory.segmentsFrom(files, checkpoint.from());
    long at = checkpoint.from();
    int tail = 0;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = Segment.read(files, segments.get(i));
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
    if (!isBehindMark) {
      throw WalErrors.corrupted(
          files.path(DataDirectory.segment(segments.getLast())),
          "the log ends before the mark of checkpoint " + Long.toHexString(checkpoint.position()));
    }
    return new Result(checkpoint, at, segments.getLast(), tail, records, changed);
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
              .add(Arrays.copyOfRange(bytes, from, to));
        }
      }
      case WalLog.COMMIT -> {
        if (isMissing) {
          List<byte[]> before = parts.remove(transaction);
          if (before != null) {
            before.forEach(part -> make(part, 0, part.length));
          }
          make(bytes, from, to);
        }
      }
      case WalLog.NOW -> {
        if (isBehindMark) {
          make(bytes, from, to);
        }
      }
      case WalLog.START -> parts.clear();
      case WalLog.MARK -> isBehindMark |= Datums.readLong(bytes, from) == checkpoint.position();
      default -> throw new IllegalArgumentException("kind " + kind);
    }
  }

  private void make(byte[] bytes, int from, int to) {
    records++;
    ChangeCodec.read(
        bytes,
        from,
        to,
        change -> {
          note(change);
          storage.replay(change);
        });
  }

  private void note(Change change) {
    switch (change) {
      case Change.TableAdded c -> changed.add(c.table());
      case Change.TableRemoved c -> changed.add(c.table());
      case Change.RowsInserted c -> changed.add(c.table());
      case Change.RowsUpdated c -> changed.add(c.table());
      case Change.RowsDeleted c -> changed.add(c.table());
      case Change.Put c -> {}
    }
  }
}
