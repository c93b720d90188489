package io.quarkgres.bench.vector;

import io.quarkgres.bench.compare.Report;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares vector search with pgvector's, answers checked against exact ones that are computed
 * here: {@code scripts/bench-vectors} starts the servers and runs it. Writes {@code vectors.md} and
 * a file of points for each curve.
 */
public final class VectorCompare {
  private static final int EXACT_QUERIES = 20;
  private static final int FILTER_QUERIES = 100;
  private static final int INSERTS = 1000;
  private static final long MILLIS = 2000;
  private static final int ROUNDS = 3;
  private static final int[] FILTERS = {500, 100, 10, 1};
  private static final String ITERATIVE = "hnsw.iterative_scan = strict_order";

  private final VectorData data;
  private final Subject pgvector;
  private final Subject whole;
  private final Subject coded;
  private final Path out;
  private final String size;
  private final Report report;

  private VectorCompare(Map<String, String> options, String size) {
    this.size = size;
    this.out = Path.of(options.get("out"));
    String[] sizes = size.split("x");
    System.err.println("data of " + size + ", and what is nearest in them ...");
    this.data = new VectorData(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
    int anchor = Integer.parseInt(options.get("anchor"));
    long anchorPid = Long.parseLong(options.get("anchor-pid"));
    int port = Integer.parseInt(options.get("port"));
    long pid = Long.parseLong(options.get("pid"));
    this.pgvector = new Subject("pgvector", anchor, anchorPid, "items", "");
    this.whole = new Subject("none", port, pid, "items", "");
    this.coded = new Subject("sq8", port, pid, "items_sq8", "WITH (quantization = 'sq8')");
    this.report =
        new Report(
            size,
            List.of(
                "what", "pgvector", "Quarkgres", "times", "times by CPU", "at least", "answers"));
  }

  /**
   * Compares running servers.
   *
   * @param arguments {@code name=value}: {@code anchor}, {@code anchor-pid}, {@code port} and
   *     {@code pid} of PostgreSQL with pgvector and of our server; {@code out}, a folder; {@code
   *     sizes}, such as {@code 50000x768}; {@code parts}, of exact, memory, search, filters,
   *     inserts and replaced: tables are loaded and indexes built in any case
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> options = new HashMap<>();
    for (String argument : arguments) {
      int split = argument.indexOf('=');
      options.put(argument.substring(0, split), argument.substring(split + 1));
    }
    try (Writer writer = Files.newBufferedWriter(Path.of(options.get("out"), "vectors.md"))) {
      for (String size : options.get("sizes").split(",")) {
        VectorCompare compare = new VectorCompare(options, size);
        compare.run(List.of(options.get("parts").split(",")));
        compare.report.writeMarkdown(writer);
        writer.flush();
      }
    }
  }

  private void run(List<String> parts) throws IOException {
    load();
    if (parts.contains("exact")) {
      exact();
    }
    build();
    for (String part : parts) {
      switch (part) {
        case "exact" -> {}
        case "memory" -> memory();
        case "search" -> search();
        case "filters" -> filters();
        case "inserts" -> inserts();
        case "replaced" -> replaced();
        default -> throw new IllegalArgumentException("no such part: " + part);
      }
    }
  }

  private void rates(
      String what, Subject.Rate anchor, Subject.Rate ours, String wanted, String answers) {
    report.add(
        List.of(
            what,
            Math.round(anchor.perSecond()),
            Math.round(ours.perSecond()),
            new Report.Ratio(ours.perSecond() / anchor.perSecond()),
            new Report.Ratio(ours.perCpuSecond() / anchor.perCpuSecond()),
            wanted,
            answers));
  }

  private static String recalls(double anchor, double ours) {
    return String.format(Locale.ROOT, "recall %.3f, %.3f", anchor, ours);
  }

  private void exact() throws IOException {
    int[][] truth = data.nearest(row -> true);
    String off = "enable_indexscan = off";
    double anchor = pgvector.recall(data, truth, EXACT_QUERIES, VectorData.PARTS, off);
    double ours = whole.recall(data, truth, EXACT_QUERIES, VectorData.PARTS, off);
    String answers = anchor == 1 && ours == 1 ? "exact" : "**wrong**: " + recalls(anchor, ours);
    for (int connections : new int[] {1, 8}) {
      Subject.Rate[] rates = medians(VectorData.PARTS, connections, off);
      rates("exact, " + connections + " connections, queries/s", rates[0], rates[1], "5", answers);
    }
  }

  /** Measures searches of pgvector and of ours in turns. */
  private Subject.Rate[] medians(int below, int connections, String... settings)
      throws IOException {
    List<List<Subject.Rate>> samples = List.of(new ArrayList<>(), new ArrayList<>());
    whole.warmUp(data, connections, below, settings);
    pgvector.searches(data, connections, MILLIS, below, settings);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 2; i++) {
        Subject subject = i == 0 ? pgvector : whole;
        samples.get(i).add(subject.searches(data, connections, MILLIS, below, settings));
      }
    }
    return samples.stream()
        .map(of ->
            new Subject.Rate(
                Report.median(of.stream().map(Subject.Rate::perSecond).toList()),
                Report.median(of.stream().map(Subject.Rate::perCpuSecond).toList())))
        .toArray(Subject.Rate[]::new);
  }

  /** The first rows come to a server that has just been started, and has compiled nothing yet. */
  private void load() throws IOException {
    Subject.Rate anchor = pgvector.load(data);
    rates("COPY FROM, rows/s, the first time", anchor, whole.load(data), "", "");
    coded.load(data);
    coded.load(data);
    rates("COPY FROM, rows/s, the fourth time", pgvector.load(data), whole.load(data), "1", "");
  }

  private void build() throws IOException {
    Subject.Rate anchor = pgvector.build(data);
    rates("build, rows/s, the first time", anchor, whole.build(data), "", "");
    rates("build, rows/s, the second time", anchor, whole.build(data), "2 by CPU", "");
    coded.build(data);
    rates("build with sq8, rows/s, the second time", anchor, coded.build(data), "4 by CPU", "");
  }

  private void memory() throws IOException {
    int bytes = Float.BYTES * data.dimensions();
    long anchor = pgvector.bytesBeyondVector(data, bytes);
    report.add(
        List.of(
            "index beyond the vector, bytes a row",
            anchor,
            whole.bytesBeyondVector(data, bytes),
            "",
            "",
            "at most 200",
            ""));
    report.add(
        List.of(
            "index with sq8, bytes a row",
            anchor + bytes,
            coded.bytesBeyondVector(data, 0),
            "",
            "",
            "",
            ""));
  }

  private void search() throws IOException {
    List<SearchCurve> curves = SearchCurve.measure(List.of(pgvector, whole, coded), data);
    for (SearchCurve curve : curves) {
      Files.writeString(out.resolve(size + "-" + curve.subject().name() + ".md"), curve.lines());
    }
    SearchCurve anchor = curves.getFirst();
    for (SearchCurve ours : curves.subList(1, curves.size())) {
      boolean isCoded = ours.subject() == coded;
      String suffix = isCoded ? ", sq8" : "";
      report.add(
          List.of(
              "recall at ef_search 40" + suffix,
              String.format(Locale.ROOT, "%.4f", anchor.recallAt(40)),
              String.format(Locale.ROOT, "%.4f", ours.recallAt(40)),
              "",
              "",
              isCoded ? "" : "pgvector's",
              ""));
      for (double recall : new double[] {0.95, 0.99}) {
        for (int connections : new int[] {1, 8}) {
          rates(
              "recall %s, %d connections, queries/s%s"
                  .formatted(Double.toString(recall), connections, suffix),
              anchor.at(recall, connections),
              ours.at(recall, connections),
              isCoded ? "4" : "3",
              "");
        }
      }
    }
  }

  private void filters() throws IOException {
    for (int below : FILTERS) {
      int[][] truth = data.nearest(row -> VectorData.part(row) < below);
      String ef = "hnsw.ef_search = 100";
      double anchor = pgvector.recall(data, truth, FILTER_QUERIES, below, ef, ITERATIVE);
      double ours = whole.recall(data, truth, FILTER_QUERIES, below, ef, ITERATIVE);
      Subject.Rate[] rates = medians(below, 1, ef, ITERATIVE);
      String verdict = ours >= 0.95 ? "" : "**below 0.95**, ";
      rates(
          "filter keeps %.1f %%, queries/s".formatted(100.0 * below / VectorData.PARTS),
          rates[0],
          rates[1],
          "3",
          verdict + recalls(anchor, ours));
    }
  }

  private void inserts() throws IOException {
    whole.insert(data, INSERTS);
    Subject.Rate anchor = pgvector.insert(data, INSERTS);
    rates("single-row inserts/s", anchor, whole.insert(data, INSERTS), "3", "");
  }

  private void replaced() throws IOException {
    int[][] truth = data.nearest(row -> true);
    double[] anchor = beforeAndAfter(pgvector, truth);
    double[] ours = beforeAndAfter(whole, truth);
    report.add(
        List.of(
            "recall at ef_search 40, then after half was replaced",
            shown(anchor),
            shown(ours),
            "",
            "",
            "0.005 less",
            ours[1] < ours[0] - 0.005 ? "**missed**" : ""));
  }

  private static String shown(double[] recalls) {
    return String.format(Locale.ROOT, "%.4f, %.4f", recalls[0], recalls[1]);
  }

  private double[] beforeAndAfter(Subject subject, int[][] truth) throws IOException {
    String ef = "hnsw.ef_search = 40";
    double[] result = new double[2];
    result[0] = subject.recall(data, truth, data.queryCount(), VectorData.PARTS, ef);
    subject.replaceHalf();
    result[1] = subject.recall(data, truth, data.queryCount(), VectorData.PARTS, ef);
    return result;
  }
}
