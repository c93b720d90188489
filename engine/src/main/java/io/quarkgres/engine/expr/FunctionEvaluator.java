package io.quarkgres.engine.expr;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;

/**
 * A call of a scalar function: one call of its kernel a block. One whose only argument that varies
 * has a dictionary is computed for the strings that rows have, see {@link DictionaryCall}. Thread:
 * any.
 */
final class FunctionEvaluator extends Evaluator {
  private final Call call;
  private final ScalarKernel kernel;
  private final Evaluator[] arguments;
  private final boolean isStrict;
  private final boolean isFixed;

  /** The only argument that varies, if the function depends on its arguments only; or -1. */
  private final int onlyVarying;

  FunctionEvaluator(Call call, Evaluator[] arguments) {
    this.call = call;
    this.kernel = (ScalarKernel) call.function().kernel();
    this.arguments = arguments;
    this.isStrict = call.function().strict();
    boolean fixed = call.function().volatility() != Volatility.VOLATILE;
    int varying = -1;
    int varyingCount = 0;
    for (int i = 0; i < arguments.length; i++) {
      if (!arguments[i].isFixed()) {
        varying = i;
        varyingCount++;
      }
    }
    this.isFixed = fixed && varyingCount == 0;
    this.onlyVarying = fixed && isStrict && varyingCount == 1 ? varying : -1;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column[] values = values(block, rows, frame);
    if (DictionaryCall.isWorth(values, onlyVarying, rows)) {
      return new DictionaryCall(call, kernel, values, onlyVarying, rows)
          .evaluate(block.positionCount(), frame.context());
    }
    return apply(call, kernel, isStrict, values, rows, block.positionCount(), frame);
  }

  @Override
  public Selection select(Block block, Selection rows, Frame frame) {
    Column[] values = values(block, rows, frame);
    Selection live = rows;
    for (int i = 0; isStrict && i < values.length; i++) {
      live = live.withoutNulls(values[i].nulls());
    }
    if (live.count() == 0) {
      return live;
    }
    if (DictionaryCall.isWorth(values, onlyVarying, live)) {
      return new DictionaryCall(call, kernel, values, onlyVarying, live).select(frame.context());
    }
    return kernel.select(call, values, live, block.positionCount(), frame.context());
  }

  private Column[] values(Block block, Selection rows, Frame frame) {
    Column[] values = new Column[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].evaluate(block, rows, frame);
    }
    return values;
  }

  /** Calls a scalar function on argument columns, dealing with NULLs for a strict one. */
  static Column apply(Call call, Column[] values, Selection rows, int size, Frame frame) {
    return apply(
        call,
        (ScalarKernel) call.function().kernel(),
        call.function().strict(),
        values,
        rows,
        size,
        frame);
  }

  private static Column apply(
      Call call,
      ScalarKernel kernel,
      boolean isStrict,
      Column[] values,
      Selection rows,
      int size,
      Frame frame) {
    if (!isStrict) {
      return kernel.apply(call, values, rows, size, frame.context());
    }
    long[] nulls = null;
    for (Column value : values) {
      nulls = Nulls.union(nulls, value.nulls(), size);
    }
    if (nulls == null) {
      return kernel.apply(call, values, rows, size, frame.context());
    }
    Selection live = rows.withoutNulls(nulls);
    if (live.count() == 0) {
      return ColumnBuilder.nulls(call.returnType().layout(), size);
    }
    Column result = kernel.apply(call, values, live, size, frame.context());
    return result.withNulls(Nulls.union(nulls, result.nulls(), size));
  }

  @Override
  boolean isFixed() {
    return isFixed;
  }
}
