package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/**
 * A join that tests all pairs; the right side is kept. What the condition asks of the left row
 * alone is tested before its pairs are made; the right side is not read before a left row passes.
 */
public final class NestedLoopOperator extends PairJoinOperator {
  private final Operator right;
  private final Layout[] rightLayouts;
  private final boolean isRightFixed;
  private final MemoryAccount.Share share;
  private final Evaluator leftCondition;
  private Selection candidates;
  private boolean isRightRead;
  private int leftIndex;
  private int rightRow;

  public NestedLoopOperator(
      JoinKind kind,
      Operator left,
      Operator right,
      Layout[] rightLayouts,
      Evaluator leftCondition,
      Evaluator condition,
      JoinColumns columns,
      boolean readsLeftFirst,
      boolean isRightFixed,
      ExecutionContext context) {
    super(kind, left, condition, columns, readsLeftFirst, context);
    this.right = right;
    this.rightLayouts = rightLayouts;
    this.leftCondition = leftCondition;
    this.isRightFixed = isRightFixed;
    this.share = context.memory().share();
  }

  @Override
  void build() {
    boolean mayStayUnread =
        leftCondition != null && (kind == JoinKind.LEFT || kind == JoinKind.ANTI);
    if (mayStayUnread) {
      rightColumns = new RowBuffer(rightLayouts, share).build();
    } else {
      readRight();
    }
  }

  private void readRight() {
    RowBuffer buffer = new RowBuffer(rightLayouts, share);
    for (Block block = right.next(); block != null; block = right.next()) {
      context.checkInterruption();
      buffer.append(block);
    }
    rightCount = buffer.count();
    rightColumns = buffer.build();
    isRightRead = true;
  }

  @Override
  void startLeft(Block block) {
    candidates =
        leftCondition == null
            ? block.selection()
            : leftCondition.select(block, block.selection(), context.frame());
    if (!isRightRead && candidates.count() > 0) {
      readRight();
    }
    leftIndex = 0;
    rightRow = 0;
  }

  @Override
  int fill(int[] positions, int[] rows) {
    boolean needsOneOnly = kind == JoinKind.SEMI || kind == JoinKind.ANTI;
    context.checkInterruption();
    int n = 0;
    while (n < positions.length && leftIndex < candidates.count()) {
      int position = candidates.position(leftIndex);
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
      isRightRead = false;
      right.reset();
      share.release();
    }
  }

  @Override
  public void close() {
    restart(false);
    isRightRead = false;
    share.release();
    left.close();
    right.close();
  }
}
