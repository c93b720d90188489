package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What joins with a kept right side have in common: a sub-class gives candidate pairs (left
 * position, right row) in batches; here they are tested, turned into blocks, and rows without a
 * match are found.
 */
public abstract class PairJoinOperator implements Operator {
  /** A right row that stands for NULLs. */
  static final int NO_ROW = -1;

  final JoinKind kind;
  final Operator left;
  final ExecutionContext context;
  final Evaluator condition;
  final JoinColumns columns;
  private final int[] leftPositions = new int[Block.ROWS_MAX];
  private final int[] rightRows = new int[Block.ROWS_MAX];

  /** The right side's columns, once kept. */
  Column[] rightColumns;

  /** How many right rows are kept. */
  int rightCount;

  /** The left block that is being joined. */
  Block leftBlock;

  /** Which positions of the left block have found a match. */
  boolean[] leftMatched;

  private boolean[] rightMatched;
  private final boolean readsLeftFirst;
  private Block firstLeft;
  private boolean isLeftEmpty;
  private boolean isBuilt;
  private int nextUnmatchedRight;

  PairJoinOperator(
      JoinKind kind,
      Operator left,
      Evaluator condition,
      JoinColumns columns,
      boolean readsLeftFirst,
      ExecutionContext context) {
    this.kind = kind;
    this.left = left;
    this.condition = condition;
    this.columns = columns;
    this.readsLeftFirst = readsLeftFirst;
    this.context = context;
  }

  /** Reads the right side. */
  abstract void build();

  /** Prepares the candidates of a new left block. */
  abstract void startLeft(Block block);

  /**
   * Fills the next candidate pairs of the left block; returns how many, 0 when there are no more.
   */
  abstract int fill(int[] positions, int[] rows);

  /** Tells whether no left row can yield anything, so that the left side need not be read. */
  boolean isLeftUseless() {
    return rightCount == 0 && (kind == JoinKind.INNER || kind == JoinKind.SEMI);
  }

  /** Tells whether the left side, tried before the right side is read, has no rows at all. */
  private boolean isLeftKnownEmpty() {
    if (readsLeftFirst && firstLeft == null && !isLeftEmpty) {
      firstLeft = left.next();
      isLeftEmpty = firstLeft == null;
    }
    return isLeftEmpty;
  }

  /** Returns the next left block, {@code null} at the end. */
  final Block nextLeft() {
    Block block = firstLeft;
    firstLeft = null;
    return block == null ? left.next() : block;
  }

  @Override
  public Block next() {
    return isPrepared() && !isLeftUseless() ? nextPrepared() : null;
  }

  /** Reads the right side if that is still to do; false when there is no use in it. */
  private boolean isPrepared() {
    if (!isBuilt) {
      if (isLeftKnownEmpty()) {
        return false;
      }
      prepare();
    }
    return true;
  }

