package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.it.Servers;
import io.quarkgres.it.TestDatabase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PoolOptions;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The reactive PostgreSQL client as Quarkus offers it: Mutiny over a pipelining pool.
class MutinyClientIT {
  private static TestDatabase database;
  private static Vertx vertx;
  private static Pool pool;

  @BeforeAll
  static void connect() {
    database = TestDatabase.create(Servers.underTest(), "mutiny_suite");
    database.run(
        "CREATE TABLE item (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE,"
            + " price numeric(8, 2), at timestamp, tags text[], key uuid)");
    vertx = Vertx.vertx();
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(database.server().host())
            .setPort(database.server().port())
            .setDatabase(database.name())
            .setUser("postgres")
            .setPassword("none")
            .setCachePreparedStatements(true)
            .setPipeliningLimit(16);
    pool = Pool.pool(vertx, options, new PoolOptions().setMaxSize(3));
  }

  @AfterAll
  static void disconnect() {
    pool.closeAndAwait();
    vertx.closeAndAwait();
    database.close();
  }

  @Test
  void valuesOfATable() {
    UUID key = UUID.fromString("12345678-1234-5678-1234-567812345678");
    LocalDateTime at = LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_000_000);
    Long id =
        pool.preparedQuery(
                "INSERT INTO item (name, price, at, tags, key) VALUES ($1, $2, $3, $4, $5)"
                    + " RETURNING id")
            .executeAndAwait(
                Tuple.tuple(
                    new ArrayList<>(
                        List.of("pump", new BigDecimal("9.90"), at, new String[] {"a", ""}, key))))
            .iterator()
            .next()
            .getLong("id");
    Row row =
        pool.preparedQuery("SELECT * FROM item WHERE id = $1")
            .executeAndAwait(Tuple.of(id))
            .iterator()
            .next();
    assertThat(row.getBigDecimal("price")).isEqualByComparingTo("9.90");
    assertThat(row.getLocalDateTime("at")).isEqualTo(at);
    assertThat(row.getArrayOfStrings("tags")).containsExactly("a", "");
    assertThat(row.getUUID("key")).isEqualTo(key);
  }

  @Test
  void manyQueriesInOneRoundTrip() {
    List<Uni<Integer>> queries = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      queries.add(
          pool.preparedQuery("SELECT $1::int * 2")
              .execute(Tuple.of(i))
              .map(rows -> rows.iterator().next().getInteger(0)));
    }
    List<Integer> results = Uni.join().all(queries).andFailFast().await().indefinitely();
    for (int i = 0; i < 200; i++) {
      assertThat(results.get(i)).isEqualTo(2 * i);
    }
  }

  @Test
  void batches() {
    List<Tuple> names = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      names.add(Tuple.of("batch " + i));
    }
    pool.preparedQuery("INSERT INTO item (name) VALUES ($1)").executeBatchAndAwait(names);
    assertThat(database.rows("SELECT count(*) FROM item WHERE name LIKE 'batch %'"))
        .containsExactly("500");
    names.set(0, Tuple.of("other"));
    assertThatThrownBy(() ->
            pool.preparedQuery("INSERT INTO item (name) VALUES ($1)").executeBatchAndAwait(names))
        .isInstanceOf(PgException.class);
  }

  @Test
  void transactions() {
    assertThatThrownBy(() ->
            pool.withTransaction(connection ->
                    connection
                        .query("INSERT INTO item (name) VALUES ('twice')")
                        .execute()
                        .chain(() ->
                            connection.query("INSERT INTO item (name) VALUES ('twice')").execute()))
                .await()
                .indefinitely())
        .isInstanceOfSatisfying(
            PgException.class,
            error -> {
              assertThat(error.getSqlState()).isEqualTo("23505");
              assertThat(error.getConstraint()).isEqualTo("item_name_key");
            });
    assertThat(database.rows("SELECT count(*) FROM item WHERE name = 'twice'"))
        .containsExactly("0");
    pool.withTransaction(
            connection -> connection.query("INSERT INTO item (name) VALUES ('once')").execute())
        .await()
        .indefinitely();
    assertThat(database.rows("SELECT count(*) FROM item WHERE name = 'once'")).containsExactly("1");
  }

  @Test
  void streams() {
    List<Integer> seen =
        pool.withTransaction(connection ->
                connection
                    .prepare("SELECT g FROM generate_series(1, 230) g")
                    .chain(statement ->
                        Multi.createBy()
                            .concatenating()
                            .streams(statement.createStream(50).toMulti())
                            .map(row -> row.getInteger(0))
                            .collect()
                            .asList()))
            .await()
            .indefinitely();
    assertThat(seen).hasSize(230).startsWith(1).endsWith(230);
  }
}
