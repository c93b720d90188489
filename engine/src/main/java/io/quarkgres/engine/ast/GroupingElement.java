package io.quarkgres.engine.ast;

import java.util.List;

/** One element of GROUP BY. */
public sealed interface GroupingElement {
  /** An expression; a row constructor without ROW groups by each of its fields. */
  record Simple(Expression expression) implements GroupingElement {}

  /** {@code ()}. */
  record Empty(int position) implements GroupingElement {}

  /** {@code ROLLUP (...)}; an implicit row constructor is one step. */
  record Rollup(List<Expression> expressions, int position) implements GroupingElement {}

  /** {@code CUBE (...)}; an implicit row constructor is one dimension. */
  record Cube(List<Expression> expressions, int position) implements GroupingElement {}

  /** {@code GROUPING SETS (...)}. */
  record Sets(List<GroupingElement> elements, int position) implements GroupingElement {}
}
