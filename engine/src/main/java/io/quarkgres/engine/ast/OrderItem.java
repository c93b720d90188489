package io.quarkgres.engine.ast;

/**
 * One key of ORDER BY, also within aggregates and windows.
 *
 * @param using the operator of {@code USING op}, else {@code null}
 */
public record OrderItem(
    Expression expression, Direction direction, OperatorName using, Nulls nulls, int position) {
  /** The written direction. */
  public enum Direction {
    DEFAULT,
    ASC,
    DESC,
    USING
  }

  /** The written place of nulls. */
  public enum Nulls {
    DEFAULT,
    FIRST,
    LAST
  }
}
