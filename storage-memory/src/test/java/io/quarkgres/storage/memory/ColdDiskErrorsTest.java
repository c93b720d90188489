package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.WaitPolicy;
import io.quarkgres.storage.memory.cold.TestBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The disk fails below the cold file: an error where values cannot be had, and nothing wrong. */
class ColdDiskErrorsTest {
  private static final int LIMIT = 256 << 10;

  private final TestBytes disk = new TestBytes();
  private final MemoryStorage storage = new MemoryStorage(new MemoryLimit(LIMIT, () -> disk));
  private final SampleRows samples = new SampleRows(storage);
  private final Map<Long, SampleRows.Sample> rows = new HashMap<>();
  private TableIndex byId;

  private Transaction begin() {
    return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
  }

  private void index() {
    Transaction t = begin();
    byId = samples.indexById(t);
    t.commit();
  }

  private void insert(Transaction t, int blocks) {
    for (int b = 0; b < blocks; b++) {
      List<SampleRows.Sample> fresh = new ArrayList<>();
      for (int i = 0; i < Block.ROWS_MAX; i++) {
        fresh.add(new SampleRows.Sample(rows.size() + i, 0));
      }
      long[] ids = samples.insert(t, fresh);
      for (int i = 0; i < ids.length; i++) {
        rows.put(ids[i], fresh.get(i));
      }
    }
  }

  private void fill() {
    index();
    Transaction t = begin();
    insert(t, 8);
    t.commit();
    storage.reclaim();
  }

