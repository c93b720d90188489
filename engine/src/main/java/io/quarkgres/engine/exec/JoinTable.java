package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * Rows kept in columns, found by their keys: a flat table numbers the keys, and the rows of one key
 * hang together in arrays. Used by one thread.
 */
final class JoinTable {
  private static final int NO_ROW = PairJoinOperator.NO_ROW;

  private final KeyTable keys;
  private final RowBuffer buffer;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private final MemoryAccount.Share rowShare;
  private int[] heads = new int[64]; // by key: its first row
  private int[] tails = new int[64]; // by key: its last row
  private int[] nextRows = new int[64]; // by row: the next of the same key, or NO_ROW
  private boolean isUnique = true;
  private int count;
  private Column[] columns;

  JoinTable(SqlType[] keyTypes, boolean[] nullsMatch, Layout[] layouts, ExecutionContext context) {
    this.context = context;
    this.share = context.memory().share();
    this.rowShare = context.memory().share();
    this.keys = KeyTable.of(keyTypes, nullsMatch);
    this.buffer = new RowBuffer(layouts, rowShare);
  }

  /** Takes all rows of an input. */
  void fill(Operator input, Evaluator[] keyEvaluators) {
    int[] keyNumbers = new int[Block.ROWS_MAX];
    for (Block block = input.next(); block != null; block = input.next()) {
      context.checkInterruption();
      Selection rows = block.selection();
      if (keyNumbers.length < block.positionCount()) {
        keyNumbers = new int[block.positionCount()];
      }
      keys.assign(evaluate(keyEvaluators, block, rows), rows, keyNumbers);
      int first = buffer.count();
      buffer.append(block);
      link(rows, keyNumbers, first);
      share.set(keys.memoryBytes() + 8L * heads.length + 4L * nextRows.length);
    }
    count = buffer.count();
    columns = buffer.build();
  }

  private Column[] evaluate(Evaluator[] evaluators, Block block, Selection rows) {
    Column[] result = new Column[evaluators.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = evaluators[i].evaluate(block, rows, context.frame());
    }
    return result;
  }

  private void link(Selection rows, int[] keyNumbers, int first) {
    int needed = first + rows.count();
    if (needed > nextRows.length) {
      nextRows = Arrays.copyOf(nextRows, Math.max(needed, nextRows.length * 2));
    }
    if (keys.count() > heads.length) {
      int size = Math.max(keys.count(), heads.length * 2);
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

  /** Writes the number of the key of each selected row to {@code numbers}, or ABSENT. */
  void find(Evaluator[] evaluators, Block block, Selection rows, int[] numbers) {
    keys.find(evaluate(evaluators, block, rows), rows, numbers);
  }

  /** Returns the first row of a key that is there. */
  int first(int number) {
    return heads[number] - 1;
  }

  /** Returns the next row with the same key, or {@link PairJoinOperator#NO_ROW}. */
  int next(int row) {
    return nextRows[row];
  }

  /** Tells whether no key has two rows. */
  boolean isUnique() {
    return isUnique;
  }

  /** Returns how many different keys there are. */
  int keyCount() {
    return keys.count();
  }

  /** Returns how many rows there are. */
  int count() {
    return count;
  }

  /** Returns the rows. */
  Column[] columns() {
    return columns;
  }

  /** Gives the memory back. */
  void release() {
    share.release();
    rowShare.release();
  }
}
