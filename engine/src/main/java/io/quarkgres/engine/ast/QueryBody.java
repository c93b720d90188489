package io.quarkgres.engine.ast;

import java.util.List;

/** What stands between WITH and ORDER BY. */
public sealed interface QueryBody {
  /** Returns the offset of its first keyword (of a set operation, of the operator). */
  int position();

  /**
   * One SELECT.
   *
   * @param distinct DISTINCT [ON], or {@code null}
   * @param where the condition, or {@code null}
   * @param groupBy the grouping, or {@code null}
   * @param having the condition on groups, or {@code null}
   */
  record Select(
      Distinct distinct,
      List<Target> targets,
      List<FromItem> from,
      Expression where,
      GroupBy groupBy,
      Expression having,
      List<WindowSpecification.Definition> windows,
      int position)
      implements QueryBody {}

  /** {@code VALUES (..), (..)}; all rows have the same number of expressions. */
  record Values(List<List<Expression>> rows, int position) implements QueryBody {}

  /** {@code left UNION|INTERSECT|EXCEPT [ALL] right}. Chains are left-deep and may be long. */
  record SetOperation(
      SetOperator operator, boolean isAll, QueryBody left, QueryBody right, int position)
      implements QueryBody {}

  /** An operand in parentheses that has its own WITH, ORDER BY, LIMIT or locking. */
  record Nested(Query query, int position) implements QueryBody {}

  /** {@code DISTINCT} (no expressions) or {@code DISTINCT ON (...)}. */
  record Distinct(List<Expression> on, int position) {}

  /**
   * An item of the select list or of RETURNING.
   *
   * @param alias the given name, or {@code null}
   */
  record Target(Expression expression, String alias, int position) {}

  /** {@code GROUP BY [DISTINCT] element, ...}. */
  record GroupBy(boolean isDistinct, List<GroupingElement> elements, int position) {}

  /** The set operators. */
  enum SetOperator {
    UNION,
    INTERSECT,
    EXCEPT
  }
}
