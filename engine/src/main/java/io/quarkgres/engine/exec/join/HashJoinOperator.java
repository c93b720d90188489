package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.engine.spill.KeyHash;
import io.quarkgres.engine.spill.SpillPartitions;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/**
 * A hash join: the right side is kept in a {@link JoinTable}, the left side probes block by block.
 * Where the right side does not fit, a {@link PartitionedJoin} goes on.
 */
public final class HashJoinOperator extends PairJoinOperator {
  /** Where fewer than one position in so many has a match, the left columns are gathered too. */
  private static final int SPARSE_FACTOR = 4;

  private final Operator right;
  private final Layout[] rightLayouts;
  private final Evaluator[] leftKeys;
  private final Evaluator[] rightKeys;
  private final SqlType[] keyTypes;
  private final boolean[] nullsMatch;
  private final boolean isRightFixed;
  private final HashJoinOperator leader;
  private final Spilling spilling;
  private final OperatorStatistics statistics;
  private JoinTable table;
  private PartitionedJoin partitioned;
  private int[] numbers = new int[Block.ROWS_MAX];
  private int nextIndex;
  private int place;
  private int placeEnd;

  /**
   * How a join spills.
   *
   * @param level how often the rows were dealt out before
   */
  public record Spilling(JoinSide left, JoinSide right, int level) {}

  /**
   * Makes a join; one with a leader, whose right side is built by then, probes its table.
   *
   * @param spilling how it spills, and then the right side has its computed keys; {@code null} if
   *     never
   * @param statistics {@code null} where nobody wants to know
   */
  public HashJoinOperator(
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
      HashJoinOperator leader,
      Spilling spilling,
      OperatorStatistics statistics,
      ExecutionContext context) {
    super(kind, left, condition, columns, readsLeftFirst, context);
    this.right = right;
    this.rightLayouts = rightLayouts;
    this.leftKeys = leftKeys;
    this.rightKeys = rightKeys;
    this.keyTypes = keyTypes;
    this.nullsMatch = nullsMatch;
    this.isRightFixed = isRightFixed;
    this.leader = leader;
    this.spilling = spilling;
    this.statistics = statistics;
  }

  @Override
  void build() {
    if (leader != null) {
      table = leader.table;
      rightCount = table.count();
      rightColumns = table.columns();
      return;
    }
    boolean maySpill = spilling != null && spilling.level() < SpillPartitions.LEVELS;
    int[] kept = spilling == null ? columns.neededRight() : spilling.right().kept();
    table = new JoinTable(keyTypes, nullsMatch, rightLayouts, kept, context);
    long most = maySpill ? context.memory().hashBytes() : Long.MAX_VALUE;
    if (!table.fill(right, rightKeys, most)) {
      spill();
      return;
    }
    rightCount = table.count();
    rightColumns = table.columns();
    if (statistics != null) {
      statistics.hashed(1, table.peakBytes(), 0);
    }
  }

  private void spill() {
    KeyHash hash = new KeyHash(keyTypes, nullsMatch);
    int level = spilling.level();
    partitioned =
        new PartitionedJoin(
            kind, spilling.left(), spilling.right(), hash, level, this::ofPartition, context);
    partitioned.addRight(table, right);
    rightCount = 1; // there are rows, none of which is here
    if (statistics != null) {
      statistics.hashed(1 + SpillPartitions.COUNT, table.peakBytes(), partitioned.diskBytes());
    }
    table.release();
    table = null;
  }

  private HashJoinOperator ofPartition(Operator leftPart, Operator rightPart, boolean isSmall) {
    JoinSide ofLeft = spilling.left();
    JoinSide ofRight = spilling.right();
    return new HashJoinOperator(
        kind,
        leftPart,
        rightPart,
        rightLayouts,
        ofLeft.keys(),
        ofRight.keys(),
        keyTypes,
        nullsMatch,
        condition,
        columns,
        false,
        true,
        null,
        new Spilling(ofLeft, ofRight, isSmall ? SpillPartitions.LEVELS : spilling.level() + 1),
        null,
        context);
  }

  /** Tells whether the right side, which was read, is all in memory. */
  public boolean isWhole() {
    return partitioned == null;
  }

