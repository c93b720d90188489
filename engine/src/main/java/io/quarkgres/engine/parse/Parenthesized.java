package io.quarkgres.engine.parse;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import java.util.List;

/** What a pair of parentheses turned out to hold. */
sealed interface Parenthesized {
  /** A query. */
  record OfQuery(Query query, int position) implements Parenthesized {}

  /** One or more expressions. */
  record OfExpressions(List<Expression> expressions, int position) implements Parenthesized {}
}
