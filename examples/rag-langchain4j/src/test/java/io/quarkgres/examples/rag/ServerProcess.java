package io.quarkgres.examples.rag;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server as a process of its own, with its data in memory. One thread. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening for PostgreSQL clients on .+:([0-9]+)$");

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the jar that {@code -Dquarkgres.server.jar} names, on a free port. */
  static ServerProcess start() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "-ea:io.quarkgres...",
            "-jar",
            Path.of(System.getProperty("quarkgres.server.jar")).normalize().toString(),
            "--memory",
            "--port",
            "0",
            "--http-port",
            "0");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new ServerProcess(process, awaitPort(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int awaitPort(Process process) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder output = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      output.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        drain(reader);
        return Integer.parseInt(listening.group(1));
      }
    }
    throw new IllegalStateException("the server ended before it listened:\n" + output);
  }

  /** Reads on, so that the server never waits for somebody to read its log. */
  private static void drain(BufferedReader reader) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (reader.readLine() != null) {
              // Nobody looks at it.
            }
          } catch (IOException e) {
            // The process has ended.
          }
        });
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
