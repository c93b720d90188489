package io.quarkgres.it.client;

import io.quarkgres.it.OraclePostgres;
import io.quarkgres.it.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs one of PostgreSQL's client programs against a database. Thread: any.
///
/// @param output what it wrote to both its outputs, in the order in which it did
record Program(int exitCode, String output) {
  private static final long TIMEOUT_SECONDS = 180;
  private static final int KILLED = 128 + 9;

  /// Runs the program with these arguments, and `input` as its standard input.
  static Program run(TestDatabase database, String program, String input, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(OraclePostgres.bin().resolve(program).toString());
    command.addAll(
        List.of(
            "-h",
            database.server().host(),
            "-p",
            Integer.toString(database.server().port()),
            "-U",
            "postgres"));
    command.addAll(List.of(arguments));
    command.add(database.name());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PSQL_PAGER", "");
    builder.environment().put("PSQLRC", "/dev/null");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PGAPPNAME", program);
    return run(builder, input);
  }

  /// Runs a program that is ready to be started, with `input` as its standard input.
  static Program run(ProcessBuilder builder, String input) {
    String name = builder.command().getFirst();
    try {
      Process process = builder.redirectErrorStream(true).start();
      // Ends the process, and so the reading of its output, if it does not end by itself.
      CompletableFuture.runAsync(
          process::destroyForcibly,
          CompletableFuture.delayedExecutor(TIMEOUT_SECONDS, TimeUnit.SECONDS));
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.waitFor();
      if (exitCode == KILLED) {
        throw new IllegalStateException(name + " does not end:\n" + output);
      }
      return new Program(exitCode, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
