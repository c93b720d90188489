package io.quarkgres.spi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableIndex;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random transactions over few keys, their steps shuffled on one thread, so that a seed alone makes
 * a history again; what commits must have a serial order. Extended by each storage.
 */
public abstract class HistoryContract extends StorageContract {
  private static final int ROUNDS = Integer.getInteger("quarkgres.history.rounds", 400);
  private static final long SEED = Long.getLong("quarkgres.history.seed", 20260101);
  private static final int TRANSACTIONS = 40;
  private static final int SLOTS = 5;
  private static final int KEYS = 10;

  /** Of the keys of a round, these are there at its start and may be deleted once. */
  private static final int OLD_KEYS = 6;

  private static final long ABSENT = 0;
  private static final long DELETED = -1;
  private static final int[] COLUMNS = {TableStore.ROW_ID, Ledger.ID, Ledger.BALANCE};

  private TableIndex byId;
  private Random random;
  private History history;
  private int firstKey;
  private long nextValue;
  private int failures;

  @Test
  void whatCommitsHasASerialOrder() {
    int commits = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String problem = round(round, IsolationLevel.SERIALIZABLE);
      assertThat(problem).as("seed %d", SEED + round).isNull();
      commits += history.size();
    }
    // It must let enough pass, and it must have had something to refuse.
    assertThat(commits).isGreaterThan(ROUNDS * TRANSACTIONS / 4);
    assertThat(failures).isGreaterThan(ROUNDS);
  }

  @Test
  void snapshotsAloneWouldNotDo() {
    int problems = 0;
    for (int round = 0; round < 50; round++) {
      problems += round(round, IsolationLevel.REPEATABLE_READ) == null ? 0 : 1;
    }
    assertThat(problems).isPositive();
  }

  private String round(int round, IsolationLevel level) {
    random = new Random(SEED + round);
    history = new History();
    firstKey = round * KEYS;
    nextValue = 1;
    Map<Integer, Long> initial = start(round == 0);
    Runner[] slots = new Runner[SLOTS];
    int begun = 0;
    int open = 0;
    while (begun < TRANSACTIONS || open > 0) {
      int slot = random.nextInt(SLOTS);
      if (slots[slot] == null && begun < TRANSACTIONS) {
        slots[slot] = new Runner("t" + begun++, level);
        open++;
      } else if (slots[slot] != null && slots[slot].isOver()) {
        slots[slot] = null;
        open--;
      }
    }
    return history.problem(initial);
  }

  private Map<Integer, Long> start(boolean isFirst) {
    Map<Integer, Long> initial = new HashMap<>();
    Transaction t = begin();
    if (isFirst) {
      byId = ledger.index(t, Ledger.spec("by_id", true, Ledger.ID));
    }
    for (int i = 0; i < KEYS; i++) {
      initial.put(firstKey + i, i < OLD_KEYS ? nextValue : ABSENT);
      if (i < OLD_KEYS) {
        ledger.insert(t, firstKey + i, nextValue++, "n");
      }
    }
    t.commit();
    return initial;
  }

  /** A transaction, a step at a time. */
  private final class Runner {
    private final History.Entry entry;
    private final Transaction transaction;
    private final boolean isReadOnly = random.nextInt(6) == 0;
    private final Map<Integer, Long> rowIds = new HashMap<>();
    private int steps = 1 + random.nextInt(5);
    private int savepoint = -1;
    private Map<Integer, Long> atSavepoint;

    Runner(String name, IsolationLevel level) {
      Interruption interruption = new Interruption();
      interruption.setMayWait(false);
      entry = new History.Entry(name);
      transaction = storage.begin(level, interruption);
      transaction.setAccess(isReadOnly, false);
    }

    /** Takes a step; true when it has ended. */
    boolean isOver() {
      try {
        if (steps-- == 0) {
          if (random.nextInt(10) == 0) {
            transaction.rollback();
          } else {
            transaction.commit();
            history.committed(entry);
          }
          return true;
        }
        step();
        transaction.nextCommand();
        return false;
      } catch (SqlException | WouldWait e) {
        failures++;
        transaction.rollback();
        return true;
      }
    }

    private void step() {
      int key = firstKey + random.nextInt(KEYS);
      int kind = random.nextInt(isReadOnly ? 5 : 12);
      switch (kind) {
        case 0, 1, 2 -> read(key, key + 1);
        case 3 -> read(key, Math.min(key + 4, firstKey + KEYS));
        case 4 -> readAll();
        case 5 -> {
          savepoint = transaction.savepoint();
          atSavepoint = entry.writes();
        }
        case 6 -> {
          if (savepoint >= 0) {
            transaction.rollbackTo(savepoint);
            entry.rollbackTo(atSavepoint);
          }
        }
        default -> write(key);
      }
    }

    private void read(int from, int to) {
      KeyRange range =
          to == from + 1
              ? KeyRange.prefix(ColumnKeys.key(from))
              : new KeyRange(ColumnKeys.key(from), ColumnKeys.key(to));
      try (Snapshot snapshot = transaction.snapshot()) {
        note(byId.scan(snapshot, range, random.nextBoolean(), COLUMNS), from, to);
      }
    }

    private void readAll() {
      try (Snapshot snapshot = transaction.snapshot()) {
        BlockCursor all = ledger.table().scan(snapshot, COLUMNS, List.of());
        note(all, firstKey, firstKey + KEYS);
      }
    }

    private void note(BlockCursor cursor, int from, int to) {
      Map<Integer, Long> found = new HashMap<>();
      try (cursor) {
        for (Block block = cursor.next(); block != null; block = cursor.next()) {
          for (int i = 0; i < block.rowCount(); i++) {
            int at = block.selection().position(i);
            int key = (int) ((LongColumn) block.column(1)).values()[at];
            found.put(key, ((LongColumn) block.column(2)).values()[at]);
            rowIds.put(key, ((LongColumn) block.column(0)).values()[at]);
          }
        }
      }
      for (int key = from; key < to; key++) {
        long absent = key - firstKey < OLD_KEYS ? DELETED : ABSENT;
        entry.read(key, found.getOrDefault(key, absent));
        if (!found.containsKey(key)) {
          rowIds.remove(key);
        }
      }
    }

    private void write(int key) {
      read(key, key + 1);
      Long row = rowIds.get(key);
      boolean isOld = key - firstKey < OLD_KEYS;
      if (row == null && !isOld) {
        if (ledger.put(transaction, key, nextValue, "n") < 0) {
          throw new WouldWait();
        }
        entry.write(key, nextValue++);
      } else if (row != null && isOld && random.nextInt(5) == 0) {
        ledger.lock(transaction, row);
        ledger.table().delete(transaction, new long[] {row}, 1);
        entry.write(key, DELETED);
      } else if (row != null) {
        ledger.lock(transaction, row);
        ledger.set(transaction, row, Ledger.BALANCE, nextValue);
        entry.write(key, nextValue++);
      }
    }
  }
}
