package io.quarkgres.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Connections that have run a query and are idle: time to open them, memory of the processes. */
final class Connections {
  private final Path anchorPidFile;
  private final int anchorPort;
  private final long pid;
  private final int port;

  /**
   * Makes the measurement.
   *
   * @param anchorPidFile whose first line is PostgreSQL's process
   * @param pid of our server
   */
  Connections(Path anchorPidFile, int anchorPort, long pid, int port) {
    this.anchorPidFile = anchorPidFile;
    this.anchorPort = anchorPort;
    this.pid = pid;
    this.port = port;
  }

  Report run() throws IOException {
    Report report =
        new Report(
            "Idle connections",
            List.of(
                "server",
                "connections",
                "connect and SELECT 1, ms",
                "process, KiB each",
                "live heap, KiB each"));
    long anchorPid = Long.parseLong(Files.readAllLines(anchorPidFile).getFirst().strip());
    for (int count : new int[] {100, 400}) {
      open(report, "PostgreSQL", anchorPid, anchorPort, count);
    }
    for (int count : new int[] {100, 400, 1_000, 5_000}) {
      open(report, "Quarkgres", pid, port, count);
    }
    return report;
  }

  private static void open(Report report, String name, long pid, int port, int count)
      throws IOException {
    boolean isJava = name.equals("Quarkgres");
    long heapBefore = isJava ? ProcessMemory.liveHeapKib(pid) : 0;
    long before = ProcessMemory.pssKib(pid);
    long processes = processes(pid);
    List<Wire> open = new ArrayList<>();
    try {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        Wire wire = new Wire(port);
        open.add(wire);
        wire.query("SELECT 1");
      }
      double millis = (System.nanoTime() - start) / 1e6 / count;
      double each = (ProcessMemory.pssKib(pid) - before) / (double) count;
      double heap =
          isJava ? (ProcessMemory.liveHeapKib(pid) - heapBefore) / (double) count : Double.NaN;
      report.add(
          List.of(
              name,
              count,
              new Report.Millis(millis),
              Math.round(each * 10) / 10.0,
              isJava ? (Object) (Math.round(heap * 10) / 10.0) : ""));
    } finally {
      for (Wire wire : open) {
        wire.close();
      }
      while (processes(pid) > processes) { // PostgreSQL's processes take a moment to go
        Thread.onSpinWait();
      }
    }
  }

  private static long processes(long pid) {
    return ProcessHandle.of(pid).orElseThrow().descendants().count();
  }
}
