package io.quarkgres.engine.expr;

import io.quarkgres.engine.expr.key.DefaultEquality;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * {@code left op ANY|ALL (array)}. One array for all rows is walked element by element over whole
 * blocks, or hashed when it is long and the operator is an equality. Thread: any.
 */
final class QuantifiedArrayEvaluator extends Evaluator {
  private static final int HASHED_ELEMENTS_MIN = 9;

  private final Call operator;
  private final Evaluator left;
  private final Evaluator array;
  private final ArrayType arrayType;
  private final boolean isAll;
  private final boolean isHashable;
  private final int slot;

  QuantifiedArrayEvaluator(
      Call operator,
      Evaluator left,
      Evaluator array,
      ArrayType arrayType,
      boolean isAll,
      Environment environment) {
    this.operator = operator;
    this.left = left;
    this.array = array;
    this.arrayType = arrayType;
    this.isAll = isAll;
    this.isHashable =
        isAll
            ? DefaultEquality.isNegated(operator, environment.functions())
            : DefaultEquality.is(operator, environment.functions());
    this.slot = environment.newStateSlot();
  }

  /** The elements of the one array, hashed if that pays. */
  private record Elements(boolean isNull, Column values, boolean hasNull, KeyTable table) {}

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column value = left.evaluate(block, rows, frame);
    if (!array.isFixed()) {
      return perRow(value, array.evaluate(block, rows, frame), block, rows, frame);
    }
    int size = block.positionCount();
    boolean[] result = new boolean[size];
    if (rows.count() == 0) {
      return new BooleanColumn(result, null, size);
    }
    Elements elements = (Elements) frame.state(slot);
    if (elements == null) {
      elements = read(array.single(frame));
      frame.setState(slot, elements);
    }
    if (elements.isNull) {
      return new BooleanColumn(result, Nulls.all(size), size);
    }
    return elements.table == null
        ? byElement(value, elements.values, rows, size, frame)
        : byHash(value, elements, rows, size);
  }

  private Elements read(Column one) {
    if (one.isNull(0)) {
      return new Elements(true, null, false, null);
    }
    Column values = arrayType.value(one, 0).elements();
    boolean hasNull = Nulls.any(values.nulls(), values.count());
    KeyTable table = null;
    if (isHashable && values.count() >= HASHED_ELEMENTS_MIN) {
      table = KeyTable.of(new SqlType[] {arrayType.element()}, new boolean[1]);
      Column[] keys = {values};
      table.assign(keys, Selection.dense(values.count()), new int[values.count()]);
    }
    return new Elements(false, values, hasNull, table);
  }

  private BooleanColumn byHash(Column value, Elements elements, Selection rows, int size) {
    boolean[] result = new boolean[size];
    int[] numbers = new int[size];
    Selection live = rows.withoutNulls(value.nulls());
    Column[] keys = {value};
    elements.table.find(keys, live, numbers);
    for (int i = 0; i < live.count(); i++) {
      int position = live.position(i);
      result[position] = numbers[position] >= 0 != isAll;
    }
    long[] nulls = value.nulls();
    if (elements.hasNull) {
      long[] own = Nulls.none(size);
      for (int i = 0; i < live.count(); i++) {
        int position = live.position(i);
        if (numbers[position] < 0) {
          Nulls.set(own, position);
        }
      }
      nulls = Nulls.union(nulls, own, size);
    }
    return new BooleanColumn(result, nulls, size);
  }

  /** Applies the operator to whole columns, one element after another. */
  private BooleanColumn byElement(
      Column value, Column elements, Selection rows, int size, Frame frame) {
    boolean[] result = new boolean[size];
    long[] nulls = null;
    Selection open = rows;
    for (int e = 0; e < elements.count() && open.count() > 0; e++) {
      Column[] values = {value, elements.gather(filled(size, e), size)};
      BooleanColumn answer =
          (BooleanColumn) FunctionEvaluator.apply(operator, values, open, size, frame);
      int[] kept = new int[open.count()];
      int n = 0;
      for (int i = 0; i < open.count(); i++) {
        int position = open.position(i);
        if (answer.isNull(position)) {
          nulls = nulls == null ? Nulls.none(size) : nulls;
          Nulls.set(nulls, position);
          kept[n++] = position;
        } else if (answer.values()[position] == isAll) {
          kept[n++] = position;
        } else {
          result[position] = !isAll;
          if (nulls != null) {
            nulls[position >> 6] &= ~(1L << position);
          }
        }
      }
      open = new Selection(kept, n);
    }
    for (int i = 0; i < open.count(); i++) {
      result[open.position(i)] = isAll;
    }
    return new BooleanColumn(result, nulls, size);
  }

  private static int[] filled(int size, int position) {
    int[] result = new int[size];
    Arrays.fill(result, position);
    return result;
  }

  private BooleanColumn perRow(
      Column value, Column arrays, Block block, Selection rows, Frame frame) {
    int size = block.positionCount();
    boolean[] result = new boolean[size];
    long[] nulls = Nulls.none(size);
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (arrays.isNull(position)) {
        Nulls.set(nulls, position);
        continue;
      }
      Column elements = arrayType.value(arrays, position).elements();
      int n = elements.count();
      if (n == 0) {
        result[position] = isAll;
        continue;
      }
      Column[] values = {value.gather(filled(n, position), n), elements};
      BooleanColumn answers =
          (BooleanColumn) FunctionEvaluator.apply(operator, values, Selection.dense(n), n, frame);
      boolean hasNull = false;
      boolean isDecided = false;
      for (int e = 0; e < n && !isDecided; e++) {
        boolean isNull = answers.isNull(e);
        hasNull |= isNull;
        isDecided = !isNull && answers.values()[e] != isAll;
      }
      result[position] = isDecided != isAll;
      if (!isDecided && hasNull) {
        Nulls.set(nulls, position);
      }
    }
    return new BooleanColumn(result, nulls, size);
  }
}
