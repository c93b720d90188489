package io.quarkgres.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own benchmark, pgbench, against both servers in turns. */
final class PgBench {
  private static final int SCALE = 10;
  private static final int SECONDS = 4;
  private static final int ROUNDS = 3;
  private static final int[] CLIENTS = {1, 8, 50};
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

  private final Path program;
  private final int anchorPort;
  private final int port;

  PgBench(Path program, int anchorPort, int port) {
    this.program = program;
    this.anchorPort = anchorPort;
    this.port = port;
  }

  /** Runs the read-only and the TPC-B-like script with 1, 8 and 50 clients. */
  Report run() throws IOException, InterruptedException {
    Report report =
        new Report(
            "pgbench, scale " + SCALE,
            List.of("script", "protocol", "clients", "PostgreSQL, tps", "Quarkgres"));
    for (int server : new int[] {anchorPort, port}) {
      pgbench(server, List.of("-i", "-s", Integer.toString(SCALE), "-q"));
    }
    for (String script : List.of("select-only", "tpcb-like")) {
      for (String protocol : List.of("simple", "prepared")) {
        for (int clients : CLIENTS) {
          List<Double> anchor = new ArrayList<>();
          List<Double> ours = new ArrayList<>();
          for (int round = 0; round < ROUNDS; round++) {
            anchor.add(tps(anchorPort, script, protocol, clients));
            ours.add(tps(port, script, protocol, clients));
          }
          double base = Report.median(anchor);
          report.add(
              List.of(
                  script,
                  protocol,
                  clients,
                  Math.round(base),
                  new Report.Ratio(Report.median(ours) / base)));
        }
      }
    }
    checkBalances();
    return report;
  }

  /** The sums of the balances of accounts, tellers and branches are that of the history. */
  private void checkBalances() throws IOException {
    try (Wire wire = new Wire(port)) {
      byte[] sums =
          wire.rowsOf(
              "SELECT DISTINCT s FROM (SELECT sum(abalance) AS s FROM pgbench_accounts UNION ALL"
                  + " SELECT sum(tbalance) FROM pgbench_tellers UNION ALL"
                  + " SELECT sum(bbalance) FROM pgbench_branches UNION ALL"
                  + " SELECT sum(delta) FROM pgbench_history) t");
      if (Answer.of(sums).rows() != 1) {
        throw new IOException("the sums of balances differ after pgbench");
      }
    }
  }

  private double tps(int server, String script, String protocol, int clients)
      throws IOException, InterruptedException {
    String output =
        pgbench(
            server,
            List.of(
                "-n",
                "-b",
                script,
                "-M",
                protocol,
                "-T",
                Integer.toString(SECONDS),
                "-c",
                Integer.toString(clients),
                "-j",
                clients == 1 ? "1" : "2"));
    Matcher matcher = TPS.matcher(output);
    if (!matcher.find()) {
      throw new IOException("pgbench says nothing of tps: " + output);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private String pgbench(int server, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(
        List.of("-h", "127.0.0.1", "-p", Integer.toString(server), "-U", "postgres", "postgres"));
    command.addAll(1, arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed:\n" + output);
    }
    return output;
  }
}
