package io.quarkgres.engine.exec;

import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Block;

/** Window functions over one window. */
final class WindowOperator implements Operator {
  WindowOperator(Operator input, Plan.Window plan, Scope scope, ExecutionContext context) {}
  @Override public Block next() { return null; }
  @Override public void reset() {}
  @Override public void close() {}
}
