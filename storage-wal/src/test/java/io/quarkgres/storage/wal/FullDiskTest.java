package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is said when the disk is full or the log ends in the middle of a record: the file, and what
 * to do. What was acknowledged stays, and can be read.
 */
class FullDiskTest {
  private static final String FULL = "No space left on device";

  private final SimulatedDisk disk = new SimulatedDisk();
  private WalStorage storage;
  private Ledger ledger;

  @BeforeEach
  void makeTwoRows() {
    storage = WalStorage.open(disk.files(), WalContract.FILES);
    ledger = new Ledger(storage);
    Transaction create = begin();
    create.attach(ledger.table());
    create.commit();
    insert(1);
    insert(2);
  }

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private void insert(long id) {
    Transaction t = begin();
    ledger.insert(t, id, 0, "note");
    t.commit();
  }

  /** Returns where the segment begins that is being written. */
  private long newest() throws IOException {
    return DataDirectory.positions(disk.files(), DataDirectory.SEGMENT).getLast();
  }

  private List<String> rows() {
    return WalContract.rows(ledger, storage);
  }

  private static SqlException error(Runnable action) {
    return catchThrowableOfType(SqlException.class, action::run);
  }

  private void restart() {
    disk.restart(new Random(1));
    storage = WalStorage.open(disk.files(), WalContract.FILES);
    ledger = new Ledger(storage.table(1));
  }

  @Test
  void aCommitNamesTheFileAndEndsWriting() throws IOException {
    disk.failAt(1, Integer.MAX_VALUE, FULL);
    SqlException first = error(() -> insert(3));
    assertThat(first.state()).isEqualTo(SqlState.DISK_FULL);
    assertThat(first)
        .hasMessage(
            "could not write to file \"simulated/%s\": %s", DataDirectory.segment(newest()), FULL);
    assertThat(first.hint())
        .isEqualTo("Free space on the disk and restart the server; until then it only reads.");
    disk.failAt(0, 0, null);
    assertThat(error(() -> insert(4)))
        .as("there is room again, but what is on disk is not known")
        .hasMessage(first.getMessage());
    assertThat(rows()).containsExactly("1|0|note", "2|0|note");
    restart();
    assertThat(rows()).containsExactly("1|0|note", "2|0|note");
    insert(5);
    assertThat(rows()).hasSize(3);
  }

  /** The worker comes five times a second; it does not fill what room there is with words. */
  @Test
  void theWorkerDoesNotTellItAgainAndAgain() {
    disk.failAt(1, Integer.MAX_VALUE, FULL);
    assertThat(error(() -> insert(3)).state()).isEqualTo(SqlState.DISK_FULL);
    List<LogRecord> told = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            told.add(entry);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.quarkgres.storage.wal");
    logger.addHandler(handler);
    try {
      storage.work();
      storage.work();
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(told).isEmpty();
  }

  /** Wherever a checkpoint fails, but for its mark in the log, commits go on. */
  @Test
  void aCheckpointThatFailsLosesNothingAndIsMadeLater() {
    List<String> hints = new ArrayList<>();
    boolean fails = true;
    for (int operation = 1; fails; operation++) {
      restart();
      int rowsBefore = rows().size();
      List<String> before = disk.list();
      disk.failAt(operation, 1, FULL);
      SqlException failed = error(() -> storage.checkpoint());
      disk.failAt(0, 0, null);
      fails = failed != null;
      if (!fails) {
        break;
      }
      assertThat(failed.state()).isEqualTo(SqlState.DISK_FULL);
      assertThat(failed).hasMessageContaining("simulated/");
      hints.add(failed.hint().substring(0, 30));
      if (failed.hint().startsWith("Nothing is lost")) {
        assertThat(disk.list()).noneMatch(name -> name.endsWith(DataDirectory.TEMPORARY));
        insert(100 + operation);
        restart();
        assertThat(rows()).as("operation %d", operation).hasSize(rowsBefore + 1);
        storage.checkpoint();
        assertThat(disk.list()).isNotEqualTo(before);
        insert(200 + operation);
        assertThat(rows()).hasSize(rowsBefore + 2);
        restart();
        assertThat(rows()).as("operation %d", operation).hasSize(rowsBefore + 2);
      }
    }
    assertThat(hints.stream().distinct())
        .containsExactly(
            "Nothing is lost, and the log g",
            "Free space on the disk and res",
            "Nothing is lost, but the log g");
  }

  /** A disk that takes nothing back either leaves a file in the way of the log. */
  @Test
  void aSegmentThatCannotBeTakenBackEndsWriting() {
    disk.failAt(1, Integer.MAX_VALUE, FULL);
    SqlException failed = error(() -> storage.switchLog());
    assertThat(failed.state()).isEqualTo(SqlState.DISK_FULL);
    assertThat(failed.hint()).startsWith("Free space on the disk and restart the server");
    disk.failAt(0, 0, null);
    assertThat(error(() -> insert(3))).hasMessage(failed.getMessage());
    restart();
    assertThat(rows()).hasSize(2);
  }

  @Test
  void anIndexThatIsBuiltOnAFullDiskIsNotThere() {
    Transaction t = begin();
    ledger.index(t, Ledger.spec("by_id", true, Ledger.ID));
    t.put("index", new byte[] {1});
    disk.failAt(1, Integer.MAX_VALUE, FULL);
    assertThat(error(t::commit).state()).isEqualTo(SqlState.DISK_FULL);
    assertThat(rows()).hasSize(2);
    restart();
    assertThat(storage.metadata()).doesNotContainKey("index");
    assertThat(rows()).hasSize(2);
  }

  @Test
  void aLogThatEndsInTheMiddleOfARecordEndsBeforeIt() throws IOException {
    long before = storage.logStatistics().flushPosition();
    insert(3);
    // Behind the record may lie zeros, which nobody misses.
    long after = storage.logStatistics().flushPosition() - Frames.ALIGNMENT;
    String name = DataDirectory.segment(newest());
    for (long end = before - newest(); end < after - newest(); end++) {
      SimulatedDisk cut = new SimulatedDisk();
      copy(cut);
      try (DataFiles.DataFile file = cut.files().open(name)) {
        file.truncate(end);
      }
      WalStorage again = WalStorage.open(cut.files(), WalContract.FILES);
      assertThat(WalContract.rows(new Ledger(again.table(1)), again))
          .as("cut at %d", end)
          .containsExactly("1|0|note", "2|0|note");
    }
  }

  private void copy(SimulatedDisk to) throws IOException {
    for (String name : new ArrayList<>(disk.list())) {
      try (DataFiles.DataFile file = disk.files().read(name);
          DataFiles.DataFile copy = to.files().open(name)) {
        ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
        file.read(0, bytes);
        copy.write(0, bytes.flip());
      }
    }
  }

  @Test
  void aMissingSegmentIsNamed() throws IOException {
    disk.files().delete(DataDirectory.segment(0));
    assertThatThrownBy(() -> WalStorage.open(disk.files(), WalContract.FILES))
        .isInstanceOf(SqlException.class)
        .hasMessage(
            "file \"simulated/%s\" is damaged: it is missing".formatted(DataDirectory.segment(0)));
  }
}
