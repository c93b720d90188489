package io.quarkgres.engine.function.compare;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** Compares two columns position by position. Thread: any. */
@FunctionalInterface
interface Comparison {
  /**
   * Computes the selected positions.
   *
   * @param type the type of the left operand
   */
  boolean[] apply(SqlType type, Column left, Column right, Selection rows, int size);
}
