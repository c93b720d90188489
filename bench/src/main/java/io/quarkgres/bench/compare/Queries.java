package io.quarkgres.bench.compare;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Analytical queries, one connection: the time from sending a query to having its last row. The
 * first target is the anchor. All are warm: what the start costs is measured elsewhere.
 */
final class Queries {
  private static final long WARM_UP_NANOS = 800_000_000L;
  private static final long MEASURE_NANOS = 600_000_000L;
  private static final int RUNS_MIN = 7;

  /** How a query comes. */
  enum Form {
    REPEATED("repeated"),
    VARYING_TEXT("varying text"),
    VARYING_PARAMETER("varying parameter");

    private final String title;

    Form(String title) {
      this.title = title;
    }
  }

  /** A number that no query has had yet, so that no cache of results can answer. */
  private int n;

  private final List<Target> targets;

  Queries(List<Target> targets) {
    this.targets = targets;
  }

  /** Loads the tables, checks and measures all queries; returns the report. */
  Report run(List<Workload> workloads) throws IOException, SQLException {
    for (String statement : Workload.text("tables.sql").split(";\\s*\n")) {
      if (!statement.isBlank()) {
        for (Target target : targets) {
          target.run(statement);
        }
      }
    }
    List<String> header = new ArrayList<>(List.of("query", targets.getFirst().name() + ", ms"));
    for (Target target : targets.subList(1, targets.size())) {
      for (Form form : Form.values()) {
        header.add(target.name() + ", " + form.title);
      }
    }
    header.add("answers");
    Report report = new Report("Queries, one connection", header);
    for (Workload workload : workloads) {
      measure(workload, report);
    }
    report.geometricMeans();
    return report;
  }

  private void measure(Workload workload, Report report) throws IOException, SQLException {
    String answers = check(workload);
    Map<Form, double[]> medians = new EnumMap<>(Form.class);
    for (Form form : Form.values()) {
      medians.put(form, medians(workload, form));
    }
    List<Object> row = new ArrayList<>();
    row.add(workload.name());
    row.add(new Report.Millis(medians.get(Form.VARYING_PARAMETER)[0]));
    for (int target = 1; target < targets.size(); target++) {
      for (Form form : Form.values()) {
        double[] times = medians.get(form);
        row.add(new Report.Ratio(times[0] / times[target]));
      }
    }
    row.add(answers);
    report.add(row);
  }

  private String check(Workload workload) throws IOException, SQLException {
    List<String> wrong = new ArrayList<>();
    for (int number : new int[] {0, 3, 50}) {
      Answer expected = targets.getFirst().answer(workload.with(number));
      for (Target target : targets) {
        if (!target.answer(workload.with(number)).equals(expected)
            && !wrong.contains(target.name())) {
          wrong.add(target.name());
        }
      }
    }
    return wrong.isEmpty() ? "same" : "**different: " + String.join(", ", wrong) + "**";
  }

  private double[] medians(Workload workload, Form form) throws IOException, SQLException {
    List<List<Double>> samples = new ArrayList<>();
    for (Target target : targets) {
      samples.add(new ArrayList<>());
      long end = System.nanoTime() + WARM_UP_NANOS;
      do {
        once(target, workload, form);
      } while (System.nanoTime() < end);
    }
    long end = System.nanoTime() + MEASURE_NANOS * targets.size();
    for (int run = 0; run < RUNS_MIN || System.nanoTime() < end; run++) {
      for (int i = 0; i < targets.size(); i++) {
        int target = (run + i) % targets.size();
        samples.get(target).add(once(targets.get(target), workload, form));
      }
    }
    return samples.stream().mapToDouble(Report::median).toArray();
  }

  /** Runs a query; returns its time in milliseconds. */
  private double once(Target target, Workload workload, Form form)
      throws IOException, SQLException {
    n = n == 1_000_000 ? 1 : n + 1;
    // Numbers below zero vary the text and leave the work the same.
    int number = -n;
    String text = form == Form.VARYING_TEXT ? workload.with(number) : "";
    long start = System.nanoTime();
    switch (form) {
      case REPEATED -> target.run(workload, 0);
      case VARYING_TEXT -> target.run(text);
      case VARYING_PARAMETER -> target.run(workload, number);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** Returns the titles of the forms. */
  static List<String> forms() {
    return Arrays.stream(Form.values()).map(form -> form.title).toList();
  }
}
