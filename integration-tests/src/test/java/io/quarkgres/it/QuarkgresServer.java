package io.quarkgres.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Starts the packaged server as a child process on a free port, with its data in memory.
///
/// The jar is `-Dquarkgres.server.jar`, or the one in `server/target`. Assertions are on.
public final class QuarkgresServer {
  private QuarkgresServer() {}

  /// Starts a server with an extra heap limit or other JVM options in front of the usual ones.
  public static ServerUnderTest start(String... jvmOptions) {
    return start(List.of("--memory"), Process::destroy, jvmOptions);
  }

  /// Starts a server with its data in a directory; closing it kills it as a power cut would.
  public static ServerUnderTest startOn(Path data, String... jvmOptions) {
    return start(
        List.of("--data", data.toString()),
        process -> process.destroyForcibly().onExit().join(),
        jvmOptions);
  }

  private static ServerUnderTest start(
      List<String> storage, ChildServer.StopAction stop, String... jvmOptions) {
    int port = ChildServer.freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-ea:io.quarkgres..."));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(storage);
    command.addAll(
        List.of(
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--http-port",
            Integer.toString(ChildServer.freePort())));
    return new ChildServer("quarkgres", command, port, stop);
  }

  private static Path jar() {
    String configured = System.getProperty("quarkgres.server.jar");
    if (configured != null) {
      return Path.of(configured).normalize();
    }
    Path target = Repository.root().resolve("server/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no *-runner.jar in " + target));
    } catch (IOException e) {
      throw new UncheckedIOException("the server is not built", e);
    }
  }
}
