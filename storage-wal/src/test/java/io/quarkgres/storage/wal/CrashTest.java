package io.quarkgres.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.spi.contract.Ledger;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.PendingCommit;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random transactions over a simulated disk that stops or fails at a random operation, under a
 * model of what was committed. After each restart the storage has what the model has, or what it
 * would have with the commits in doubt: the one that was under way, and asynchronous ones, in
 * order.
 */
class CrashTest {
  private static final int SEEDS = Integer.getInteger("quarkgres.crash.seeds", 3000);
  private static final long FIRST_SEED = Long.getLong("quarkgres.crash.seed", 1);
  private static final int RESTARTS = 3;
  private static final int OPEN_MAX = 3;

  @Test
  void whatWasCommittedIsThereAfterAnyStop() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      try {
        new Run(seed, false).run();
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
  }

  @Test
  void whatWasCommittedIsThereAfterFailuresOfTheDisk() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      try {
        new Run(seed, true).run();
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
  }

  /** What a storage has: rows by table and row id, and metadata. */
  private static final class State {
    final Map<String, Map<Long, String>> tables;
    final Map<String, String> metadata;

    State() {
      tables = new TreeMap<>();
      metadata = new TreeMap<>();
    }

    State(State other) {
      this();
      other.tables.forEach((name, rows) -> tables.put(name, new TreeMap<>(rows)));
      metadata.putAll(other.metadata);
    }

    @Override
    public String toString() {
      return tables + " " + metadata;
    }
  }

  private static final class Run {
    private final Random random;
    private final boolean withFailures;
    private final SimulatedDisk disk = new SimulatedDisk();

    /** The states that the disk may have, in commit order: the first is sure to be there. */
    private final List<State> possible = new ArrayList<>(List.of(new State()));

    private WalStorage storage;
    private final Map<String, Ledger> ledgers = new HashMap<>();

    Run(long seed, boolean withFailures) {
      random = new Random(seed);
      this.withFailures = withFailures;
    }

    void run() {
      for (int i = 0; i <= RESTARTS; i++) {
        if (withFailures && random.nextBoolean()) {
          String message = random.nextBoolean() ? "No space left on device" : "Input/output error";
          disk.failAt(1 + random.nextInt(120), 1 + random.nextInt(4), message);
        } else {
          disk.stopAt(1 + random.nextInt(240));
        }
        try {
          open();
          verify();
          work();
          if (random.nextBoolean()) {
            storage.close();
          }
        } catch (SimulatedDisk.Stopped e) {
          // As if the machine had.
        } catch (SqlException e) {
          assertThat(withFailures).as(e.toString()).isTrue();
          assertThat(e.state().code()).isIn("53100", "58030");
        }
        disk.restart(random);
      }
      open();
      verify();
      storage.close();
      List<String> report = new ArrayList<>();
      assertThat(new DataCheck(disk.files(), report::add).run()).as("%s", report).isTrue();
    }

    private void open() {
      WalOptions options = random.nextBoolean() ? WalContract.SMALL : WalContract.FILES;
      storage = WalStorage.open(disk.files(), options);
      ledgers.clear();
    }

    private State read() {
      State state = new State();
      storage
          .metadata()
          .forEach((key, value) -> {
            String text = new String(value, java.nio.charset.StandardCharsets.UTF_8);
            state.metadata.put(key, text);
            if (key.startsWith("table/")) {
              TableStore table = storage.table(Long.parseLong(text));
              assertThat(table).as(key).isNotNull();
              ledgers.put(key, new Ledger(table));
              state.tables.put(key, rows(table));
            }
          });
      return state;
    }

    private Map<Long, String> rows(TableStore table) {
      Map<Long, String> rows = new TreeMap<>();
      Transaction t = begin();
      try (var snapshot = t.snapshot()) {
        for (String row :
            Ledger.drain(table.scan(snapshot, new int[] {TableStore.ROW_ID, 0, 1, 2}, List.of()))) {
          int bar = row.indexOf('|');
          rows.put(Long.valueOf(row.substring(0, bar)), row.substring(bar + 1));
        }
      }
      t.rollback();
      assertThat(table.rowCountEstimate()).isEqualTo(rows.size());
      return rows;
    }

    private void verify() {
      State found = read();
      for (int i = possible.size() - 1; i >= 0; i--) {
        if (possible.get(i).toString().equals(found.toString())) {
          possible.clear();
          possible.add(found);
          return;
        }
      }
      throw new AssertionError("found " + found + "\nwhich is none of " + possible);
    }

    private Transaction begin() {
      return storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
    }

    /** An open transaction with what it would make of the state. */
    private static final class Open {
      final Transaction t;
      final List<java.util.function.Consumer<State>> changes = new ArrayList<>();
      final java.util.Set<String> mine = new java.util.HashSet<>();
      boolean isSynchronous;

      Open(Transaction t) {
        this.t = t;
      }
    }

