package io.quarkgres.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** COPY of a million rows from and to the client, in text and CSV. */
final class Copies {
  private static final int ROWS = 1_000_000;
  private static final int ROUNDS = 3;

  private final int anchorPort;
  private final int port;

  Copies(int anchorPort, int port) {
    this.anchorPort = anchorPort;
    this.port = port;
  }

  Report run() throws IOException {
    Report report =
        new Report(
            "COPY of " + ROWS + " rows",
            List.of("direction", "format", "PostgreSQL, rows/s", "Quarkgres", "answers"));
    for (String format : List.of("text", "csv")) {
      byte[] data = data(format.equals("csv") ? ',' : '\t');
      List<List<Double>> in = List.of(new ArrayList<>(), new ArrayList<>());
      List<List<Double>> out = List.of(new ArrayList<>(), new ArrayList<>());
      Answer[] sums = new Answer[2];
      for (int round = 0; round < ROUNDS; round++) {
        for (int server = 0; server < 2; server++) {
          try (Wire wire = new Wire(server == 0 ? anchorPort : port)) {
            wire.query("DROP TABLE IF EXISTS copied");
            wire.query("CREATE UNLOGGED TABLE copied (id int, n bigint, name text, x float8)");
            long start = System.nanoTime();
            wire.copyIn("COPY copied FROM STDIN (FORMAT " + format + ")", data);
            in.get(server).add((System.nanoTime() - start) / 1e9);
            start = System.nanoTime();
            wire.query("COPY copied TO STDOUT (FORMAT " + format + ")");
            out.get(server).add((System.nanoTime() - start) / 1e9);
            sums[server] =
                Answer.of(
                    wire.rowsOf(
                        "SELECT count(*), sum(id), sum(n), max(name), sum(length(name)), sum(x)"
                            + " FROM copied"));
          }
        }
      }
      String answers = sums[0].equals(sums[1]) ? "same" : "**different**";
      add(report, "FROM STDIN", format, in, answers);
      add(report, "TO STDOUT", format, out, answers);
    }
    return report;
  }

  private static void add(
      Report report, String direction, String format, List<List<Double>> times, String answers) {
    double base = Report.median(times.getFirst());
    double ours = Report.median(times.getLast());
    report.add(
        List.of(
            direction, format, Math.round(ROWS / base), new Report.Ratio(base / ours), answers));
  }

  private static byte[] data(char separator) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      text.append(i)
          .append(separator)
          .append(i * 1_000_003L)
          .append(separator)
          .append("name ")
          .append(i % 9973)
          .append(separator)
          .append(i % 4096 / 64.0)
          .append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
