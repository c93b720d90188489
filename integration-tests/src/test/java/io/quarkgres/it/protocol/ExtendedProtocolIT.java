package io.quarkgres.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.Payload;
import io.quarkgres.it.wire.WireClient;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Parse, Bind, Describe, Execute, Close, Flush and Sync in all orders that clients use.
class ExtendedProtocolIT {
  private static TestDatabase database;
  private WireClient client;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("extended_protocol");
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text)");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void connect() {
    database.run("TRUNCATE t", "INSERT INTO t SELECT g, 'v' || g FROM generate_series(1, 10) g");
    client = database.wire();
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  private List<Message> sync() {
    client.sync();
    return client.readUntil('Z');
  }

  @Test
  void oneStatement() {
    client.parse("", "SELECT $1::int + 1 AS n");
    client.describe('S', "");
    client.bind("", "", "41");
    client.describe('P', "");
    client.execute("", 0);
    List<Message> answer = sync();
    assertThat(Answers.types(answer)).isEqualTo("1tT2TDCZ");
    assertThat(Answers.rows(answer)).containsExactly("42");
    assertThat(Answers.tags(answer)).containsExactly("SELECT 1");
    ByteBuffer parameters = ByteBuffer.wrap(answer.get(1).body());
    assertThat(parameters.getShort()).isEqualTo((short) 1);
    assertThat(parameters.getInt()).isEqualTo(23);
    assertThat(answer.get(2).columns().getFirst().name()).isEqualTo("n");
    assertThat(answer.get(2).columns().getFirst().format()).isZero();
  }

  @Test
  void flushWithoutSync() {
    client.parse("s", "SELECT id FROM t WHERE id = $1");
    client.describe('S', "s");
    client.flush();
    assertThat(Answers.types(client.readUntil('T'))).isEqualTo("1tT");
    client.bind("p", "s", "3");
    client.execute("p", 0);
    client.flush();
    List<Message> answer = client.readUntil('C');
    assertThat(Answers.types(answer)).isEqualTo("2DC");
    assertThat(Answers.rows(answer)).containsExactly("3");
    client.execute("p", 0);
    client.flush();
    assertThat(Answers.tags(client.readUntil('C'))).containsExactly("SELECT 0");
    assertThat(Answers.types(sync())).isEqualTo("Z");
  }

  /** A client that sends Sync only when it has seen the error must not wait for ever. */
  @Test
  void errorsAreSentWithoutSync() {
    client.parse("", "SELECT * FROM nowhere");
    client.describe('S', "");
    client.flush();
    assertThat(Answers.errors(client.readUntil('E'))).containsExactly("42P01");
    client.parse("", "SELECT 1");
    client.bind("", "");
    client.execute("", 0);
    assertThat(Answers.types(sync())).isEqualTo("Z");
  }

  @Test
  void cursorsAndPlansWithParameters() {
    client.query("BEGIN");
    client.parse("", "DECLARE c CURSOR FOR SELECT id FROM t WHERE id > $1 ORDER BY id");
    client.describe('S', "");
    client.bind("", "", "8");
    client.execute("", 0);
    List<Message> answer = sync();
    assertThat(Answers.types(answer)).isEqualTo("1tn2CZ");
    assertThat(ByteBuffer.wrap(answer.get(1).body()).getInt(2)).isEqualTo(23);
    assertThat(Answers.rows(client.query("FETCH ALL FROM c"))).containsExactly("9", "10");
    client.query("ROLLBACK");
    client.parse("", "EXPLAIN (COSTS off) SELECT id FROM t WHERE v = $1");
    client.bind("", "", "v1");
    client.execute("", 0);
    assertThat(Answers.tags(sync())).containsExactly("EXPLAIN");
    assertThat(Answers.errors(client.query("EXPLAIN SELECT $1::int"))).containsExactly("42P02");
  }

  @Test
  void aStalePlanIsKnownByItsRoutine() {
    client.query("CREATE TEMP TABLE changing (a int)");
    client.parse("s", "SELECT * FROM changing");
    assertThat(Answers.types(sync())).isEqualTo("1Z");
    client.query("ALTER TABLE changing ADD COLUMN b int");
    client.bind("", "s");
    List<Message> answer = sync();
    assertThat(Answers.errors(answer)).containsExactly("0A000");
    assertThat(answer.getFirst().fields()).containsEntry('R', "RevalidateCachedQuery");
  }

  @Test
  void suspendedPortal() {
    client.query("BEGIN");
    client.parse("", "SELECT id FROM t ORDER BY id");
    client.bind("p", "");
    client.execute("p", 4);
    List<Message> first = sync();
    assertThat(Answers.types(first)).isEqualTo("12DDDDsZ");
    assertThat(Answers.status(first)).isEqualTo('T');
    client.execute("p", 4);
    assertThat(Answers.rows(sync())).containsExactly("5", "6", "7", "8");
    client.execute("p", 2);
    assertThat(Answers.types(sync())).isEqualTo("DDsZ");
    client.execute("p", 2);
    List<Message> last = sync();
    assertThat(Answers.types(last)).isEqualTo("CZ");
    assertThat(Answers.tags(last)).containsExactly("SELECT 0");
    client.closeNamed('P', "p");
    client.execute("p", 1);
    assertThat(Answers.errors(sync())).containsExactly("34000");
    client.query("ROLLBACK");
  }

  @Test
  void portalsEndWithTheirTransaction() {
    client.parse("", "SELECT id FROM t");
    client.bind("p", "");
    assertThat(Answers.types(sync())).isEqualTo("12Z");
    client.execute("p", 0);
    assertThat(Answers.errors(sync())).containsExactly("34000");
  }

  /** An error behind a savepoint leaves the portals before it open, but nothing of them runs. */
  @Test
  void portalsOutliveAnErrorBehindASavepoint() {
    client.query("BEGIN");
    client.parse("s", "SELECT id FROM t ORDER BY id");
    client.bind("before", "s");
    client.execute("before", 2);
    sync();
    client.query("SAVEPOINT a");
    client.bind("behind", "s");
    client.execute("behind", 1);
    sync();
    assertThat(Answers.errors(client.query("SELECT 1 / 0"))).containsExactly("22012");

    client.execute("before", 1);
    assertThat(Answers.errors(sync())).containsExactly("25P02");
    client.describe('P', "before");
    assertThat(Answers.errors(sync())).containsExactly("25P02");
    client.execute("behind", 1);
    assertThat(Answers.errors(sync())).containsExactly("34000");

    client.query("ROLLBACK TO a");
    client.execute("before", 2);
    List<Message> answer = sync();
    assertThat(Answers.rows(answer)).containsExactly("3", "4");
    assertThat(Answers.status(answer)).isEqualTo('T');
    client.execute("behind", 1);
    assertThat(Answers.errors(sync())).containsExactly("34000");
  }

  /** The error of a constant comes before the columns are described. */
  @Test
  void errorsOfConstantsComeFirst() {
    assertThat(Answers.types(client.query("SELECT 1 / 0"))).isEqualTo("EZ");
  }

  @Test
  void errorsSkipToSync() {
    client.parse("", "INSERT INTO t VALUES (100, 'x')");
    client.bind("", "");
    client.execute("", 0);
    client.parse("", "SELECT 1 / 0");
    client.bind("", "");
    client.execute("", 0);
    client.parse("", "INSERT INTO t VALUES (101, 'x')");
    client.bind("", "");
    client.execute("", 0);
    client.sync();
    client.parse("", "SELECT 7");
    client.bind("", "");
    client.execute("", 0);
    client.sync();
    List<Message> failed = client.readUntil('Z');
    assertThat(Answers.types(failed)).startsWith("12C").endsWith("EZ");
    assertThat(Answers.errors(failed)).containsExactly("22012");
    assertThat(Answers.rows(client.readUntil('Z'))).containsExactly("7");
    // Everything up to Sync is one transaction.
    assertThat(database.rows("SELECT count(*) FROM t WHERE id >= 100")).containsExactly("0");
  }

  @Test
  void pipelineOfManyStatements() {
    client.parse("s", "SELECT $1::int * 2");
    for (int i = 0; i < 500; i++) {
      client.bind("", "s", Integer.toString(i));
      client.execute("", 0);
      if (i % 50 == 49) {
        client.sync();
      }
    }
    int seen = 0;
    for (int batch = 0; batch < 10; batch++) {
      for (String row : Answers.rows(client.readUntil('Z'))) {
        assertThat(row).isEqualTo(Integer.toString(seen * 2));
        seen++;
      }
    }
    assertThat(seen).isEqualTo(500);
  }

  @Test
  void mixedFormats() {
    client.parse("", "SELECT $1::int AS a, $2::int AS b, 'x'::text AS c, true AS d", 23, 23);
    Payload bind = new Payload().string("").string("");
    bind.int16(2).int16(0).int16(1).int16(2);
    bind.int32(1).bytes(new byte[] {'5'}).int32(4).int32(6);
    bind.int16(4).int16(1).int16(0).int16(1).int16(0);
    client.send('B', bind);
    client.describe('P', "");
    client.execute("", 0);
    List<Message> answer = sync();
    assertThat(Answers.types(answer)).isEqualTo("12TDCZ");
    assertThat(answer.get(2).columns().stream().map(Message.Column::format))
        .containsExactly(1, 0, 1, 0);
    List<byte[]> values = answer.get(3).values();
    assertThat(values.get(0)).containsExactly(0, 0, 0, 5);
    assertThat(values.get(1)).containsExactly('6');
    assertThat(values.get(2)).containsExactly('x');
    assertThat(values.get(3)).containsExactly('t');
  }

  @Test
  void oneFormatForAll() {
    client.parse("", "SELECT 1::int8, 2.5::float8, NULL::int");
    client.send('B', new Payload().string("").string("").int16(0).int16(0).int16(1).int16(1));
    client.execute("", 0);
    List<byte[]> values = sync().get(2).values();
    assertThat(ByteBuffer.wrap(values.get(0)).getLong()).isEqualTo(1);
    assertThat(ByteBuffer.wrap(values.get(1)).getDouble()).isEqualTo(2.5);
    assertThat(values.get(2)).isNull();
  }

  @Test
  void namedStatementsLiveOn() {
    client.parse("s", "SELECT v FROM t WHERE id = $1");
    assertThat(Answers.types(sync())).isEqualTo("1Z");
    for (int i = 1; i <= 3; i++) {
      client.bind("", "s", Integer.toString(i));
      client.execute("", 0);
      assertThat(Answers.rows(sync())).containsExactly("v" + i);
    }
    client.parse("s", "SELECT 1");
    assertThat(Answers.errors(sync())).containsExactly("42P05");
    client.closeNamed('S', "s");
    client.closeNamed('S', "never was");
    assertThat(Answers.types(sync())).isEqualTo("33Z");
    client.bind("", "s", "1");
    assertThat(Answers.errors(sync())).containsExactly("26000");
    client.describe('S', "s");
    assertThat(Answers.errors(sync())).containsExactly("26000");
    client.describe('P', "nope");
    assertThat(Answers.errors(sync())).containsExactly("34000");
  }

  @Test
  void preparedBySqlAndByMessage() {
    client.query("PREPARE q AS SELECT $1::int + 1");
    client.bind("", "q", "1");
    client.execute("", 0);
    assertThat(Answers.rows(sync())).containsExactly("2");
    client.parse("m", "SELECT 5");
    sync();
    assertThat(Answers.rows(client.query("EXECUTE m"))).containsExactly("5");
    client.query("DEALLOCATE ALL");
    client.bind("", "m");
    assertThat(Answers.errors(sync())).containsExactly("26000");
  }

  @Test
  void wrongBinds() {
    client.parse("s", "SELECT $1::int, $2::text");
    client.bind("", "s", "1");
    assertThat(Answers.errors(sync())).containsExactly("08P01");
    client.bind("", "s", "1", "2", "3");
    assertThat(Answers.errors(sync())).containsExactly("08P01");
    client.bind("", "s", "x", "2");
    assertThat(Answers.errors(sync())).containsExactly("22P02");
    client.send(
        'B',
        new Payload()
            .string("")
            .string("s")
            .int16(1)
            .int16(1)
            .int16(2)
            .int32(3)
            .bytes(new byte[3])
            .int32(-1)
            .int16(0));
    assertThat(Answers.errors(sync())).containsExactly("08P01");
    client.send(
        'B',
        new Payload()
            .string("")
            .string("s")
            .int16(1)
            .int16(1)
            .int16(2)
            .int32(5)
            .bytes(new byte[5])
            .int32(-1)
            .int16(0));
    assertThat(Answers.errors(sync())).containsExactly("22P03");
    client.send(
        'B',
        new Payload()
            .string("")
            .string("s")
            .int16(1)
            .int16(7)
            .int16(2)
            .int32(-1)
            .int32(-1)
            .int16(0));
    assertThat(Answers.errors(sync())).containsExactly("22023");
    client.bind("", "s", null, null);
    client.execute("", 0);
    assertThat(Answers.rows(sync())).containsExactly("null|null");
    client.parse("", "SELECT 1; SELECT 2");
    assertThat(Answers.errors(sync())).containsExactly("42601");
  }

  @Test
  void parameterTypesAreInferred() {
    client.parse("", "INSERT INTO t VALUES ($1, $2) RETURNING id, v");
    client.describe('S', "");
    List<Message> answer = sync();
    assertThat(Answers.types(answer)).isEqualTo("1tTZ");
    ByteBuffer parameters = ByteBuffer.wrap(answer.get(1).body());
    assertThat(parameters.getShort()).isEqualTo((short) 2);
    assertThat(parameters.getInt()).isEqualTo(23);
    assertThat(parameters.getInt()).isEqualTo(25);
    client.parse("", "SELECT $1");
    client.describe('S', "");
    assertThat(ByteBuffer.wrap(sync().get(1).body()).getInt(2)).isEqualTo(25);
    client.parse("", "SELECT 1 WHERE $1 IS NULL");
    assertThat(Answers.types(sync())).isIn("1Z", "EZ");
  }

  @Test
  void emptyAndNoData() {
    client.parse("", "");
    client.bind("", "");
    client.describe('P', "");
    client.execute("", 0);
    assertThat(Answers.types(sync())).isEqualTo("12nIZ");
    client.parse("", "DELETE FROM t WHERE id > 5");
    client.describe('S', "");
    client.bind("", "");
    client.execute("", 0);
    List<Message> answer = sync();
    assertThat(Answers.types(answer)).isEqualTo("1tn2CZ");
    assertThat(Answers.tags(answer)).containsExactly("DELETE 5");
    assertThat(Answers.types(sync())).isEqualTo("Z");
  }

  @Test
  void transactionStatus() {
    assertThat(Answers.status(client.query("BEGIN"))).isEqualTo('T');
    client.parse("", "SELECT nope");
    List<Message> failed = sync();
    assertThat(Answers.errors(failed)).containsExactly("42703");
    assertThat(Answers.status(failed)).isEqualTo('E');
    client.parse("", "SELECT 1");
    assertThat(Answers.errors(sync())).containsExactly("25P02");
    client.parse("", "ROLLBACK");
    client.bind("", "");
    client.execute("", 0);
    assertThat(Answers.status(sync())).isEqualTo('I');
  }

  @Test
  void largeAndManyParameters() {
    StringBuilder sql = new StringBuilder("SELECT 0");
    String[] values = new String[300];
    for (int i = 0; i < values.length; i++) {
      sql.append(" + $").append(i + 1).append("::int");
      values[i] = "1";
    }
    client.parse("", sql.toString());
    client.bind("", "", values);
    client.execute("", 0);
    assertThat(Answers.rows(sync())).containsExactly("300");
    client.parse("", "SELECT length($1::text)");
    client.bind("", "", "é".repeat(3_000_000));
    client.execute("", 0);
    assertThat(Answers.rows(sync())).containsExactly("3000000");
  }
}
