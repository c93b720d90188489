package io.quarkgres.storage.wal;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a whole data directory that no server uses, and tells what of it is damaged. Changes
 * nothing. Used by one thread.
 */
public final class DataCheck {
  private final DataFiles files;
  private final Consumer<String> report;
  private int damaged;

  DataCheck(DataFiles files, Consumer<String> report) {
    this.files = files;
    this.report = report;
  }

  /**
   * Checks a directory, one line of report a file; returns whether all of it is sound. Raises an
   * error when it cannot be checked: F0001 when a server uses it, 58030 when it has no data.
   */
  public static boolean run(Path directory, Consumer<String> report) {
    try (DiskFiles files = DiskFiles.inspect(directory)) {
      return new DataCheck(files, report).run();
    }
  }

  /** Each file by itself, then all of them together, as a start would read them. */
  boolean run() {
    attempt(DataDirectory.FORMAT, () -> DataDirectory.checkFormat(files));
    for (String name : names()) {
      long[] numbers = DataDirectory.numbers(name);
      if (name.endsWith(DataDirectory.CHECKPOINT) && numbers.length == 1) {
        attempt(name, () -> Checkpoint.readOwn(files, name, numbers[0], change -> {}));
      } else if (name.endsWith(DataDirectory.ROWS) && RowFile.named(numbers) != null) {
        attempt(name, () -> RowFile.named(numbers).read(files, change -> {}));
      } else if (name.endsWith(DataDirectory.INDEX) && numbers.length == 3) {
        IndexFile index = new IndexFile(numbers[0], numbers[1], numbers[2], "", "");
        attempt(name, () -> index.read(files, (bytes, from, to) -> {}));
      } else if (name.endsWith(DataDirectory.SEGMENT) && numbers.length == 1) {
        attempt(name, () -> readSegment(numbers[0]));
      }
    }
    if (damaged == 0) {
      attempt(
          "all together",
          () -> new Recovery(files, new MemoryStorage(), WalOptions.DEFAULT.replayThreads()).run());
    }
    return damaged == 0;
  }

  private List<String> names() {
    try {
      return files.list();
    } catch (IOException e) {
      throw WalErrors.notRead(files.path(""), e);
    }
  }

  private void readSegment(long start) throws IOException {
    Segment segment = Segment.read(files, start);
    int end =
        segment.each((kind, transaction, bytes, from, to) -> {
          boolean hasChanges = kind == WalLog.PART || kind == WalLog.COMMIT || kind == WalLog.NOW;
          if (hasChanges) {
            ChangeCodec.read(bytes, from, to, change -> {});
          }
        });
    segment.isTorn(end);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(String name, Step step) {
    try {
      step.run();
      report.accept("ok       " + name);
    } catch (SqlException e) {
      damaged++;
      report.accept("DAMAGED  " + name + ": " + e.getMessage());
    } catch (IOException e) {
      damaged++;
      report.accept(
          "DAMAGED  " + name + ": " + WalErrors.notRead(files.path(name), e).getMessage());
    }
  }
}
