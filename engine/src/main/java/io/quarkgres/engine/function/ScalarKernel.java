package io.quarkgres.engine.function;

import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** A function from columns to a column. Thread: any. */
@FunctionalInterface
public non-sealed interface ScalarKernel extends Kernel {
  /**
   * Computes the selected positions. For a strict function, no selected position has a NULL
   * argument, and NULLs of the result that come from arguments are added by the caller; the kernel
   * sets only those it makes itself.
   *
   * @param call the resolved types
   * @param arguments argument columns, aligned with the block
   * @param rows the positions to compute; the largest position plus one is at most {@code size}
   * @param size how many positions the result column must have
   * @param context the session's side: settings, clock, services
   */
  Column apply(Call call, Column[] arguments, Selection rows, int size, EvalContext context);

  /** Returns those of the rows for which the function, a boolean one, is true. */
  default Selection select(
      Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
    return rows.whereTrue((BooleanColumn) apply(call, arguments, rows, size, context));
  }
}
