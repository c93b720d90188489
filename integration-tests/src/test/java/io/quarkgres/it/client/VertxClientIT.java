package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.it.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The Vert.x client, which Quarkus uses: binary formats, pipelining, batches and cursors.
class VertxClientIT {
  private static TestDatabase database;
  private static Vertx vertx;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("vertx_suite");
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void drop() {
    await(vertx.close());
    database.close();
  }

  private static PgConnectOptions options() {
    return new PgConnectOptions()
        .setHost(database.server().host())
        .setPort(database.server().port())
        .setUser("postgres")
        .setDatabase("vertx_suite");
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PgConnection connect() {
    return await(PgConnection.connect(vertx, options()));
  }

  @Test
  void simpleQueryWithSeveralResults() {
    PgConnection connection = connect();
    RowSet<Row> rows = await(connection.query("SELECT 1 AS a; SELECT 'x' AS b, 2 AS c").execute());
    assertThat(rows.iterator().next().getInteger("a")).isEqualTo(1);
    RowSet<Row> second = rows.next();
    assertThat(second.columnsNames()).containsExactly("b", "c");
    assertThat(second.iterator().next().getString(0)).isEqualTo("x");
    await(connection.close());
  }

  @Test
  void everyTypeThereAndBack() {
    PgConnection connection = connect();
    checkType(connection, "int2", (short) -7);
    checkType(connection, "int4", 42);
    checkType(connection, "int8", 1L << 40);
    checkType(connection, "float4", 1.5f);
    checkType(connection, "float8", 0.1);
    checkType(connection, "bool", true);
    checkType(connection, "text", "naïve 日本");
    checkType(connection, "varchar", "v");
    checkType(connection, "uuid", UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
    checkType(connection, "date", LocalDate.of(2024, 2, 29));
    checkType(connection, "time", LocalTime.of(10, 20, 30, 123_456_000));
    checkType(connection, "timestamp", LocalDateTime.of(2024, 2, 29, 10, 20, 30));
    checkType(
        connection, "timestamptz", OffsetDateTime.of(2024, 2, 29, 10, 20, 30, 0, ZoneOffset.UTC));
    checkType(connection, "interval", Interval.of(1, 2, 3, 4, 5, 6));
    checkType(connection, "jsonb", new JsonObject().put("a", 1).put("b", new JsonObject()));
    checkType(connection, "json", new JsonObject().put("k", "v"));
    checkType(connection, "bytea", Buffer.buffer(new byte[] {0, 1, -1}));
    Row numeric =
        await(
                connection
                    .preparedQuery("SELECT $1::numeric AS v")
                    .execute(Tuple.of(new BigDecimal("12.340"))))
            .iterator()
            .next();
    assertThat(numeric.getBigDecimal("v")).isEqualByComparingTo("12.340");
    Row arrays =
        await(
                connection
                    .preparedQuery("SELECT $1::int4[] AS i, $2::text[] AS t")
                    .execute(
                        Tuple.tuple()
                            .addArrayOfInteger(new Integer[] {1, 2, null})
                            .addArrayOfString(new String[] {"a", "b,c"})))
            .iterator()
            .next();
    assertThat(arrays.getArrayOfIntegers("i")).containsExactly(1, 2, null);
    assertThat(arrays.getArrayOfStrings("t")).containsExactly("a", "b,c");
    await(connection.close());
  }

  private static void checkType(PgConnection connection, String type, Object value) {
    RowSet<Row> rows =
        await(
            connection
                .preparedQuery("SELECT $1::" + type + " AS v, NULL::" + type + " AS n")
                .execute(Tuple.of(value)));
    Row row = rows.iterator().next();
    assertThat(row.getValue("v")).as(type).isEqualTo(value);
    assertThat(row.getValue("n")).as(type).isNull();
  }

  @Test
  void pipelinedAndCachedStatements() {
    PgConnection connection =
        await(
            PgConnection.connect(
                vertx, options().setCachePreparedStatements(true).setPipeliningLimit(64)));
    List<Future<RowSet<Row>>> futures = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      futures.add(
          connection.preparedQuery("SELECT $1::int + " + i % 7 + " AS n").execute(Tuple.of(i)));
    }
    for (int i = 0; i < 500; i++) {
      assertThat(await(futures.get(i)).iterator().next().getInteger("n")).isEqualTo(i + i % 7);
    }
    await(connection.close());
  }

  @Test
  void errorInThePipelineHarmsOnlyItself() {
    PgConnection connection = await(PgConnection.connect(vertx, options().setPipeliningLimit(16)));
    Future<RowSet<Row>> before = connection.preparedQuery("SELECT 1 AS n").execute();
    Future<RowSet<Row>> broken =
        connection.preparedQuery("SELECT 1 / $1::int").execute(Tuple.of(0));
    Future<RowSet<Row>> unknown = connection.preparedQuery("SELECT * FROM nope").execute();
    Future<RowSet<Row>> after = connection.preparedQuery("SELECT 2 AS n").execute();
    assertThat(await(before).iterator().next().getInteger("n")).isEqualTo(1);
    assertThatThrownBy(() -> await(broken))
        .isInstanceOfSatisfying(
            PgException.class, e -> assertThat(e.getSqlState()).isEqualTo("22012"));
    assertThatThrownBy(() -> await(unknown))
        .isInstanceOfSatisfying(
            PgException.class, e -> assertThat(e.getSqlState()).isEqualTo("42P01"));
    assertThat(await(after).iterator().next().getInteger("n")).isEqualTo(2);
    await(connection.close());
  }

  @Test
  void batches() {
    database.run("CREATE TABLE batch (id int PRIMARY KEY, v text)");
    PgConnection connection = connect();
    List<Tuple> tuples = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      tuples.add(Tuple.of(i, "v" + i));
    }
    RowSet<Row> rows =
        await(
            connection
                .preparedQuery("INSERT INTO batch VALUES ($1, $2) RETURNING id")
                .executeBatch(tuples));
    int results = 0;
    for (RowSet<Row> each = rows; each != null; each = each.next()) {
      assertThat(each.rowCount()).isEqualTo(1);
      assertThat(each.iterator().next().getInteger("id")).isEqualTo(results);
      results++;
    }
    assertThat(results).isEqualTo(300);
    assertThatThrownBy(() ->
            await(
                connection
                    .preparedQuery("INSERT INTO batch VALUES ($1, $2)")
                    .executeBatch(List.of(Tuple.of(1000, "x"), Tuple.of(5, "dup")))))
        .isInstanceOfSatisfying(
            PgException.class,
            e -> {
              assertThat(e.getSqlState()).isEqualTo("23505");
              assertThat(e.getConstraint()).isEqualTo("batch_pkey");
              assertThat(e.getDetail()).isEqualTo("Key (id)=(5) already exists.");
            });
    assertThat(database.rows("SELECT count(*) FROM batch")).containsExactly("300");
    await(connection.close());
  }

