package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;

/** Computes new columns. */
public final class ProjectOperator implements Operator {
  private final Operator input;
  private final Evaluator[] expressions;
  private final ExecutionContext context;

  public ProjectOperator(Operator input, Evaluator[] expressions, ExecutionContext context) {
    this.input = input;
    this.expressions = expressions;
    this.context = context;
  }

  @Override
  public Block next() {
    Block block = input.next();
    if (block == null) {
      return null;
    }
    Column[] columns = new Column[expressions.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = expressions[i].evaluate(block, block.selection(), context.frame());
    }
    return new Block(columns, block.positionCount(), block.selection());
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
