package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import org.junit.jupiter.api.Test;

/** Updating the same rows for ever takes no more memory than updating them once. */
class FlatMemoryTest {
  private static final int ROWS = 1000;
  private static final int UPDATES = 1_000_000;

  private final MemoryStorage storage = new MemoryStorage();
  private final Ledger ledger = new Ledger(storage);
  private final long[] rows = new long[ROWS];
  private TableIndex byBalance;

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private void fill() {
    Transaction t = begin();
    byBalance = ledger.index(t, Ledger.spec("by_balance", false, Ledger.BALANCE));
    for (int i = 0; i < ROWS; i++) {
      rows[i] = ledger.put(t, i, 0, "note");
    }
    t.commit();
  }

  @Test
  void aMillionUpdatesOfAThousandRows() {
    fill();
    long undoMost = 0;
    long bytesEarly = 0;
    for (int i = 0; i < UPDATES; i++) {
      Transaction t = begin();
      ledger.lock(t, rows[i % ROWS]);
      ledger.set(
          t, rows[i % ROWS], i % 4 == 0 ? Ledger.NOTE : Ledger.BALANCE, i % 4 == 0 ? "n" + i : i);
      t.commit();
      if (i % 1000 == 0) {
        undoMost = Math.max(undoMost, storage.statistics().undoRecords());
        bytesEarly = i == UPDATES / 10 ? ledger.table().memoryBytes() : bytesEarly;
      }
    }
    assertThat(undoMost).isLessThan(2 * ROWS);
    assertThat(ledger.table().memoryBytes()).isLessThan(2 * bytesEarly);
    assertThat(byBalance.entryCount()).isEqualTo(ROWS);
    assertThat(byBalance.memoryBytes()).isLessThan(200_000);
  }

  @Test
  void withSnapshotsOpenInTurn() {
    fill();
    Snapshot[] open = new Snapshot[50];
    Transaction reader = begin();
    long undoMost = 0;
    for (int i = 0; i < UPDATES / 4; i++) {
      if (i % 20 == 0) {
        int at = i / 20 % open.length;
        if (open[at] != null) {
          open[at].close();
        }
        open[at] = reader.snapshot();
      }
      Transaction t = begin();
      ledger.lock(t, rows[i % ROWS]);
      ledger.set(t, rows[i % ROWS], Ledger.BALANCE, i);
      t.commit();
      if (i % 1000 == 0) {
        undoMost = Math.max(undoMost, storage.statistics().undoRecords());
      }
    }
    assertThat(undoMost).isLessThan(4 * ROWS);
    assertThat(byBalance.entryCount()).isLessThan(4 * ROWS);
  }
}
