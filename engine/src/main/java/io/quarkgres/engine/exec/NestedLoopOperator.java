package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/** A join that tests all pairs; the right side is kept. */
final class NestedLoopOperator extends PairJoinOperator {
  private final Operator right;
  private final Layout[] rightLayouts;
  private final boolean isRightFixed;
  private final MemoryAccount.Share share;
  private int leftIndex;
  private int rightRow;

  NestedLoopOperator(
      JoinKind kind,
      Operator left,
      Operator right,
      Layout[] rightLayouts,
      Evaluator condition,
      JoinColumns columns,
      boolean readsLeftFirst,
      boolean isRightFixed,
      ExecutionContext context) {
    super(kind, left, condition, columns, readsLeftFirst, context);
    this.right = right;
    this.rightLayouts = rightLayouts;
    this.isRightFixed = isRightFixed;
    this.share = context.memory().share();
  }

  @Override
  void build() {
    RowBuffer buffer = new RowBuffer(rightLayouts, share);
    for (Block block = right.next(); block != null; block = right.next()) {
      context.checkInterruption();
      buffer.append(block);
    }
    rightCount = buffer.count();
    rightColumns = buffer.build();
  }

  @Override
  void startLeft(Block block) {
    leftIndex = 0;
    rightRow = 0;
  }

  @Override
  int fill(int[] positions, int[] rows) {
    Selection selection = leftBlock.selection();
    boolean needsOneOnly = kind == JoinKind.SEMI || kind == JoinKind.ANTI;
    context.checkInterruption();
    int n = 0;
    while (n < positions.length && leftIndex < selection.count()) {
      int position = selection.position(leftIndex);
      boolean isSettled =
          needsOneOnly && (leftMatched[position] || condition == null && rightRow > 0);
      if (rightRow == rightCount || isSettled) {
        leftIndex++;
        rightRow = 0;
        continue;
      }
      int take = Math.min(positions.length - n, rightCount - rightRow);
      for (int i = 0; i < take; i++) {
        positions[n + i] = position;
        rows[n + i] = rightRow + i;
      }
      n += take;
      rightRow += take;
    }
    return n;
  }

  @Override
  public void reset() {
    left.reset();
    restart(isRightFixed);
    if (!isRightFixed) {
      right.reset();
      share.release();
    }
  }

  @Override
  public void close() {
    restart(false);
    share.release();
    left.close();
    right.close();
  }
}
