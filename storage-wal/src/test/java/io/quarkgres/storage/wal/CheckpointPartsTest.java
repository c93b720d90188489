package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.storage.memory.Image;
import io.quarkgres.storage.memory.MemoryLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which files of rows a checkpoint writes, and which of the one before it keeps. */
class CheckpointPartsTest {
  private static final int STEPS = 6;
  private static final MemoryLimit ALL = MemoryLimit.of(Map.of(), null);

  private final SimulatedDisk disk = new SimulatedDisk();
  private WalStorage storage;
  private Ledger ledger;

  /** Makes a table of some steps, which the newest checkpoint has. */
  @BeforeEach
  void fill() {
    storage = WalStorage.open(disk.files(), WalContract.FILES);
    ledger = new Ledger(storage);
    Transaction t = begin();
    t.attach(ledger.table());
    WalContract.fill(ledger, t, STEPS * Image.STEP);
    t.commit();
    storage.checkpoint();
  }

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private void update(long row, long balance) {
    Transaction t = begin();
    ledger.update(t, row, Ledger.BALANCE, balance);
    t.commit();
  }

  /** Makes a commit without rows, so that there is something to make a checkpoint for. */
  private void touch() {
    Transaction t = begin();
    t.put("key", new byte[] {1});
    t.commit();
  }

  /** Starts again as after a kill, with what was written. */
  private void reopen(WalOptions options, MemoryLimit limit) {
    List<String> before = WalContract.rows(ledger, storage);
    storage = WalStorage.open(disk.files(), options, limit);
    ledger = new Ledger(storage.table(ledger.table().id()));
    assertThat(WalContract.rows(ledger, storage)).isEqualTo(before);
  }

  private List<String> names() {
    return disk.list().stream().filter(name -> name.endsWith(DataDirectory.ROWS)).toList();
  }

  private static long step(long number) {
    return number * Image.STEP;
  }

  /** Makes a checkpoint; returns the first steps of the files that it wrote. */
  private List<Long> written() {
    List<String> before = names();
    storage.checkpoint();
    List<String> after = new ArrayList<>(names());
    after.removeAll(before);
    return after.stream().map(name -> file(name).fromRow() / Image.STEP).sorted().toList();
  }

  private static RowFile file(String name) {
    return RowFile.named(DataDirectory.numbers(name));
  }

  @Test
  void aChangedRowCostsOneFile() {
    List<String> before = names();
    assertThat(before).hasSize(STEPS);
    long whole = before.stream().mapToInt(disk::size).sum();
    update(step(2) + 5, 7);
    long log = disk.written();
    assertThat(written()).containsExactly(2L);
    assertThat(disk.written() - log).isLessThan(whole / 3);
    assertThat(names())
        .hasSize(STEPS)
        .containsAll(before.stream().filter(n -> file(n).fromRow() != step(2)).toList());
    reopen(WalContract.FILES, ALL);
  }

  @Test
  void deletesAndInsertsAreChanges() {
    Transaction t = begin();
    ledger.delete(t, step(1));
    ledger.delete(t, step(3) + 1);
    t.commit();
    assertThat(written()).containsExactly(1L, 3L);
    t = begin();
    WalContract.fill(ledger, t, 1);
    t.commit();
    assertThat(written()).as("behind the last").containsExactly((long) STEPS);
    assertThat(names()).hasSize(STEPS + 1);
    reopen(WalContract.FILES, ALL);
  }

  @Test
  void whatIsUndoneLockedOrReadIsNoChange() {
    Transaction t = begin();
    ledger.update(t, step(1), Ledger.BALANCE, 5);
    ledger.delete(t, step(2));
    t.rollback();
    t = begin();
    ledger.lock(t, step(3));
    ledger.scan(t);
    t.commit();
    touch();
    assertThat(written()).isEmpty();
  }

  @Test
  void aColumnThatLeavesMemoryAndComesBackIsNoChange() {
    reopen(WalContract.FILES, MemoryLimit.of(0, null));
    update(step(4), 5);
    WalContract.rows(ledger, storage);
    assertThat(written()).containsExactly(4L);
    WalContract.rows(ledger, storage);
    touch();
    assertThat(written()).isEmpty();
    reopen(WalContract.FILES, ALL);
  }

  @Test
  void aChangeCountsWhenItBecomesVisible() {
    Transaction open = begin();
    ledger.update(open, step(2), Ledger.BALANCE, 5);
    touch();
    assertThat(written()).isEmpty();
    open.commit();
    assertThat(written()).containsExactly(2L);
    reopen(WalContract.FILES, ALL);
    assertThat(WalContract.rows(ledger, storage).get((int) step(2))).isEqualTo(step(2) + "|5|null");
  }

  @Test
  void aRestartWritesWhatTheLogHasChanged() {
    update(step(3), 5);
    Transaction t = begin();
    ledger.delete(t, step(5));
    t.commit();
    reopen(WalContract.FILES, ALL);
    assertThat(written()).containsExactly(3L, 5L);
    reopen(WalContract.FILES, ALL);
    touch();
    assertThat(written()).isEmpty();
  }

  @Test
  void filesAreOfSeveralStepsByTheirSize() {
    WalOptions larger = WalContract.rowFiles(ledger.table().memoryBytes() / STEPS * 3 / 2);
    reopen(larger, ALL);
    touch();
    assertThat(written()).as("what is there is kept").isEmpty();
    for (int i = 0; i < STEPS; i++) {
      update(step(i), 1);
    }
    assertThat(written()).containsExactly(0L, 2L, 4L);
    update(step(2), 2);
    assertThat(written()).containsExactly(2L);
    update(step(1), 2);
    update(step(3), 2);
    assertThat(written()).containsExactly(0L, 2L);
    reopen(WalContract.FILES, ALL);
    update(step(1), 3);
    assertThat(written()).as("of the options of now").containsExactly(0L, 1L);
    reopen(larger, ALL);
  }

  @Test
  void aTableThatIsSmallComesIntoTheCheckpoint() {
    reopen(WalContract.SMALL, ALL);
    update(step(2), 5);
    assertThat(written()).isEmpty();
    assertThat(names()).as("what has not changed is kept").hasSize(STEPS - 1);
    reopen(WalContract.FILES, ALL);
    touch();
    assertThat(written()).containsExactly(2L);
    reopen(WalContract.SMALL, ALL);
  }

  @Test
  void theFilesOfATableThatIsDroppedGo() {
    Transaction t = begin();
    t.detach(ledger.table());
    t.commit();
    assertThat(names()).hasSize(STEPS);
    assertThat(written()).isEmpty();
    assertThat(names()).isEmpty();
  }

  @Test
  void rowsOfAnotherPartAreDamage() throws Exception {
    String first = names().getFirst();
    String second = names().get(1);
    disk.files().rename(first, second);
    List<String> report = new ArrayList<>();
    assertThat(new DataCheck(disk.files(), report::add).run()).isFalse();
    assertThat(report).anyMatch(line -> line.startsWith("DAMAGED  " + second));
  }
}