  @Test
  void cursorsAndStreams() {
    PgConnection connection = connect();
    Transaction transaction = await(connection.begin());
    PreparedStatement statement =
        await(connection.prepare("SELECT g FROM generate_series(1, $1) g"));
    Cursor cursor = statement.cursor(Tuple.of(25));
    List<Integer> seen = new ArrayList<>();
    do {
      await(cursor.read(10)).forEach(row -> seen.add(row.getInteger(0)));
    } while (cursor.hasMore());
    await(cursor.close());
    assertThat(seen).hasSize(25).isSorted();
    RowStream<Row> stream = statement.createStream(50, Tuple.of(1_000));
    List<Integer> streamed = new ArrayList<>();
    io.vertx.core.Promise<Void> ended = io.vertx.core.Promise.promise();
    stream
        .exceptionHandler(ended::tryFail)
        .endHandler(end -> ended.tryComplete())
        .handler(row -> streamed.add(row.getInteger(0)));
    await(ended.future());
    assertThat(streamed).hasSize(1_000).isSorted();
    await(transaction.commit());
    await(connection.close());
  }

  @Test
  void transactionsOfAPool() {
    database.run("CREATE TABLE pooled (id int PRIMARY KEY)");
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(4))
            .connectingTo(options())
            .using(vertx)
            .build();
    await(pool.withTransaction(c -> c.query("INSERT INTO pooled VALUES (1)").execute()));
    assertThatThrownBy(() ->
            await(
                pool.withTransaction(c ->
                    c.query("INSERT INTO pooled VALUES (2)")
                        .execute()
                        .compose(r -> c.query("INSERT INTO pooled VALUES (1)").execute()))))
        .isInstanceOf(PgException.class);
    List<Future<RowSet<Row>>> parallel = new ArrayList<>();
    for (int i = 10; i < 110; i++) {
      parallel.add(pool.preparedQuery("INSERT INTO pooled VALUES ($1)").execute(Tuple.of(i)));
    }
    parallel.forEach(VertxClientIT::await);
    assertThat(
            await(pool.query("SELECT count(*) AS n FROM pooled").execute())
                .iterator()
                .next()
                .getLong("n"))
        .isEqualTo(101);
    await(pool.close());
  }

  @Test
  void cancelsARunningStatement() {
    PgConnection connection = connect();
    Future<RowSet<Row>> running = connection.query("SELECT pg_sleep(60)").execute();
    while (!running.isComplete()) {
      await(connection.cancelRequest());
    }
    assertThatThrownBy(() -> await(running))
        .isInstanceOfSatisfying(
            PgException.class, e -> assertThat(e.getSqlState()).isEqualTo("57014"));
    assertThat(await(connection.query("SELECT 1 AS n").execute()).iterator().next().getInteger("n"))
        .isEqualTo(1);
    await(connection.close());
  }
}
