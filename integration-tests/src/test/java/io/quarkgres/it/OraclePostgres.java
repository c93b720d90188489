package io.quarkgres.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Starts a private real PostgreSQL in a temporary folder: C.UTF-8, UTC, nothing synced to disk.
///
/// `-Dquarkgres.it.postgres.bin` names its folder of programs. PostgreSQL refuses to run as root,
/// so as root it is run as the user `postgres`, or `nobody` where there is none.
public final class OraclePostgres {
  private static final Path DEBIAN_BIN = Path.of("/usr/lib/postgresql/15/bin");

  private OraclePostgres() {}

  /// Starts the PostgreSQL 15 of this machine.
  public static ServerUnderTest start() {
    return start(bin());
  }

  /// The folder with psql, pgbench and the server's programs.
  public static Path bin() {
    String configured = System.getProperty("quarkgres.it.postgres.bin");
    return configured == null ? DEBIAN_BIN : Path.of(configured);
  }

  /// Starts the PostgreSQL whose programs are in `bin`.
  public static ServerUnderTest start(Path bin) {
    if (!Files.isExecutable(bin.resolve("postgres"))) {
      throw new IllegalStateException("no PostgreSQL in " + bin);
    }
    Path folder = temporaryFolder();
    Path data = folder.resolve("data");
    List<String> runAs = runAs(folder);
    run(
        runAs,
        List.of(
            bin.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync"));
    int port = ChildServer.freePort();
    List<String> command = new ArrayList<>(runAs);
    command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data.toString()));
    Map<String, String> settings =
        Map.of(
            "port", Integer.toString(port),
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "timezone", "UTC",
            "log_timezone", "UTC",
            "fsync", "off",
            "synchronous_commit", "off",
            "full_page_writes", "off",
            "jit", "off",
            "autovacuum", "off");
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return new ChildServer(
        "postgres",
        command,
        port,
        process -> {
          run(List.of(), List.of("kill", "-QUIT", Long.toString(process.pid())));
          process.onExit().join();
          delete(folder);
        });
  }

  private static List<String> runAs(Path folder) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    String user = hasUser("postgres") ? "postgres" : "nobody";
    run(List.of(), List.of("chown", user, folder.toString()));
    // setpriv replaces itself by the program, so the child's process id is PostgreSQL's own.
    return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--");
  }

  private static boolean hasUser(String user) {
    try {
      return Files.readAllLines(Path.of("/etc/passwd")).stream()
          .anyMatch(line -> line.startsWith(user + ":"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(List<String> runAs, List<String> command) {
    List<String> whole = new ArrayList<>(runAs);
    whole.addAll(command);
    try {
      Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(whole + " failed:\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("quarkgres-oracle");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
