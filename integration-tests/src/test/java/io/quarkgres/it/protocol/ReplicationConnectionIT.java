package io.quarkgres.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.TestDatabase;
import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The commands of connections for replication, as PostgreSQL's own clients send them.
class ReplicationConnectionIT {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create("replication_connection");
    database.run("CREATE ROLE replication_nobody LOGIN");
  }

  @AfterAll
  static void drop() {
    database.run("DROP ROLE replication_nobody");
    database.close();
  }

  private static List<Message> start(WireClient client, String user, String mode) {
    Map<String, String> parameters = new HashMap<>(Map.of("user", user, "replication", mode));
    parameters.put("database", mode.equals("database") ? "replication_connection" : "replication");
    client.startup(parameters);
    return mode.equals("maybe") || user.equals("replication_nobody")
        ? client.readUntilClosed()
        : client.readUntil('Z');
  }

  private static WireClient connect(String mode) {
    WireClient client = new WireClient(database.server().host(), database.server().port());
    start(client, "postgres", mode);
    return client;
  }

  private static String error(WireClient client, String command) {
    List<Message> answer = client.query(command);
    assertThat(Answers.types(answer)).as(command).isEqualTo("EZ");
    Map<Character, String> fields = answer.getFirst().fields();
    return fields.get('C') + " " + fields.get('M');
  }

  @Test
  void tellsWhichSystemItIs() {
    try (WireClient physical = connect("true");
        WireClient logical = connect("database")) {
      List<Message> answer = physical.query("IDENTIFY_SYSTEM");
      assertThat(Answers.types(answer)).isEqualTo("TDCZ");
      assertThat(Answers.tags(answer)).containsExactly("IDENTIFY_SYSTEM");
      assertThat(answer.getFirst().columns())
          .extracting("name")
          .containsExactly("systemid", "timeline", "xlogpos", "dbname");
      assertThat(Answers.rows(answer).getFirst())
          .matches("[0-9]+\\|1\\|[0-9A-F]+/[0-9A-F]+\\|null");
      String system = Answers.rows(answer).getFirst().split("\\|")[0];
      assertThat(Answers.rows(logical.query("IDENTIFY_SYSTEM;")).getFirst())
          .startsWith(system + "|1|")
          .endsWith("|replication_connection");
    }
  }

  @Test
  void showsSettings() {
    try (WireClient client = connect("on")) {
      assertThat(Answers.rows(client.query("SHOW wal_segment_size"))).containsExactly("16MB");
      assertThat(Answers.rows(client.query("SHOW data_directory_mode"))).containsExactly("0700");
      assertThat(error(client, "SHOW nosuch"))
          .isEqualTo("42704 unrecognized configuration parameter \"nosuch\"");
    }
  }

  @Test
  void sqlNeedsADatabase() {
    try (WireClient physical = connect("true");
        WireClient logical = connect("database")) {
      assertThat(error(physical, "SELECT 1"))
          .isEqualTo("0A000 cannot execute SQL commands in WAL sender for physical replication");
      assertThat(Answers.rows(logical.query("SELECT 1"))).containsExactly("1");
      logical.parse("", "SELECT 1");
      logical.sync();
      List<Message> answer = logical.readUntil('Z');
      assertThat(Answers.errors(answer)).containsExactly("08P01");
      assertThat(Answers.rows(logical.query("SELECT 2"))).containsExactly("2");
    }
  }

  @Test
  void wrongCommandsAreRefused() {
    try (WireClient client = connect("true")) {
      assertThat(error(client, "IDENTIFY_SYSTEM x")).isEqualTo("42601 syntax error");
      assertThat(error(client, "BASE_BACKUP (NOSUCH)"))
          .isEqualTo("42601 unrecognized base backup option: \"nosuch\"");
      assertThat(error(client, "BASE_BACKUP (LABEL)"))
          .isEqualTo("42601 label requires a parameter");
      assertThat(error(client, "BASE_BACKUP (LABEL 'a', LABEL 'b')"))
          .isEqualTo("42601 duplicate option \"label\"");
      assertThat(error(client, "BASE_BACKUP (CHECKPOINT 'x')"))
          .isEqualTo("42601 unrecognized checkpoint type: \"x\"");
      assertThat(error(client, "BASE_BACKUP (TARGET 'x')"))
          .isEqualTo("0A000 unrecognized target: \"x\"");
      assertThat(error(client, "BASE_BACKUP (MAX_RATE 1)"))
          .isEqualTo(
              "22003 1 is outside the valid range for parameter \"MAX_RATE\" (32 .. 1048576)");
      assertThat(error(client, "BASE_BACKUP (MANIFEST 'x')"))
          .isEqualTo("42601 unrecognized manifest option: \"x\"");
      assertThat(error(client, "BASE_BACKUP (MANIFEST 'yes', MANIFEST_CHECKSUMS 'MD5')"))
          .isEqualTo("42601 unrecognized checksum algorithm: \"MD5\"");
      assertThat(error(client, "BASE_BACKUP (MANIFEST 'no', MANIFEST_CHECKSUMS 'none')"))
          .isEqualTo("42601 manifest checksums require a backup manifest");
      assertThat(error(client, "START_REPLICATION 0/0"))
          .isEqualTo("0A000 START_REPLICATION is not supported yet");
    }
  }

  @Test
  void onlySomeMayConnect() {
    try (WireClient maybe = new WireClient(database.server().host(), database.server().port());
        WireClient nobody = new WireClient(database.server().host(), database.server().port())) {
      assertThat(Answers.errors(start(maybe, "postgres", "maybe"))).containsExactly("22023");
      assertThat(Answers.errors(start(nobody, "replication_nobody", "true")))
          .containsExactly("42501");
    }
  }
}
