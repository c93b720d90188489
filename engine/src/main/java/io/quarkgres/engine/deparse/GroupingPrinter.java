package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.GroupingElement;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.BindTrace;
import java.util.List;

/** Prints GROUP BY. Used by one thread. */
final class GroupingPrinter {
  private final BindTrace trace;
  private final ExpressionPrinter expressions;
  private final SqlText text;

  GroupingPrinter(ExpressionPrinter expressions) {
    this.trace = expressions.trace();
    this.expressions = expressions;
    this.text = expressions.text();
  }

  /** Prints the clause. */
  void print(QueryBody.GroupBy groupBy) {
    text.clause(" GROUP BY ", 1);
    if (groupBy.isDistinct()) {
      text.add("DISTINCT ");
    }
    elements(groupBy.elements());
  }

  private void elements(List<GroupingElement> elements) {
    String separator = "";
    for (GroupingElement element : elements) {
      text.add(separator);
      element(element);
      separator = ", ";
    }
  }

  /** Within GROUPING SETS, a set of one expression has parentheses too. */
  private void sets(List<GroupingElement> elements) {
    String separator = "";
    for (GroupingElement element : elements) {
      boolean isSingle =
          element instanceof GroupingElement.Simple simple
              && !(simple.expression() instanceof Expression.RowConstructor);
      text.add(separator).add(isSingle ? "(" : "");
      element(element);
      text.add(isSingle ? ")" : "");
      separator = ", ";
    }
  }

  private void element(GroupingElement element) {
    switch (element) {
      case GroupingElement.Simple e -> step(e.expression(), false);
      case GroupingElement.Empty e -> text.add("()");
      case GroupingElement.Rollup e -> steps("ROLLUP(", e.expressions());
      case GroupingElement.Cube e -> steps("CUBE(", e.expressions());
      case GroupingElement.Sets e -> {
        text.add("GROUPING SETS (");
        sets(e.elements());
        text.add(")");
      }
    }
  }

  private void steps(String word, List<Expression> steps) {
    text.add(word);
    String separator = "";
    for (Expression step : steps) {
      text.add(separator);
      step(step, true);
      separator = ", ";
    }
    text.add(")");
  }

  private void step(Expression step, boolean isWithin) {
    if (!(step instanceof Expression.RowConstructor row) || row.isExplicit()) {
      expressions.key(trace.groupingKey(step));
      return;
    }
    text.add(isWithin || row.fields().size() != 1 ? "(" : "");
    String separator = "";
    for (Expression field : row.fields()) {
      text.add(separator);
      step(field, true);
      separator = ", ";
    }
    text.add(isWithin || row.fields().size() != 1 ? ")" : "");
  }
}
