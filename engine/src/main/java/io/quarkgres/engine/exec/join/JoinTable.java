package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.Columns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.MemoryAccount;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowBuffer;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.expr.key.KeyTable;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * Rows kept in columns, found by their keys: a flat table numbers the keys, and the rows of one key
 * stand side by side in one array. Where the keys are distinct and none is NULL, the number of a
 * key is its row, and there is no array. Used by one thread; once it is filled, many may look up
 * keys of one integer.
 */
public final class JoinTable {
  private final KeyTable keys;
  private final int[] kept;
  private final int inputColumns;
  private final RowBuffer buffer;
  private final ExecutionContext context;
  private final MemoryAccount.Share share;
  private final MemoryAccount.Share rowShare;
  private int[] keyOfRow = new int[64];
  private boolean isRowTheNumber = true;
  private int keyedRows;
  private int[] offsets; // by key: where its rows begin in order; one more at the end
  private int[] order; // the rows that have a key, by key
  private int count;
  private Column[] columns;

  /** Makes a table that keeps some of the input's columns. */
  public JoinTable(
      SqlType[] keyTypes,
      boolean[] nullsMatch,
      Layout[] layouts,
      int[] kept,
      ExecutionContext context) {
    this.context = context;
    this.kept = kept;
    this.inputColumns = layouts.length;
    this.share = context.memory().share();
    this.rowShare = context.memory().share();
    this.keys = KeyTable.of(keyTypes, nullsMatch);
    Layout[] keptLayouts = new Layout[kept.length];
    for (int i = 0; i < kept.length; i++) {
      keptLayouts[i] = layouts[kept[i]];
    }
    this.buffer = new RowBuffer(keptLayouts, rowShare);
  }

  /** Takes all rows of an input. */
  public void fill(Operator input, Evaluator[] keyEvaluators) {
    fill(input, keyEvaluators, Long.MAX_VALUE);
  }

  /**
   * Takes rows of an input until there are more bytes than allowed; returns whether it took all. If
   * not, the columns can be had and nothing can be found.
   */
  boolean fill(Operator input, Evaluator[] keyEvaluators, long bytesMax) {
    int[] keyNumbers = new int[Block.ROWS_MAX];
    for (Block block = input.next(); block != null; block = input.next()) {
      context.checkInterruption();
      Selection rows = block.selection();
      if (keyNumbers.length < block.positionCount()) {
        keyNumbers = new int[block.positionCount()];
      }
      keys.assign(evaluate(keyEvaluators, block, rows, context.frame()), rows, keyNumbers);
      int first = buffer.count();
      buffer.append(Columns.pick(block.columns(), kept), rows);
      note(rows, keyNumbers, first);
      share.set(keys.memoryBytes() + 12L * keyOfRow.length);
      if (share.bytes() + rowShare.bytes() > bytesMax) {
        build();
        share.release();
        return false;
      }
    }
    build();
    if (!isRowTheNumber) {
      sortRows();
    }
    keyOfRow = null;
    return true;
  }

  private void build() {
    count = buffer.count();
    columns = new Column[inputColumns];
    Column[] built = buffer.build();
    for (int i = 0; i < kept.length; i++) {
      columns[kept[i]] = built[i];
    }
  }

  /** Returns the most memory that was held. */
  long peakBytes() {
    return share.peak() + rowShare.peak();
  }

  private static Column[] evaluate(
      Evaluator[] evaluators, Block block, Selection rows, Frame frame) {
    Column[] result = new Column[evaluators.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = evaluators[i].evaluate(block, rows, frame);
    }
    return result;
  }

  private void note(Selection rows, int[] keyNumbers, int first) {
    int n = rows.count();
    if (first + n > keyOfRow.length) {
      keyOfRow = Arrays.copyOf(keyOfRow, Math.max(first + n, keyOfRow.length * 2));
    }
    int differences = 0;
    for (int i = 0; i < n; i++) {
      int number = keyNumbers[rows.position(i)];
      keyOfRow[first + i] = number;
      differences |= number ^ first + i;
      keyedRows += number == KeyTable.ABSENT ? 0 : 1;
    }
    isRowTheNumber &= differences == 0;
  }

  /** Brings the rows of each key together, in the order in which they came. */
  private void sortRows() {
    offsets = new int[keys.count() + 2];
    for (int row = 0; row < count; row++) {
      if (keyOfRow[row] >= 0) {
        offsets[keyOfRow[row] + 2]++;
      }
    }
    for (int i = 2; i < offsets.length; i++) {
      offsets[i] += offsets[i - 1];
    }
    // entry number + 1 moves from the beginning of the key's rows to their end, where the next
    // begin
    order = new int[keyedRows];
    for (int row = 0; row < count; row++) {
      if (keyOfRow[row] >= 0) {
        order[offsets[keyOfRow[row] + 1]++] = row;
      }
    }
  }

  /** Writes the number of the key of each selected row to {@code numbers}, or ABSENT. */
  public void find(
      Evaluator[] evaluators, Block block, Selection rows, Frame frame, int[] numbers) {
    keys.find(evaluate(evaluators, block, rows, frame), rows, numbers);
  }

  /** Returns where the rows of a key that is there begin. */
  public int begin(int number) {
    return offsets == null ? number : offsets[number];
  }

  /** Returns where the rows of a key that is there end. */
  public int end(int number) {
    return offsets == null ? number + 1 : offsets[number + 1];
  }

  /** Returns the row at a place between {@link #begin} and {@link #end}. */
  public int row(int place) {
    return order == null ? place : order[place];
  }

  /** Tells whether the number of each key is its only row. */
  boolean isRowTheNumber() {
    return isRowTheNumber;
  }

  /** Tells whether no key has two rows. */
  boolean isUnique() {
    return keyedRows == keys.count();
  }

  /** Returns how many different keys there are. */
  public int keyCount() {
    return keys.count();
  }

  /** Returns how many rows there are. */
  int count() {
    return count;
  }

  /** Returns the kept columns at the places they have in the input; others are {@code null}. */
  public Column[] columns() {
    return columns;
  }

  /** Gives the memory back. */
  void release() {
    share.release();
    rowShare.release();
  }
}
