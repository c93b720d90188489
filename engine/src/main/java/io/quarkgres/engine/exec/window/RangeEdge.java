package io.quarkgres.engine.exec.window;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * One edge of RANGE frames with an offset, found by the key type's {@code in_range} function: its
 * arguments are a value, the current row's value, the offset, whether to subtract it, and whether
 * to ask for "at most" instead of "at least". Used by one thread.
 */
final class RangeEdge {
  private final Call inRange;
  private final Column offset;
  private final Column isSubtracted;
  private final Column isAtMost;
  private final Column keys;
  private final boolean nullsFirst;
  private final ExecutionContext context;

  RangeEdge(
      Call inRange,
      Column offset,
      boolean isPreceding,
      boolean isEnd,
      WindowRows rows,
      ExecutionContext context) {
    if (inRange == null || !(inRange.function().kernel() instanceof ScalarKernel)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "RANGE with offset PRECEDING/FOLLOWING is not supported for this column type");
    }
    boolean isDescending = rows.order().isDescending(0);
    this.inRange = inRange;
    this.offset = offset;
    this.isSubtracted = flag(isPreceding != isDescending);
    this.isAtMost = flag(isEnd != isDescending);
    this.keys = rows.orderKeys()[0];
    this.nullsFirst = rows.order().nullsFirst(0);
    this.context = context;
  }

  private static Column flag(boolean value) {
    return new BooleanColumn(new boolean[] {value}, null, 1);
  }

  /** Tells whether a row lies before the start of the current row's frame. */
  boolean isBeforeStart(int row, int current) {
    boolean isNull = keys.isNull(row);
    boolean isCurrentNull = keys.isNull(current);
    if (isNull || isCurrentNull) {
      return nullsFirst ? isNull && !isCurrentNull : !isNull && isCurrentNull;
    }
    return !inRange(row, current);
  }

  /** Tells whether a row lies before the end of the current row's frame. */
  boolean isBeforeEnd(int row, int current) {
    boolean isNull = keys.isNull(row);
    boolean isCurrentNull = keys.isNull(current);
    if (isNull || isCurrentNull) {
      return nullsFirst ? isNull : isCurrentNull;
    }
    return inRange(row, current);
  }

  private boolean inRange(int row, int current) {
    Column[] arguments = {
      keys.gather(new int[] {row}, 1),
      keys.gather(new int[] {current}, 1),
      offset,
      isSubtracted,
      isAtMost
    };
    ScalarKernel kernel = (ScalarKernel) inRange.function().kernel();
    BooleanColumn answer =
        (BooleanColumn)
            kernel.apply(inRange, arguments, Selection.dense(1), 1, context.evaluation());
    return answer.values()[0];
  }
}
