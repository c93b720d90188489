package io.quarkgres.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the data is kept, what becomes of a directory that cannot be used, and the commands. */
class DataDirectoryIT {
  private static final Map<String, String> NO_VARIABLES = Map.of();

  private static ServerProcess serverOn(Path data, String... more) {
    List<String> options =
        new ArrayList<>(List.of("--data", data.toString(), "--port", "0", "--http-port", "0"));
    options.addAll(List.of(more));
    return ServerProcess.start(NO_VARIABLES, options.toArray(String[]::new));
  }

  private static List<String> query(int port, String sql) {
    List<String> rows = new ArrayList<>();
    try (WireClient client = WireClient.connect("127.0.0.1", port, "postgres")) {
      for (Message message : client.query(sql)) {
        assertThat(message.type()).as("%s", message).isNotEqualTo('E');
        if (message.type() == 'D') {
          rows.add(message.texts().getFirst());
        }
      }
    }
    return rows;
  }

  /** Makes a directory with a table of three rows, the last of which no checkpoint has. */
  private static void fill(Path data) {
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      query(port, "CREATE TABLE kept (a int); INSERT INTO kept VALUES (1), (2); CHECKPOINT");
      query(port, "INSERT INTO kept VALUES (3)");
      // Closing kills it.
    }
  }

  private static List<String> command(int exit, String... arguments) {
    try (ServerProcess process = ServerProcess.start(NO_VARIABLES, arguments)) {
      int code = process.awaitExit();
      assertThat(code).as("%s", process.output()).isEqualTo(exit);
      return process.output();
    }
  }

  private static void refused(Path data, String... message) {
    try (ServerProcess server = serverOn(data)) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.output())
          .filteredOn(line -> line.contains("ERROR") || line.contains("data directory"))
          .last()
          .asString()
          .contains(message);
    }
  }

  @Test
  void aPlainStartKeepsDataInTheHomeDirectory(@TempDir Path home) {
    Map<String, String> variables = Map.of("JDK_JAVA_OPTIONS", "-Duser.home=" + home);
    String[] options = {"--port", "0", "--http-port", "0"};
    try (ServerProcess server = ServerProcess.start(variables, options)) {
      query(server.awaitPort(), "CREATE TABLE kept AS SELECT 7 AS a");
      assertThat(server.output())
          .anyMatch(line -> line.endsWith("data is kept in " + home.resolve(".quarkgres/data")));
    }
    try (ServerProcess again = ServerProcess.start(variables, options)) {
      assertThat(query(again.awaitPort(), "SELECT a FROM kept")).containsExactly("7");
    }
  }

  @Test
  void fsyncIsOffOnlyWithAWarning(@TempDir Path folder) {
    try (ServerProcess server = serverOn(folder.resolve("data"), "--no-fsync")) {
      assertThat(query(server.awaitPort(), "SHOW fsync")).containsExactly("off");
      assertThat(server.output()).anyMatch(line -> line.contains("WARN") && line.contains("fsync"));
    }
    try (ServerProcess server = serverOn(folder.resolve("data"))) {
      assertThat(query(server.awaitPort(), "SHOW fsync")).containsExactly("on");
    }
  }

  @Test
  void aDirectoryInUseIsRefused(@TempDir Path data) {
    try (ServerProcess server = serverOn(data)) {
      server.awaitPort();
      refused(data, data.toString(), "is in use by another server", "--data");
      assertThat(command(2, "verify", "--data", data.toString()))
          .anyMatch(line -> line.contains("is in use by another server"));
    }
  }

  @Test
  void dataOfAnotherVersionIsRefused(@TempDir Path data) throws IOException {
    fill(data);
    Files.writeString(data.resolve("quarkgres.format"), "quarkgres data, format 999\n");
    refused(data, "made by another version", "format 999", "Start the version");
  }

  @Test
  void whatIsNoDataDirectoryIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    refused(file, file.toString(), "not a directory");
    refused(folder, folder.toString(), "is not empty and has no quarkgres.format");
    assertThat(Files.readString(file)).isEqualTo("text");
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsRefused(@TempDir Path data) throws IOException {
    assertThat(data.toFile().setWritable(false)).isTrue();
    try {
      assumeThat(Files.isWritable(data)).as("the super-user writes anywhere").isFalse();
      refused(data, data.toString(), "permission denied", "--memory");
    } finally {
      assertThat(data.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void damageIsNamedAndRefused(@TempDir Path data) throws IOException {
    fill(data);
    assertThat(command(0, "verify", "--data", data.toString()))
        .anyMatch(line -> line.matches("ok +[0-9a-f]{16}\\.checkpoint"))
        .anyMatch(line -> line.endsWith("is sound"));
    Path checkpoint;
    try (Stream<Path> files = Files.list(data)) {
      checkpoint =
          files.filter(f -> f.toString().endsWith(".checkpoint")).findFirst().orElseThrow();
    }
    try (RandomAccessFile file = new RandomAccessFile(checkpoint.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int old = file.read();
      file.seek(file.length() / 2);
      file.write(old ^ 4);
    }
    assertThat(command(1, "verify", "--data", data.toString()))
        .anyMatch(
            line -> line.matches("DAMAGED .*" + checkpoint.getFileName() + ".* at offset .*"));
    refused(data, checkpoint.toString(), "is damaged", "Restore the data directory");
  }

  @Test
  void graphsComeBackWithTheirLinks(@TempDir Path data) {
    comesBack(data, "hnsw (e vector_l2_ops)", "1,949 vectors with their links, 101 to be linked");
  }

  @Test
  void listsComeBackWithTheirCentres(@TempDir Path data) {
    comesBack(
        data,
        "ivfflat (e vector_l2_ops) WITH (lists = 20)",
        "1,949 vectors in their lists, 101 in the nearest");
  }

  private static void comesBack(Path data, String index, String told) {
    String nearest = "SELECT id FROM docs ORDER BY e <-> '[0.5,0.5,0.5]' LIMIT 5";
    List<String> before;
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      query(port, "CREATE EXTENSION vector; CREATE TABLE docs (id int PRIMARY KEY, e vector(3))");
      String vectors =
          "INSERT INTO docs SELECT g, format('[%s,%s,%s]', random(), random(), random())::vector"
              + " FROM generate_series(";
      query(port, vectors + "1, 2000) g");
      query(port, "CREATE INDEX ON docs USING " + index);
      query(port, "CHECKPOINT");
      query(port, vectors + "2001, 2100) g");
      query(port, "DELETE FROM docs WHERE id <= 50");
      query(port, "UPDATE docs SET e = '[0.5,0.5,0.5]' WHERE id = 1000");
      before = query(port, nearest);
    }
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      assertThat(server.output()).anyMatch(line -> line.endsWith(told));
      assertThat(query(port, nearest)).isEqualTo(before).startsWith("1000");
      assertThat(query(port, "SET enable_seqscan = off; SELECT count(*) FROM docs"))
          .containsExactly("2050");
    }
  }

  @Test
  void aBuildThatWasCutOffLeavesTheTableAndNoIndex(@TempDir Path data) {
    String index = "CREATE INDEX docs_e ON docs USING hnsw (e vector_l2_ops)";
    String nearest =
        "SELECT id FROM docs ORDER BY e <-> (SELECT e FROM docs WHERE id = 77) LIMIT 1";
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      query(port, "CREATE EXTENSION vector; CREATE TABLE docs (id int PRIMARY KEY, e vector(64))");
      query(
          port,
          "INSERT INTO docs SELECT g, (SELECT array_agg(sin(g * 64 + i)) FROM"
              + " generate_series(1, 64) i)::real[]::vector FROM generate_series(1, 5000) g");
      try (WireClient builder = WireClient.connect("127.0.0.1", port, "postgres")) {
        builder.sendQuery(index + " WITH (m = 100, ef_construction = 1000)");
        while (query(port, "SELECT pid FROM pg_stat_progress_create_index WHERE tuples_done > 0")
            .isEmpty()) {
          Thread.onSpinWait();
        }
        assertThat(query(port, "SELECT count(*) FROM pg_class WHERE relname = 'docs_e'"))
            .as("the build is too short for this test")
            .containsExactly("0");
        server.kill();
      }
    }
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      assertThat(query(port, "SELECT count(*) FROM pg_class WHERE relname = 'docs_e'"))
          .containsExactly("0");
      assertThat(query(port, "SELECT count(*) + sum(id) FROM docs")).containsExactly("12507500");
      assertThat(query(port, nearest)).containsExactly("77");
      query(port, index);
      assertThat(query(port, "SET enable_seqscan = off; " + nearest)).containsExactly("77");
    }
  }

  @Test
  void aCopyOfARunningServerHasWhatWasCommitted(@TempDir Path folder) {
    Path data = folder.resolve("data");
    Path copy = folder.resolve("copy");
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      query(port, "CREATE TABLE kept AS SELECT g AS a FROM generate_series(1, 200000) g");
      query(port, "CHECKPOINT");
      query(port, "INSERT INTO kept VALUES (0)");
      command(0, "backup", "--data", data.toString(), "--to", copy.toString());
      query(port, "INSERT INTO kept VALUES (-1)");
      assertThat(command(2, "backup", "--data", data.toString(), "--to", copy.toString()))
          .anyMatch(line -> line.contains("is not empty"));
      try (ServerProcess restored = serverOn(copy)) {
        assertThat(query(restored.awaitPort(), "SELECT count(*)::text || min(a) FROM kept"))
            .containsExactly("2000010");
      }
    }
  }

  @Test
  void aBackupAndAnArchiveAreRestoredToAMomentBetweenTwoTransactions(@TempDir Path folder)
      throws IOException {
    Path data = folder.resolve("data");
    Path backup = folder.resolve("backup");
    Path archive = Files.createDirectory(folder.resolve("archive"));
    String between;
    try (ServerProcess server = serverOn(data, "--archive-command", "cp %p '" + archive + "'/%f")) {
      int port = server.awaitPort();
      assertThat(query(port, "SHOW archive_mode")).containsExactly("on");
      query(port, "CREATE TABLE kept (a int PRIMARY KEY); INSERT INTO kept VALUES (1)");
      command(0, "backup", "--data", data.toString(), "--to", backup.toString());
      query(port, "INSERT INTO kept VALUES (2)");
      between = query(port, "SELECT pg_current_wal_lsn()").getFirst();
      query(port, "INSERT INTO kept VALUES (3)");
      query(port, "SELECT pg_create_restore_point('three')");
      query(port, "DELETE FROM kept");
      server.terminate();
      server.awaitExit();
    }
    assertThat(restored(folder, "a", archive, "--target-lsn", between)).containsExactly("1", "2");
    assertThat(restored(folder, "b", archive, "--target-name", "three"))
        .containsExactly("1", "2", "3");
    assertThat(restored(folder, "c", archive, "--target-time", "2999-01-01 00:00:00+00")).isNull();
  }

  /** Restores to a target; returns the rows, {@code null} if that is refused. */
  private static List<String> restored(
      Path folder, String name, Path archive, String kind, String target) {
    Path to = folder.resolve(name);
    boolean isRefused = kind.equals("--target-time");
    List<String> output =
        command(
            isRefused ? 2 : 0,
            "restore",
            "--from",
            folder.resolve("backup").toString(),
            "--to",
            to.toString(),
            "--restore-command",
            "cp '" + archive + "'/%f %p",
            kind,
            target);
    if (isRefused) {
      assertThat(output).anyMatch(line -> line.contains("before the target"));
      return null;
    }
    try (ServerProcess server = serverOn(to)) {
      return query(server.awaitPort(), "SELECT a FROM kept ORDER BY a");
    }
  }
}
