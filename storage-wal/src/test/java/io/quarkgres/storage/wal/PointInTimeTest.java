package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
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
    ShellCommand command =
        new ShellCommand("test ! -e '" + archive + "'/%f && cp %p '" + archive + "'/%f");
    WalStorage storage =
        WalStorage.open(DiskFiles.open(directory, false), WalContract.FILES, command);
    storage.startWorker();
    return storage;
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
    try (WalStorage storage =
        WalStorage.open(
            DiskFiles.open(data, false), WalContract.FILES, new ShellCommand("exit 1"))) {
      storage.startWorker();
      Ledger ledger = create(storage);
      insert(storage, ledger, 1);
      storage.switchLog();
      storage.checkpoint();
      storage.checkpoint();
    }
    try (var names = Files.list(data)) {
      assertThat(names.map(path -> path.getFileName().toString()))
          .contains(DataDirectory.segment(0));
    }
  }
}
