package io.quarkgres.bench.compare;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs all comparisons and writes {@code compare.md} and a chart for each form of queries. */
public final class Compare {
  private Compare() {}

  /**
   * Compares running servers.
   *
   * @param arguments {@code name=value}: {@code anchor} and {@code port}, the ports of PostgreSQL
   *     and of our server; {@code anchor-pid-file}, {@code pid}; {@code pgbench}, the program;
   *     {@code out}, a folder; {@code cold-anchor} and {@code cold}, the commands that start
   *     servers on {@code cold-anchor-port} and {@code cold-port}; {@code parts}, of queries,
   *     pgbench, copy, connections and start
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Map<String, String> options = new HashMap<>();
    for (String argument : arguments) {
      int split = argument.indexOf('=');
      options.put(argument.substring(0, split), argument.substring(split + 1));
    }
    int anchor = Integer.parseInt(options.get("anchor"));
    int port = Integer.parseInt(options.get("port"));
    Path out = Path.of(options.get("out"));
    List<Report> reports = new ArrayList<>();
    for (String part : options.get("parts").split(",")) {
      switch (part) {
        case "queries" -> {
          List<Workload> workloads = Workload.read("queries.sql");
          reports.add(queries(anchor, port, workloads, out));
          reports.add(new Throughput(anchor, port, small(workloads)).run());
        }
        case "pgbench" ->
            reports.add(new PgBench(Path.of(options.get("pgbench")), anchor, port).run());
        case "copy" -> reports.add(new Copies(anchor, port).run());
        case "start" ->
            reports.add(
                new Starts(
                        options.get("cold-anchor"),
                        Integer.parseInt(options.get("cold-anchor-port")),
                        options.get("cold"),
                        Integer.parseInt(options.get("cold-port")))
                    .run());
        case "connections" ->
            reports.add(
                new Connections(
                        Path.of(options.get("anchor-pid-file")),
                        anchor,
                        Long.parseLong(options.get("pid")),
                        port)
                    .run());
        default -> throw new IllegalArgumentException("no such part: " + part);
      }
      write(reports, out.resolve("compare.md"));
    }
  }

  /** Writes what there is after each part, so that a long run is not lost. */
  private static void write(List<Report> reports, Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      for (Report report : reports) {
        report.writeMarkdown(writer);
      }
    }
  }

  /**
   * Those that a server asked by many at once may get: none that takes PostgreSQL half a second.
   */
  private static List<Workload> small(List<Workload> workloads) {
    return workloads.stream()
        .filter(workload -> !workload.name().startsWith("big"))
        .filter(workload -> !workload.name().equals("correlated subquery"))
        .toList();
  }

  private static Report queries(int anchor, int port, List<Workload> workloads, Path out)
      throws IOException, SQLException {
    try (Target postgres = new Target.Server("PostgreSQL", anchor);
        Target quarkgres = new Target.Server("Quarkgres", port);
        Target duckDb = new Target.DuckDb()) {
      Report report = new Queries(List.of(postgres, quarkgres, duckDb)).run(workloads);
      List<String> forms = Queries.forms();
      for (int i = 0; i < forms.size(); i++) {
        Path chart = out.resolve("queries-" + forms.get(i).replace(' ', '-') + ".svg");
        report.writeChart(chart, 2 + i);
      }
      return report;
    }
  }
}
