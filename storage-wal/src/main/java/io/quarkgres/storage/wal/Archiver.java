package io.quarkgres.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * Gives each segment of the log that is complete to the operator's command, one after another, and
 * again until the command succeeds; says that the one being written is complete when it has been
 * for long. How far it has come is in a file, so that a restart goes on there. Used by one thread;
 * {@link #isDone} and {@link #configure} by any.
 */
final class Archiver {
  private static final System.Logger LOG = System.getLogger("io.quarkgres.storage.wal");
  private static final String STATE = "quarkgres.archived";
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final DataFiles files;
  private final WalLog log;

  /** The operator's command, {@code null} as long as there is none. */
  private volatile ShellCommand command;

  /** After so long a segment that has records is complete, 0 for never. */
  private volatile long completeMillis;

  /** The segment that is being written, and since when. */
  private long writing = -1;

  private long writingMillis;

  /** Segments that begin before this are archived. */
  private volatile long done;

  private volatile long notBefore = System.nanoTime();

  /** Goes on where the archiver of the process before was. */
  Archiver(DataFiles files, WalLog log) throws IOException {
    this.files = files;
    this.log = log;
    done = files.list().contains(STATE) ? state() : 0;
  }

  private long state() throws IOException {
    try (DataFiles.DataFile file = files.read(STATE)) {
      ByteBuffer text = ByteBuffer.allocate(16);
      int n = file.read(0, text);
      return HexFormat.fromHexDigitsToLong(
          new String(text.array(), 0, n, StandardCharsets.US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      throw WalErrors.corrupted(files.path(STATE), "it is no position; remove it to archive anew");
    }
  }

  /** Tells whether a segment is archived, so that it may go. */
  boolean isDone(long start) {
    return start < done;
  }

  /** Takes another command, empty for none, and another time, 0 for none. */
  void configure(String text, int completeSeconds) {
    command = text.isEmpty() ? null : new ShellCommand(text);
    completeMillis = TimeUnit.SECONDS.toMillis(completeSeconds);
    notBefore = System.nanoTime();
    if (text.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "archive_mode is on, but there is no archive_command: the log is kept and grows");
    }
  }

  /**
   * Completes the segment being written if it is time to.
   *
   * @param now the time of day, which may jump back
   */
  void completeIfOld(long now) {
    long start = log.segmentStart();
    if (start != writing || now < writingMillis) {
      writing = start;
      writingMillis = now;
    }
    long limit = completeMillis;
    boolean hasRecords = log.end() - start > Frames.bytes(DataDirectory.HEADER_PAYLOAD);
    if (limit > 0 && hasRecords && now - writingMillis >= limit) {
      log.roll();
    }
  }

  /** Archives what is complete; returns when nothing is left or the command has failed. */
  void run() {
    if (command == null || System.nanoTime() - notBefore < 0) {
      return;
    }
    try {
      long unfinished = log.segmentStart();
      for (long start : DataDirectory.positions(files, DataDirectory.SEGMENT)) {
        if (start >= done && start < unfinished && !archived(start)) {
          notBefore = System.nanoTime() + RETRY_NANOS;
          return;
        }
      }
    } catch (IOException e) {
      notBefore = System.nanoTime() + RETRY_NANOS;
      LOG.log(System.Logger.Level.ERROR, "the log could not be archived", e);
    }
  }

  private boolean archived(long start) throws IOException {
    String name = DataDirectory.segment(start);
    ShellCommand asked = command;
    if (asked == null) {
      return false;
    }
    ShellCommand.Outcome outcome = asked.run(files.path(name), name);
    if (!outcome.isSuccess()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "archive command failed with exit code {0} for {1}; it is kept and tried again: {2}",
          Integer.toString(outcome.exit()),
          name,
          outcome.output());
      return false;
    }
    String temporary = STATE + DataDirectory.TEMPORARY;
    try (DataFiles.DataFile file = files.open(temporary)) {
      String text = HexFormat.of().toHexDigits(start + 1);
      file.truncate(0);
      file.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      file.sync();
    }
    files.rename(temporary, STATE);
    files.syncDirectory();
    done = start + 1;
    return true;
  }
}