  /** Reads the right side if that is still to do. */
  public final void prepare() {
    if (!isBuilt) {
      build();
      isBuilt = true;
      if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
        rightMatched = new boolean[rightCount];
      }
      nextUnmatchedRight = 0;
    }
  }

  /** Returns the next block, once the right side is there. */
  Block nextPrepared() {
    while (true) {
      context.checkInterruption();
      if (leftBlock == null) {
        leftBlock = nextLeft();
        if (leftBlock == null) {
          return unmatchedRight();
        }
        leftMatched = marksLeft() ? new boolean[leftBlock.positionCount()] : null;
        startLeft(leftBlock);
      }
      Block block = kind == JoinKind.SEMI || kind == JoinKind.ANTI ? semi() : pairs();
      if (block != null) {
        return block;
      }
    }
  }

  /** Tells whether it matters which left rows have found a match. */
  private boolean marksLeft() {
    return switch (kind) {
      case LEFT, FULL, SEMI, ANTI, NULL_AWARE_ANTI -> true;
      case INNER, RIGHT -> false;
    };
  }

  /** Returns the next block of pairs of the left block; ends it when there are no more. */
  private Block pairs() {
    int n = fill(leftPositions, rightRows);
    if (n > 0) {
      return tested(n);
    }
    Block done = leftBlock;
    leftBlock = null;
    if (kind != JoinKind.LEFT && kind != JoinKind.FULL) {
      return null;
    }
    Selection rest = where(done.selection(), leftMatched, false);
    return rest.count() == 0 ? null : withoutRight(done, rest);
  }

  private Block tested(int n) {
    Block candidates = candidates(n);
    Selection kept =
        condition == null
            ? candidates.selection()
            : condition.select(candidates, candidates.selection(), context.frame());
    for (int i = 0; leftMatched != null && i < kept.count(); i++) {
      leftMatched[leftPositions[kept.position(i)]] = true;
    }
    for (int i = 0; rightMatched != null && i < kept.count(); i++) {
      int row = rightRows[kept.position(i)];
      if (row >= 0) {
        rightMatched[row] = true;
      }
    }
    return kept.count() == 0 ? null : columns.output(candidates, kept);
  }

  /** Makes the block of candidate pairs with the columns that are needed. */
  private Block candidates(int n) {
    return candidates(leftBlock, leftPositions, rightRows, n);
  }

  private Block candidates(Block block, int[] positions, int[] rows, int n) {
    int leftCount = columns.leftCount();
    Column[] all = new Column[leftCount + columns.rightCount()];
    for (int i = 0; i < all.length; i++) {
      if (!columns.isNeeded(i)) {
        continue;
      }
      all[i] =
          i < leftCount
              ? block.column(i).gather(positions, n)
              : rightColumns[i - leftCount].gather(rows, n);
    }
    return new Block(all, n, Selection.dense(n));
  }

  /** Yields pairs of left positions and right rows that need no test. */
  final Block gathered(Block block, int[] positions, int[] rows, int n) {
    Block pairs = candidates(block, positions, rows, n);
    return columns.output(pairs, pairs.selection());
  }

  /** Finds out which rows of the left block have a match, and yields those or the others. */
  private Block semi() {
    Selection rows = semiRows(leftBlock);
    Block done = leftBlock;
    leftBlock = null;
    return rows.count() == 0 ? null : columns.leftOnly(done, rows);
  }

  /** Returns the rows of the left block that a semi-join or an anti-join yields. */
  Selection semiRows(Block block) {
    int n;
    while ((n = fill(leftPositions, rightRows)) > 0) {
      Selection kept = Selection.dense(n);
      if (condition != null) {
        Block candidates = candidates(n);
        kept = condition.select(candidates, kept, context.frame());
      }
      for (int i = 0; i < kept.count(); i++) {
        leftMatched[leftPositions[kept.position(i)]] = true;
      }
    }
    return where(block.selection(), leftMatched, kind == JoinKind.SEMI);
  }

  static Selection where(Selection rows, boolean[] flags, boolean wanted) {
    int[] kept = new int[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      kept[n] = position;
      n += flags[position] == wanted ? 1 : 0;
    }
    return n == rows.count() ? rows : new Selection(kept, n);
  }

  /** Yields a block of left rows as they stand, with right rows at the same positions. */
  final Block aligned(Block block, Selection rows, int[] rowAtPosition) {
    int leftCount = columns.leftCount();
    Column[] all = new Column[leftCount + columns.rightCount()];
    for (int i = 0; i < all.length; i++) {
      if (!columns.isNeeded(i)) {
        continue;
      }
      all[i] =
          i < leftCount
              ? block.column(i)
              : rightColumns[i - leftCount].gather(rowAtPosition, block.positionCount());
    }
    return columns.output(new Block(all, block.positionCount(), rows), rows);
  }

  /** Yields left rows with NULLs on the right. */
  private Block withoutRight(Block block, Selection rows) {
    return aligned(block, rows, RowOutput.repeat(NO_ROW, block.positionCount()));
  }

  private Block unmatchedRight() {
    if (rightMatched == null) {
      return null;
    }
    int n = 0;
    while (n < Block.ROWS_MAX && nextUnmatchedRight < rightCount) {
      if (!rightMatched[nextUnmatchedRight]) {
        rightRows[n++] = nextUnmatchedRight;
      }
      nextUnmatchedRight++;
    }
    if (n == 0) {
      return null;
    }
    int leftCount = columns.leftCount();
    Column[] all = new Column[leftCount + columns.rightCount()];
    for (int i = 0; i < all.length; i++) {
      if (!columns.isNeeded(i)) {
        continue;
      }
      all[i] =
          i < leftCount
              ? ColumnBuilder.nulls(columns.leftLayout(i), n)
              : rightColumns[i - leftCount].gather(rightRows, n);
    }
    Block block = new Block(all, n, Selection.dense(n));
    return columns.output(block, block.selection());
  }

  /** Forgets where it stands; the right side stays if {@code keepsRight}. */
  final void restart(boolean keepsRight) {
    leftBlock = null;
    firstLeft = null;
    isLeftEmpty = false;
    nextUnmatchedRight = 0;
    if (!keepsRight) {
      isBuilt = false;
      rightColumns = null;
      rightCount = 0;
      rightMatched = null;
    } else if (rightMatched != null) {
      rightMatched = new boolean[rightCount];
    }
  }

  /** Which columns a join reads and yields. Positions count the left's, then the right's. */
  public static final class JoinColumns {
    private final Layout[] leftLayouts;
    private final int rightCount;
    private final int[] outputs;
    private final boolean[] isNeeded;

    /** Makes the columns; a join with a condition reads all of them. */
    public JoinColumns(Layout[] leftLayouts, int rightCount, int[] outputs, boolean hasCondition) {
      this.leftLayouts = leftLayouts;
      this.rightCount = rightCount;
      this.outputs = outputs;
      this.isNeeded = new boolean[leftLayouts.length + rightCount];
      if (hasCondition) {
        Arrays.fill(isNeeded, true);
      }
      for (int output : outputs) {
        isNeeded[output] = true;
      }
    }

    int leftCount() {
      return leftLayouts.length;
    }

    int rightCount() {
      return rightCount;
    }

    /** Returns which of the left's columns are needed. */
    public int[] neededLeft() {
      return IntStream.range(0, leftLayouts.length).filter(i -> isNeeded[i]).toArray();
    }

    /** Returns which of the right's columns are needed. */
    public int[] neededRight() {
      int[] result = new int[rightCount];
      int n = 0;
      for (int i = 0; i < rightCount; i++) {
        if (isNeeded[leftLayouts.length + i]) {
          result[n++] = i;
        }
      }
      return Arrays.copyOf(result, n);
    }

    Layout leftLayout(int i) {
      return leftLayouts[i];
    }

    boolean isNeeded(int position) {
      return isNeeded[position];
    }

    Block output(Block all, Selection rows) {
      Column[] result = new Column[outputs.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = all.column(outputs[i]);
      }
      return new Block(result, all.positionCount(), rows);
    }

    Block leftOnly(Block left, Selection rows) {
      return output(left, rows);
    }
  }
}
