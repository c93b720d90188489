package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * Runs the right side anew for each left row, whose columns it reads as outer columns. Results of
 * many left rows are put together into one block.
 */
public final class ApplyOperator implements Operator {
  private final JoinKind kind;
  private final Operator left;
  private final Operator right;
  private final Layout[] rightLayouts;
  private final int[] parameterColumns;
  private final int[] parameterSlots;
  private final Evaluator condition;
  private final int[] outputs;
  private final int leftCount;
  private final ExecutionContext context;
  private Block leftBlock;
  private int leftIndex;
  private boolean isRightOpen;
  private boolean hasMatch;
  private int[] leftPositions = new int[2 * Block.ROWS_MAX];
  private ColumnBuilder[] rightValues;
  private int pending;

  /**
   * Makes one.
   *
   * @param parameterColumns the left columns that the right side and the condition refer to
   * @param parameterSlots their slots in the frame
   * @param outputs what is yielded: positions among the left's columns, then the right's
   */
  public ApplyOperator(
      JoinKind kind,
      Operator left,
      Operator right,
      Layout[] rightLayouts,
      int[] parameterColumns,
      int[] parameterSlots,
      Evaluator condition,
      int[] outputs,
      int leftCount,
      ExecutionContext context) {
    this.kind = kind;
    this.left = left;
    this.right = right;
    this.rightLayouts = rightLayouts;
    this.parameterColumns = parameterColumns;
    this.parameterSlots = parameterSlots;
    this.condition = condition;
    this.outputs = outputs;
    this.leftCount = leftCount;
    this.context = context;
  }

  @Override
  public Block next() {
    while (true) {
      if (leftBlock == null) {
        leftBlock = left.next();
        if (leftBlock == null) {
          return null;
        }
        leftIndex = 0;
        isRightOpen = false;
        startOutput();
      }
      boolean isDone = collect();
      Block result = pending == 0 ? null : output();
      if (isDone) {
        leftBlock = null;
      }
      if (result != null) {
        return result;
      }
    }
  }

  private void startOutput() {
    rightValues = new ColumnBuilder[rightLayouts.length];
    for (int i = 0; i < rightValues.length; i++) {
      rightValues[i] = ColumnBuilder.of(rightLayouts[i], 64);
    }
    pending = 0;
  }

  /** Runs the right side for left rows until a block is full; true when the left block is done. */
  private boolean collect() {
    Selection rows = leftBlock.selection();
    while (leftIndex < rows.count()) {
      context.checkInterruption();
      int position = rows.position(leftIndex);
      if (!isRightOpen) {
        for (int i = 0; i < parameterSlots.length; i++) {
          Column column = leftBlock.column(parameterColumns[i]);
          context.frame().setOuter(parameterSlots[i], column, position);
        }
        right.reset();
        isRightOpen = true;
        hasMatch = false;
      }
      if (runRight(position)) {
        leftIndex++;
        isRightOpen = false;
      }
      if (pending >= Block.ROWS_MAX) {
        return leftIndex == rows.count();
      }
    }
    return true;
  }

  /** Takes rows from the right side; true when it is done with this left row. */
  private boolean runRight(int position) {
    while (pending < Block.ROWS_MAX) {
      Block block = right.next();
      if (block == null) {
        if (!hasMatch && (kind == JoinKind.LEFT || kind == JoinKind.ANTI)) {
          appendUnmatched(position);
        }
        return true;
      }
      Selection kept = block.selection();
      if (condition != null) {
        kept = condition.select(block, kept, context.frame());
      }
      if (kept.count() == 0) {
        continue;
      }
      hasMatch = true;
      switch (kind) {
        case INNER, LEFT -> append(position, block, kept);
        case SEMI -> {
          appendUnmatched(position);
          return true;
        }
        case ANTI -> {
          return true;
        }
        case RIGHT, FULL, NULL_AWARE_ANTI ->
            throw new IllegalStateException("no apply of kind " + kind);
      }
    }
    return false;
  }

  private void append(int position, Block block, Selection kept) {
    int n = kept.count();
    reserve(n);
    for (int i = 0; i < n; i++) {
      leftPositions[pending + i] = position;
    }
    for (int i = 0; i < rightValues.length; i++) {
      rightValues[i].appendAll(block.column(i), kept);
    }
    pending += n;
  }

  private void appendUnmatched(int position) {
    reserve(1);
    leftPositions[pending++] = position;
    for (ColumnBuilder builder : rightValues) {
      builder.appendNull();
    }
  }

  private void reserve(int more) {
    if (pending + more > leftPositions.length) {
      leftPositions =
          Arrays.copyOf(leftPositions, Math.max(pending + more, leftPositions.length * 2));
    }
  }

  private Block output() {
    Column[] columns = new Column[outputs.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          outputs[i] < leftCount
              ? leftBlock.column(outputs[i]).gather(leftPositions, pending)
              : rightValues[outputs[i] - leftCount].build();
    }
    Block block = new Block(pending, columns);
    startOutput();
    return block;
  }

  @Override
  public void reset() {
    left.reset();
    leftBlock = null;
    isRightOpen = false;
  }

  @Override
  public void close() {
    leftBlock = null;
    left.close();
    right.close();
  }
}
