package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** array_agg of values that are no arrays, NULLs included. Used by one thread at a time. */
final class ArrayAccumulator implements Accumulator {
  private final SqlType element;
  private final CollectedValues values;

  ArrayAccumulator(SqlType element) {
    this.element = element;
    this.values = new CollectedValues(element.layout());
  }

  @Override
  public void grow(int groups) {
    values.grow(groups);
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      values.add(group[p], arguments[0], p);
    }
  }

  @Override
  public Column results(int from, int to) {
    BytesBuilder out = new BytesBuilder(to - from);
    for (int g = from; g < to; g++) {
      Column elements = values.values(g);
      if (elements == null) {
        out.appendNull();
      } else {
        ArrayValue.of(element.oid(), elements).appendTo(out);
      }
    }
    return out.build();
  }

  @Override
  public void reset(int group) {
    values.reset(group);
  }

  @Override
  public long memoryBytes() {
    return values.memoryBytes();
  }
}
