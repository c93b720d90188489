package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;

/** Keeps the rows for which a predicate is true. */
public final class FilterOperator implements Operator {
  private final Operator input;
  private final Evaluator predicate;
  private final ExecutionContext context;

  public FilterOperator(Operator input, Evaluator predicate, ExecutionContext context) {
    this.input = input;
    this.predicate = predicate;
    this.context = context;
  }

  @Override
  public Block next() {
    while (true) {
      context.checkInterruption();
      Block block = input.next();
      if (block == null) {
        return null;
      }
      Selection kept = predicate.select(block, block.selection(), context.frame());
      if (kept.count() > 0) {
        return block.select(kept);
      }
    }
  }

  @Override
  public void reset() {
    input.reset();
  }

  @Override
  public void close() {
    input.close();
  }
}
