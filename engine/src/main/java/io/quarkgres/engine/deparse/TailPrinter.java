package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation;

/** Prints what comes behind a query: ORDER BY, LIMIT, OFFSET. Used by one thread. */
final class TailPrinter {
  private final ExpressionPrinter expressions;
  private final SqlText text;

  TailPrinter(ExpressionPrinter expressions) {
    this.expressions = expressions;
    this.text = expressions.text();
  }

  /** Prints OFFSET and LIMIT or FETCH. */
  void limit(BindTrace.Limit limit) {
    if (limit.offset() != null) {
      text.clause(" OFFSET ", 0);
      expressions.printHidden(limit.offset());
    }
    if (limit.count() == null) {
      return;
    }
    if (limit.isWithTies()) {
      text.clause(" FETCH FIRST (", 0);
      expressions.printHidden(limit.count());
      text.add(") ROWS WITH TIES");
      return;
    }
    text.clause(" LIMIT ", 0);
    if (limit.count() instanceof BoundExpr.Constant constant && constant.isNull()) {
      text.add("ALL");
    } else {
      expressions.printHidden(limit.count());
    }
  }

  /** Returns the words behind a key of ORDER BY. */
  static String direction(Relation.SortKey key) {
    if (key.isDescending()) {
      return key.nullsFirst() ? " DESC" : " DESC NULLS LAST";
    }
    return key.nullsFirst() ? " NULLS FIRST" : "";
  }

  /** Prints what stands behind VALUES or a set operation, whose columns sort by number. */
  void print(BindTrace.Tail tail) {
    boolean isFirst = true;
    for (BindTrace.Sort sort : tail.orderBy()) {
      if (isFirst) {
        text.clause(" ORDER BY ", 1);
      } else {
        text.add(", ");
      }
      text.add(Integer.toString(sort.column() + 1));
      text.add(direction(sort.key()));
      isFirst = false;
    }
    limit(tail.limit());
  }
}
