package io.quarkgres.engine.exec.scan;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.index.IndexKeys;

/** Computes the keys of an index from table rows. Its expressions are immutable. Thread: any. */
final class IndexKeyExpressions implements IndexKeys {
  private final Evaluator[] keys;
  private final Evaluator predicate;
  private final EvalContext evaluation;
  private final int[] columns;

  /**
   * Makes one.
   *
   * @param predicate {@code null} for an index of all rows
   * @param columns the table columns that keys and predicate refer to
   */
  IndexKeyExpressions(
      Evaluator[] keys, Evaluator predicate, EvalContext evaluation, int[] columns) {
    this.columns = columns;
    this.keys = keys;
    this.predicate = predicate;
    this.evaluation = evaluation;
  }

  @Override
  public Block keys(Block rows) {
    Frame frame = new Frame(evaluation);
    Column[] columns = new Column[keys.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = keys[i].evaluate(rows, rows.selection(), frame);
    }
    return new Block(columns, rows.positionCount(), rows.selection());
  }

  @Override
  public int[] columns() {
    return columns;
  }

  @Override
  public Selection qualifying(Block rows) {
    return predicate == null
        ? rows.selection()
        : predicate.select(rows, rows.selection(), new Frame(evaluation));
  }
}
