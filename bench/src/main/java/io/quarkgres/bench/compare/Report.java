package io.quarkgres.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of results: numbers stay numbers until it is written as Markdown or as a chart. */
public final class Report {
  /**
   * How many times as fast as the anchor.
   *
   * @param times above 1 is faster
   */
  public record Ratio(double times) {}

  /**
   * A time.
   *
   * @param value in milliseconds
   */
  record Millis(double value) {}

  private static final int BAR_HEIGHT = 14;
  private static final int LABEL_WIDTH = 170;
  private static final int CHART_WIDTH = 620;

  private final String title;
  private final List<String> header;
  private final List<List<Object>> rows = new ArrayList<>();

  /** Makes an empty table. */
  public Report(String title, List<String> header) {
    this.title = title;
    this.header = header;
  }

  /** Adds a row and shows it, so that one sees how far a long run is. */
  public void add(List<Object> row) {
    rows.add(row);
    System.err.println(title + ": " + line(row));
  }

  /** Adds a row with the geometric mean of each column of ratios. */
  void geometricMeans() {
    List<Object> means = new ArrayList<>();
    means.add("**geometric mean**");
    for (int column = 1; column < header.size(); column++) {
      double sum = 0;
      int count = 0;
      for (List<Object> row : rows) {
        if (row.get(column) instanceof Ratio ratio) {
          sum += Math.log(ratio.times());
          count++;
        }
      }
      means.add(count == 0 ? "" : new Ratio(Math.exp(sum / count)));
    }
    add(means);
  }

  /** Writes the table as Markdown. */
  public void writeMarkdown(Appendable out) throws IOException {
    out.append("## ").append(title).append("\n\n| ");
    out.append(String.join(" | ", header)).append(" |\n|---|");
    out.append("--:|".repeat(header.size() - 1)).append('\n');
    for (List<Object> row : rows) {
      out.append(line(row)).append('\n');
    }
    out.append('\n');
  }

  private static String line(List<Object> row) {
    return "| " + String.join(" | ", row.stream().map(Report::shown).toList()) + " |";
  }

  private static String shown(Object cell) {
    return switch (cell) {
      case Ratio ratio -> digits(ratio.times());
      case Millis millis -> digits(millis.value());
      case Object other -> other.toString();
    };
  }

  private static String digits(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /**
   * Writes a column of ratios as a chart with a logarithmic scale; the line in it is the anchor.
   */
  void writeChart(Path file, int column) throws IOException {
    double most = 1;
    List<List<Object>> shown =
        rows.stream().filter(row -> row.get(column) instanceof Ratio).toList();
    for (List<Object> row : shown) {
      most = Math.max(most, Math.abs(Math.log10(((Ratio) row.get(column)).times())));
    }
    double unit = CHART_WIDTH / (most + 1);
    StringBuilder svg = new StringBuilder();
    int height = (shown.size() + 2) * BAR_HEIGHT;
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\" ")
        .append(
            "font-size=\"10\" width=\"%d\" height=\"%d\">%n"
                .formatted(LABEL_WIDTH + CHART_WIDTH + 60, height));
    double one = LABEL_WIDTH + unit;
    svg.append("<text x=\"4\" y=\"11\">%s</text>%n".formatted(header.get(column)));
    for (int i = 0; i < shown.size(); i++) {
      double ratio = ((Ratio) shown.get(i).get(column)).times();
      double end = LABEL_WIDTH + unit * Math.clamp(Math.log10(ratio) + 1, 0, most + 1);
      int y = (i + 1) * BAR_HEIGHT;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"4\" y=\"%d\">%s</text><rect x=\"%.0f\" y=\"%d\" width=\"%.0f\" height=\"%d\""
                  + " fill=\"%s\"/><text x=\"%.0f\" y=\"%d\">%s</text>%n",
              y + 11,
              shown.get(i).getFirst().toString().replace("*", ""),
              Math.min(one, end),
              y + 2,
              Math.abs(end - one),
              BAR_HEIGHT - 4,
              ratio >= 1 ? "#3a7" : "#c44",
              Math.max(one, end) + 4,
              y + 11,
              digits(ratio)));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.0f\" y1=\"%d\" x2=\"%.0f\" y2=\"%d\" stroke=\"#333\"/>%n</svg>%n",
            one,
            BAR_HEIGHT,
            one,
            height));
    Files.writeString(file, svg);
  }

  /** Returns the median of samples. */
  public static double median(List<Double> samples) {
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
