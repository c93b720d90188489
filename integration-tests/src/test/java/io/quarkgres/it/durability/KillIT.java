package io.quarkgres.it.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.QuarkgresServer;
import io.quarkgres.it.ServerUnderTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server is killed at random moments while eight clients move money and checkpoints are made.
/// After each restart no acknowledged transfer is missing, none is there by half, and the indexes
/// agree with the tables.
///
/// `-Dquarkgres.kill.rounds` says how often, `-Dquarkgres.kill.seed` which moments.
class KillIT {
  private static final int ROUNDS = Integer.getInteger("quarkgres.kill.rounds", 30);
  private static final long SEED = Long.getLong("quarkgres.kill.seed", 1);
  private static final int CLIENTS = 8;
  private static final int ACCOUNTS = 100;
  private static final long BALANCE = 1000;
  private static final int TRANSFERS_MAX = 400;

  /// The number of the last transfer of each client that was acknowledged.
  private final AtomicLongArray acknowledged = new AtomicLongArray(CLIENTS);

  private final Queue<SQLException> errors = new ConcurrentLinkedQueue<>();
  private final Random random = new Random(SEED);

  @Test
  void noAcknowledgedTransferIsLost(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    for (int round = 0; round <= ROUNDS; round++) {
      // Compiled just a little: it lives for a second or two.
      try (ServerUnderTest server = QuarkgresServer.startOn(data, "-XX:TieredStopAtLevel=1");
          Connection connection = connect(server)) {
        if (round == 0) {
          create(connection);
        }
        verify(connection, "round " + round + " of seed " + SEED);
        if (round < ROUNDS) {
          load(server, round % 2 == 1);
        }
      }
    }
  }

