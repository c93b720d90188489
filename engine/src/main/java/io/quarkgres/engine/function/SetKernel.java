package io.quarkgres.engine.function;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.BlockCursor;

/** A set-returning function, such as {@code generate_series} or {@code unnest}. Thread: any. */
@FunctionalInterface
public non-sealed interface SetKernel extends Kernel {
  /**
   * Opens the rows for the arguments at one position. A function with OUT columns yields blocks of
   * those columns, any other blocks of one column. A strict one is not called with a NULL argument:
   * it yields no rows.
   */
  BlockCursor open(Call call, Column[] arguments, int position, EvalContext context);
}
