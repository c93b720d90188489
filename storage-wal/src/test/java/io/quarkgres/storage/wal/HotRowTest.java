package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One row that is updated again and again, by default a million times: nothing grows. */
class HotRowTest {
  private static final int UPDATES = Integer.getInteger("quarkgres.hot.updates", 1_000_000);
  private static final int WARM = 100_000;
  private static final long CHECKPOINT_BYTES = 4 << 20;

  /** A checkpoint after 4 MB of log; not much of a segment is written over again. */
  private static final WalOptions OPTIONS =
      new WalOptions(
          1 << 20,
          64 << 10,
          256 << 10,
          1 << 20,
          CHECKPOINT_BYTES,
          1 << 30,
          1 << 20,
          16 << 20,
          2,
          1);

  @Test
  void neitherMemoryNorDiskGrow(@TempDir Path folder) throws IOException {
    WalStorage storage = WalStorage.open(DiskFiles.open(folder, false), OPTIONS);
    storage.startWorker();
    Ledger ledger = new Ledger(storage);
    Transaction create = begin(storage);
    create.attach(ledger.table());
    long row = ledger.insert(create, 1, 0, "hot");
    create.commit();
    long bytes = 0;
    for (int i = 0; i < UPDATES; i++) {
      Transaction t = begin(storage);
      t.setSynchronous(i % 10_000 == 0);
      ledger.update(t, row, Ledger.BALANCE, i);
      t.commit();
      if (i == WARM) {
        bytes = storage.statistics().tableBytes();
      }
    }
    storage.reclaim();
    assertThat(storage.statistics().tableBytes()).isLessThanOrEqualTo(bytes);
    assertThat(storage.statistics().undoRecords()).isZero();
    storage.close();
    assertThat(bytes(folder)).isLessThan(3 * CHECKPOINT_BYTES);
    try (WalStorage again = WalStorage.open(DiskFiles.open(folder, false), OPTIONS)) {
      assertThat(WalContract.rows(new Ledger(again.table(1)), again))
          .containsExactly("1|" + (UPDATES - 1) + "|hot");
    }
  }

  private static Transaction begin(WalStorage storage) {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
