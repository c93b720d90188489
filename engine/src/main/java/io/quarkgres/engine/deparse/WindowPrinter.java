package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.WindowSpecification;
import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;

/** Prints window definitions. Used by one thread. */
final class WindowPrinter {
  private final ExpressionPrinter expressions;
  private final SqlText text;

  WindowPrinter(ExpressionPrinter expressions) {
    this.expressions = expressions;
    this.text = expressions.text();
  }

  /** Prints a definition with its parentheses. */
  void print(WindowSpecification specification) {
    BindTrace.Window window = expressions.trace().window(specification);
    boolean isRefining = specification.base() != null;
    text.add("(");
    String space = "";
    if (isRefining) {
      text.add(ObjectNames.quote(specification.base()));
      space = " ";
    }
    if (!isRefining && !window.partitionBy().isEmpty()) {
      text.add("PARTITION BY ");
      String separator = "";
      for (BoundExpr key : window.partitionBy()) {
        text.add(separator);
        expressions.key(key);
        separator = ", ";
      }
      space = " ";
    }
    if (!specification.orderBy().isEmpty()) {
      text.add(space).add("ORDER BY ");
      String separator = "";
      for (Relation.SortKey key : window.orderBy()) {
        text.add(separator);
        expressions.key(key.expression());
        text.add(TailPrinter.direction(key));
        separator = ", ";
      }
      space = " ";
    }
    if (specification.frame() != null) {
      text.add(space);
      frame(window.frame());
    }
    text.add(")");
  }

  private void frame(Relation.Frame frame) {
    text.add(frame.mode().name()).add(" BETWEEN ");
    bound(frame.start(), frame.startOffset());
    text.add(" AND ");
    bound(frame.end(), frame.endOffset());
    text.add(
        switch (frame.exclusion()) {
          case NO_OTHERS -> "";
          case CURRENT_ROW -> " EXCLUDE CURRENT ROW";
          case GROUP -> " EXCLUDE GROUP";
          case TIES -> " EXCLUDE TIES";
        });
  }

  private void bound(Relation.FrameBound bound, BoundExpr offset) {
    if (offset != null) {
      expressions.printHidden(offset);
      text.add(" ");
    }
    text.add(bound.name().replace('_', ' '));
  }
}
