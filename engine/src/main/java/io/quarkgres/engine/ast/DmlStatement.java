package io.quarkgres.engine.ast;

import java.util.List;

/** The statements that change rows and may stand in WITH (all but MERGE). */
public sealed interface DmlStatement extends Statement {
  /** Returns the common table expressions, or {@code null}. */
  With with();

  /**
   * INSERT.
   *
   * @param alias the alias of the table, or {@code null}
   * @param columns the column list; empty when there is none
   * @param source VALUES or any query; {@code null} for DEFAULT VALUES. {@code DEFAULT} may stand
   *     in a VALUES list
   * @param onConflict ON CONFLICT, or {@code null}
   * @param returning the items of RETURNING; empty when there is none
   */
  record Insert(
      With with,
      QualifiedName table,
      Alias alias,
      List<Assignment.Column> columns,
      Overriding overriding,
      Query source,
      OnConflict onConflict,
      List<QueryBody.Target> returning,
      int position)
      implements DmlStatement {}

  /**
   * UPDATE.
   *
   * @param where the condition, or {@code null}
   */
  record Update(
      With with,
      FromItem.Table table,
      List<Assignment> assignments,
      List<FromItem> from,
      Expression where,
      List<QueryBody.Target> returning,
      int position)
      implements DmlStatement {}

  /**
   * DELETE.
   *
   * @param where the condition, or {@code null}
   */
  record Delete(
      With with,
      FromItem.Table table,
      List<FromItem> using,
      Expression where,
      List<QueryBody.Target> returning,
      int position)
      implements DmlStatement {}

  /** MERGE. */
  record Merge(
      With with,
      FromItem.Table table,
      FromItem source,
      Expression on,
      List<MergeWhen> whens,
      int position)
      implements DmlStatement {}

  /**
   * {@code WHEN [NOT] MATCHED [AND condition] THEN action}.
   *
   * @param condition the further condition, or {@code null}
   */
  record MergeWhen(boolean isMatched, Expression condition, MergeAction action, int position) {}

  /** What MERGE does with a row. */
  sealed interface MergeAction {
    /** UPDATE SET. */
    record Update(List<Assignment> assignments) implements MergeAction {}

    /** DELETE. */
    record Delete() implements MergeAction {}

    /**
     * INSERT.
     *
     * @param values the values, or {@code null} for DEFAULT VALUES
     */
    record Insert(List<Assignment.Column> columns, Overriding overriding, List<Expression> values)
        implements MergeAction {}

    /** DO NOTHING. */
    record DoNothing() implements MergeAction {}
  }

  /** Which values win in identity columns. */
  enum Overriding {
    NONE,
    USER_VALUE,
    SYSTEM_VALUE
  }
}