  private int scan() {
    int count = 0;
    Transaction t = begin();
    try (Snapshot snapshot = t.snapshot();
        BlockCursor cursor = samples.table().scan(snapshot, SampleRows.ALL, List.of())) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        for (int i = 0; i < block.rowCount(); i++) {
          int position = block.selection().position(i);
          samples.requireSame(block, position, samples.row(block, position), "scan");
          count++;
        }
      }
    } finally {
      t.rollback();
    }
    return count;
  }

  private static void requireState(SqlState state, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(SqlException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  @Test
  void aFullDiskRefusesMoreDataOnly() {
    fill();
    int before = rows.size();
    disk.writeError = "No space left on device";
    Transaction t = begin();
    requireState(SqlState.DISK_FULL, () -> insert(t, 20));
    t.rollback();
    assertThat(scan()).isEqualTo(before);
    disk.writeError = null;
  }

  @Test
  void aDiskThatCannotBeReadFailsWhoNeedsIt() {
    fill();
    disk.readError = "Input/output error";
    requireState(SqlState.IO_ERROR, this::scan);
    disk.readError = null;
    assertThat(scan()).isEqualTo(rows.size());
  }

  @Test
  void damageIsNeverRead() {
    fill();
    disk.damage();
    requireState(SqlState.DATA_CORRUPTED, this::scan);
  }

  /** A rollback cannot be refused: what it cannot put back is lost, and never shown as it was. */
  @Test
  void whatCannotBeUndoneIsNotShown() {
    fill();
    Transaction t = begin();
    update(t, 500);
    storage.columnMemory().relieve(Long.MAX_VALUE);
    disk.readError = "Input/output error";
    t.rollback();
    disk.readError = null;
    requireState(SqlState.DATA_CORRUPTED, this::scan);
  }

  /** The entries of rows whose keys cannot be computed stay, and so do their slots. */
  @Test
  void slotsWhoseEntriesStayAreNotUsedAgain() {
    index();
    Transaction t = begin();
    insert(t, 1);
    storage.columnMemory().relieve(Long.MAX_VALUE);
    disk.readError = "Input/output error";
    t.rollback();
    disk.readError = null;
    rows.clear();
    Transaction again = begin();
    insert(again, 2);
    again.commit();
    assertThat(scan()).isEqualTo(2 * Block.ROWS_MAX);
    Transaction reader = begin();
    try (Snapshot snapshot = reader.snapshot()) {
      samples.requireIndexed(byId, snapshot, rows, "again");
    }
    reader.commit();
  }

  /** Gives the first rows their next version. */
  private void update(Transaction t, int n) {
    long[] some = new long[n];
    Arrays.setAll(some, i -> i);
    List<SampleRows.Sample> old = Arrays.stream(some).mapToObj(rows::get).toList();
    try (Snapshot snapshot = t.snapshot()) {
      for (long row : some) {
        samples.table().lock(t, snapshot, row, RowLockMode.UPDATE, WaitPolicy.WAIT);
      }
    }
    samples.update(t, some, old);
  }

  /** Brings the columns of the first chunk back by a row that has no old versions. */
  private void requireColumnsInMemory(Snapshot snapshot) {
    Block found = samples.table().fetch(snapshot, new long[] {900}, 1, SampleRows.ALL);
    samples.requireSame(found, 0, rows.get(900L), "newest");
  }

  private void requireOld(Snapshot snapshot) {
    long[] some = {3, 500, 999};
    Block found = samples.table().fetch(snapshot, some, some.length, SampleRows.ALL);
    for (int i = 0; i < some.length; i++) {
      samples.requireSame(found, i, rows.get(some[i]), "old");
    }
  }

  @Test
  void oldVersionsThatCannotBeRead() {
    fill();
    Transaction reader = storage.begin(IsolationLevel.REPEATABLE_READ, new Interruption());
    try (Snapshot old = reader.snapshot()) {
      Transaction t = begin();
      update(t, 1000);
      t.commit();
      storage.columnMemory().relieve(Long.MAX_VALUE);
      assertThat(scan()).isEqualTo(rows.size()); // so that columns are there
      disk.readError = "Input/output error";
      requireState(SqlState.IO_ERROR, () -> requireOld(old));
      requireState(
          SqlState.IO_ERROR, () -> samples.table().scan(old, SampleRows.ALL, List.of()).next());
      disk.readError = null;
      requireOld(old);
    }
    reader.commit();
  }

  /** The values in place are those of the change, which nobody may see. */
  @Test
  void oldValuesThatCannotBePutBack() {
    fill();
    Transaction t = begin();
    update(t, 500);
    storage.columnMemory().relieve(Long.MAX_VALUE);
    try (Snapshot own = t.snapshot()) {
      samples.table().fetch(own, new long[] {5}, 1, SampleRows.ALL); // so that columns are there
    }
    disk.readError = "Input/output error";
    t.rollback();
    disk.readError = null;
    requireState(SqlState.DATA_CORRUPTED, this::scan);
    ((MemoryTable) samples.table()).memory().run();
    assertThat(storage.columnMemory().used()).isZero();
    assertThat(storage.columnMemory().file().usedBytes()).isZero();
  }

  /** Entries whose keys cannot be read stay in the index; who meets one looks at its row. */
  @Test
  void keysThatCannotBeRead() {
    fill();
    Transaction builder = begin();
    TableIndex byText = samples.index(builder, false, 6);
    builder.commit();
    Transaction undone = begin();
    update(undone, 100);
    storage.columnMemory().relieve(Long.MAX_VALUE);
    try (Snapshot own = undone.snapshot()) {
      requireState(
          SqlState.IO_ERROR,
          () -> {
            disk.readError = "Input/output error";
            samples.table().fetch(own, new long[] {5}, 1, SampleRows.ALL);
          });
    }
    disk.readError = null;
    undone.rollback();
    Transaction reader = storage.begin(IsolationLevel.REPEATABLE_READ, new Interruption());
    try (Snapshot old = reader.snapshot()) {
      Transaction t = begin();
      update(t, 1000);
      t.commit();
      storage.columnMemory().relieve(Long.MAX_VALUE);
      requireOld(old);
    }
    storage.columnMemory().relieve(Long.MAX_VALUE);
    disk.readError = "Input/output error";
    reader.commit();
    storage.reclaim();
    disk.readError = null;
    for (long row = 0; row < 1000; row++) {
      rows.computeIfPresent(row, (x, sample) -> sample.next());
    }
    assertThat(byText.entryCount()).isGreaterThan(rows.size());
    Transaction last = begin();
    try (Snapshot snapshot = last.snapshot()) {
      samples.requireIndexed(byText, snapshot, rows, "with entries of no row");
    }
    last.commit();
  }

  @Test
  void aFullDiskRefusesMoreOldVersions() {
    fill();
    disk.writeError = "No space left on device";
    Transaction t = begin();
    requireState(
        SqlState.DISK_FULL,
        () -> {
          for (int i = 0; i < 20; i++) {
            update(t, 1000);
          }
        });
    t.rollback();
    assertThat(scan()).isEqualTo(rows.size());
    disk.writeError = null;
  }

  @Test
  void whoMayNotWaitDoesNotRead() {
    fill();
    storage.columnMemory().relieve(Long.MAX_VALUE);
    Interruption onEventLoop = new Interruption();
    onEventLoop.setMayWait(false);
    Transaction writer = begin();
    update(writer, 100);
    storage.columnMemory().relieve(Long.MAX_VALUE);
    Transaction t = storage.begin(IsolationLevel.READ_COMMITTED, onEventLoop);
    long read = storage.columnMemory().file().framesRead();
    try (Snapshot snapshot = t.snapshot()) {
      assertThatThrownBy(() -> samples.table().fetch(snapshot, new long[] {5}, 1, SampleRows.ALL))
          .isInstanceOf(WouldWait.class);
      assertThatThrownBy(() -> samples.table().scan(snapshot, SampleRows.ALL, List.of()).next())
          .isInstanceOf(WouldWait.class);
    }
    assertThat(storage.columnMemory().file().framesRead()).isEqualTo(read);
    onEventLoop.setMayWait(true);
    try (Snapshot snapshot = t.snapshot()) {
      requireColumnsInMemory(snapshot);
      onEventLoop.setMayWait(false);
      assertThatThrownBy(() -> requireOld(snapshot)).isInstanceOf(WouldWait.class);
      assertThatThrownBy(() -> samples.table().scan(snapshot, SampleRows.ALL, List.of()).next())
          .isInstanceOf(WouldWait.class);
    }
    t.rollback();
    writer.rollback();
  }

  @Test
  void aTableThatIsGoneGivesAllBack() {
    fill();
    ColumnMemory memory = storage.columnMemory();
    assertThat(memory.relieve(Long.MAX_VALUE)).isTrue();
    assertThat(memory.used()).isZero();
    assertThat(scan()).isEqualTo(rows.size());
    assertThat(memory.used()).isPositive();
    assertThat(memory.file().size()).isPositive();
    ((MemoryTable) samples.table()).memory().run();
    assertThat(memory.used()).isZero();
    assertThat(memory.file().size()).isZero();
  }
}