    private void work() {
      List<Open> open = new ArrayList<>();
      java.util.Set<String> locked = new java.util.HashSet<>();
      int steps = 20 + random.nextInt(120);
      for (int i = 0; i < steps; i++) {
        if (open.size() < OPEN_MAX && random.nextInt(3) == 0) {
          open.add(new Open(begin()));
        } else if (random.nextInt(25) == 0) {
          storage.checkpoint();
          settle();
        } else if (!open.isEmpty()) {
          Open o = open.get(random.nextInt(open.size()));
          if (random.nextInt(4) == 0) {
            open.remove(o);
            locked.removeAll(o.mine);
            end(o);
          } else {
            change(o, locked);
          }
        }
      }
    }

    private State newest() {
      return possible.getLast();
    }

    /** All that was committed is on disk. */
    private void settle() {
      State last = newest();
      possible.clear();
      possible.add(last);
    }

    private void end(Open o) {
      if (random.nextInt(5) == 0) {
        o.t.rollback();
        return;
      }
      o.isSynchronous = random.nextInt(4) != 0;
      o.t.setSynchronous(o.isSynchronous);
      State after = new State(newest());
      o.changes.forEach(change -> change.accept(after));
      boolean hasWork = !o.changes.isEmpty();
      // In doubt while it runs; if it fails it may or may not be there, and nothing follows it.
      if (hasWork) {
        possible.add(after);
      }
      boolean hasRowsOnly = o.t.isCommitShort();
      PendingCommit pending = o.t.commitSoon(() -> {});
      if (hasRowsOnly && random.nextInt(3) == 0) {
        // Left in doubt: others go on from it, and one of them brings it to disk.
        return;
      }
      pending.await();
      if (random.nextInt(3) == 0) {
        storage.reclaim();
      }
      if (hasWork && o.isSynchronous) {
        settle();
      }
    }

    private void change(Open o, java.util.Set<String> locked) {
      int kind = random.nextInt(12);
      if (kind == 0) {
        createTable(o, locked);
        return;
      }
      if (kind == 1) {
        String key = "key" + random.nextInt(4);
        if (locked.add(key)) {
          o.mine.add(key);
        } else if (!o.mine.contains(key)) {
          return;
        }
        String value = random.nextInt(4) == 0 ? null : "v" + random.nextInt(1000);
        o.t.put(
            key, value == null ? null : value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        o.changes.add(s -> {
          if (value == null) {
            s.metadata.remove(key);
          } else {
            s.metadata.put(key, value);
          }
        });
        return;
      }
      List<String> tables = new ArrayList<>(newest().tables.keySet());
      tables.removeIf(t -> locked.contains(t));
      if (tables.isEmpty()) {
        return;
      }
      String name = tables.get(random.nextInt(tables.size()));
      Ledger ledger = ledgers.get(name);
      if (kind == 2
          && random.nextInt(4) == 0
          && locked.stream().noneMatch(l -> l.startsWith(name))) {
        dropTable(o, locked, name, ledger);
      } else if (kind < 7) {
        insert(o, locked, name, ledger);
      } else {
        changeRow(o, locked, name, ledger, kind);
      }
    }

    private void createTable(Open o, java.util.Set<String> locked) {
      TableStore table = storage.createTable(List.of(Layout.INT64, Layout.INT64, Layout.BYTES));
      String name = "table/" + table.id();
      ledgers.put(name, new Ledger(table));
      o.t.attach(table);
      String id = Long.toString(table.id());
      o.t.put(name, id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      o.changes.add(s -> {
        s.tables.put(name, new TreeMap<>());
        s.metadata.put(name, id);
      });
      if (random.nextBoolean()) {
        WalContract.spread(ledgers.get(name), o.t, 1 + random.nextInt(3));
      }
      insert(o, locked, name, ledgers.get(name));
    }

    private void dropTable(Open o, java.util.Set<String> locked, String name, Ledger ledger) {
      locked.add(name);
      o.mine.add(name);
      o.t.detach(ledger.table());
      o.t.put(name, null);
      o.changes.add(s -> {
        s.tables.remove(name);
        s.metadata.remove(name);
      });
    }

    private void insert(Open o, java.util.Set<String> locked, String name, Ledger ledger) {
      long id = random.nextInt(1000);
      String note = random.nextInt(6) == 0 ? null : "n".repeat(random.nextInt(200));
      long row = ledger.insert(o.t, id, id * 2, note);
      locked.add(name + "#" + row);
      o.mine.add(name + "#" + row);
      o.changes.add(s -> s.tables.get(name).put(row, id + "|" + id * 2 + "|" + note));
    }

    private void changeRow(
        Open o, java.util.Set<String> locked, String name, Ledger ledger, int kind) {
      List<Long> rows = new ArrayList<>(newest().tables.get(name).keySet());
      rows.removeIf(row -> locked.contains(name + "#" + row));
      if (rows.isEmpty()) {
        return;
      }
      long row = rows.get(random.nextInt(rows.size()));
      locked.add(name + "#" + row);
      o.mine.add(name + "#" + row);
      if (kind < 10) {
        long balance = random.nextInt(1000);
        ledger.update(o.t, row, Ledger.BALANCE, balance);
        o.changes.add(s -> {
          String[] parts = s.tables.get(name).get(row).split("\\|", 3);
          s.tables.get(name).put(row, parts[0] + "|" + balance + "|" + parts[2]);
        });
      } else {
        ledger.delete(o.t, row);
        o.changes.add(s -> s.tables.get(name).remove(row));
      }
    }
  }
}
