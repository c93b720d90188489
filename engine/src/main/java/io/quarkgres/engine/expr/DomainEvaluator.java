package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.DomainType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/** Checks that values belong to a domain. Thread: any. */
final class DomainEvaluator extends Evaluator {
  private final Evaluator operand;
  private final DomainType domain;

  DomainEvaluator(Evaluator operand, DomainType domain) {
    this.operand = operand;
    this.domain = domain;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Column values = operand.evaluate(block, rows, frame);
    frame.context().types().domains().check(domain, values, rows);
    return values;
  }

  @Override
  boolean isFixed() {
    return operand.isFixed();
  }
}
