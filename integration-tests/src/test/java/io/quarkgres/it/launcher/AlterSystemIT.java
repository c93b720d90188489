package io.quarkgres.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ALTER SYSTEM keeps: over a restart, a kill, and against options of the start. */
class AlterSystemIT {
  private static final String KEPT =
      "SELECT string_agg(name || '=' || setting, ' ' ORDER BY seqno) FROM pg_file_settings";

  private static ServerProcess serverOn(Path data, String... more) {
    List<String> options =
        new ArrayList<>(List.of("--data", data.toString(), "--port", "0", "--http-port", "0"));
    options.addAll(List.of(more));
    return ServerProcess.start(Map.of(), options.toArray(String[]::new));
  }

  private static List<String> texts(List<Message> messages) {
    List<String> rows = new ArrayList<>();
    for (Message message : messages) {
      assertThat(message.type()).as("%s", message).isNotEqualTo('E');
      if (message.type() == 'D') {
        rows.add(message.texts().getFirst());
      }
    }
    return rows;
  }

  private static List<String> query(int port, String... statements) {
    List<String> rows = new ArrayList<>();
    try (WireClient client = WireClient.connect("127.0.0.1", port, "postgres")) {
      for (String sql : statements) {
        rows.addAll(texts(client.query(sql)));
      }
    }
    return rows;
  }

  @Test
  void aRestartBringsSettingsBack(@TempDir Path data) {
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      try (WireClient other = WireClient.connect("127.0.0.1", port, "postgres")) {
        query(
            port,
            "ALTER SYSTEM SET max_connections = 7",
            "ALTER SYSTEM SET \"TimeZone\" = 'Europe/Berlin'",
            "ALTER SYSTEM SET work_mem = '7MB'",
            "ALTER SYSTEM SET search_path = 'it''s', public");
        assertThat(texts(other.query("SHOW work_mem"))).doesNotContain("7MB");
        query(port, "SELECT pg_reload_conf()");
        assertThat(other.query("SHOW work_mem"))
            .as("a session takes the new value with its next message, and is told of reported ones")
            .anyMatch(m -> m.type() == 'D' && m.texts().equals(List.of("7MB")))
            .anyMatch(m -> m.type() == 'S' && m.pair().getValue().equals("Europe/Berlin"));
        assertThat(texts(other.query("SHOW max_connections"))).containsExactly("20000");
      }
      // Closing kills it.
    }
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      assertThat(
              query(
                  port,
                  "SHOW max_connections",
                  "SHOW timezone",
                  "SHOW work_mem",
                  "SHOW search_path"))
          .containsExactly("7", "Europe/Berlin", "7MB", "\"it's\", public");
      query(port, "ALTER SYSTEM RESET max_connections");
      assertThat(query(port, KEPT))
          .containsExactly("TimeZone=Europe/Berlin work_mem=7MB search_path=\"it's\", public");
    }
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      assertThat(query(port, "SHOW max_connections")).containsExactly("20000");
      query(port, "ALTER SYSTEM RESET ALL");
    }
    try (ServerProcess server = serverOn(data)) {
      assertThat(query(server.awaitPort(), KEPT, "SHOW work_mem")).hasSize(2).doesNotContain("7MB");
    }
  }

  @Test
  void archivingCanBeSwitchedOn(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("data");
    Path archive = Files.createDirectory(folder.resolve("archive"));
    try (ServerProcess server = serverOn(data)) {
      query(
          server.awaitPort(),
          "ALTER SYSTEM SET archive_mode = on",
          "ALTER SYSTEM SET archive_command = 'test ! -e \""
              + archive
              + "/%f\" && cp %p \""
              + archive
              + "\"'");
    }
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      assertThat(query(port, "SHOW archive_mode")).containsExactly("on");
      query(port, "CREATE TABLE t (a int)", "SELECT pg_switch_wal()");
      server.terminate();
      assertThat(server.awaitExit()).isIn(0, 143);
    }
    try (var segments = Files.list(archive)) {
      assertThat(segments).isNotEmpty();
    }
    try (ServerProcess server = serverOn(data, "--archive-command", "cat %p > /dev/null")) {
      int port = server.awaitPort();
      query(port, "ALTER SYSTEM SET archive_command = 'exit 1'", "SELECT pg_reload_conf()");
      assertThat(query(port, "SHOW archive_command"))
          .as("an option of the start wins")
          .containsExactly("cat %p > /dev/null");
      assertThat(query(port, "SELECT source FROM pg_settings WHERE name = 'archive_command'"))
          .containsExactly("command line");
    }
  }

  @Test
  void whatIsNotBuiltIsRefused() {
    String[] options = {"--memory", "--port", "0", "--http-port", "0"};
    try (ServerProcess server = ServerProcess.start(Map.of(), options);
        WireClient client = WireClient.connect("127.0.0.1", server.awaitPort(), "postgres")) {
      for (String setting :
          List.of(
              "restart_after_crash = off",
              "port = 1",
              "fsync = on",
              "wal_level = logical",
              "hot_standby = off")) {
        assertThat(client.query("ALTER SYSTEM SET " + setting))
            .as(setting)
            .anyMatch(m -> m.type() == 'E' && m.sqlState().equals("0A000"));
      }
      assertThat(texts(client.query("ALTER SYSTEM SET shared_buffers = '1GB'"))).isEmpty();
      assertThat(texts(client.query(KEPT))).containsExactly("shared_buffers=1GB");
    }
  }
}
