package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * The hypothetical-set aggregates: where a row that is not there would stand among those that are.
 * The arguments are in three parts of one length: the values of that row; how each key is sorted,
 * an int4 constant of {@link #DESCENDING} and {@link #NULLS_FIRST}; and the values of the rows,
 * which come sorted. Thread: any.
 */
public final class HypotheticalSets {
  /** A key is sorted with the greatest value first. */
  public static final int DESCENDING = 1;

  /** A key is sorted with NULL first. */
  public static final int NULLS_FIRST = 2;

  private HypotheticalSets() {}

  static void register(KernelTable t) {
    t.aggregateWithNulls("rank(any)", (c, x) -> new Counts(c, Kind.RANK));
    t.aggregateWithNulls("dense_rank(any)", (c, x) -> new Counts(c, Kind.DENSE_RANK));
    t.aggregateWithNulls("percent_rank(any)", (c, x) -> new Counts(c, Kind.PERCENT_RANK));
    t.aggregateWithNulls("cume_dist(any)", (c, x) -> new Counts(c, Kind.CUME_DIST));
  }

  private enum Kind {
    RANK,
    DENSE_RANK,
    PERCENT_RANK,
    CUME_DIST
  }

  /** Counts the rows before, beside and behind the one that is not there. Used by one thread. */
  private static final class Counts implements Accumulator {
    private final Kind kind;
    private final int keys;
    private final SqlType[] types;
    private long[] before = {};
    private long[] beside = {};
    private long[] rows = {};
    private long[] distinct = {};

    /** The key values of the last row before, for counting distinct ones. */
    private Column[][] last = {};

    Counts(Call call, Kind kind) {
      this.kind = kind;
      this.types = call.argumentTypes();
      this.keys = types.length / 3;
    }

    @Override
    public void grow(int groups) {
      before = Growth.longs(before, groups);
      beside = Growth.longs(beside, groups);
      rows = Growth.longs(rows, groups);
      distinct = Growth.longs(distinct, groups);
      if (groups > last.length) {
        last = Arrays.copyOf(last, Math.max(groups, 2 * last.length));
      }
    }

    @Override
    public void add(Column[] arguments, Selection selection, int[] group) {
      for (int i = 0; i < selection.count(); i++) {
        int p = selection.position(i);
        int g = group[p];
        rows[g]++;
        int order = order(arguments, p);
        if (order < 0) {
          before[g]++;
          if (kind == Kind.DENSE_RANK && !isLast(arguments, p, g)) {
            distinct[g]++;
          }
        } else if (order == 0) {
          beside[g]++;
        }
      }
    }

    /** Compares a row with the one that is not there, by the order of the keys. */
    private int order(Column[] arguments, int p) {
      for (int k = 0; k < keys; k++) {
        int flags = Columns.ints(arguments[keys + k])[p];
        Column row = arguments[2 * keys + k];
        Column wanted = arguments[k];
        int order;
        if (row.isNull(p) || wanted.isNull(p)) {
          order = Boolean.compare(row.isNull(p), wanted.isNull(p));
          order = (flags & NULLS_FIRST) != 0 ? -order : order;
        } else {
          order = types[2 * keys + k].compare(row, p, wanted, p);
          order = (flags & DESCENDING) != 0 ? -order : order;
        }
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }

    /** Tells whether the row's keys are those of the row before, and keeps them. */
    private boolean isLast(Column[] arguments, int p, int g) {
      boolean isSame = last[g] != null;
      for (int k = 0; k < keys && isSame; k++) {
        Column row = arguments[2 * keys + k];
        Column kept = last[g][k];
        isSame =
            row.isNull(p) || kept.isNull(0)
                ? row.isNull(p) == kept.isNull(0)
                : types[2 * keys + k].compare(row, p, kept, 0) == 0;
      }
      if (!isSame) {
        last[g] = new Column[keys];
        for (int k = 0; k < keys; k++) {
          last[g][k] = arguments[2 * keys + k].gather(new int[] {p}, 1);
        }
      }
      return isSame;
    }

    @Override
    public Column results(int from, int to) {
      boolean isWhole = kind == Kind.RANK || kind == Kind.DENSE_RANK;
      ColumnBuilder out = isWhole ? new LongBuilder(to - from) : new DoubleBuilder(to - from);
      for (int g = from; g < to; g++) {
        switch (kind) {
          case RANK -> ((LongBuilder) out).append(before[g] + 1);
          case DENSE_RANK -> ((LongBuilder) out).append(distinct[g] + 1);
          case PERCENT_RANK ->
              ((DoubleBuilder) out).append(rows[g] == 0 ? 0 : (double) before[g] / rows[g]);
          case CUME_DIST ->
              ((DoubleBuilder) out).append((double) (before[g] + beside[g] + 1) / (rows[g] + 1));
        }
      }
      return out.build();
    }

    @Override
    public void reset(int group) {
      before[group] = 0;
      beside[group] = 0;
      rows[group] = 0;
      distinct[group] = 0;
      last[group] = null;
    }

    @Override
    public long memoryBytes() {
      return 48L * rows.length;
    }
  }
}
