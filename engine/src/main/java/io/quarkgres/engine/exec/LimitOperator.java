package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** LIMIT, OFFSET and WITH TIES. */
public final class LimitOperator implements Operator {
  private final Operator input;
  private final Evaluator count;
  private final Evaluator offset;
  private final Evaluator[] tieKeys;
  private final RowOrder tieOrder;
  private final ExecutionContext context;
  private boolean isOpen;
  private long toSkip;
  private long toYield;
  private Column[] lastKeys;
  private boolean isDone;

  /** Makes one; {@code count}, {@code offset} and the ties may be {@code null}. */
  public LimitOperator(
      Operator input,
      Evaluator count,
      Evaluator offset,
      Evaluator[] tieKeys,
      RowOrder tieOrder,
      ExecutionContext context) {
    this.input = input;
    this.count = count;
    this.offset = offset;
    this.tieKeys = tieKeys;
    this.tieOrder = tieOrder;
    this.context = context;
  }

  /** Computes a row count; no expression and NULL mean no limit. */
  public static long count(Evaluator count, ExecutionContext context) {
    long value = value(count, Long.MAX_VALUE, context);
    if (value < 0) {
      throw new SqlException(
          SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE, "LIMIT must not be negative");
    }
    return value;
  }

  /** Computes an offset; no expression and NULL mean none. */
  public static long offset(Evaluator offset, ExecutionContext context) {
    long value = value(offset, 0, context);
    if (value < 0) {
      throw new SqlException(
          SqlState.INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE, "OFFSET must not be negative");
    }
    return value;
  }

  private static long value(Evaluator expression, long otherwise, ExecutionContext context) {
    if (expression == null) {
      return otherwise;
    }
    LongColumn value = (LongColumn) expression.single(context.frame());
    return value.isNull(0) ? otherwise : value.values()[0];
  }

  @Override
  public Block next() {
    if (!isOpen) {
      isOpen = true;
      toSkip = offset(offset, context);
      toYield = count(count, context);
      isDone = toYield == 0;
    }
    while (!isDone) {
      Block block = input.next();
      if (block == null) {
        isDone = true;
        return null;
      }
      Selection rows = block.selection();
      int from = (int) Math.min(toSkip, rows.count());
      toSkip -= from;
      if (from == rows.count()) {
        continue;
      }
      int to = (int) Math.min(rows.count(), from + Math.min(toYield, Integer.MAX_VALUE - from));
      boolean isLast = toYield <= to - from;
      toYield -= to - from;
      if (isLast && tieKeys != null) {
        to = withTies(block, to);
      }
      isDone = isLast && tieKeys == null || isDone;
      if (to > from) {
        return block.select(slice(rows, from, to));
      }
    }
    return null;
  }

  /** Extends the end over rows that equal the last counted one; ends when one does not. */
  private int withTies(Block block, int end) {
    Selection rows = block.selection();
    Column[] keys = new Column[tieKeys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = tieKeys[i].evaluate(block, rows, context.frame());
    }
    int to = end;
    if (lastKeys == null) {
      lastKeys = RowOutput.gather(keys, new int[] {rows.position(end - 1)}, 1);
    }
    while (to < rows.count() && tieOrder.compare(keys, rows.position(to), lastKeys, 0) == 0) {
      to++;
    }
    isDone = to < rows.count();
    return to;
  }

  private static Selection slice(Selection rows, int from, int to) {
    if (from == 0 && (to == rows.count() || rows.isDense())) {
      return to == rows.count() ? rows : Selection.dense(to);
    }
    int[] kept = new int[to - from];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = rows.position(from + i);
    }
    return new Selection(kept, kept.length);
  }

  @Override
  public void reset() {
    input.reset();
    isOpen = false;
    isDone = false;
    lastKeys = null;
  }

  @Override
  public void close() {
    input.close();
    isDone = true;
    lastKeys = null;
  }
}
