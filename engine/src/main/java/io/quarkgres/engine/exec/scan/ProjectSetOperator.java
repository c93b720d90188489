package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.exec.RowOutput;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.store.BlockCursor;
import java.util.Arrays;

/**
 * Set-returning functions of a select list: for each input row as many rows as the longest set has,
 * the others padded with NULL.
 */
public final class ProjectSetOperator implements Operator {
  private final Operator input;
  private final TableFunctionSource[] functions;
  private final Layout[] layouts;
  private final ExecutionContext context;
  private Block block;
  private Column[][] arguments;
  private int index;
  private boolean isRowOpen;
  private final BlockCursor[] cursors;
  private final Block[] current;
  private final int[] currentIndex;

  public ProjectSetOperator(
      Operator input, TableFunctionSource[] functions, Layout[] layouts, ExecutionContext context) {
    this.input = input;
    this.functions = functions;
    this.layouts = layouts;
    this.context = context;
    this.cursors = new BlockCursor[functions.length];
    this.current = new Block[functions.length];
    this.currentIndex = new int[functions.length];
  }

  @Override
  public Block next() {
    while (true) {
      context.checkInterruption();
      if (block == null) {
        block = input.next();
        if (block == null) {
          return null;
        }
        startBlock();
      }
      Block result = collect();
      if (index == block.rowCount()) {
        block = null;
      }
      if (result != null) {
        return result;
      }
    }
  }

  private void startBlock() {
    arguments = new Column[functions.length][];
    for (int f = 0; f < functions.length; f++) {
      arguments[f] = functions[f].evaluate(block, block.selection(), context);
    }
    index = 0;
    isRowOpen = false;
  }

  /** Fills one block with rows of the current input block. */
  private Block collect() {
    Selection rows = block.selection();
    int[] parents = new int[Block.ROWS_MAX];
    ColumnBuilder[] values = new ColumnBuilder[functions.length];
    for (int f = 0; f < values.length; f++) {
      values[f] = ColumnBuilder.of(layouts[f], 64);
    }
    int n = 0;
    while (n < parents.length && index < rows.count()) {
      int position = rows.position(index);
      if (!isRowOpen) {
        openRow(position);
      }
      if (appendRow(values)) {
        parents[n++] = position;
      } else {
        closeRow();
        index++;
      }
    }
    if (n == 0) {
      return null;
    }
    Column[] inputs = RowOutput.gather(block.columns(), parents, n);
    Column[] columns = Arrays.copyOf(inputs, inputs.length + values.length);
    for (int f = 0; f < values.length; f++) {
      columns[inputs.length + f] = values[f].build();
    }
    return new Block(n, columns);
  }

  private void openRow(int position) {
    for (int f = 0; f < functions.length; f++) {
      cursors[f] = functions[f].open(arguments[f], position, context);
      current[f] = cursors[f].next();
      currentIndex[f] = 0;
    }
    isRowOpen = true;
  }

  /** Appends the next row of every set; false when all are at their end. */
  private boolean appendRow(ColumnBuilder[] values) {
    boolean hasAny = false;
    for (Block set : current) {
      hasAny |= set != null;
    }
    for (int f = 0; hasAny && f < functions.length; f++) {
      if (current[f] == null) {
        values[f].appendNull();
        continue;
      }
      values[f].append(current[f].column(0), current[f].selection().position(currentIndex[f]));
      if (++currentIndex[f] == current[f].rowCount()) {
        current[f] = cursors[f].next();
        currentIndex[f] = 0;
      }
    }
    return hasAny;
  }

  private void closeRow() {
    for (int f = 0; f < cursors.length; f++) {
      if (cursors[f] != null) {
        cursors[f].close();
        cursors[f] = null;
      }
      current[f] = null;
    }
    isRowOpen = false;
  }

  @Override
  public void reset() {
    closeRow();
    block = null;
    input.reset();
  }

  @Override
  public void close() {
    closeRow();
    block = null;
    input.close();
  }
}
