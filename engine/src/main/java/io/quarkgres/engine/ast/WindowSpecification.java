package io.quarkgres.engine.ast;

import java.util.List;

/**
 * {@code ([base] [PARTITION BY ...] [ORDER BY ...] [frame])}.
 *
 * @param base the window that this one refines, or {@code null}
 * @param frame the frame as written, or {@code null} for the default one
 */
public record WindowSpecification(
    String base, List<Expression> partitionBy, List<OrderItem> orderBy, Frame frame, int position) {

  /** {@code name AS (...)} of a WINDOW clause. */
  public record Definition(String name, WindowSpecification specification, int position) {}

  /** The frame; a frame without BETWEEN ends at the current row. */
  public record Frame(Units units, Bound start, Bound end, Exclusion exclusion, int position) {}

  /**
   * One end of a frame.
   *
   * @param offset the expression of {@code n PRECEDING} or {@code n FOLLOWING}, else {@code null}
   */
  public record Bound(BoundKind kind, Expression offset, int position) {}

  /** What a frame counts. */
  public enum Units {
    ROWS,
    RANGE,
    GROUPS
  }

  /** The kinds of frame ends, in the order in which they may follow each other. */
  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    OFFSET_PRECEDING,
    CURRENT_ROW,
    OFFSET_FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /** What EXCLUDE takes out of the frame. */
  public enum Exclusion {
    NO_OTHERS,
    CURRENT_ROW,
    GROUP,
    TIES
  }
}
