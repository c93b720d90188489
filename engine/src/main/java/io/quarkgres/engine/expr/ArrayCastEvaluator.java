package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;

/**
 * A cast of the elements of arrays: the elements of all rows are put one behind another, cast at
 * once, and put back into arrays of the same shape. Thread: any.
 */
final class ArrayCastEvaluator extends Evaluator {
  private final Evaluator operand;
  private final Evaluator element;
  private final int elementSlot;
  private final ArrayType from;
  private final ArrayType to;

  ArrayCastEvaluator(
      Evaluator operand, Evaluator element, int elementSlot, ArrayType from, ArrayType to) {
    this.operand = operand;
    this.element = element;
    this.elementSlot = elementSlot;
    this.from = from;
    this.to = to;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column arrays = operand.evaluate(block, rows, frame);
    Selection live = rows.withoutNulls(arrays.nulls());
    ArrayValue[] values = new ArrayValue[live.count()];
    ColumnBuilder flat = ColumnBuilder.of(from.element().layout(), live.count() * 4);
    for (int i = 0; i < values.length; i++) {
      values[i] = from.value(arrays, live.position(i));
      flat.appendAll(values[i].elements(), Selection.dense(values[i].elements().count()));
    }
    Column cast = castAll(flat.build(), frame);
    int size = block.positionCount();
    BytesBuilder result = new BytesBuilder(size);
    int next = 0;
    int start = 0;
    for (int position = 0; position < size; position++) {
      if (next < live.count() && live.position(next) == position) {
        ArrayValue value = values[next++];
        int n = value.elements().count();
        int[] positions = new int[n];
        for (int i = 0; i < n; i++) {
          positions[i] = start + i;
        }
        start += n;
        new ArrayValue(
                to.element().oid(), value.dims(), value.lowerBounds(), cast.gather(positions, n))
            .appendTo(result);
      } else {
        result.appendNull();
      }
    }
    return result.build();
  }

  private Column castAll(Column elements, Frame frame) {
    Object outer = frame.state(elementSlot);
    frame.setState(elementSlot, elements);
    int n = elements.count();
    Column cast = element.evaluate(new Block(n), Selection.dense(n), frame);
    frame.setState(elementSlot, outer);
    return cast;
  }

  @Override
  boolean isFixed() {
    return operand.isFixed();
  }
}
