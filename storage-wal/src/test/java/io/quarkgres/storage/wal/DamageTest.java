package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A flipped bit anywhere in any file is noticed or without effect, but for the very last frame of
 * the log: nothing tells its damage from a write that was torn.
 */
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
      try {
        WalStorage storage = WalStorage.open(disk.files(), WalContract.SMALL);
        List<String> found = WalContract.rows(new Ledger(storage.table(1)), storage);
        boolean isTail = found.equals(rows.subList(0, rows.size() - 1));
        assertThat(isTail || found.equals(rows)).as("seed %d, %s", seed, name).isTrue();
      } catch (SqlException e) {
        assertThat(e.state()).isIn(SqlState.DATA_CORRUPTED, SqlState.IO_ERROR);
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(300);
  }

  private static List<String> fill(SimulatedDisk disk) {
    WalStorage storage = WalStorage.open(disk.files(), WalContract.SMALL);
    Ledger ledger = new Ledger(storage);
    Transaction create = begin(storage);
    create.attach(ledger.table());
    create.commit();
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
