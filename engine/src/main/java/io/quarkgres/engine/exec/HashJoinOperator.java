package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/**
 * A hash join: the right side is kept in a {@link JoinTable}, the left side probes block by block.
 */
final class HashJoinOperator extends PairJoinOperator {
  private final Operator right;
  private final Layout[] rightLayouts;
  private final Evaluator[] leftKeys;
  private final Evaluator[] rightKeys;
  private final SqlType[] keyTypes;
  private final boolean[] nullsMatch;
  private final boolean isRightFixed;
  private JoinTable table;
  private int[] numbers = new int[Block.ROWS_MAX];
  private int nextIndex;
  private int chainRow;

  HashJoinOperator(
      JoinKind kind,
      Operator left,
      Operator right,
      Layout[] rightLayouts,
      Evaluator[] leftKeys,
      Evaluator[] rightKeys,
      SqlType[] keyTypes,
      boolean[] nullsMatch,
      Evaluator condition,
      JoinColumns columns,
      boolean readsLeftFirst,
      boolean isRightFixed,
      ExecutionContext context) {
    super(kind, left, condition, columns, readsLeftFirst, context);
    this.right = right;
    this.rightLayouts = rightLayouts;
    this.leftKeys = leftKeys;
    this.rightKeys = rightKeys;
    this.keyTypes = keyTypes;
    this.nullsMatch = nullsMatch;
    this.isRightFixed = isRightFixed;
  }

  @Override
  void build() {
    table = new JoinTable(keyTypes, nullsMatch, rightLayouts, context);
    table.fill(right, rightKeys);
    rightCount = table.count();
    rightColumns = table.columns();
  }

  @Override
  void startLeft(Block block) {
    if (numbers.length < block.positionCount()) {
      numbers = new int[block.positionCount()];
    }
    table.find(leftKeys, block, block.selection(), numbers);
    nextIndex = 0;
    chainRow = NO_ROW;
  }

  @Override
  public Block next() {
    boolean isPlain = condition == null && (kind == JoinKind.INNER || kind == JoinKind.LEFT);
    if (isPlain && table != null && table.isUnique() && leftBlock == null) {
      return nextAligned();
    }
    return super.next();
  }

  /** Joins where every left row has at most one match: left columns pass through as they are. */
  private Block nextAligned() {
    while (!isLeftUseless()) {
      context.checkInterruption();
      Block block = nextLeft();
      if (block == null) {
        return null;
      }
      startLeft(block);
      Selection rows = block.selection();
      int[] rowAtPosition = new int[block.positionCount()];
      int[] kept = new int[rows.count()];
      int n = 0;
      for (int i = 0; i < rows.count(); i++) {
        int position = rows.position(i);
        int number = numbers[position];
        rowAtPosition[position] = number < 0 ? NO_ROW : table.first(number);
        kept[n] = position;
        n += number < 0 ? 0 : 1;
      }
      if (kind == JoinKind.LEFT || n == rows.count()) {
        return aligned(block, rows, rowAtPosition);
      }
      if (n > 0) {
        return aligned(block, new Selection(kept, n), rowAtPosition);
      }
    }
    return null;
  }

  @Override
  int fill(int[] positions, int[] rows) {
    Selection selection = leftBlock.selection();
    boolean yieldsUnmatched = condition == null && (kind == JoinKind.LEFT || kind == JoinKind.FULL);
    boolean needsOneOnly = condition == null && (kind == JoinKind.SEMI || kind == JoinKind.ANTI);
    int n = 0;
    while (n < positions.length) {
      if (chainRow != NO_ROW) {
        positions[n] = selection.position(nextIndex - 1);
        rows[n++] = chainRow;
        chainRow = needsOneOnly ? NO_ROW : table.next(chainRow);
      } else if (nextIndex == selection.count()) {
        break;
      } else {
        int position = selection.position(nextIndex++);
        int number = numbers[position];
        if (number >= 0) {
          chainRow = table.first(number);
        } else if (yieldsUnmatched) {
          positions[n] = position;
          rows[n++] = NO_ROW;
        }
      }
    }
    return n;
  }

  @Override
  public void reset() {
    left.reset();
    restart(isRightFixed);
    if (!isRightFixed) {
      right.reset();
      forget();
    }
  }

  private void forget() {
    if (table != null) {
      table.release();
      table = null;
    }
  }

  @Override
  public void close() {
    restart(false);
    forget();
    left.close();
    right.close();
  }
}
