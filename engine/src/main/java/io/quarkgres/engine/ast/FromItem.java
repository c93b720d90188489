package io.quarkgres.engine.ast;

import java.util.List;

/** An item of FROM. */
public sealed interface FromItem {
  /** Returns where an error about the item points. */
  int position();

  /** Returns the alias, or {@code null}. */
  Alias alias();

  /**
   * A relation or common table expression by name, also the target of UPDATE, DELETE and MERGE.
   *
   * @param isOnly whether ONLY keeps inheritance children out
   * @param sample TABLESAMPLE, or {@code null}
   */
  record Table(QualifiedName name, boolean isOnly, Alias alias, Sample sample, int position)
      implements FromItem {}

  /** A subquery. */
  record Subquery(Query query, boolean isLateral, Alias alias, int position) implements FromItem {}

  /**
   * A function, or several side by side in ROWS FROM.
   *
   * @param isRowsFrom whether it was written ROWS FROM
   */
  record Functions(
      List<TableFunction> functions,
      boolean isRowsFrom,
      boolean isWithOrdinality,
      boolean isLateral,
      Alias alias,
      int position)
      implements FromItem {}

  /**
   * A join. CROSS JOIN is an inner join without condition. Chains are left-deep and may be long.
   *
   * @param using the columns of USING; empty when there is no USING
   * @param usingAlias the alias of the merged columns, or {@code null}
   * @param on the condition, or {@code null}
   * @param alias the alias of the parenthesised join, or {@code null}
   */
  record Join(
      JoinType type,
      FromItem left,
      FromItem right,
      boolean isNatural,
      List<String> using,
      Alias usingAlias,
      Expression on,
      Alias alias,
      int position)
      implements FromItem {}

  /**
   * A function call of FROM.
   *
   * @param call usually a {@link Expression.FunctionCall}; also COALESCE, CURRENT_DATE and the like
   * @param columns the column definition list; empty when there is none
   */
  record TableFunction(Expression call, List<ColumnDefinition> columns, int position) {}

  /**
   * {@code TABLESAMPLE method (args) [REPEATABLE (seed)]}.
   *
   * @param seed the seed, or {@code null}
   */
  record Sample(QualifiedName method, List<Expression> arguments, Expression seed, int position) {}

  /** The kinds of joins. */
  enum JoinType {
    INNER,
    LEFT,
    RIGHT,
    FULL
  }
}
