package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;

/** Collects the sorted values of each group and computes one result of all. Used by one thread. */
final class OrderedSetAccumulator implements Accumulator {
  /** Computes the result of a group that has values. */
  @FunctionalInterface
  interface Result {
    /**
     * Appends the result.
     *
     * @param type the values' type
     * @param direct the direct argument at position 0, or {@code null} when there is none
     */
    void append(SqlType type, Column direct, Column values, ColumnBuilder out);
  }

  private static final Column[] NONE = {};

  private final Call call;
  private final int directArguments;
  private final Result result;
  private final SqlType type;
  private final CollectedValues values;
  private Column[] direct = NONE;

  OrderedSetAccumulator(Call call, int directArguments, Result result) {
    this.call = call;
    this.directArguments = directArguments;
    this.result = result;
    this.type = call.argumentTypes()[directArguments];
    this.values = new CollectedValues(type.layout());
  }

  @Override
  public void grow(int groups) {
    values.grow(groups);
    direct = Growth.objects(direct, groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int g = group[p];
      values.add(g, arguments[directArguments], p);
      if (directArguments > 0 && direct[g] == null) {
        direct[g] = arguments[0].gather(new int[] {p}, 1);
      }
    }
  }

  @Override
  public Column results(int from, int to) {
    ColumnBuilder out = ColumnBuilder.of(call.returnType().layout(), to - from);
    for (int g = from; g < to; g++) {
      Column collected = values.values(g);
      if (collected == null) {
        out.appendNull();
      } else {
        result.append(type, direct[g], collected, out);
      }
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    values.reset(group);
    direct[group] = null;
  }

  @Override
  public long memoryBytes() {
    return values.memoryBytes() + 8L * direct.length;
  }
}
