package io.quarkgres.engine.ast;

import java.util.List;

/** An item of SET in UPDATE, MERGE or ON CONFLICT. */
public sealed interface Assignment {
  /** {@code column = value}. */
  record Single(Column column, Expression value, int position) implements Assignment {}

  /** {@code (a, b) = source}; the source is a row constructor, a {@code ScalarQuery} or a row. */
  record Multiple(List<Column> columns, Expression source, int position) implements Assignment {}

  /**
   * A column that is assigned to, also in the column list of INSERT, perhaps only a part of it.
   *
   * @param path the fields and subscripts after the name; usually empty
   */
  record Column(String name, List<PathStep> path, int position) {}

  /** One step into a column. */
  sealed interface PathStep {
    /** {@code .field}. */
    record Field(String name, int position) implements PathStep {}

    /** {@code [subscript]}. */
    record Element(Expression.Subscript subscript, int position) implements PathStep {}
  }
}
