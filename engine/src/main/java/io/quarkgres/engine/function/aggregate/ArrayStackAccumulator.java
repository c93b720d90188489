package io.quarkgres.engine.function.aggregate;

import io.quarkgres.engine.function.Accumulator;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** array_agg of arrays, which become one array with a dimension more. Used by one thread. */
final class ArrayStackAccumulator implements Accumulator {
  private static final long ARRAY_BYTES = 128;

  private final SqlType element;
  private final List<List<ArrayValue>> states = new ArrayList<>();
  private long bytes;

  ArrayStackAccumulator(SqlType element) {
    this.element = element;
  }

  @Override
  public void grow(int groups) {
    while (states.size() < groups) {
      states.add(null);
    }
  }

  @Override
  public void add(Column[] arguments, Selection rows, int[] group) {
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      if (arguments[0].isNull(p)) {
        throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
      }
      ArrayValue array = ArrayValue.read(arguments[0], p, element.layout());
      if (array.dims().length == 0) {
        throw error("cannot accumulate empty arrays");
      }
      List<ArrayValue> arrays = states.get(group[p]);
      if (arrays == null) {
        arrays = new ArrayList<>();
        states.set(group[p], arrays);
      } else if (!Arrays.equals(arrays.getFirst().dims(), array.dims())) {
        throw error("cannot accumulate arrays of different dimensionality");
      }
      arrays.add(array);
      bytes += ARRAY_BYTES + 16L * array.cardinality();
    }
  }

  private static SqlException error(String message) {
    return new SqlException(SqlState.ARRAY_ELEMENT_ERROR, message);
  }

  @Override
  public Column results(int from, int to) {
    BytesBuilder out = new BytesBuilder(to - from);
    for (int g = from; g < to; g++) {
      if (states.get(g) == null) {
        out.appendNull();
      } else {
        stack(states.get(g)).appendTo(out);
      }
    }
    return out.build();
  }

  private ArrayValue stack(List<ArrayValue> arrays) {
    ArrayValue first = arrays.getFirst();
    int[] dims = new int[first.dims().length + 1];
    int[] lowerBounds = new int[dims.length];
    dims[0] = arrays.size();
    lowerBounds[0] = 1;
    System.arraycopy(first.dims(), 0, dims, 1, first.dims().length);
    System.arraycopy(first.lowerBounds(), 0, lowerBounds, 1, first.dims().length);
    int total = ArrayValue.checkedCardinality(dims);
    ColumnBuilder elements = ColumnBuilder.of(element.layout(), total);
    for (ArrayValue array : arrays) {
      elements.appendAll(array.elements(), Selection.dense(array.cardinality()));
    }
    return new ArrayValue(element.oid(), dims, lowerBounds, elements.build());
  }

  @Override
  public void reset(int group) {
    states.set(group, null);
  }

  @Override
  public long memoryBytes() {
    return bytes + 8L * states.size();
  }
}
