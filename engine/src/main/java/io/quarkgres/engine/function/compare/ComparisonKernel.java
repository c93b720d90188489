package io.quarkgres.engine.function.compare;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * A comparison as a function: where its value is wanted, and where only the rows it keeps are.
 * Thread: any.
 *
 * @param comparison what gives the values
 * @param filter what keeps the rows for which it is true
 */
record ComparisonKernel(Comparison comparison, Filter filter) implements ScalarKernel {
  /** Keeps the rows for which a comparison of two columns is true. */
  @FunctionalInterface
  interface Filter {
    /** Returns those of the rows, none of which has a NULL operand. */
    Selection select(Column left, Column right, Selection rows);
  }

  @Override
  public Column apply(
      Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
    boolean[] values =
        comparison.apply(call.argumentTypes()[0], arguments[0], arguments[1], rows, size);
    return new BooleanColumn(values, null, size);
  }

  @Override
  public Selection select(
      Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
    return filter.select(arguments[0], arguments[1], rows);
  }
}
