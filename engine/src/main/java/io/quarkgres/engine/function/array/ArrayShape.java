package io.quarkgres.engine.function.array;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.BytesColumn;

/** Dimensions and bounds, read from an array's head without its elements. Thread: any. */
final class ArrayShape {
  private ArrayShape() {}

  static void register(KernelTable t) {
    t.row(
        "array_length",
        (r, o) -> {
          if (hasDimension(r)) {
            o.int32(ArrayValue.length(array(r), r.position(), r.int32(1) - 1));
          } else {
            o.sqlNull();
          }
        });
    t.row(
        "array_lower",
        (r, o) -> {
          if (hasDimension(r)) {
            o.int32(ArrayValue.lowerBound(array(r), r.position(), r.int32(1) - 1));
          } else {
            o.sqlNull();
          }
        });
    t.row(
        "array_upper",
        (r, o) -> {
          if (hasDimension(r)) {
            int dimension = r.int32(1) - 1;
            o.int32(
                ArrayValue.lowerBound(array(r), r.position(), dimension)
                    + ArrayValue.length(array(r), r.position(), dimension)
                    - 1);
          } else {
            o.sqlNull();
          }
        });
    t.row(
        "array_ndims",
        (r, o) -> {
          int dimensions = ArrayValue.dimensions(array(r), r.position());
          if (dimensions == 0) {
            o.sqlNull();
          } else {
            o.int32(dimensions);
          }
        });
    t.row("array_dims", ArrayShape::dimensions);
    t.row("array_cardinality", (r, o) -> o.int32(ArrayValue.cardinality(array(r), r.position())));
  }

  private static BytesColumn array(Row r) {
    return Columns.bytes(r.column(0));
  }

  private static boolean hasDimension(Row r) {
    int dimension = r.int32(1);
    return dimension > 0 && dimension <= ArrayValue.dimensions(array(r), r.position());
  }

  private static void dimensions(Row r, Out o) {
    int dimensions = ArrayValue.dimensions(array(r), r.position());
    if (dimensions == 0) {
      o.sqlNull();
      return;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < dimensions; i++) {
      int low = ArrayValue.lowerBound(array(r), r.position(), i);
      int high = low + ArrayValue.length(array(r), r.position(), i) - 1;
      text.append('[').append(low).append(':').append(high).append(']');
    }
    o.text(text.toString());
  }
}
