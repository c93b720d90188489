package io.quarkgres.bench.vector;

import io.quarkgres.bench.compare.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Recall and speed of a subject at several values of {@code hnsw.ef_search}. Used by one thread.
 */
final class SearchCurve {
  static final int[] EFS = {10, 20, 40, 80, 160, 320, 640};
  private static final int[] CONNECTIONS = {1, 8};
  private static final int ROUNDS = 3;
  private static final long MILLIS = 700;

  private final Subject subject;
  private final double[] recalls = new double[EFS.length];

  /** Samples by connections and ef. */
  private final List<List<List<Subject.Rate>>> rates = new ArrayList<>();

  private SearchCurve(Subject subject) {
    this.subject = subject;
    for (int i = 0; i < CONNECTIONS.length; i++) {
      List<List<Subject.Rate>> byEf = new ArrayList<>();
      for (int j = 0; j < EFS.length; j++) {
        byEf.add(new ArrayList<>());
      }
      rates.add(byEf);
    }
  }

  /** Measures subjects in turns, so that what else the machine does hits all of them. */
  static List<SearchCurve> measure(List<Subject> subjects, VectorData data) throws IOException {
    int[][] truth = data.nearest(row -> true);
    List<SearchCurve> curves = subjects.stream().map(SearchCurve::new).toList();
    for (SearchCurve curve : curves) {
      for (int e = 0; e < EFS.length; e++) {
        curve.recalls[e] =
            curve.subject.recall(data, truth, data.queryCount(), VectorData.PARTS, setting(e));
      }
      curve.subject.warmUp(data, 8, VectorData.PARTS, setting(3));
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int e = 0; e < EFS.length; e++) {
        for (int c = 0; c < CONNECTIONS.length; c++) {
          for (SearchCurve curve : curves) {
            curve
                .rates
                .get(c)
                .get(e)
                .add(
                    curve.subject.searches(
                        data, CONNECTIONS[c], MILLIS, VectorData.PARTS, setting(e)));
          }
        }
      }
    }
    return curves;
  }

  private static String setting(int e) {
    return "hnsw.ef_search = " + EFS[e];
  }

  /** Returns the recall at an ef. */
  double recallAt(int ef) {
    int e = 0;
    while (EFS[e] != ef) {
      e++;
    }
    return recalls[e];
  }

  /** Returns the speed at a recall, between measured points on a logarithmic scale. */
  Subject.Rate at(double recall, int connections) {
    int c = connections == CONNECTIONS[0] ? 0 : 1;
    int e = 1;
    while (e < EFS.length - 1 && recalls[e] < recall) {
      e++;
    }
    double part = (recall - recalls[e - 1]) / Math.max(1e-9, recalls[e] - recalls[e - 1]);
    // Outside of what was measured the nearest point stands for all beyond it.
    double within = Math.clamp(part, 0, 1);
    return new Subject.Rate(
        between(median(c, e - 1).perSecond(), median(c, e).perSecond(), within),
        between(median(c, e - 1).perCpuSecond(), median(c, e).perCpuSecond(), within));
  }

  private static double between(double a, double b, double part) {
    return Math.exp(Math.log(a) + part * (Math.log(b) - Math.log(a)));
  }

  private Subject.Rate median(int c, int e) {
    List<Subject.Rate> samples = rates.get(c).get(e);
    return new Subject.Rate(
        Report.median(samples.stream().map(Subject.Rate::perSecond).toList()),
        Report.median(samples.stream().map(Subject.Rate::perCpuSecond).toList()));
  }

  /** Returns the curve in the form that {@code scripts/plot-vectors} reads. */
  String lines() {
    StringBuilder result = new StringBuilder();
    for (int e = 0; e < EFS.length; e++) {
      result.append(
          String.format(
              Locale.ROOT,
              "| ef_search = %d | %.4f | %.0f |%n",
              EFS[e],
              recalls[e],
              median(0, e).perCpuSecond()));
    }
    return result.toString();
  }

  Subject subject() {
    return subject;
  }
}
