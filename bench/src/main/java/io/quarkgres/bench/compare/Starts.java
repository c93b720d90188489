package io.quarkgres.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From the start of a process to its first answered {@code SELECT 1}, and its memory then. */
final class Starts {
  private static final int RUNS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final String anchorCommand;
  private final int anchorPort;
  private final String command;
  private final int port;

  /** Makes the measurement of two shell commands that run a server in the foreground. */
  Starts(String anchorCommand, int anchorPort, String command, int port) {
    this.anchorCommand = anchorCommand;
    this.anchorPort = anchorPort;
    this.command = command;
    this.port = port;
  }

  Report run() throws IOException, InterruptedException {
    Report report =
        new Report("Start", List.of("server", "to the first SELECT 1, ms (median)", "PSS, MiB"));
    List<Double> anchorMillis = new ArrayList<>();
    List<Double> anchorMemory = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      start(anchorCommand, anchorPort, anchorMillis, anchorMemory);
      start(command, port, millis, memory);
    }
    add(report, "PostgreSQL", anchorMillis, anchorMemory);
    add(report, "Quarkgres", millis, memory);
    return report;
  }

  private static void add(Report report, String name, List<Double> millis, List<Double> memory) {
    report.add(
        List.of(
            name,
            new Report.Millis(Report.median(millis)),
            Math.round(Report.median(memory) * 10) / 10.0));
  }

  private static void start(String command, int port, List<Double> millis, List<Double> memory)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder("bash", "-c", "exec " + command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitAnswer(process, port, start);
      millis.add((System.nanoTime() - start) / 1e6);
      memory.add(ProcessMemory.pssKib(process.pid()) / 1024.0);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  /** Asks again and again, since a server says in different ways that it is not there yet. */
  private static void awaitAnswer(Process process, int port, long start)
      throws IOException, InterruptedException {
    while (true) {
      try (Wire wire = new Wire(port)) {
        wire.query("SELECT 1");
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }
}
