package io.quarkgres.bench.exec;

import io.quarkgres.engine.session.Clock;
import io.quarkgres.engine.session.LocalEngine;
import io.quarkgres.engine.session.Session;
import io.quarkgres.storage.memory.MemoryStorageProvider;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Queries over 50,000 rows whose time is that of sorting them. {@code SCAN} is what all of them
 * take besides. Run it with {@code java -cp ... org.openjdk.jmh.Main SortBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SortBenchmark {
  private static final int ROWS = 50_000;

  /** What the rows are ordered by. */
  public enum Order {
    /** Not at all. */
    SCAN("SELECT id, a, b FROM t", ROWS),
    /** One integer that is in order already. */
    SORTED("SELECT id, a, b FROM t ORDER BY id", ROWS),
    /** Two integers, which share a code with the position. */
    INTEGERS("SELECT id, a, b FROM t ORDER BY a DESC, id", ROWS),
    /** A float of any bits. */
    FLOATS("SELECT id, a, b FROM t ORDER BY f", ROWS),
    /** Decimals, brought to one scale. */
    DECIMALS("SELECT id, a, b FROM t ORDER BY d", ROWS),
    /** Texts that begin alike and end within eight bytes. */
    SHORT_TEXTS("SELECT id, a, b FROM t ORDER BY s, b", ROWS),
    /** Texts that have to be compared. */
    LONG_TEXTS("SELECT id, a, b FROM t ORDER BY l", ROWS),
    /** The first thousand only. */
    TOP("SELECT id, a, b FROM t ORDER BY a DESC, id LIMIT 1000", 1000),
    /** A window. */
    RANK("SELECT id, rank() OVER (PARTITION BY s ORDER BY b DESC) FROM t", ROWS);

    private final String sql;
    private final long rows;

    Order(String sql, long rows) {
      this.sql = sql;
      this.rows = rows;
    }
  }

  /** The query. */
  @Param public Order order;

  private final Drain reply = new Drain();
  private LocalEngine engine;
  private Session session;

  /** Makes the rows. */
  @Setup
  public void open() {
    engine =
        new LocalEngine(
            new MemoryStorageProvider().open(Map.of()),
            Clock.SYSTEM,
            Map.of("port", "0", "listen_addresses", "", "max_connections", "1"));
    session = engine.open(Map.of("user", "postgres", "database", "postgres"));
    session.simpleQuery("SET quarkgres.result_cache = off", reply);
    session.simpleQuery(
        "CREATE TABLE t (id int, a int, b int, f float8, d numeric, s text, l text)", reply);
    session.simpleQuery(
        "INSERT INTO t SELECT g, g * 7919 % 10007, g * 1049 % 1009, sin(g), (g * 31 % 977) / 100.0,"
            + " 'kind ' || g % 20, md5(g::text) FROM generate_series(1, "
            + ROWS
            + ") g",
        reply);
    reply.takeRows();
  }

  /** Runs the query to its end. */
  @Benchmark
  public void query() {
    session.simpleQuery(order.sql, reply);
    if (reply.takeRows() != order.rows) {
      throw new IllegalStateException("wrong number of rows");
    }
  }

  /** Ends the engine. */
  @TearDown
  public void close() {
    session.close();
    engine.close();
  }
}
