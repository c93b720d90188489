package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.number.NumberErrors;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * Correlation, covariance and least-squares fits of (y, x) by Youngs and Cramer's updating formula.
 * Used by one thread at a time.
 */
final class RegressionAccumulator implements Accumulator {
  /** Computes a result from the sums of one group; {@code NaN} with {@link #isNull} set is NULL. */
  @FunctionalInterface
  interface Result {
    /** Appends the result. */
    void append(State s, DoubleBuilder out);
  }

  /** The sums of one group; sxx, syy and sxy are of differences from the means. */
  record State(double n, double sx, double sxx, double sy, double syy, double sxy) {}

  private static final int WIDTH = 6;

  private final Result result;
  private double[] states = {};

  RegressionAccumulator(Result result) {
    this.result = result;
  }

  @Override
  public void grow(int groups) {
    states = Growth.doubles(states, WIDTH * groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    double[] ys = Columns.doubles(arguments[0]);
    double[] xs = Columns.doubles(arguments[1]);
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      add(group[p] * WIDTH, ys[p], xs[p]);
    }
  }

  private void add(int s, double y, double x) {
    double before = states[s];
    double n = before + 1;
    double sx = states[s + 1] + x;
    double sy = states[s + 3] + y;
    if (before > 0) {
      double distanceX = x * n - sx;
      double distanceY = y * n - sy;
      double scale = 1.0 / (n * before);
      states[s + 2] += distanceX * distanceX * scale;
      states[s + 4] += distanceY * distanceY * scale;
      states[s + 5] += distanceX * distanceY * scale;
      checkOverflow(s, sx, sy, x, y);
    } else {
      if (!Double.isFinite(x)) {
        states[s + 2] = Double.NaN;
        states[s + 5] = Double.NaN;
      }
      if (!Double.isFinite(y)) {
        states[s + 4] = Double.NaN;
        states[s + 5] = Double.NaN;
      }
    }
    states[s] = n;
    states[s + 1] = sx;
    states[s + 3] = sy;
  }

  private void checkOverflow(int s, double sx, double sy, double x, double y) {
    boolean isX = Double.isInfinite(sx) || Double.isInfinite(states[s + 2]);
    boolean isY = Double.isInfinite(sy) || Double.isInfinite(states[s + 4]);
    boolean isXy = Double.isInfinite(states[s + 5]);
    if (!isX && !isY && !isXy) {
      return;
    }
    boolean isXGiven = Double.isInfinite(states[s + 1]) || Double.isInfinite(x);
    boolean isYGiven = Double.isInfinite(states[s + 3]) || Double.isInfinite(y);
    if (isX && !isXGiven || isY && !isYGiven || isXy && !isXGiven && !isYGiven) {
      throw NumberErrors.floatOverflow();
    }
    for (int i : new int[] {2, 4, 5}) {
      if (Double.isInfinite(states[s + i])) {
        states[s + i] = Double.NaN;
      }
    }
  }

  @Override
  public Column results(int from, int to) {
    DoubleBuilder out = new DoubleBuilder(to - from);
    for (int g = from; g < to; g++) {
      int s = g * WIDTH;
      if (states[s] < 1) {
        out.appendNull();
      } else {
        result.append(
            new State(
                states[s],
                states[s + 1],
                states[s + 2],
                states[s + 3],
                states[s + 4],
                states[s + 5]),
            out);
      }
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    Arrays.fill(states, group * WIDTH, (group + 1) * WIDTH, 0);
  }

  @Override
  public long memoryBytes() {
    return 8L * states.length;
  }
}
