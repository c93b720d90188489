package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The same work again and again, with the machine stopping, or the disk failing, at its first
 * operation, its second, and so on to the last.
 */
class EachStopTest {
  private static final int COMMITS = 14;
  private static final int RESTARTS = Integer.getInteger("quarkgres.crash.restarts", 1);

  private int acknowledged;

  @Test
  void aStopAtAnyOperationLosesNothing() {
    int stop = 1;
    while (true) {
      for (int restart = 0; restart < RESTARTS; restart++) {
        SimulatedDisk disk = new SimulatedDisk();
        disk.stopAt(stop);
        boolean isDone = worked(disk);
        disk.restart(new Random((long) stop * RESTARTS + restart));
        verify(disk, "stop at " + stop);
        if (isDone) {
          assertThat(stop).isGreaterThan(60);
          return;
        }
      }
      stop++;
    }
  }

  @Test
  void aFailureOfAnyOperationLosesNothing() {
    int failure = 1;
    for (boolean isDone = false; !isDone; failure++) {
      SimulatedDisk disk = new SimulatedDisk();
      disk.failAt(failure, 1, failure % 2 == 0 ? "No space left on device" : "Input/output error");
      isDone = worked(disk) && disk.operations() < failure;
      disk.restart(new Random(failure));
      verify(disk, "failure at " + failure);
    }
    assertThat(failure).isGreaterThan(60);
  }

  /** Returns whether the work came to its end. */
  private boolean worked(SimulatedDisk disk) {
    acknowledged = 0;
    try {
      WalStorage storage = WalStorage.open(disk.files(), WalContract.FILES);
      Ledger ledger = WalContract.create(storage, 2);
      for (int i = 0; i < COMMITS; i++) {
        Transaction t = begin(storage);
        ledger.insert(t, i, 0, "n".repeat(300));
        t.commit();
        acknowledged++;
        if (i % 5 == 4) {
          storage.checkpoint();
        }
      }
      storage.close();
      return true;
    } catch (SimulatedDisk.Stopped | SqlException e) {
      return false;
    }
  }

  private void verify(SimulatedDisk disk, String when) {
    try (WalStorage storage = WalStorage.open(disk.files(), WalContract.FILES)) {
      List<Long> found = List.of();
      if (storage.table(1) != null) {
        found =
            WalContract.rows(new Ledger(storage.table(1)), storage).stream()
                .map(row -> Long.valueOf(row.substring(0, row.indexOf('|'))))
                .sorted()
                .toList();
      }
      assertThat(found.size()).as(when).isBetween(acknowledged, acknowledged + 1);
      assertThat(found)
          .as(when)
          .containsExactlyElementsOf(LongStream.range(0, found.size()).boxed().toList());
    }
  }

  private static Transaction begin(WalStorage storage) {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }
}
