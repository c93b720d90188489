package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.MergeableAccumulator;
import io.quarkgres.engine.function.compare.BytesComparisons;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideColumn;
import java.util.Arrays;

/** min and max: over ints, over longs, and over any type by its order. Thread: any. */
final class ExtremeAccumulators {
  private ExtremeAccumulators() {}

  /** Keeps the least or greatest of signed 32-bit values. Used by one thread at a time. */
  static final class OfInts implements MergeableAccumulator {
    private final boolean isMax;
    private int[] best = {};
    private boolean[] hasValue = {};

    OfInts(boolean isMax) {
      this.isMax = isMax;
    }

    @Override
    public void grow(int groups) {
      best = Growth.ints(best, groups);
      hasValue = Growth.booleans(hasValue, groups);
    }

    @Override
    public void add(Column[] arguments, Selection rows, int[] group) {
      int[] values = Columns.ints(arguments[0]);
      int n = rows.count();
      for (int i = 0; i < n; i++) {
        int p = rows.position(i);
        int g = group[p];
        if (!hasValue[g] || (isMax ? values[p] > best[g] : values[p] < best[g])) {
          best[g] = values[p];
          hasValue[g] = true;
        }
      }
    }

    @Override
    public void merge(Accumulator other, int groups, int[] target) {
      OfInts more = (OfInts) other;
      for (int g = 0; g < groups; g++) {
        int to = target[g];
        if (more.hasValue[g]
            && (!hasValue[to] || (isMax ? more.best[g] > best[to] : more.best[g] < best[to]))) {
          best[to] = more.best[g];
          hasValue[to] = true;
        }
      }
    }

    @Override
    public Column results(int from, int to) {
      return new IntColumn(
          Arrays.copyOfRange(best, from, to), Growth.nullsOf(hasValue, from, to), to - from);
    }

    @Override
    public void reset(int group) {
      hasValue[group] = false;
    }

    @Override
    public long memoryBytes() {
      return 5L * best.length;
    }
  }

  /** Keeps the least or greatest of 64-bit values. Used by one thread at a time. */
  static final class OfLongs implements MergeableAccumulator {
    private final boolean isMax;
    private long[] best = {};
    private boolean[] hasValue = {};

    OfLongs(boolean isMax) {
      this.isMax = isMax;
    }

    @Override
    public void grow(int groups) {
      best = Growth.longs(best, groups);
      hasValue = Growth.booleans(hasValue, groups);
    }

    @Override
    public void add(Column[] arguments, Selection rows, int[] group) {
      long[] values = Columns.longs(arguments[0]);
      int n = rows.count();
      for (int i = 0; i < n; i++) {
        int p = rows.position(i);
        int g = group[p];
        if (!hasValue[g] || (isMax ? values[p] > best[g] : values[p] < best[g])) {
          best[g] = values[p];
          hasValue[g] = true;
        }
      }
    }

    @Override
    public void merge(Accumulator other, int groups, int[] target) {
      OfLongs more = (OfLongs) other;
      for (int g = 0; g < groups; g++) {
        int to = target[g];
        if (more.hasValue[g]
            && (!hasValue[to] || (isMax ? more.best[g] > best[to] : more.best[g] < best[to]))) {
          best[to] = more.best[g];
          hasValue[to] = true;
        }
      }
    }

    @Override
    public Column results(int from, int to) {
      return new LongColumn(
          Arrays.copyOfRange(best, from, to), Growth.nullsOf(hasValue, from, to), to - from);
    }

    @Override
    public void reset(int group) {
      hasValue[group] = false;
    }

    @Override
    public long memoryBytes() {
      return 9L * best.length;
    }
  }

  /** Keeps the least or greatest of floats; NaN is above all. Used by one thread at a time. */
  static final class OfDoubles implements Accumulator {
    private final boolean isMax;
    private double[] best = {};
    private boolean[] hasValue = {};

    OfDoubles(boolean isMax) {
      this.isMax = isMax;
    }

    @Override
    public void grow(int groups) {
      best = Growth.doubles(best, groups);
      hasValue = Growth.booleans(hasValue, groups);
    }

    @Override
    public void add(Column[] arguments, Selection rows, int[] group) {
      double[] values = Columns.doubles(arguments[0]);
      int n = rows.count();
      for (int i = 0; i < n; i++) {
        int p = rows.position(i);
        int g = group[p];
        if (!hasValue[g] || !(isMax ? isBelow(values[p], best[g]) : isBelow(best[g], values[p]))) {
          best[g] = values[p];
          hasValue[g] = true;
        }
      }
    }

    private static boolean isBelow(double left, double right) {
      return left < right || (Double.isNaN(right) && !Double.isNaN(left));
    }

    @Override
    public Column results(int from, int to) {
      return new DoubleColumn(
          Arrays.copyOfRange(best, from, to), Growth.nullsOf(hasValue, from, to), to - from);
    }

    @Override
    public void reset(int group) {
      hasValue[group] = false;
    }

    @Override
    public long memoryBytes() {
      return 9L * best.length;
    }
  }

  /**
   * Keeps the least or greatest by the type's order, as a column of one value. Of equal values (1.0
   * and 1.00) the last stays, but the first of {@code character}. Used by one thread at a time.
   */
  static final class OfAny implements Accumulator {
    private static final Column[] NONE = {};
    private static final long VALUE_BYTES = 96;

    private final SqlType type;
    private final int sign;
    private final boolean keepsFirst;
    private Column[] best = NONE;

    OfAny(SqlType type, boolean isMax, boolean keepsFirst) {
      this.type = type;
      this.sign = isMax ? 1 : -1;
      this.keepsFirst = keepsFirst;
    }

    @Override
    public void grow(int groups) {
      best = Growth.objects(best, groups);
    }

    @Override
    public void add(Column[] arguments, Selection rows, int[] group) {
      Column values = arguments[0];
      int n = rows.count();
      for (int i = 0; i < n; i++) {
        int p = rows.position(i);
        int g = group[p];
        int compared = best[g] == null ? 1 : sign * type.compare(values, p, best[g], 0);
        if (compared > 0 || compared == 0 && !keepsFirst && looksDifferent(values, p, best[g])) {
          best[g] = single(values, p);
        }
      }
    }

    /** Tells whether two equal values may print differently. */
    private static boolean looksDifferent(Column values, int p, Column kept) {
      return switch (values) {
        case DecimalColumn c -> c.scales()[p] != ((DecimalColumn) kept).scales()[0];
        case WideColumn c ->
            c.high()[p] != ((WideColumn) kept).high()[0]
                || c.low()[p] != ((WideColumn) kept).low()[0];
        case BytesColumn c -> BytesComparisons.compare(c, p, (BytesColumn) kept, 0) != 0;
        case BooleanColumn c -> false;
        case IntColumn c -> false;
        case LongColumn c -> false;
        case DoubleColumn c -> true;
        case FloatArrayColumn c -> false;
      };
    }

    private Column single(Column values, int position) {
      ColumnBuilder builder = ColumnBuilder.of(type.layout(), 1);
      builder.append(values, position);
      return builder.build();
    }

    @Override
    public Column results(int from, int to) {
      ColumnBuilder out = ColumnBuilder.of(type.layout(), to - from);
      for (int g = from; g < to; g++) {
        if (best[g] == null) {
          out.appendNull();
        } else {
          out.append(best[g], 0);
        }
      }
      return out.build();
    }

    @Override
    public void reset(int group) {
      best[group] = null;
    }

    @Override
    public long memoryBytes() {
      return VALUE_BYTES * best.length;
    }
  }
}
