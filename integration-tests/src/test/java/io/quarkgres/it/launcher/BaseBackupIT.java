package io.quarkgres.it.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quarkgres.it.wire.Message;
import io.quarkgres.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's own {@code pg_basebackup} copies a running server. */
class BaseBackupIT {
  @TempDir Path folder;
  private String client;

  /** Takes the client of version 15 or later, which comes with PostgreSQL's client programs. */
  @BeforeEach
  void findClient() throws IOException {
    List<Path> folders = new ArrayList<>();
    Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).forEach(folders::add);
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.map(version -> version.resolve("bin")).forEach(folders::add);
      }
    }
    client =
        folders.stream()
            .map(bin -> bin.resolve("pg_basebackup"))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse(null);
    assumeThat(client).as("pg_basebackup is not installed").isNotNull();
  }

  private static ServerProcess serverOn(Path data) {
    return ServerProcess.start(
        Map.of(), "--data", data.toString(), "--port", "0", "--http-port", "0");
  }

  private static List<String> query(int port, String sql) {
    List<String> rows = new ArrayList<>();
    try (WireClient session = WireClient.connect("127.0.0.1", port, "postgres")) {
      for (Message message : session.query(sql)) {
        assertThat(message.type()).as("%s", message).isNotEqualTo('E');
        if (message.type() == 'D') {
          rows.add(message.texts().getFirst());
        }
      }
    }
    return rows;
  }

  private String run(int exit, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exit);
    return output;
  }

  private String backup(int exit, int port, Path to, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(client, "-h", "127.0.0.1", "-p", Integer.toString(port)));
    command.addAll(List.of("-U", "postgres", "-w", "-D", to.toString()));
    command.addAll(List.of(more));
    return run(exit, command.toArray(String[]::new));
  }

  private static void fill(int port) {
    query(
        port,
        "CREATE TABLE kept (a int PRIMARY KEY, t text);"
            + " INSERT INTO kept SELECT i, repeat('x', 500) FROM generate_series(1, 5000) i;"
            + " CHECKPOINT");
    query(port, "INSERT INTO kept VALUES (0, 'in the log only')");
  }

  /** Inserts rows and makes checkpoints until it is interrupted. */
  private static void write(int port, AtomicLong acknowledged) {
    while (!Thread.currentThread().isInterrupted()) {
      long next = acknowledged.get() + 1;
      query(port, "INSERT INTO kept VALUES (" + next + ", 'meanwhile')");
      if (next % 20 == 0) {
        query(port, "CHECKPOINT");
      }
      acknowledged.set(next);
    }
  }

  private static void isWhole(Path data, long least) {
    try (ServerProcess server = serverOn(data)) {
      int port = server.awaitPort();
      List<String> rows = query(port, "SELECT count(*) FROM kept WHERE a >= 0");
      assertThat(Long.parseLong(rows.getFirst())).isGreaterThanOrEqualTo(least);
      assertThat(query(port, "SELECT t FROM kept WHERE a = 0")).containsExactly("in the log only");
    }
  }

  @Test
  void aServerStartsOnWhatItCopied() throws Exception {
    Path plain = folder.resolve("plain");
    Path tar = folder.resolve("tar");
    AtomicLong acknowledged = new AtomicLong(5000);
    try (ServerProcess server = serverOn(folder.resolve("data"))) {
      int port = server.awaitPort();
      fill(port);
      Thread writer = Thread.ofPlatform().start(() -> write(port, acknowledged));
      while (acknowledged.get() < 5010) {
        Thread.onSpinWait();
      }
      assertThat(backup(1, port, folder.resolve("stream"), "-X", "stream"))
          .contains("CREATE_REPLICATION_SLOT is not supported yet", "--wal-method=fetch");
      String told = backup(0, port, plain, "-X", "fetch", "-P", "-c", "fast", "-l", "a label");
      assertThat(told).contains("100%");
      backup(0, port, tar, "-X", "none", "-F", "tar", "--manifest-checksums=SHA256");
      writer.interrupt();
      writer.join();
    }
    assertThat(Files.readString(plain.resolve("backup_label"))).contains("LABEL: a label");
    isAsListed(plain);
    try (ServerProcess check =
        ServerProcess.start(Map.of(), "verify", "--data", plain.toString())) {
      assertThat(check.awaitExit()).as("%s", check.output()).isZero();
    }
    isWhole(plain, 5010);
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    run(0, "tar", "-xf", tar.resolve("base.tar").toString(), "-C", unpacked.toString());
    isWhole(unpacked, 5010);
  }

  /** Asks PostgreSQL whether the list of files fits, if its program for that is there, too. */
  private void isAsListed(Path copy) throws Exception {
    Path program = Path.of(client).resolveSibling("pg_verifybackup");
    if (Files.isExecutable(program)) {
      run(0, program.toString(), "-n", copy.toString());
    }
  }

  @Test
  void whatCannotBeCopiedIsSaid() throws Exception {
    String[] memory = {"--memory", "--port", "0", "--http-port", "0"};
    try (ServerProcess server = ServerProcess.start(Map.of(), memory)) {
      int port = server.awaitPort();
      query(port, "CREATE ROLE nobody LOGIN");
      assertThat(backup(1, port, folder.resolve("a"), "-X", "fetch"))
          .contains("a base backup of data in memory is not supported");
      assertThat(backup(1, port, folder.resolve("c"), "-X", "fetch", "-U", "nobody"))
          .contains("must be superuser or replication role to start walsender");
      assertThat(
              backup(1, port, folder.resolve("d"), "-X", "fetch", "-z", "--compress=server-gzip"))
          .contains("by the server is not supported");
    }
  }
}
