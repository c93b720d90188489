package io.quarkgres.engine.function.array;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Elements found, removed and replaced; containment and overlap. Thread: any. */
final class ArraySearch {
  private ArraySearch() {}

  static void register(KernelTable t) {
    t.row("array_position", ArraySearch::position);
    t.row("array_position_start", ArraySearch::position);
    t.row("array_positions", ArraySearch::positions);
    t.row("array_remove", ArraySearch::remove);
    t.row("array_replace", ArraySearch::replace);
    t.row("arraycontains", (r, o) -> o.bool(contains(r, 0, 1)));
    t.row("arraycontained", (r, o) -> o.bool(contains(r, 1, 0)));
    t.row("arrayoverlap", (r, o) -> o.bool(overlaps(r)));
    t.row("width_bucket_array", ArraySearch::bucket);
  }

  private static SqlException multidimensional(String what) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        what + " elements in multidimensional arrays is not supported");
  }

  private static void position(Row r, Out o) {
    if (r.isNull(0)) {
      o.sqlNull();
      return;
    }
    ArrayValue array = ArrayRow.array(r, 0);
    if (array.dims().length > 1) {
      throw multidimensional("searching for");
    }
    if (array.cardinality() == 0 || r.isNull(1) && !array.hasNulls()) {
      o.sqlNull();
      return;
    }
    if (r.count() > 2 && r.isNull(2)) {
      throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "initial position must not be null");
    }
    SqlType element = ArrayRow.element(r, 0);
    int lowerBound = array.lowerBounds()[0];
    long first = r.count() > 2 ? Math.max(0, (long) r.int32(2) - lowerBound) : 0;
    for (long i = first; i < array.cardinality(); i++) {
      if (ArrayRow.isSame(element, array.elements(), (int) i, r.column(1), r.position())) {
        o.int32(lowerBound + (int) i);
        return;
      }
    }
    o.sqlNull();
  }

  private static void positions(Row r, Out o) {
    if (r.isNull(0)) {
      o.sqlNull();
      return;
    }
    ArrayValue array = ArrayRow.array(r, 0);
    if (array.dims().length > 1) {
      throw multidimensional("searching for");
    }
    SqlType element = ArrayRow.element(r, 0);
    IntBuilder found = new IntBuilder(4);
    for (int i = 0; i < array.cardinality(); i++) {
      if (ArrayRow.isSame(element, array.elements(), i, r.column(1), r.position())) {
        found.append(array.lowerBounds()[0] + i);
      }
    }
    ArrayRow.write(ArrayValue.of(Oids.INT4, found.build()), o);
  }

  private static void remove(Row r, Out o) {
    if (r.isNull(0)) {
      o.sqlNull();
      return;
    }
    ArrayValue array = ArrayRow.array(r, 0);
    if (array.dims().length > 1) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "removing elements from multidimensional arrays is not supported");
    }
    SqlType element = ArrayRow.element(r, 0);
    ColumnBuilder kept = ArrayRow.builder(element, array.cardinality());
    for (int i = 0; i < array.cardinality(); i++) {
      if (!ArrayRow.isSame(element, array.elements(), i, r.column(1), r.position())) {
        kept.append(array.elements(), i);
      }
    }
    Column elements = kept.build();
    ArrayRow.write(
        elements.count() == 0
            ? ArrayValue.empty(element)
            : new ArrayValue(
                element.oid(), new int[] {elements.count()}, array.lowerBounds(), elements),
        o);
  }

  private static void replace(Row r, Out o) {
    if (r.isNull(0)) {
      o.sqlNull();
      return;
    }
    ArrayValue array = ArrayRow.array(r, 0);
    SqlType element = ArrayRow.element(r, 0);
    ColumnBuilder elements = ArrayRow.builder(element, array.cardinality());
    for (int i = 0; i < array.cardinality(); i++) {
      if (ArrayRow.isSame(element, array.elements(), i, r.column(1), r.position())) {
        elements.append(r.column(2), r.position());
      } else {
        elements.append(array.elements(), i);
      }
    }
    ArrayRow.write(
        new ArrayValue(element.oid(), array.dims(), array.lowerBounds(), elements.build()), o);
  }

  private static boolean has(SqlType element, ArrayValue array, Column values, int value) {
    for (int i = 0; i < array.cardinality(); i++) {
      if (!array.elements().isNull(i) && element.equal(array.elements(), i, values, value)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether each element of one array is in another; NULL is in none. */
  private static boolean contains(Row r, int outer, int inner) {
    SqlType element = ArrayRow.element(r, outer);
    ArrayValue all = ArrayRow.array(r, outer);
    ArrayValue wanted = ArrayRow.array(r, inner);
    for (int i = 0; i < wanted.cardinality(); i++) {
      if (wanted.elements().isNull(i) || !has(element, all, wanted.elements(), i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean overlaps(Row r) {
    SqlType element = ArrayRow.element(r, 0);
    ArrayValue left = ArrayRow.array(r, 0);
    ArrayValue right = ArrayRow.array(r, 1);
    for (int i = 0; i < right.cardinality(); i++) {
      if (!right.elements().isNull(i) && has(element, left, right.elements(), i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many of the sorted thresholds are not above the operand. */
  private static void bucket(Row r, Out o) {
    ArrayValue thresholds = ArrayRow.array(r, 1);
    if (thresholds.dims().length > 1) {
      throw ArrayRow.subscripts("thresholds must be one-dimensional array", null);
    }
    if (thresholds.hasNulls()) {
      throw new SqlException(
          SqlState.NULL_VALUE_NOT_ALLOWED, "thresholds array must not contain NULLs");
    }
    SqlType element = ArrayRow.element(r, 1);
    int low = 0;
    int high = thresholds.cardinality();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (element.compare(r.column(0), r.position(), thresholds.elements(), middle) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    o.int32(low);
  }
}
