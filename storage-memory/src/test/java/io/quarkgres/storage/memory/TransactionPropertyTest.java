package io.quarkgres.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.ColumnKeys;
import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.LockOutcome;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of several transactions against a model that copies the whole table for each
 * version. One thread: a lock that is not free is skipped, and unique keys are drawn so that no
 * insert has to wait.
 */
class TransactionPropertyTest {
  private static final int TRANSACTIONS = 4;
  private static final int STEPS = 1500;

  /** A transaction, and what the model says it sees. */
  private static final class Actor {
    Transaction transaction;

    /** Its own writes by row id since it began; an empty list stands for a deleted row. */
    Map<Long, List<Object>> writes = new TreeMap<>();

    /** The committed rows at the time of its snapshot, for REPEATABLE READ. */
    Map<Long, List<Object>> base;

    final List<Map<Long, List<Object>>> savedWrites = new ArrayList<>();
    final List<Integer> marks = new ArrayList<>();

    /** A snapshot kept open over later commands, with what it must show for ever. */
    Snapshot kept;

    Map<Long, List<Object>> keptRows;
  }

  private MemoryStorage storage;
  private Ledger ledger;
  private Map<Long, List<Object>> committed = new TreeMap<>();
  private final List<Actor> actors = new ArrayList<>();
  private Random random;
  private TableIndex byId;
  private TableIndex byBalance;
  private TableIndex byNote;
  private long nextId;
  private String where;

  @Test
  void everySnapshotShowsWhatTheModelShows() {
    for (long seed = 1; seed <= 16; seed++) {
      new TransactionPropertyTest().run(new MemoryStorage(), seed);
    }
  }

  /** All columns are sent to the cold file again and again. */
  @Test
  void withoutMemoryForColumns() {
    for (long seed = 1; seed <= 8; seed++) {
      try (MemoryStorage cold = new MemoryStorage(MemoryLimit.of(0, null))) {
        new TransactionPropertyTest().run(cold, seed);
      }
    }
  }

  private void run(MemoryStorage tested, long seed) {
    storage = tested;
    ledger = new Ledger(storage);
    random = new Random(seed);
    Transaction t = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
    byId = ledger.index(t, Ledger.spec("by_id", true, Ledger.ID));
    byBalance = ledger.index(t, Ledger.spec("by_balance", false, Ledger.BALANCE));
    byNote =
        ledger.index(
            t, Ledger.spec("rich", "btree", false, false, ColumnKeys.partial(5, Ledger.NOTE)));
    t.commit();
    for (int i = 0; i < TRANSACTIONS; i++) {
      actors.add(new Actor());
    }
    for (int step = 0; step < STEPS; step++) {
      where = "seed " + seed + " step " + step;
      step(actors.get(random.nextInt(TRANSACTIONS)));
    }
    for (Actor actor : actors) {
      end(actor, false);
    }
    storage.reclaim();
    assertThat(storage.statistics().undoRecords()).as(where).isZero();
    MemoryTable table = (MemoryTable) ledger.table();
    for (int i = 0; i < table.chunkCount(); i++) {
      assertThat(table.chunk(i).hasVersions()).as(where).isFalse();
    }
    assertThat(byId.entryCount()).as(where).isEqualTo(committed.size());
    assertThat(byBalance.entryCount()).as(where).isEqualTo(committed.size());
  }

