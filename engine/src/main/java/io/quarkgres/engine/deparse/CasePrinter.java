package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.tree.BoundExpr;

/** Prints CASE, an arm a line. Used by one thread. */
final class CasePrinter {
  private static final int ARM = 4;

  private final ExpressionPrinter expressions;
  private final SqlText text;

  CasePrinter(ExpressionPrinter expressions) {
    this.expressions = expressions;
    this.text = expressions.text();
  }

  void print(BoundExpr.Case e) {
    text.line("CASE", 0);
    text.deepen(ARM);
    if (e.operand() != null) {
      text.add(" ");
      expressions.print(e.operand());
    }
    for (BoundExpr.When when : e.whens()) {
      space();
      text.line("WHEN ", 0);
      expressions.printHidden(e.operand() == null ? when.condition() : compared(when.condition()));
      text.add(" THEN ");
      expressions.print(when.result());
    }
    space();
    text.line("ELSE ", 0);
    expressions.print(e.otherwise());
    space();
    text.deepen(-ARM);
    text.line("END", 0);
  }

  private void space() {
    if (!text.style().isIndented()) {
      text.add(" ");
    }
  }

  /** Returns what the operand is compared with. */
  private BoundExpr compared(BoundExpr condition) {
    BoundExpr bare = expressions.withoutImplicit(condition);
    return bare instanceof BoundExpr.FunctionCall call && call.arguments().size() == 2
        ? call.arguments().get(1)
        : condition;
  }
}
