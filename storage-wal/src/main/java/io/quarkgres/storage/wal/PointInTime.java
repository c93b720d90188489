package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes a data directory as of one moment: a base backup, and the log after it, from an archive as
 * far as that has it, cut off at the target. Changes neither backup nor archive. Used by one
 * thread.
 */
public final class PointInTime {
  private final DataFiles backup;
  private final Path from;
  private final Path to;
  private final ShellCommand restore;
  private final RestoreTarget target;

  /** The time that the newest TIME record says. */
  private long millis = Long.MIN_VALUE;

  private boolean isReached;
  private boolean isBehindMark;

  private PointInTime(
      DataFiles backup, Path from, Path to, ShellCommand restore, RestoreTarget target) {
    this.backup = backup;
    this.from = from;
    this.to = to;
    this.restore = restore;
    this.target = target;
  }

  /**
   * Makes a directory, which must be empty or missing, and checks it; returns whether it is sound.
   * Raises 58030 when it cannot be made, 22023 when the target is not between backup and archive.
   *
   * @param restoreCommand fetches the segment {@code %f} to {@code %p}; {@code null} for no archive
   */
  public static boolean run(
      Path from, Path to, String restoreCommand, RestoreTarget target, Consumer<String> report) {
    BaseBackup.requireData(from);
    try {
      BaseBackup.makeEmpty(to);
      try (DiskFiles files = DiskFiles.besideServer(from)) {
        ShellCommand command = restoreCommand == null ? null : new ShellCommand(restoreCommand);
        new PointInTime(files, from, to, command, target).make();
      }
    } catch (IOException e) {
      throw BaseBackup.failed("cannot restore \"" + from + "\" to \"" + to + "\": " + e);
    }
    return DataCheck.run(to, report);
  }

  private void make() throws IOException {
    long position = DataDirectory.positions(backup, DataDirectory.CHECKPOINT).getLast();
    String name = DataDirectory.checkpoint(position);
    Checkpoint checkpoint = Checkpoint.readOwn(backup, name, position, change -> {});
    for (String file : checkpoint.fileNames()) {
      BaseBackup.copyWhole(from.resolve(file), to.resolve(file));
    }
    long start = checkpoint.from();
    Segment segment = fetched(start);
    if (segment == null) {
      throw WalErrors.corrupted(backup.path(DataDirectory.segment(start)), "it is missing");
    }
    while (segment != null) {
      int end = written(segment, position);
      start += end;
      segment = isReached ? null : fetched(start);
    }
    if (!isBehindMark) {
      throw missed("the target lies before the end of the backup");
    }
    if (!isReached && !(target instanceof RestoreTarget.Latest)) {
      throw missed("the log ends at " + Long.toHexString(start) + ", before the target");
    }
    BaseBackup.copyWhole(from.resolve(DataDirectory.FORMAT), to.resolve(DataDirectory.FORMAT));
    BaseBackup.syncNames(to);
  }

  private static SqlException missed(String why) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, why)
        .withHint("Choose another target, an older backup, or an archive that has more.");
  }

  /** Reads a segment of the archive, or the backup's; returns {@code null} if neither has it. */
  private Segment fetched(long start) throws IOException {
    String name = DataDirectory.segment(start);
    Path file = to.resolve(name + DataDirectory.TEMPORARY);
    boolean isArchived = restore != null && restore.run(file.toString(), name).isSuccess();
    if (!isArchived) {
      Files.deleteIfExists(file);
      return Files.exists(from.resolve(name)) ? Segment.read(backup, start) : null;
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return Segment.of(file.toString(), start, bytes);
  }

  /** Writes what of a segment is wanted; returns the offset behind its valid frames. */
  private int written(Segment segment, long mark) throws IOException {
    int[] cut = {-1};
    int end =
        segment.each((kind, transaction, bytes, recordFrom, recordTo) -> {
          int record = recordFrom - WalLog.RECORD_HEADER;
          if (cut[0] < 0 && ends(kind, transaction, bytes, recordFrom, recordTo, segment)) {
            cut[0] = record;
          }
          isBehindMark |=
              cut[0] < 0 && kind == WalLog.MARK && Datums.readLong(bytes, recordFrom) == mark;
        });
    isReached = cut[0] >= 0;
    ByteSink out = new ByteSink(end);
    int whole = isReached ? segment.frameOf(cut[0]) : end;
    out.put(segment.bytes(), 0, whole);
    int payload = whole + Frames.HEADER_BYTES;
    if (isReached && cut[0] > payload) {
      ByteSink rest = new ByteSink(cut[0] - payload);
      rest.put(segment.bytes(), payload, cut[0] - payload);
      ByteBuffer frame = Frames.encode(rest.array(), rest.size(), segment.start() + whole);
      out.put(frame.array(), 0, frame.remaining());
    }
    BaseBackup.writeNew(
        to.resolve(DataDirectory.segment(segment.start())),
        ByteBuffer.wrap(out.array(), 0, out.size()));
    return end;
  }

  /** Tells whether a record is the first that is not wanted any more. */
  private boolean ends(
      int kind, long transaction, byte[] bytes, int from, int to, Segment segment) {
    if (kind == WalLog.TIME) {
      millis = transaction;
    }
    return switch (target) {
      case RestoreTarget.Latest latest -> false;
      case RestoreTarget.Time time -> kind == WalLog.COMMIT && millis > time.epochMillis();
      case RestoreTarget.Position p ->
          segment.start() + from - WalLog.RECORD_HEADER >= p.position();
      case RestoreTarget.Name name ->
          kind == WalLog.NAME
              && name.name().equals(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    };
  }
}
