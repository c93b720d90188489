package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.bind.BindTrace.Form;
import io.quarkgres.engine.bind.tree.BoundExpr;
import java.util.List;

/** Prints subqueries in expressions. Used by one thread. */
final class SubqueryPrinter {
  private final ExpressionPrinter expressions;
  private final QueryPrinter queries;
  private final Scope scope;
  private final SqlText text;

  SubqueryPrinter(ExpressionPrinter expressions, QueryPrinter queries, Scope scope) {
    this.expressions = expressions;
    this.queries = queries;
    this.scope = scope;
    this.text = queries.text();
  }

  /** Prints a subquery. */
  void print(BoundExpr.Subquery e, Form.Subquery form) {
    switch (e.kind()) {
      case SCALAR -> query("(", form.query(), ")");
      case ARRAY -> query("ARRAY(", form.query(), ")");
      case EXISTS -> query("(EXISTS (", form.query(), "))");
      case ANY, ALL -> quantified(e, form);
    }
  }

  private void query(String before, Query query, String after) {
    text.add(before);
    queries.print(query, scope, null, false);
    text.add(after);
  }

  private void quantified(BoundExpr.Subquery e, Form.Subquery form) {
    boolean isIn = e.kind() == BoundExpr.SubqueryKind.ANY && "=".equals(form.operator());
    text.add("(");
    lefts(TestedRows.lefts(e.test(), expressions::withoutImplicit));
    String words =
        isIn
            ? " IN ("
            : " "
                + form.operator()
                + (e.kind() == BoundExpr.SubqueryKind.ANY ? " ANY (" : " ALL (");
    query(words, form.query(), "))");
  }

  private void lefts(List<BoundExpr> lefts) {
    if (lefts.size() == 1) {
      expressions.print(lefts.get(0));
    } else {
      expressions.list("(", lefts, ")");
    }
  }

  /** Prints a comparison of a row with that of a subquery. */
  void print(Form.RowSubquery form) {
    text.add("(");
    lefts(form.lefts());
    query(" " + form.operator() + " (", form.query(), "))");
  }
}
