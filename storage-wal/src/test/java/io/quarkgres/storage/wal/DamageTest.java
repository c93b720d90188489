package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A flipped bit anywhere in any file is noticed, or has no effect on what is read. */
class DamageTest {
  private static final int ROWS = 12;

  @Test
  void aFlippedBitIsNeverReadAsData() {
    int noticed = 0;
    for (int seed = 0; seed < 1500; seed++) {
      SimulatedDisk disk = new SimulatedDisk();
      List<String> rows = fill(disk);
      Random random = new Random(seed);
      List<String> names = disk.list();
      String name = names.get(random.nextInt(names.size()));
      disk.flip(name, random.nextInt(disk.size(name) * 8));
      List<String> report = new ArrayList<>();
      boolean isSound = new DataCheck(disk.files(), report::add).run();
      try {
        WalStorage storage = WalStorage.open(disk.files(), WalContract.FILES);
        assertThat(WalContract.rows(new Ledger(storage.table(1)), storage))
            .as("seed %d, %s", seed, name)
            .isEqualTo(rows);
      } catch (SqlException e) {
        assertThat(e.state()).isIn(SqlState.DATA_CORRUPTED, SqlState.IO_ERROR);
        assertThat(isSound).as("seed %d, %s, %s", seed, name, e).isFalse();
        assertThat(report).anyMatch(line -> line.startsWith("DAMAGED  " + name));
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(300);
  }

  @Test
  void aMissingFileIsNoticed() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    fill(disk);
    assertThat(disk.list()).filteredOn(name -> name.endsWith(DataDirectory.ROWS)).hasSize(2);
    for (String name : disk.list()) {
      if (name.endsWith(DataDirectory.SPARE)) {
        continue;
      }
      SimulatedDisk without = new SimulatedDisk();
      fill(without);
      without.files().delete(name);
      assertThatThrownBy(() -> WalStorage.open(without.files(), WalContract.FILES))
          .as(name)
          .isInstanceOf(SqlException.class);
    }
  }

  private static List<String> fill(SimulatedDisk disk) {
    WalStorage storage = WalStorage.open(disk.files(), WalContract.FILES);
    Ledger ledger = WalContract.create(storage, 2);
    for (long i = 0; i < ROWS; i++) {
      Transaction t = begin(storage);
      ledger.insert(t, i, i, "note");
      t.commit();
      if (i == ROWS / 2) {
        storage.checkpoint();
      }
    }
    return WalContract.rows(ledger, storage);
  }

  private static Transaction begin(WalStorage storage) {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }
}
