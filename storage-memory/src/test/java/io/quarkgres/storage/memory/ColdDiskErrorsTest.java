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
    long[] some = new long[500];
    List<SampleRows.Sample> old = new ArrayList<>();
    for (int i = 0; i < some.length; i++) {
      some[i] = i;
      old.add(rows.get(some[i]));
    }
    Transaction t = begin();
    try (Snapshot snapshot = t.snapshot()) {
      for (long row : some) {
        samples.table().lock(t, snapshot, row, RowLockMode.UPDATE, WaitPolicy.WAIT);
      }
    }
    samples.update(t, some, old);
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

  @Test
  void whoMayNotWaitDoesNotRead() {
    fill();
    storage.columnMemory().relieve(Long.MAX_VALUE);
    Interruption onEventLoop = new Interruption();
    onEventLoop.setMayWait(false);
    Transaction t = storage.begin(IsolationLevel.READ_COMMITTED, onEventLoop);
    long read = storage.columnMemory().file().framesRead();
    try (Snapshot snapshot = t.snapshot()) {
      assertThatThrownBy(() -> samples.table().fetch(snapshot, new long[] {5}, 1, SampleRows.ALL))
          .isInstanceOf(WouldWait.class);
      assertThatThrownBy(() -> samples.table().scan(snapshot, SampleRows.ALL, List.of()).next())
          .isInstanceOf(WouldWait.class);
    }
    t.rollback();
    assertThat(storage.columnMemory().file().framesRead()).isEqualTo(read);
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
