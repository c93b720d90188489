package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.storage.memory.Image;
import io.quarkgres.storage.memory.MemoryLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Storages over a simulated disk, and what a contract's tests must leave there. */
final class WalContract {
  /** Everything small, and all tables in the checkpoint's own file. */
  static final WalOptions SMALL =
      new WalOptions(4096, 1024, 512, 2048, Long.MAX_VALUE, 1 << 30, Long.MAX_VALUE, 1, 2, 1);

  /** Everything small, and each step of a table in a file of its own. */
  static final WalOptions FILES =
      new WalOptions(4096, 1024, 512, 2048, Long.MAX_VALUE, 1 << 30, 0, 1, 2, 3);

  private final SimulatedDisk disk = new SimulatedDisk();
  private final MemoryLimit limit;
  private List<String> noted;

  /** Makes one in which all data fits into memory. */
  WalContract() {
    this(MemoryLimit.of(Map.of(), null));
  }

  /** Makes one whose data may take so much memory. */
  WalContract(MemoryLimit limit) {
    this.limit = limit;
  }

  Storage open() {
    return WalStorage.open(disk.files(), FILES, limit);
  }

  /** Notes the rows as long as a storage is open, which a closed one may not have in memory. */
  void closing(Ledger ledger, Storage open) {
    open.checkpoint();
    noted = rows(ledger, open);
  }

  /** Compares the rows before and after a restart. */
  void closed(Ledger ledger, Storage before) {
    List<String> wanted = noted != null ? noted : rows(ledger, before);
    try (Storage again = open()) {
      Ledger restored = new Ledger(again.table(ledger.table().id()));
      assertThat(rows(restored, again)).isEqualTo(wanted);
    }
  }

  /** Makes options for files of rows of another size. */
  static WalOptions rowFiles(long bytes) {
    WalOptions o = FILES;
    return new WalOptions(
        o.segmentBytes(),
        o.aheadBytes(),
        o.partBytes(),
        o.bufferBytes(),
        o.checkpointBytes(),
        o.checkpointSeconds(),
        o.tableFileBytes(),
        bytes,
        o.spareSegments(),
        o.replayThreads());
  }

  /** Makes a table whose rows will lie in so many steps, in turns. */
  static Ledger create(Storage storage, int steps) {
    Ledger ledger = new Ledger(storage);
    Transaction t = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
    t.attach(ledger.table());
    spread(ledger, t, steps);
    t.commit();
    storage.reclaim();
    return ledger;
  }

  /**
   * Makes room in so many steps of a new table, so that the rows that come after the commit lie in
   * all of them, in turns, when what nobody needs has been reclaimed.
   */
  static void spread(Ledger ledger, Transaction t, int steps) {
    long[] rows = fill(ledger, t, 1 + (steps - 1) * Image.STEP);
    ledger.table().delete(t, rows, rows.length);
    t.nextCommand();
  }

  /** Inserts rows that are numbered from 0 on; returns their ids. */
  static long[] fill(Ledger ledger, Transaction t, int count) {
    Object[][] rows = new Object[count][];
    Arrays.setAll(rows, i -> new Object[] {i, 0, null});
    long[] ids = new long[count];
    assertThat(ledger.table().insert(t, Ledger.rows(rows), ids, new UniqueConflict()))
        .isEqualTo(count);
    t.nextCommand();
    return ids;
  }

  static List<String> rows(Ledger ledger, Storage storage) {
    Transaction t = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
    try {
      return ledger.scan(t);
    } finally {
      t.rollback();
    }
  }
}
