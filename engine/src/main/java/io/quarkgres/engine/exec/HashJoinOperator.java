package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.KeyTable;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * A hash join: the right side is kept in columns, a flat table numbers its keys, and the rows of
 * one key hang together in arrays; the left side probes block by block.
 */
final class HashJoinOperator extends PairJoinOperator {
  private final Operator right;
  private final Layout[] rightLayouts;
  private final Evaluator[] leftKeys;
  private final Evaluator[] rightKeys;
  private final SqlType[] keyTypes;
  private final boolean[] nullsMatch;
  private final boolean isRightFixed;
  private final MemoryAccount.Share share;
  private final MemoryAccount.Share tableShare;
  private KeyTable table;
  private int[] heads; // by key: its first row
  private int[] tails; // by key: its last row
  private int[] nextRows; // by row: the next of the same key, or NO_ROW
  private boolean isUnique;
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
      boolean isRightFixed,
      ExecutionContext context) {
    super(kind, left, condition, columns, context);
    this.right = right;
    this.rightLayouts = rightLayouts;
    this.leftKeys = leftKeys;
    this.rightKeys = rightKeys;
    this.keyTypes = keyTypes;
    this.nullsMatch = nullsMatch;
    this.isRightFixed = isRightFixed;
    this.share = context.memory().share();
    this.tableShare = context.memory().share();
  }

  @Override
  void build() {
    table = KeyTable.of(keyTypes, nullsMatch);
    heads = new int[64];
    tails = new int[64];
    nextRows = new int[64];
    isUnique = true;
    RowBuffer buffer = new RowBuffer(rightLayouts, share);
    int[] keyNumbers = new int[Block.ROWS_MAX];
    for (Block block = right.next(); block != null; block = right.next()) {
      context.checkInterruption();
      Selection rows = block.selection();
      if (keyNumbers.length < block.positionCount()) {
        keyNumbers = new int[block.positionCount()];
      }
      table.assign(evaluate(rightKeys, block), rows, keyNumbers);
      int first = buffer.count();
      buffer.append(block);
      link(rows, keyNumbers, first);
      tableShare.set(table.memoryBytes() + 8L * heads.length + 4L * nextRows.length);
    }
    rightCount = buffer.count();
    rightColumns = buffer.build();
  }

  private Column[] evaluate(Evaluator[] keys, Block block) {
    Column[] result = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      result[i] = keys[i].evaluate(block, block.selection(), context.frame());
    }
    return result;
  }

  private void link(Selection rows, int[] keyNumbers, int first) {
    int needed = first + rows.count();
    if (needed > nextRows.length) {
      nextRows = Arrays.copyOf(nextRows, Math.max(needed, nextRows.length * 2));
    }
    if (table.count() > heads.length) {
      int size = Math.max(table.count(), heads.length * 2);
      heads = Arrays.copyOf(heads, size);
      tails = Arrays.copyOf(tails, size);
    }
    for (int i = 0; i < rows.count(); i++) {
      int row = first + i;
      int number = keyNumbers[rows.position(i)];
      nextRows[row] = NO_ROW;
      if (number == KeyTable.ABSENT) {
        continue;
      }
      // heads hold row + 1, so that a fresh entry is 0
      if (heads[number] == 0) {
        heads[number] = row + 1;
      } else {
        nextRows[tails[number]] = row;
        isUnique = false;
      }
      tails[number] = row;
    }
  }

  @Override
  void startLeft(Block block) {
    if (numbers.length < block.positionCount()) {
      numbers = new int[block.positionCount()];
    }
    table.find(evaluate(leftKeys, block), block.selection(), numbers);
    nextIndex = 0;
    chainRow = NO_ROW;
  }

  @Override
  public Block next() {
    boolean isPlain = condition == null && (kind == JoinKind.INNER || kind == JoinKind.LEFT);
    if (isPlain && table != null && isUnique && leftBlock == null) {
      return nextAligned();
    }
    return super.next();
  }

  /** Joins where every left row has at most one match: left columns pass through as they are. */
  private Block nextAligned() {
    while (!isLeftUseless()) {
      context.checkInterruption();
      Block block = left.next();
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
        rowAtPosition[position] = number < 0 ? NO_ROW : heads[number] - 1;
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
        chainRow = needsOneOnly ? NO_ROW : nextRows[chainRow];
      } else if (nextIndex == selection.count()) {
        break;
      } else {
        int position = selection.position(nextIndex++);
        int number = numbers[position];
        if (number >= 0) {
          chainRow = heads[number] - 1;
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
    table = null;
    heads = null;
    tails = null;
    nextRows = null;
    share.release();
    tableShare.release();
  }

  @Override
  public void close() {
    restart(false);
    forget();
    left.close();
    right.close();
  }
}
