package io.quarkgres.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import io.quarkgres.spi.contract.History;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Clients run random small transactions over few keys at SERIALIZABLE, all at once; what they
/// committed must have a serial order. `-Dquarkgres.history.rounds=2000` runs long.
class HistoryIT {
  private static final int ROUNDS = Integer.getInteger("quarkgres.history.rounds", 25);
  private static final long SEED = Long.getLong("quarkgres.history.seed", System.nanoTime());
  private static final int CLIENTS = 6;
  private static final int TRANSACTIONS = 12;
  private static final int KEYS = 8;

  /// Of the keys of a round, these are there at its start.
  private static final int OLD_KEYS = 5;

  private static final long ABSENT = 0;

  @Test
  void whatCommitsHasASerialOrder() throws Exception {
    int commits = 0;
    try (TestDatabase database = TestDatabase.create("history");
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      database.run("CREATE TABLE k (id int PRIMARY KEY, v bigint)", "CREATE INDEX ON k (v)");
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Client(database, i));
      }
      for (int round = 0; round < ROUNDS; round++) {
        History history = new History();
        Map<Integer, Long> initial = start(database, round);
        for (History.Entry entry : run(threads, clients, round)) {
          history.committed(entry);
        }
        assertThat(history.problem(initial)).as("seed %d, round %d", SEED, round).isNull();
        commits += history.size();
      }
      for (Client client : clients) {
        client.connection.close();
      }
    }
    assertThat(commits).isGreaterThan(ROUNDS * CLIENTS * TRANSACTIONS / 5);
  }

  private static Map<Integer, Long> start(TestDatabase database, int round) {
    Map<Integer, Long> initial = new HashMap<>();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      int key = round * KEYS + i;
      initial.put(key, i < OLD_KEYS ? key + 1L : ABSENT);
      if (i < OLD_KEYS) {
        rows.add("(" + key + ", " + (key + 1) + ")");
      }
    }
    database.run("INSERT INTO k VALUES " + String.join(", ", rows));
    return initial;
  }

  private static List<History.Entry> run(ExecutorService threads, List<Client> clients, int round)
      throws Exception {
    CyclicBarrier together = new CyclicBarrier(CLIENTS);
    List<Future<List<History.Entry>>> results = new ArrayList<>();
    for (Client client : clients) {
      Callable<List<History.Entry>> work =
          () -> {
            together.await();
            return client.round(round);
          };
      results.add(threads.submit(work));
    }
    List<History.Entry> committed = new ArrayList<>();
    for (Future<List<History.Entry>> result : results) {
      committed.addAll(result.get());
    }
    return committed;
  }

  /// One connection. Used by one thread at a time.
  private static final class Client {
    private final Connection connection;
    private final Random random;
    private final int number;
    private long nextValue;

    Client(TestDatabase database, int number) throws SQLException {
      // Half of them by the extended protocol with server-side statements, half by the simple one.
      connection =
          number % 2 == 0
              ? database.jdbc("prepareThreshold=1")
              : database.jdbc("preferQueryMode=simple");
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setAutoCommit(false);
      random = new Random(SEED + number);
      this.number = number;
      nextValue = (number + 1L) << 40;
    }

    List<History.Entry> round(int round) throws SQLException {
      List<History.Entry> committed = new ArrayList<>();
      for (int i = 0; i < TRANSACTIONS; i++) {
        History.Entry entry = new History.Entry("c" + number + "." + i);
        connection.setReadOnly(random.nextInt(6) == 0);
        try {
          int steps = 1 + random.nextInt(4);
          for (int s = 0; s < steps; s++) {
            step(entry, round * KEYS);
          }
          connection.commit();
          committed.add(entry);
        } catch (SQLException e) {
          connection.rollback();
          assertThat(e.getSQLState()).isIn("40001", "40P01", "23505");
        }
      }
      return committed;
    }

    private void step(History.Entry entry, int first) throws SQLException {
      int key = first + random.nextInt(KEYS);
      switch (random.nextInt(connection.isReadOnly() ? 4 : 9)) {
        case 0, 1 -> read(entry, "SELECT id, v FROM k WHERE id = ?", key, key + 1, key);
        case 2 -> {
          int to = Math.min(key + 3, first + KEYS);
          read(entry, "SELECT id, v FROM k WHERE id >= ? AND id < ?", key, to, key, to);
        }
        case 3 ->
            read(
                entry,
                "SELECT id, sum(v) FROM k WHERE id + 0 BETWEEN ? AND ? GROUP BY id",
                first,
                first + KEYS,
                first,
                first + KEYS - 1);
        default -> write(entry, key);
      }
    }

    private void read(History.Entry entry, String sql, int from, int to, int... parameters)
        throws SQLException {
      Map<Integer, Long> found = new HashMap<>();
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setInt(i + 1, parameters[i]);
        }
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found.put(rows.getInt(1), rows.getLong(2));
          }
        }
      }
      for (int key = from; key < to; key++) {
        entry.read(key, found.getOrDefault(key, ABSENT));
      }
    }

    private void write(History.Entry entry, int key) throws SQLException {
      read(entry, "SELECT id, v FROM k WHERE id = ?", key, key + 1, key);
      long value = nextValue++;
      int changed;
      try (Statement statement = connection.createStatement()) {
        changed = statement.executeUpdate("UPDATE k SET v = " + value + " WHERE id = " + key);
        if (changed == 0) {
          statement.executeUpdate("INSERT INTO k VALUES (" + key + ", " + value + ")");
        }
      }
      entry.write(key, value);
    }
  }
}
