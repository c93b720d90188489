package io.quarkgres.engine.function.set;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.store.BlockCursor;

/** Sets out of arrays. Thread: any. */
final class ArraySets {
  private ArraySets() {}

  private static ArrayValue array(Call call, Column[] arguments, int position) {
    return ((ArrayType) call.argumentTypes()[0]).value(arguments[0], position);
  }

  static BlockCursor unnest(Call call, Column[] arguments, int position) {
    return new ColumnsCursor(array(call, arguments, position).elements());
  }

  static BlockCursor subscripts(Column[] arguments, int position) {
    BytesColumn arrays = Columns.bytes(arguments[0]);
    int dimension = Columns.ints(arguments[1])[position] - 1;
    boolean isReverse = arguments.length > 2 && Columns.booleans(arguments[2])[position];
    if (dimension < 0 || dimension >= ArrayValue.dimensions(arrays, position)) {
      return () -> null;
    }
    int low = ArrayValue.lowerBound(arrays, position, dimension);
    int high = low + ArrayValue.length(arrays, position, dimension) - 1;
    return isReverse
        ? new IntegerSeries(false, high, low, -1)
        : new IntegerSeries(false, low, high, 1);
  }

  /** Yields each element of a one-dimensional array with its number from 1. */
  static BlockCursor expanded(Call call, Column[] arguments, int position) {
    ArrayValue array = array(call, arguments, position);
    int[] numbers = new int[array.cardinality()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i + 1;
    }
    return new ColumnsCursor(array.elements(), new IntColumn(numbers, null, numbers.length));
  }
}
