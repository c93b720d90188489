package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;

/** An element or a slice of an array (manual, section 8.15.3). Thread: any. */
final class SubscriptsEvaluator extends Evaluator {
  private final Evaluator operand;
  private final Evaluator[] lowers;
  private final Evaluator[] uppers;
  private final boolean isSlice;
  private final ArrayType arrayType;
  private final SqlType resultType;

  SubscriptsEvaluator(
      Evaluator operand,
      Evaluator[] lowers,
      Evaluator[] uppers,
      boolean isSlice,
      ArrayType arrayType,
      SqlType resultType) {
    this.operand = operand;
    this.lowers = lowers;
    this.uppers = uppers;
    this.isSlice = isSlice;
    this.arrayType = arrayType;
    this.resultType = resultType;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column arrays = operand.evaluate(block, rows, frame);
    SubscriptBounds bounds = SubscriptBounds.evaluate(lowers, uppers, block, rows, frame);
    int size = block.positionCount();
    ColumnBuilder result = ColumnBuilder.of(resultType.layout(), size);
    int next = 0;
    for (int position = 0; position < size; position++) {
      boolean isSelected = next < rows.count() && rows.position(next) == position;
      next += isSelected ? 1 : 0;
      if (!isSelected || arrays.isNull(position) || bounds.hasNull(position)) {
        result.appendNull();
      } else if (isSlice) {
        slice(arrayType.value(arrays, position), bounds, position).appendTo(result);
      } else {
        appendElement(arrayType.value(arrays, position), bounds, position, result);
      }
    }
    return result.build();
  }

  private static void appendElement(
      ArrayValue array, SubscriptBounds bounds, int position, ColumnBuilder result) {
    int index = array.dims().length == bounds.count() ? 0 : -1;
    for (int d = 0; index >= 0 && d < bounds.count(); d++) {
      int subscript = bounds.upper(d, position);
      boolean isInside = subscript >= array.lowerBounds()[d] && subscript <= array.upperBound(d);
      index = isInside ? index * array.dims()[d] + subscript - array.lowerBounds()[d] : -1;
    }
    if (index < 0) {
      result.appendNull();
    } else {
      result.append(array.elements(), index);
    }
  }

  private ArrayValue slice(ArrayValue array, SubscriptBounds bounds, int position) {
    int ndim = array.dims().length;
    if (ndim < bounds.count() || ndim == 0) {
      return ArrayValue.empty(arrayType.element());
    }
    int[] from = new int[ndim];
    int[] dims = new int[ndim];
    int[] ones = new int[ndim];
    int total = 1;
    for (int d = 0; d < ndim; d++) {
      int low = array.lowerBounds()[d];
      int high = array.upperBound(d);
      if (d < bounds.count()) {
        low = bounds.hasLower(d) ? Math.max(low, bounds.lower(d, position)) : low;
        high = bounds.hasUpper(d) ? Math.min(high, bounds.upper(d, position)) : high;
      }
      if (low > high) {
        return ArrayValue.empty(arrayType.element());
      }
      from[d] = low - array.lowerBounds()[d];
      dims[d] = high - low + 1;
      ones[d] = 1;
      total *= dims[d];
    }
    int[] positions = new int[total];
    for (int i = 0; i < total; i++) {
      positions[i] = sourceIndex(i, from, dims, array.dims());
    }
    return new ArrayValue(
        array.elementOid(), dims, ones, array.elements().gather(positions, total));
  }

  /** Returns where the i-th element of a slice lies in the whole array. */
  static int sourceIndex(int i, int[] from, int[] dims, int[] wholeDims) {
    int rest = i;
    int index = 0;
    int stride = 1;
    for (int d = dims.length - 1; d >= 0; d--) {
      index += (from[d] + rest % dims[d]) * stride;
      rest /= dims[d];
      stride *= wholeDims[d];
    }
    return index;
  }
}
