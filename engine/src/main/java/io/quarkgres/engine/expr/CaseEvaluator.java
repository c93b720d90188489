package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Selection;

/** CASE: each arm is computed only for the rows that reach it. Thread: any. */
final class CaseEvaluator extends Evaluator {
  private final Evaluator operand;
  private final int operandSlot;
  private final Evaluator[] conditions;
  private final Evaluator[] results;
  private final Evaluator otherwise;
  private final Layout layout;

  /** Makes one; {@code operand} is {@code null} for the searched form. */
  CaseEvaluator(
      Evaluator operand,
      int operandSlot,
      Evaluator[] conditions,
      Evaluator[] results,
      Evaluator otherwise,
      Layout layout) {
    this.operand = operand;
    this.operandSlot = operandSlot;
    this.conditions = conditions;
    this.results = results;
    this.otherwise = otherwise;
    this.layout = layout;
  }

  @Override
  public Column evaluate(Block block, Selection rows, Frame frame) {
    Object outerOperand = null;
    if (operand != null) {
      outerOperand = frame.state(operandSlot);
      frame.setState(operandSlot, operand.evaluate(block, rows, frame));
    }
    ColumnMerger merger = new ColumnMerger(layout, block.positionCount());
    Selection rest = rows;
    for (int i = 0; i < conditions.length && rest.count() > 0; i++) {
      Selection hit = conditions[i].select(block, rest, frame);
      if (hit.count() > 0) {
        merger.add(results[i].evaluate(block, hit, frame), hit);
        rest = ColumnMerger.without(rest, hit);
      }
    }
    if (rest.count() > 0) {
      merger.add(otherwise.evaluate(block, rest, frame), rest);
    }
    if (operand != null) {
      frame.setState(operandSlot, outerOperand);
    }
    return merger.build(rows);
  }
}
