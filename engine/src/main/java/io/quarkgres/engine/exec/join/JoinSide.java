package io.quarkgres.engine.exec.join;

import io.quarkgres.engine.exec.ComputedColumns;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.engine.exec.Operator;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.InputEvaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows of one side of a join as they are kept or spilled: those columns that are needed, and
 * the keys, which are computed once. Thread: any.
 */
public final class JoinSide {
  private final ComputedColumns computed;
  private final Evaluator[] keys;
  private final int[] kept;

  /**
   * Describes a side.
   *
   * @param layouts the layouts of its columns
   * @param needed the columns that are kept beside the keys
   * @param keyEvaluators the keys
   * @param keyLayouts their layouts
   */
  public JoinSide(Layout[] layouts, int[] needed, Evaluator[] keyEvaluators, Layout[] keyLayouts) {
    this.computed = new ComputedColumns(layouts);
    this.keys = new Evaluator[keyEvaluators.length];
    int[] places = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      places[i] = computed.add(keyEvaluators[i], keyLayouts[i]);
      keys[i] = new InputEvaluator(places[i]);
    }
    this.kept =
        IntStream.concat(Arrays.stream(needed), Arrays.stream(places))
            .sorted()
            .distinct()
            .toArray();
  }

  /** Returns the rows with their computed keys behind the columns. */
  public Operator keyed(Operator input, ExecutionContext context) {
    if (!computed.isAnyComputed()) {
      return input;
    }
    return new Operator() {
      @Override
      public Block next() {
        Block block = input.next();
        return block == null ? null : withKeys(block, context);
      }

      @Override
      public void reset() {
        input.reset();
      }

      @Override
      public void close() {
        input.close();
      }
    };
  }

  Block withKeys(Block block, ExecutionContext context) {
    Column[] columns = computed.of(block, context.frame());
    return new Block(columns, block.positionCount(), block.selection());
  }

  /** Returns the layouts of the columns and of the computed keys behind them. */
  public Layout[] layouts() {
    return computed.layouts();
  }

  /** Returns the keys of rows with computed keys. */
  public Evaluator[] keys() {
    return keys;
  }

  /** Picks the keys out of columns with computed keys. */
  Column[] keysOf(Column[] columns) {
    Column[] result = new Column[keys.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = columns[((InputEvaluator) keys[i]).position()];
    }
    return result;
  }

  /** Returns which of the columns with computed keys are kept. */
  int[] kept() {
    return kept;
  }

  /** Returns the layouts of the kept columns. */
  Layout[] keptLayouts() {
    Layout[] all = layouts();
    return Arrays.stream(kept).mapToObj(i -> all[i]).toArray(Layout[]::new);
  }
}
