package io.quarkgres.engine.ast;

import java.util.List;

/**
 * A SELECT statement, VALUES list or set operation, with what may surround it; also every subquery.
 *
 * @param with the common table expressions, or {@code null}
 * @param limit LIMIT, OFFSET or FETCH, or {@code null}
 * @param into where SELECT INTO puts the rows, or {@code null}; only ever at the top
 */
public record Query(
    With with,
    QueryBody body,
    List<OrderItem> orderBy,
    Limit limit,
    List<Locking> locking,
    Into into,
    int position)
    implements Statement {

  /**
   * LIMIT and OFFSET in any spelling.
   *
   * @param count the number of rows, or {@code null} for all
   * @param offset the rows to skip, or {@code null}
   */
  public record Limit(Expression count, Expression offset, boolean isWithTies, int position) {}

  /** {@code FOR UPDATE [OF t, ...] [NOWAIT | SKIP LOCKED]}; no tables means all. */
  public record Locking(
      LockStrength strength, List<QualifiedName> of, LockWait lockWait, int position) {}

  /** {@code INTO [TEMP | UNLOGGED] [TABLE] name}. */
  public record Into(QualifiedName table, Persistence persistence, int position) {}

  /** The row locks, weakest first. */
  public enum LockStrength {
    KEY_SHARE,
    SHARE,
    NO_KEY_UPDATE,
    UPDATE
  }

  /** What happens when a row is locked by another. */
  public enum LockWait {
    BLOCK,
    SKIP_LOCKED,
    NOWAIT
  }
}
