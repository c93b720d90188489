package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.engine.exec.SpilledInput;
import io.quarkgres.engine.plan.Plan.JoinKind;
import io.quarkgres.engine.spill.KeyHash;
import io.quarkgres.engine.spill.SpillFile;
import io.quarkgres.engine.spill.SpillPartitions;
import io.quarkgres.engine.spill.SpilledRows;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;

/**
 * What a hash join becomes whose right side does not fit into working memory: both sides are dealt
 * out by the hashes of their keys, and a join is run for each pair of partitions, which may be
 * dealt out in turn. Used by one thread.
 */
final class PartitionedJoin {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;

  /** Makes the join of two partitions. */
  @FunctionalInterface
  interface Parts {
    /**
     * Returns the join of a partition's left and right rows, with their computed keys.
     *
     * @param isSmall whether the right rows are so few that they are held in any case
     */
    HashJoinOperator join(Operator left, Operator right, boolean isSmall);
  }

  private final JoinKind kind;
  private final JoinSide leftSide;
  private final JoinSide rightSide;
  private final Parts parts;
  private final ExecutionContext context;
  private final SpillFile file;
  private final SpillPartitions partitions;
  private boolean isLeftRead;
  private int next;
  private HashJoinOperator current;

  PartitionedJoin(
      JoinKind kind,
      JoinSide leftSide,
      JoinSide rightSide,
      KeyHash hash,
      int level,
      Parts parts,
      ExecutionContext context) {
    this.kind = kind;
    this.leftSide = leftSide;
    this.rightSide = rightSide;
    this.parts = parts;
    this.context = context;
    this.file = context.spillFile();
    this.partitions =
        new SpillPartitions(file, hash, level, leftSide.keptLayouts(), rightSide.keptLayouts());
  }

  /** Deals out what a table took of the right side and what is left of it. */
  void addRight(JoinTable table, Operator rest) {
    Column[] all = table.columns();
    int[] kept = rightSide.kept();
    RowOutput rows = new RowOutput(Columns.pick(all, kept), table.count());
    for (Block block = rows.next(); block != null; block = rows.next()) {
      Column[] columns = new Column[all.length];
      for (int i = 0; i < kept.length; i++) {
        columns[kept[i]] = block.column(i);
      }
      add(RIGHT, rightSide, new Block(columns, block.positionCount(), block.selection()));
    }
    for (Block block = rest.next(); block != null; block = rest.next()) {
      add(RIGHT, rightSide, block);
    }
  }

  private void add(int number, JoinSide side, Block block) {
    context.checkInterruption();
    partitions.add(
        number,
        Columns.pick(block.columns(), side.kept()),
        block.selection(),
        side.keysOf(block.columns()));
  }

  /** Returns the next block of the join; {@code left} is the join's left side. */
  Block next(HashJoinOperator left) {
    if (!isLeftRead) {
      for (Block block = left.nextLeft(); block != null; block = left.nextLeft()) {
        add(LEFT, leftSide, leftSide.withKeys(block, context));
      }
      partitions.finish();
      isLeftRead = true;
    }
    while (true) {
      if (current == null && !open()) {
        return null;
      }
      Block block = current.next();
      if (block != null) {
        return block;
      }
      current.close();
      current = null;
    }
  }

  private boolean open() {
    while (next < SpillPartitions.COUNT) {
      SpilledRows left = partitions.rows(LEFT, next);
      SpilledRows right = partitions.rows(RIGHT, next);
      next++;
      if (isUseless(left.rows() == 0, right.rows() == 0)) {
        left.release();
        right.release();
        continue;
      }
      boolean isSmall = right.bytes() <= SpillPartitions.BYTES_MIN;
      current = parts.join(input(left, leftSide), input(right, rightSide), isSmall);
      return true;
    }
    return false;
  }

  private SpilledInput input(SpilledRows rows, JoinSide side) {
    return new SpilledInput(rows, side.kept(), side.layouts().length, context);
  }

  /** Tells whether two partitions yield nothing, one of which or both may be empty. */
  private boolean isUseless(boolean isLeftEmpty, boolean isRightEmpty) {
    return switch (kind) {
      case INNER, SEMI -> isLeftEmpty || isRightEmpty;
      case LEFT, ANTI, NULL_AWARE_ANTI -> isLeftEmpty;
      case RIGHT -> isRightEmpty;
      case FULL -> isLeftEmpty && isRightEmpty;
    };
  }

  long diskBytes() {
    return file.size();
  }

  void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    partitions.release();
  }
}