  private static Connection connect(ServerUnderTest server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl("postgres"));
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.execute("CREATE TABLE accounts (id int PRIMARY KEY, balance bigint NOT NULL)");
      s.execute("CREATE INDEX ON accounts (balance)");
      s.execute(
          "CREATE TABLE transfers (client int, number bigint, source int REFERENCES accounts,"
              + " target int REFERENCES accounts, amount bigint, note text,"
              + " PRIMARY KEY (client, number))");
      s.execute("CREATE INDEX ON transfers (source)");
      s.execute("CREATE SEQUENCE numbers");
      s.execute(
          "INSERT INTO accounts SELECT i, "
              + BALANCE
              + " FROM generate_series(1, "
              + ACCOUNTS
              + ") i");
    }
  }

  /// Lets the clients work, and kills the server after a random number of transfers.
  private void load(ServerUnderTest server, boolean withCheckpoints) throws Exception {
    Semaphore done = new Semaphore(0);
    List<Thread> threads = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      long seed = random.nextLong();
      threads.add(
          Thread.ofPlatform().start(() -> transfers(server, number, new Random(seed), done)));
    }
    if (withCheckpoints) {
      threads.add(Thread.ofPlatform().start(() -> checkpoints(server)));
    }
    done.acquire(1 + random.nextInt(TRANSFERS_MAX));
    server.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(errors).isEmpty();
  }

  private static void checkpoints(ServerUnderTest server) {
    try (Connection connection = connect(server);
        Statement s = connection.createStatement()) {
      while (true) {
        s.execute("CHECKPOINT");
      }
    } catch (SQLException e) {
      // The server was killed.
    }
  }

  private void transfers(ServerUnderTest server, int client, Random mine, Semaphore done) {
    try (Connection connection = connect(server)) {
      connection.setAutoCommit(false);
      long number = last(connection, client) + 1;
      while (true) {
        transfer(connection, client, number, mine);
        connection.commit();
        acknowledged.set(client, number++);
        done.release();
      }
    } catch (SQLException e) {
      // The server was killed; what it had acknowledged is counted. Any other error is one.
      boolean isKilled = e.getSQLState() != null && e.getSQLState().startsWith("08");
      if (!isKilled) {
        errors.add(e);
      }
    } finally {
      // Nobody waits for ever if a client failed for another reason.
      done.release(TRANSFERS_MAX);
    }
  }

  private static long last(Connection connection, int client) throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet rows =
            s.executeQuery(
                "SELECT coalesce(max(number), 0) FROM transfers WHERE client = " + client)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void transfer(Connection connection, int client, long number, Random mine)
      throws SQLException {
    int one = 1 + mine.nextInt(ACCOUNTS);
    int other = 1 + (one + mine.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    int low = Math.min(one, other);
    int high = Math.max(one, other);
    long amount = mine.nextInt(50);
    try (PreparedStatement update =
            connection.prepareStatement("UPDATE accounts SET balance = balance + ? WHERE id = ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO transfers VALUES (?, ?, ?, ?, ?, ?)");
        Statement next = connection.createStatement()) {
      // In the order of their ids, so that no two clients wait for each other.
      for (int account : new int[] {low, high}) {
        update.setLong(1, account == one ? -amount : amount);
        update.setInt(2, account);
        update.executeUpdate();
      }
      insert.setInt(1, client);
      insert.setLong(2, number);
      insert.setInt(3, one);
      insert.setInt(4, other);
      insert.setLong(5, amount);
      insert.setString(6, "n".repeat(mine.nextInt(300)));
      insert.executeUpdate();
      next.executeQuery("SELECT nextval('numbers')").close();
    }
  }

  private void verify(Connection connection, String when) throws SQLException {
    long all = 0;
    for (int client = 0; client < CLIENTS; client++) {
      long last = last(connection, client);
      long known = acknowledged.get(client);
      assertThat(last).as("%s, client %d", when, client).isBetween(known, known + 1);
      assertThat(number(connection, "SELECT count(*) FROM transfers WHERE client = " + client))
          .as("%s: no transfer of client %d is missing", when, client)
          .isEqualTo(last);
      acknowledged.set(client, last);
      all += last;
    }
    assertThat(number(connection, "SELECT sum(balance) FROM accounts"))
        .as(when)
        .isEqualTo(ACCOUNTS * BALANCE);
    assertThat(
            number(
                connection,
                "SELECT count(*) FROM accounts a WHERE balance <> "
                    + BALANCE
                    + " + (SELECT coalesce(sum(amount), 0) FROM transfers WHERE target = a.id)"
                    + " - (SELECT coalesce(sum(amount), 0) FROM transfers WHERE source = a.id)"))
        .as("%s: accounts that their transfers do not explain", when)
        .isZero();
    verifyIndexes(connection, when);
    assertThat(number(connection, "SELECT nextval('numbers')"))
        .as("%s: a number of a committed transaction is not given out again", when)
        .isGreaterThan(all);
  }

  /// A table's rows as text, and what reads all of them through one of its indexes.
  private record Index(String name, String table, String row, String condition) {}

  private static final List<Index> INDEXES =
      List.of(
          new Index("accounts_pkey", "accounts", "id || ' ' || balance", "id >= 0"),
          new Index(
              "accounts_balance_idx", "accounts", "id || ' ' || balance", "balance > -100000000"),
          new Index("transfers_pkey", "transfers", "transfers::text", "client >= 0"),
          new Index("transfers_source_idx", "transfers", "transfers::text", "source >= 0"));

  /// Reads each table through each of its indexes, and as it is: the rows must be the same.
  private static void verifyIndexes(Connection connection, String when) throws SQLException {
    try (Statement s = connection.createStatement()) {
      for (Index index : INDEXES) {
        String rows = "SELECT " + index.row + " AS r FROM " + index.table;
        String byIndex = rows + " WHERE " + index.condition;
        String sum =
            "SELECT count(*) || ' ' || md5(string_agg(r, ',' ORDER BY r)) FROM (%s) all_rows";
        s.execute("SET enable_seqscan = off");
        assertThat(texts(connection, "EXPLAIN " + byIndex))
            .as("a plan that uses the index")
            .anyMatch(line -> line.contains(" using " + index.name + " "));
        List<String> found = texts(connection, sum.formatted(byIndex));
        s.execute("RESET enable_seqscan");
        s.execute("SET enable_indexscan = off");
        s.execute("SET enable_bitmapscan = off");
        assertThat(found)
            .as("%s: %s against its table", when, index.name)
            .isEqualTo(texts(connection, sum.formatted(rows)));
        s.execute("RESET ALL");
      }
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> result = new ArrayList<>();
    try (Statement s = connection.createStatement();
        ResultSet rows = s.executeQuery(sql)) {
      while (rows.next()) {
        result.add(rows.getString(1));
      }
    }
    return result;
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet rows = s.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
