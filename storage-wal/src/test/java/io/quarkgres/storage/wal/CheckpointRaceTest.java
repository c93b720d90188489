package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Checkpoints one after another beside clients that commit, until the machine stops: what was
 * acknowledged is there, and what is there was committed.
 */
class CheckpointRaceTest {
  private static final int SEEDS = Integer.getInteger("quarkgres.crash.seeds", 3000) / 20;
  private static final int CLIENTS = 6;
  private static final int COMMITS = 150;

  @Test
  void aCommitOnTheWayIsNeitherLostNorMadeTwice() throws InterruptedException {
    for (int seed = 0; seed < SEEDS; seed++) {
      new Run(seed).run();
    }
  }

  private static final class Run {
    private final Random random;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final AtomicInteger atWork = new AtomicInteger(CLIENTS);
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private WalStorage storage;
    private Ledger ledger;

    Run(int seed) {
      random = new Random(seed);
    }

    void run() throws InterruptedException {
      storage = WalStorage.open(disk.files(), WalContract.FILES);
      ledger = WalContract.create(storage, 4);
      disk.stopAt(100 + random.nextInt(6000));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        threads.add(Thread.ofPlatform().start(() -> untilStopped(() -> commits(client))));
      }
      threads.add(Thread.ofPlatform().start(() -> untilStopped(this::checkpoints)));
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(errors).isEmpty();
      disk.restart(random);
      storage = WalStorage.open(disk.files(), WalContract.FILES);
      ledger = new Ledger(storage.table(1));
      Set<String> found = new HashSet<>(WalContract.rows(ledger, storage));
      assertThat(found).containsAll(acknowledged);
      assertThat(begun).containsAll(found);
      assertThat(ledger.table().rowCountEstimate()).isEqualTo(found.size());
    }

    private void untilStopped(Runnable action) {
      try {
        action.run();
      } catch (SimulatedDisk.Stopped | SqlException e) {
        if (!disk.isStopped()) {
          errors.add(e);
        }
      }
    }

    private Transaction begin() {
      return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
    }

    private void commits(int client) {
      try {
        for (int i = 0; i < COMMITS; i++) {
          Transaction t = begin();
          long row = ledger.insert(t, client, 0, "-");
          ledger.update(t, row, Ledger.BALANCE, i);
          ledger.update(t, row, Ledger.NOTE, "n");
          String text = client + "|" + i + "|n";
          begun.add(text);
          t.commit();
          acknowledged.add(text);
        }
      } finally {
        atWork.decrementAndGet();
      }
    }

    private void checkpoints() {
      while (atWork.get() > 0) {
        storage.checkpoint();
      }
    }
  }
}
