package io.quarkgres.bench.vector;

import io.quarkgres.vector.FloatSums;
import io.quarkgres.vector.kernel.Sum;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows with vectors, queries, and the rows that are nearest to them, found here by measuring all.
 * Thread: any.
 */
final class VectorData {
  static final int NEIGHBOURS = 10;

  /** Filters keep rows whose number in the column {@code part} is less than some of so many. */
  static final int PARTS = 1000;

  private static final int QUERIES = 1000;
  private static final float DIGITS = 1e5f;
  private static final int MIXING = 7919;

  private final int dimensions;
  private final float[][] rows;
  private final float[][] queries;
  private final byte[][] queryTexts;

  VectorData(int count, int dimensions) {
    this.dimensions = dimensions;
    Clusters clusters = new Clusters(dimensions, 7);
    this.rows = shortened(clusters.next(count));
    this.queries = shortened(clusters.next(QUERIES));
    this.queryTexts = new byte[QUERIES][];
    for (int i = 0; i < QUERIES; i++) {
      queryTexts[i] = text(queries[i]).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Cuts elements to five decimals, as texts with nine would take most of the time of a load. */
  private static float[][] shortened(float[][] vectors) {
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = Math.round(vector[i] * DIGITS) / DIGITS;
      }
    }
    return vectors;
  }

  int count() {
    return rows.length;
  }

  int dimensions() {
    return dimensions;
  }

  int queryCount() {
    return QUERIES;
  }

  /** Returns the text of a query's vector. */
  byte[] query(int i) {
    return queryTexts[i % QUERIES];
  }

  /** Returns the text of a row's vector. */
  byte[] row(int i) {
    return text(rows[i]).getBytes(StandardCharsets.US_ASCII);
  }

  static int part(int row) {
    return (int) ((long) row * MIXING % PARTS);
  }

  /** Returns rows in the text format of COPY: id, part and vector. */
  byte[] copy(int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = from; i < to; i++) {
      String line = i + "\t" + part(i) + "\t" + text(rows[i]) + "\n";
      out.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  private static String text(float[] vector) {
    StringBuilder result = new StringBuilder(vector.length * 9).append('[');
    for (int i = 0; i < vector.length; i++) {
      int value = Math.round(vector[i] * DIGITS);
      result.append(i == 0 ? "" : ",").append(value < 0 ? "-" : "");
      int digits = Math.abs(value);
      result.append(digits / (int) DIGITS).append('.');
      result.append(Integer.toString(digits % (int) DIGITS + (int) DIGITS), 1, 6);
    }
    return result.append(']').toString();
  }

  /** Returns, for each query, the nearest rows that pass. */
  int[][] nearest(IntPredicate passes) {
    return IntStream.range(0, QUERIES)
        .parallel()
        .mapToObj(q -> nearest(queries[q], passes))
        .toArray(int[][]::new);
  }

  private int[] nearest(float[] query, IntPredicate passes) {
    long[] best = new long[NEIGHBOURS];
    Arrays.fill(best, Long.MAX_VALUE);
    for (int i = 0; i < rows.length; i++) {
      if (passes.test(i)) {
        float distance = FloatSums.sum(Sum.SQUARED_DIFFERENCES, query, 0, rows[i], 0, dimensions);
        insert(best, (long) Float.floatToIntBits(distance) << Integer.SIZE | i);
      }
    }
    return Arrays.stream(best).mapToInt(b -> (int) b).toArray();
  }

  private static void insert(long[] best, long ranked) {
    int at = NEIGHBOURS - 1;
    if (ranked >= best[at]) {
      return;
    }
    for (; at > 0 && best[at - 1] > ranked; at--) {
      best[at] = best[at - 1];
    }
    best[at] = ranked;
  }
}