  @Override
  void startLeft(Block block) {
    if (numbers.length < block.positionCount()) {
      numbers = new int[block.positionCount()];
    }
    table.find(leftKeys, block, block.selection(), context.frame(), numbers);
    nextIndex = 0;
    place = 0;
    placeEnd = 0;
  }

  @Override
  Block nextPrepared() {
    if (partitioned != null) {
      return nextOfPartitions();
    }
    boolean isPlain = condition == null && (kind == JoinKind.INNER || kind == JoinKind.LEFT);
    return isPlain && table.isUnique() ? nextAligned() : super.nextPrepared();
  }

  private Block nextOfPartitions() {
    Block block = partitioned.next(this);
    if (block == null && statistics != null) {
      statistics.hashed(1, 0, partitioned.diskBytes());
    }
    return block;
  }

  /** Joins where every left row has at most one match: left columns pass through as they are. */
  private Block nextAligned() {
    for (Block block = nextLeft(); block != null; block = nextLeft()) {
      context.checkInterruption();
      startLeft(block);
      Selection rows = block.selection();
      if (isEveryNumberTheRow(rows)) {
        return aligned(block, rows, takeNumbers());
      }
      Selection matched = matched(rows, true);
      if (kind == JoinKind.LEFT) {
        return aligned(block, rows, rowAtPosition(block, rows, NO_ROW));
      }
      if (matched.count() * SPARSE_FACTOR < block.positionCount()) {
        if (matched.count() > 0) {
          return gathered(block, matched);
        }
      } else {
        return aligned(block, matched, rowAtPosition(block, rows, 0));
      }
    }
    return null;
  }

  /** Tells whether the numbers of a whole block are the rows that the positions match. */
  private boolean isEveryNumberTheRow(Selection rows) {
    if (!table.isRowTheNumber() || !rows.isDense()) {
      return false;
    }
    int signs = 0;
    for (int p = 0; p < rows.count(); p++) {
      signs |= numbers[p];
    }
    return signs >= 0;
  }

  private int[] takeNumbers() {
    int[] taken = numbers;
    numbers = new int[taken.length];
    return taken;
  }

  /** Returns the rows whose key is there, or those whose key is not. */
  private Selection matched(Selection rows, boolean wanted) {
    int n = rows.count();
    int[] kept = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      kept[count] = p;
      count += numbers[p] >= 0 == wanted ? 1 : 0;
    }
    return count == n ? rows : new Selection(kept, count);
  }

  /** Returns the right row of each position; {@code absent} where there is none. */
  private int[] rowAtPosition(Block block, Selection rows, int absent) {
    int[] result = new int[block.positionCount()];
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      result[p] = numbers[p] < 0 ? absent : row(numbers[p]);
    }
    return result;
  }

  private int row(int number) {
    return table.isRowTheNumber() ? number : table.row(table.begin(number));
  }

  private Block gathered(Block block, Selection rows) {
    int n = rows.count();
    int[] rightRows = new int[n];
    for (int i = 0; i < n; i++) {
      rightRows[i] = row(numbers[rows.position(i)]);
    }
    return gathered(block, rows.toPositions(), rightRows, n);
  }

  @Override
  Selection semiRows(Block block) {
    return condition == null
        ? matched(block.selection(), kind == JoinKind.SEMI)
        : super.semiRows(block);
  }

  @Override
  int fill(int[] positions, int[] rows) {
    Selection selection = leftBlock.selection();
    boolean yieldsUnmatched = condition == null && (kind == JoinKind.LEFT || kind == JoinKind.FULL);
    int n = 0;
    while (n < positions.length) {
      if (place < placeEnd) {
        int position = selection.position(nextIndex - 1);
        int end = Math.min(placeEnd, place + positions.length - n);
        while (place < end) {
          positions[n] = position;
          rows[n++] = table.row(place++);
        }
      } else if (nextIndex == selection.count()) {
        break;
      } else {
        int position = selection.position(nextIndex++);
        int number = numbers[position];
        if (number >= 0) {
          place = table.begin(number);
          placeEnd = table.end(number);
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
    boolean keepsRight = isRightFixed && partitioned == null;
    restart(keepsRight);
    if (!keepsRight) {
      right.reset();
      forget();
    }
  }

  private void forget() {
    if (table != null && leader == null) {
      table.release();
    }
    table = null;
    if (partitioned != null) {
      partitioned.close();
      partitioned = null;
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
