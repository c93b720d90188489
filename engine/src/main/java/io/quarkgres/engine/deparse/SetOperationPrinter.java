package io.quarkgres.engine.deparse;

import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import java.util.List;

/** Prints UNION, INTERSECT and EXCEPT. Used by one thread. */
final class SetOperationPrinter {
  private final QueryPrinter queries;
  private final SqlText text;

  SetOperationPrinter(QueryPrinter queries) {
    this.queries = queries;
    this.text = queries.text();
  }

  /** Prints a set operation; its parameters are those of {@link QueryPrinter#print}. */
  void print(
      QueryBody.SetOperation operation, Scope around, List<String> columns, boolean areNamesSeen) {
    boolean isIndented = text.style().isIndented();
    boolean isOther =
        bare(operation.left()) instanceof QueryBody.SetOperation left
            && (left.operator() != operation.operator() || left.isAll() != operation.isAll());
    operand(operation.left(), around, columns, areNamesSeen, isOther, ") ");
    if (!isOther) {
      if (isIndented) {
        text.line("", 0);
      } else {
        text.add(" ");
      }
    }
    text.add(operation.operator().name()).add(operation.isAll() ? " ALL " : " ");
    boolean isNested = bare(operation.right()) instanceof QueryBody.SetOperation;
    if (!isNested) {
      text.line("", 0);
    }
    operand(operation.right(), around, columns, false, isNested, ")");
  }

  /** Returns what stands in parentheses that are there for nothing but grouping. */
  private static QueryBody bare(QueryBody body) {
    QueryBody at = body;
    while (at instanceof QueryBody.Nested nested
        && nested.query().with() == null
        && !QueryPrinter.hasTail(nested.query())) {
      at = nested.query().body();
    }
    return at;
  }

  private void operand(
      QueryBody body,
      Scope around,
      List<String> columns,
      boolean areNamesSeen,
      boolean isInParentheses,
      String close) {
    if (isInParentheses) {
      text.add("(");
      text.deepen(SqlText.QUERY);
      text.line("", 0);
    }
    switch (bare(body)) {
      case QueryBody.SetOperation inner -> print(inner, around, columns, areNamesSeen);
      case QueryBody.Nested inner -> {
        text.add("(");
        queries.print(inner.query(), around, columns, areNamesSeen);
        text.add(")");
      }
      case QueryBody.Select inner -> leaf(inner, around, columns, areNamesSeen);
      case QueryBody.Values inner -> leaf(inner, around, columns, areNamesSeen);
    }
    if (isInParentheses) {
      text.deepen(-SqlText.QUERY);
      text.line(close, 0);
    }
  }

  private void leaf(QueryBody body, Scope around, List<String> columns, boolean areNamesSeen) {
    queries.print(
        new Query(null, body, List.of(), null, List.of(), null, body.position()),
        around,
        columns,
        areNamesSeen);
  }
}
