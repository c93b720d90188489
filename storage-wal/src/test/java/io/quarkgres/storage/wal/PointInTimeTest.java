package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageSettings;
import io.quarkgres.spi.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores a backup and an archive to moments between transactions. */
class PointInTimeTest {
  @TempDir Path folder;
  private Path data;
  private Path backup;
  private Path archive;

  @BeforeEach
  void makeFolders() throws IOException {
    data = folder.resolve("data");
    backup = folder.resolve("backup");
    archive = Files.createDirectory(folder.resolve("archive"));
  }

  private WalStorage open(Path directory) {
    return open(directory, "test ! -e '" + archive + "'/%f && cp %p '" + archive + "'/%f");
  }

  private static WalStorage open(Path directory, String command) {
    WalStorage storage =
        WalStorage.unconfigured(DiskFiles.open(directory, false), WalContract.FILES);
    storage.startWorker();
    storage.configure(archiving(command, 0));
    return storage;
  }

  private static StorageSettings archiving(String command, int seconds) {
    return new StorageSettings(true, command, seconds, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  private String fetch() {
    return "cp '" + archive + "'/%f %p";
  }

  private static Ledger create(Storage storage) {
    Ledger ledger = new Ledger(storage);
    Transaction t = begin(storage);
    t.attach(ledger.table());
    t.commit();
    return ledger;
  }

  private static Transaction begin(Storage storage) {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private static void insert(Storage storage, Ledger ledger, long id) {
    Transaction t = begin(storage);
    ledger.insert(t, id, 0, "row " + id);
    t.commit();
  }

  private List<String> restored(String name, RestoreTarget target) {
    Path to = folder.resolve(name);
    assertThat(PointInTime.run(backup, to, fetch(), target, line -> {})).isTrue();
    try (WalStorage storage = WalStorage.open(DiskFiles.open(to, false), WalContract.FILES)) {
      return WalContract.rows(new Ledger(storage.table(1)), storage);
    }
  }

  @Test
  void aBackupGoesOnToAPositionANameOrTheEnd() {
    long between;
    try (WalStorage storage = open(data)) {
      Ledger ledger = create(storage);
      insert(storage, ledger, 1);
      assertThat(BaseBackup.run(data, backup, line -> {})).isTrue();
      insert(storage, ledger, 2);
      between = storage.logStatistics().flushPosition();
      insert(storage, ledger, 3);
      storage.restorePoint("before four");
      insert(storage, ledger, 4);
      storage.switchLog();
      // The log before goes, but not before it is archived.
      storage.checkpoint();
      insert(storage, ledger, 5);
    }
    assertThat(restored("position", new RestoreTarget.Position(between)))
        .containsExactly("1|0|row 1", "2|0|row 2");
    assertThat(restored("name", new RestoreTarget.Name("before four"))).hasSize(3);
    assertThat(restored("latest", new RestoreTarget.Latest())).hasSize(5);
  }

  @Test
  void aTimeEndsBetweenTwoTransactions() throws InterruptedException {
    long between;
    try (WalStorage storage = open(data)) {
      Ledger ledger = create(storage);
      assertThat(BaseBackup.run(data, backup, line -> {})).isTrue();
      insert(storage, ledger, 1);
      between = System.currentTimeMillis();
      while (System.currentTimeMillis() == between) {
        Thread.onSpinWait();
      }
      insert(storage, ledger, 2);
    }
    assertThat(restored("time", new RestoreTarget.Time(between))).containsExactly("1|0|row 1");
  }

  @Test
  void aTargetThatIsNotThereIsRefused() {
    try (WalStorage storage = open(data)) {
      Ledger ledger = create(storage);
      insert(storage, ledger, 1);
      storage.checkpoint();
      assertThat(BaseBackup.run(data, backup, line -> {})).isTrue();
    }
    assertThatThrownBy(() -> restored("a", new RestoreTarget.Position(Long.MAX_VALUE)))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("before the target");
    assertThatThrownBy(() -> restored("b", new RestoreTarget.Position(1)))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("before the end of the backup");
  }

  @Test
  void whatTheCommandDoesNotTakeIsKept() throws IOException {
    try (WalStorage storage = open(data, "exit 1")) {
      Ledger ledger = create(storage);
      insert(storage, ledger, 1);
      storage.switchLog();
      storage.checkpoint();
      storage.checkpoint();
    }
    assertThat(names(data)).contains(DataDirectory.segment(0));
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void whatNobodyHasConfiguredYetIsKept() throws IOException {
    try (WalStorage storage =
        WalStorage.unconfigured(DiskFiles.open(data, false), WalContract.FILES)) {
      insert(storage, create(storage), 1);
      storage.checkpoint();
      assertThat(names(data)).contains(DataDirectory.segment(0));
      storage.configure(StorageSettings.DEFAULT);
      insert(storage, create(storage), 1);
      storage.checkpoint();
      assertThat(names(data)).doesNotContain(DataDirectory.segment(0));
    }
  }

  @Test
  void aSegmentIsCompleteAfterItsTime() throws IOException {
    DataFiles files = new SimulatedDisk().files();
    try (WalLog log = new WalLog(files, WalContract.FILES, new LogCounters(), 0)) {
      Archiver archiver = new Archiver(files, log);
      archiver.configure("", 60);
      archiver.completeIfOld(1_000);
      archiver.completeIfOld(100_000);
      assertThat(log.segmentStart()).as("without a record").isZero();
      log.flush();
      archiver.completeIfOld(60_999);
      archiver.completeIfOld(500);
      archiver.completeIfOld(60_499);
      assertThat(log.segmentStart()).as("too early, after a clock that jumped back").isZero();
      archiver.completeIfOld(60_500);
      long next = log.segmentStart();
      assertThat(next).isPositive();
      archiver.completeIfOld(200_000);
      archiver.completeIfOld(300_000);
      assertThat(log.segmentStart()).as("nothing was written since").isEqualTo(next);
      archiver.configure("", 0);
      log.append(WalLog.NAME, 0, new ByteSink(1));
      log.flush();
      archiver.completeIfOld(900_000);
      assertThat(log.segmentStart()).as("switched off").isEqualTo(next);
    }
  }
}
