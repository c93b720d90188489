package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** An array with an element or a slice replaced: {@code UPDATE t SET a[2] = 1}. Thread: any. */
final class SubscriptAssignmentEvaluator extends Evaluator {
  private final Evaluator operand;
  private final Evaluator[] lowers;
  private final Evaluator[] uppers;
  private final boolean isSlice;
  private final Evaluator value;
  private final ArrayType type;

  SubscriptAssignmentEvaluator(
      Evaluator operand,
      Evaluator[] lowers,
      Evaluator[] uppers,
      boolean isSlice,
      Evaluator value,
      ArrayType type) {
    this.operand = operand;
    this.lowers = lowers;
    this.uppers = uppers;
    this.isSlice = isSlice;
    this.value = value;
    this.type = type;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column arrays = operand.evaluate(block, rows, frame);
    SubscriptBounds bounds = SubscriptBounds.evaluate(lowers, uppers, block, rows, frame);
    Column values = value.evaluate(block, rows, frame);
    int size = block.positionCount();
    BytesBuilder result = new BytesBuilder(size);
    int next = 0;
    for (int position = 0; position < size; position++) {
      boolean isSelected = next < rows.count() && rows.position(next) == position;
      next += isSelected ? 1 : 0;
      if (!isSelected) {
        result.appendNull();
        continue;
      }
      if (bounds.hasNull(position)) {
        throw new SqlException(
            SqlState.NULL_VALUE_NOT_ALLOWED, "array subscript in assignment must not be null");
      }
      ArrayValue array =
          arrays.isNull(position) ? ArrayValue.empty(type.element()) : type.value(arrays, position);
      if (!isSlice) {
        assignElement(array, bounds, position, values).appendTo(result);
      } else if (values.isNull(position)) {
        result.append(arrays, position);
      } else {
        assignSlice(array, bounds, position, type.value(values, position)).appendTo(result);
      }
    }
    return result.build();
  }

  private ArrayValue assignElement(
      ArrayValue array, SubscriptBounds bounds, int position, Column values) {
    int n = bounds.count();
    int[] subscripts = new int[n];
    for (int d = 0; d < n; d++) {
      subscripts[d] = bounds.upper(d, position);
    }
    ArrayValue room = makeRoom(array, subscripts, subscripts);
    int index = 0;
    for (int d = 0; d < n; d++) {
      index = index * room.dims()[d] + subscripts[d] - room.lowerBounds()[d];
    }
    int[] sources = identity(room.elements().count());
    return replaced(room, new int[] {index}, values, new int[] {position}, sources);
  }

  private ArrayValue assignSlice(
      ArrayValue array, SubscriptBounds bounds, int position, ArrayValue source) {
    int n = bounds.count();
    int ndim = Math.max(n, array.dims().length);
    int[] low = new int[ndim];
    int[] high = new int[ndim];
    for (int d = 0; d < ndim; d++) {
      boolean isGiven = d < n;
      if (array.dims().length == 0 && !(isGiven && bounds.hasUpper(d))) {
        throw new SqlException(
            SqlState.ARRAY_ELEMENT_ERROR,
            "array slice subscript must provide both boundaries",
            "When assigning to a slice of an empty array value, slice boundaries must be fully"
                + " specified.",
            null);
      }
      low[d] =
          isGiven && bounds.hasLower(d)
              ? bounds.lower(d, position)
              : array.dims().length == 0 ? 1 : array.lowerBounds()[d];
      high[d] = isGiven && bounds.hasUpper(d) ? bounds.upper(d, position) : array.upperBound(d);
      if (low[d] > high[d]) {
        throw new SqlException(
            SqlState.ARRAY_ELEMENT_ERROR, "upper bound cannot be less than lower bound");
      }
    }
    ArrayValue room = makeRoom(array, low, high);
    int[] from = new int[ndim];
    int[] dims = new int[ndim];
    long total = 1;
    for (int d = 0; d < ndim; d++) {
      from[d] = low[d] - room.lowerBounds()[d];
      dims[d] = high[d] - low[d] + 1;
      total *= dims[d];
    }
    if (source.elements().count() < total) {
      throw new SqlException(SqlState.ARRAY_ELEMENT_ERROR, "source array too small");
    }
    int[] targets = new int[(int) total];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = SubscriptsEvaluator.sourceIndex(i, from, dims, room.dims());
    }
    return replaced(
        room,
        targets,
        source.elements(),
        identity(targets.length),
        identity(room.elements().count()));
  }

  /** Extends an array of one dimension, or checks that the subscripts lie within the others. */
  private ArrayValue makeRoom(ArrayValue array, int[] low, int[] high) {
    SqlType element = type.element();
    int n = low.length;
    if (array.dims().length == 0) {
      int[] dims = new int[n];
      for (int d = 0; d < n; d++) {
        dims[d] = Math.addExact(Math.subtractExact(high[d], low[d]), 1);
      }
      int count = ArrayValue.checkedCardinality(dims);
      return new ArrayValue(
          element.oid(), dims, low.clone(), ColumnBuilder.nulls(element.layout(), count));
    }
    if (array.dims().length != n) {
      throw new SqlException(SqlState.ARRAY_ELEMENT_ERROR, "wrong number of array subscripts");
    }
    int lower = Math.min(low[0], array.lowerBounds()[0]);
    int upper = Math.max(high[0], array.upperBound(0));
    if (n == 1 && (lower < array.lowerBounds()[0] || upper > array.upperBound(0))) {
      int[] dims = {(int) Math.min(Integer.MAX_VALUE, (long) upper - lower + 1)};
      int count = ArrayValue.checkedCardinality(dims);
      int[] sources = new int[count];
      int shift = array.lowerBounds()[0] - lower;
      for (int i = 0; i < count; i++) {
        sources[i] = i >= shift && i < shift + array.dims()[0] ? i - shift : -1;
      }
      return new ArrayValue(
          element.oid(), dims, new int[] {lower}, array.elements().gather(sources, count));
    }
    for (int d = 0; d < n; d++) {
      if (low[d] < array.lowerBounds()[d] || high[d] > array.upperBound(d)) {
        throw new SqlException(SqlState.ARRAY_ELEMENT_ERROR, "array subscript out of range");
      }
    }
    return array;
  }

  private ArrayValue replaced(
      ArrayValue room, int[] targets, Column values, int[] valuePositions, int[] sources) {
    for (int i = 0; i < targets.length; i++) {
      sources[targets[i]] = -1 - valuePositions[i];
    }
    ColumnBuilder builder = ColumnBuilder.of(type.element().layout(), sources.length);
    for (int source : sources) {
      if (source >= 0) {
        builder.append(room.elements(), source);
      } else {
        builder.append(values, -1 - source);
      }
    }
    return new ArrayValue(type.element().oid(), room.dims(), room.lowerBounds(), builder.build());
  }

  private static int[] identity(int n) {
    return Selection.dense(n).toPositions();
  }
}
