package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.Change;
import io.quarkgres.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a storage again from the newest whole checkpoint and the log after it. Changes nothing on
 * disk but the torn end of the log. Used by one thread, before anybody uses the storage.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");

  private final DataFiles files;
  private final MemoryStorage storage;

  /** The records of transactions whose COMMIT has not been read. */
  private final Map<Long, List<byte[]>> parts = new HashMap<>();

  private long transactions;

  Recovery(DataFiles files, MemoryStorage storage) {
    this.files = files;
    this.storage = storage;
  }

  /** Returns the position at which the log goes on. */
  long run() throws IOException {
    long started = System.nanoTime();
    long from = checkpoint();
    long end = replay(from);
    storage.endReplay();
    LOG.log(
        System.Logger.Level.INFO,
        "recovered: checkpoint at {0}, {1} bytes of log with {2} transactions, in {3} ms",
        Long.toHexString(from),
        Long.toString(end - from),
        Long.toString(transactions),
        Long.toString((System.nanoTime() - started) / 1_000_000));
    return end;
  }

  /** Loads the newest checkpoint that is whole; returns its position. */
  private long checkpoint() throws IOException {
    List<Long> all = DataDirectory.positions(files, DataDirectory.CHECKPOINT);
    SqlException damage = null;
    for (long position : all.reversed()) {
      try {
        CheckpointFile.read(files, DataDirectory.checkpoint(position), position, change -> {});
        CheckpointFile.read(files, DataDirectory.checkpoint(position), position, storage::replay);
        return position;
      } catch (SqlException e) {
        LOG.log(System.Logger.Level.ERROR, e.getMessage());
        damage = damage == null ? e : damage;
      }
    }
    throw damage != null ? damage : WalErrors.corrupted(files.path(""), "it has no checkpoint");
  }

  private long replay(long from) throws IOException {
    List<Long> segments =
        DataDirectory.positions(files, DataDirectory.SEGMENT).stream()
            .filter(start -> start >= from)
            .toList();
    long at = from;
    for (int i = 0; i < segments.size(); i++) {
      long start = segments.get(i);
      if (start != at) {
        throw WalErrors.corrupted(
            files.path(DataDirectory.segment(i == 0 ? at : segments.get(i - 1))),
            "the log ends at "
                + Long.toHexString(at)
                + ", but the next segment begins at "
                + Long.toHexString(start));
      }
      at = segment(start, i == segments.size() - 1);
      if (i % 16 == 15) {
        LOG.log(
            System.Logger.Level.INFO,
            "recovering: {0} of {1} segments of the log",
            Integer.toString(i + 1),
            Integer.toString(segments.size()));
      }
    }
    if (segments.isEmpty()) {
      throw WalErrors.corrupted(files.path(DataDirectory.segment(from)), "it is missing");
    }
    return at;
  }

  /** Replays a segment; returns the position at which its frames end. */
  private long segment(long start, boolean isLast) throws IOException {
    String name = DataDirectory.segment(start);
    try (DataFiles.DataFile file = files.open(name)) {
      byte[] bytes = new byte[Math.toIntExact(file.size())];
      int size = file.read(0, ByteBuffer.wrap(bytes));
      int offset = 0;
      for (int length = Frames.check(bytes, 0, size, start);
          length >= 0;
          length = Frames.check(bytes, offset, size, start + offset)) {
        int payload = offset + Frames.HEADER_BYTES;
        if (offset == 0) {
          if (!DataDirectory.isHeader(bytes, payload, length, WalLog.MAGIC, start)) {
            throw WalErrors.corrupted(files.path(name), "it does not begin as a segment does");
          }
        } else {
          records(name, bytes, payload, payload + length);
        }
        offset += (int) Frames.bytes(length);
      }
      if (isLast) {
        cutOff(name, file, bytes, offset, size, start);
      }
      return start + offset;
    }
  }

  /** Cuts the torn end off; refuses if valid frames lie behind it, as then it is damage. */
  private void cutOff(
      String name, DataFiles.DataFile file, byte[] bytes, int offset, int size, long start)
      throws IOException {
    boolean isTorn = false;
    for (int i = offset; i < size; i += Frames.ALIGNMENT) {
      if (i > offset && Frames.check(bytes, i, size, start + i) >= 0) {
        throw WalErrors.corrupted(
            files.path(name), "invalid at offset " + offset + ", but valid at offset " + i);
      }
      for (int b = i; b < Math.min(size, i + Frames.ALIGNMENT); b++) {
        isTorn |= bytes[b] != 0;
      }
    }
    if (isTorn) {
      LOG.log(
          System.Logger.Level.INFO,
          "the log ends in the middle of a write at {0}; what was not acknowledged is dropped",
          Long.toHexString(start + offset));
    }
    if (size > offset) {
      file.truncate(offset);
      file.sync();
    }
  }

  private void records(String name, byte[] bytes, int from, int to) {
    int at = from;
    try {
      while (at < to) {
        int end = at + 4 + Datums.readInt(bytes, at);
        record(bytes, at, end);
        at = end;
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw WalErrors.corrupted(files.path(name), "record at offset " + at + ": " + e.getMessage());
    }
  }

  private void record(byte[] bytes, int at, int end) {
    long transaction = Datums.readLong(bytes, at + 5);
    int changes = at + WalLog.RECORD_HEADER;
    switch (bytes[at + 4]) {
      case WalLog.PART ->
          parts
              .computeIfAbsent(transaction, t -> new ArrayList<>())
              .add(java.util.Arrays.copyOfRange(bytes, changes, end));
      case WalLog.COMMIT -> {
        List<byte[]> before = parts.remove(transaction);
        if (before != null) {
          before.forEach(part -> ChangeCodec.read(part, 0, part.length, this::replay));
        }
        ChangeCodec.read(bytes, changes, end, this::replay);
        transactions++;
      }
      case WalLog.NOW -> ChangeCodec.read(bytes, changes, end, this::replay);
      case WalLog.START -> parts.clear();
      default -> throw new IllegalArgumentException("kind " + bytes[at + 4]);
    }
  }

  private void replay(Change change) {
    storage.replay(change);
  }
}