  private void step(Actor actor) {
    if (actor.transaction == null) {
      begin(actor);
      return;
    }
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> insert(actor);
      case 3, 4, 5, 6 -> update(actor);
      case 7, 8 -> delete(actor);
      case 9 -> savepoint(actor);
      case 10 -> rollbackTo(actor);
      case 11, 12 -> check(actor);
      case 13 -> keep(actor);
      case 14 -> storage.reclaim();
      default -> end(actor, random.nextInt(4) > 0);
    }
  }

  private void begin(Actor actor) {
    boolean repeatable = random.nextBoolean();
    actor.transaction =
        storage.begin(
            repeatable ? IsolationLevel.REPEATABLE_READ : IsolationLevel.READ_COMMITTED,
            new Interruption());
    actor.transaction.snapshot().close();
    actor.base = repeatable ? committed : null;
    actor.writes = new TreeMap<>();
  }

  private Map<Long, List<Object>> visible(Actor actor) {
    Map<Long, List<Object>> rows = new TreeMap<>(actor.base == null ? committed : actor.base);
    rows.putAll(actor.writes);
    rows.values().removeIf(List::isEmpty);
    return rows;
  }

  private void insert(Actor actor) {
    List<Object> row = row(nextId++);
    long id = ledger.insert(actor.transaction, row.get(0), row.get(1), row.get(2));
    assertThat(id).as(where).isNotNegative();
    actor.writes.put(id, row);
  }

  private List<Object> row(long id) {
    List<Object> row = new ArrayList<>();
    row.add(id);
    row.add(random.nextInt(8) == 0 ? null : (long) random.nextInt(10));
    row.add(random.nextInt(8) == 0 ? null : "note " + random.nextInt(5));
    return row;
  }

  private void update(Actor actor) {
    long row = anyRow(actor);
    if (row < 0 || !lock(actor, row)) {
      return;
    }
    List<Object> values = new ArrayList<>(current(actor, row));
    int column = random.nextInt(3);
    values.set(column, column == 0 ? Long.valueOf(nextId++) : row(0).get(column));
    assertThat(ledger.set(actor.transaction, row, column, values.get(column))).as(where).isTrue();
    actor.transaction.nextCommand();
    actor.writes.put(row, values);
  }

  private void delete(Actor actor) {
    long row = anyRow(actor);
    if (row >= 0 && lock(actor, row)) {
      ledger.table().delete(actor.transaction, new long[] {row}, 1);
      actor.transaction.nextCommand();
      actor.writes.put(row, List.of());
    }
  }

  private long anyRow(Actor actor) {
    List<Long> rows = new ArrayList<>(visible(actor).keySet());
    return rows.isEmpty() ? -1 : rows.get(random.nextInt(rows.size()));
  }

  private List<Object> current(Actor actor, long row) {
    return actor.writes.containsKey(row) ? actor.writes.get(row) : committed.get(row);
  }

  private boolean lock(Actor actor, long row) {
    boolean isChanged =
        actor.base != null
            && !actor.writes.containsKey(row)
            && actor.base.get(row) != committed.get(row);
    try (Snapshot snapshot = actor.transaction.snapshot()) {
      LockOutcome outcome =
          ledger
              .table()
              .lock(actor.transaction, snapshot, row, RowLockMode.UPDATE, WaitPolicy.SKIP);
      if (outcome != LockOutcome.SKIPPED) {
        assertThat(outcome).as(where).isEqualTo(LockOutcome.LOCKED);
        assertThat(isChanged).as(where).isFalse();
      }
      return outcome == LockOutcome.LOCKED;
    } catch (SqlException e) {
      assertThat(e.state()).as(where).isEqualTo(SqlState.T_R_SERIALIZATION_FAILURE);
      assertThat(isChanged).as(where).isTrue();
      end(actor, false);
      return false;
    }
  }

  private void savepoint(Actor actor) {
    actor.marks.add(actor.transaction.savepoint());
    actor.savedWrites.add(new TreeMap<>(actor.writes));
  }

  private void rollbackTo(Actor actor) {
    if (actor.marks.isEmpty()) {
      return;
    }
    closeKept(actor);
    int at = random.nextInt(actor.marks.size());
    actor.transaction.rollbackTo(actor.marks.get(at));
    actor.writes = new TreeMap<>(actor.savedWrites.get(at));
    actor.marks.subList(at + 1, actor.marks.size()).clear();
    actor.savedWrites.subList(at + 1, actor.savedWrites.size()).clear();
  }

  private void keep(Actor actor) {
    closeKept(actor);
    actor.kept = actor.transaction.snapshot();
    actor.keptRows = visible(actor);
  }

  private void closeKept(Actor actor) {
    if (actor.kept != null) {
      check(actor.kept, actor.keptRows);
      actor.kept.close();
      actor.kept = null;
    }
  }

  private void end(Actor actor, boolean commit) {
    if (actor.transaction == null) {
      return;
    }
    if (commit) {
      actor.transaction.commit();
      Map<Long, List<Object>> rows = new TreeMap<>(committed);
      rows.putAll(actor.writes);
      rows.values().removeIf(List::isEmpty);
      committed = rows;
      closeKept(actor);
    } else {
      closeKept(actor);
      actor.transaction.rollback();
    }
    actor.transaction = null;
    actor.marks.clear();
    actor.savedWrites.clear();
  }

  private void check(Actor actor) {
    try (Snapshot snapshot = actor.transaction.snapshot()) {
      check(snapshot, visible(actor));
    }
  }

  private void check(Snapshot snapshot, Map<Long, List<Object>> rows) {
    List<String> expected = texts(rows.values());
    assertThat(ledger.scan(snapshot)).as(where).isEqualTo(expected);
    List<String> sorted = expected.stream().sorted().toList();
    for (TableIndex index : List.of(byId, byBalance)) {
      assertThat(Ledger.scan(index, snapshot, KeyRange.ALL).stream().sorted().toList())
          .as(where)
          .isEqualTo(sorted);
    }
    for (Map.Entry<Long, List<Object>> row : rows.entrySet()) {
      String text = text(row.getValue());
      assertThat(ledger.fetch(snapshot, row.getKey())).as(where).isEqualTo(text);
      long id = (Long) row.getValue().get(0);
      assertThat(Ledger.find(byId, snapshot, id)).as(where).containsExactly(text);
    }
    long balance = random.nextInt(10);
    assertThat(Ledger.find(byBalance, snapshot, balance))
        .as(where)
        .containsExactlyInAnyOrderElementsOf(
            texts(
                rows.values().stream()
                    .filter(r -> Long.valueOf(balance).equals(r.get(1)))
                    .toList()));
    String note = "note " + random.nextInt(5);
    assertThat(Ledger.scan(byNote, snapshot, KeyRange.prefix(ColumnKeys.key(note))))
        .as(where)
        .containsExactlyInAnyOrderElementsOf(
            texts(
                rows.values().stream()
                    .filter(r -> note.equals(r.get(2)) && r.get(1) != null && (Long) r.get(1) >= 5)
                    .toList()));
  }

  private static List<String> texts(Iterable<List<Object>> rows) {
    List<String> result = new ArrayList<>();
    rows.forEach(row -> result.add(text(row)));
    return result;
  }

  private static String text(List<Object> row) {
    return row.stream().map(String::valueOf).collect(Collectors.joining("|"));
  }
}
