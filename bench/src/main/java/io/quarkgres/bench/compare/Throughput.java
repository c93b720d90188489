package io.quarkgres.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Analytical queries of all kinds in turn, eight connections at once: how many a second. The tables
 * are those of {@link Queries}, which has checked the answers.
 */
final class Throughput {
  private static final int CLIENTS = 8;
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final int anchorPort;
  private final int port;
  private final List<Workload> workloads;

  Throughput(int anchorPort, int port, List<Workload> workloads) {
    this.anchorPort = anchorPort;
    this.port = port;
    this.workloads = workloads;
  }

  Report run() throws IOException, InterruptedException {
    Report report =
        new Report(
            "Queries, " + CLIENTS + " connections",
            List.of("form", "PostgreSQL, queries/s", "Quarkgres, queries/s", "ratio"));
    for (boolean varies : new boolean[] {false, true}) {
      double[] rates = new double[2];
      int[] ports = {anchorPort, port};
      for (int i = 0; i < ports.length; i++) {
        rate(ports[i], varies, WARM_UP_NANOS);
        rates[i] = rate(ports[i], varies, MEASURE_NANOS);
      }
      report.add(
          List.of(
              varies ? "varying parameter" : "repeated",
              Math.round(rates[0]),
              Math.round(rates[1]),
              new Report.Ratio(rates[1] / rates[0])));
    }
    return report;
  }

  /** Returns queries a second of all clients together. */
  private double rate(int serverPort, boolean varies, long nanos)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long total = 0;
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int first = client;
        counts.add(clients.submit(() -> count(serverPort, first, varies, start + nanos)));
      }
      for (Future<Long> count : counts) {
        total += count.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return total * 1e9 / (System.nanoTime() - start);
  }

  private long count(int serverPort, int first, boolean varies, long end) throws IOException {
    try (Target.Server server = new Target.Server("", serverPort)) {
      int done = 0;
      for (; System.nanoTime() < end; done++) {
        // Numbers below zero vary the text and leave the work the same.
        int number = varies ? -(done * CLIENTS + first) : 0;
        server.run(workloads.get((first + done) % workloads.size()), number);
      }
      return done;
    }
  }
}
