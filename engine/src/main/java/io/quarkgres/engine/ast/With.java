package io.quarkgres.engine.ast;

import java.util.List;

/** {@code WITH [RECURSIVE] name AS (...), ...}. */
public record With(boolean isRecursive, List<CommonTable> tables, int position) {

  /**
   * One common table expression.
   *
   * @param statement a {@link Query} or a {@link DmlStatement}
   * @param search the SEARCH clause, or {@code null}
   * @param cycle the CYCLE clause, or {@code null}
   */
  public record CommonTable(
      String name,
      List<String> columns,
      Materialization materialization,
      Statement statement,
      Search search,
      Cycle cycle,
      int position) {}

  /** {@code SEARCH DEPTH|BREADTH FIRST BY columns SET column}. */
  public record Search(
      boolean isBreadthFirst, List<String> columns, String sequenceColumn, int position) {}

  /**
   * {@code CYCLE columns SET mark [TO value DEFAULT value] USING path}.
   *
   * @param markValue the value that marks a cycle, or {@code null} for TRUE
   * @param markDefault the value of all other rows, or {@code null} for FALSE
   */
  public record Cycle(
      List<String> columns,
      String markColumn,
      Expression markValue,
      Expression markDefault,
      String pathColumn,
      int position) {}

  /** What was said about materialization. */
  public enum Materialization {
    DEFAULT,
    MATERIALIZED,
    NOT_MATERIALIZED
  }
}
