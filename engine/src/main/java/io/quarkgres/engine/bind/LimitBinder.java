package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** Binds LIMIT, OFFSET and FETCH. Used by one thread. */
final class LimitBinder {
  private final ExpressionBinder expressions;
  private final BindState state;

  LimitBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  /** A bound LIMIT; either part may be {@code null}. */
  record BoundLimit(BoundExpr count, BoundExpr offset, boolean isWithTies) {
    static final BoundLimit NONE = new BoundLimit(null, null, false);

    BindTrace.Limit trace() {
      return new BindTrace.Limit(count, offset, isWithTies);
    }

    /** Puts the limit on a relation that is sorted by keys. */
    Relation apply(Relation input, List<SortKey> keys) {
      return count == null && offset == null
          ? input
          : new Relation.Limit(input, count, offset, isWithTies ? List.copyOf(keys) : null);
    }
  }

  BoundLimit bind(Query.Limit limit) {
    if (limit == null) {
      return BoundLimit.NONE;
    }
    BoundExpr offset = part(limit.offset(), Clause.OFFSET, "OFFSET");
    BoundExpr count = part(limit.count(), Clause.LIMIT, "LIMIT");
    if (limit.isWithTies() && count instanceof BoundExpr.Constant constant && constant.isNull()) {
      throw new SqlException(
          SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE,
          "row count cannot be null in FETCH FIRST ... WITH TIES clause");
    }
    return new BoundLimit(count, offset, limit.isWithTies());
  }

  private BoundExpr part(Expression expression, Clause clause, String construct) {
    if (expression == null) {
      return null;
    }
    return toCount(expressions.bind(expression, clause), construct);
  }

  /** Makes an expression an int8 that does not depend on rows. */
  BoundExpr toCount(BoundExpr bound, String construct) {
    BoundExpr result =
        state.coercer().toType(bound, state.type(Oids.INT8), construct, state.position(bound));
    checkConstant(bound, construct);
    return result;
  }

  /** Raises 42P10 when an expression refers to columns of its own query level. */
  void checkConstant(BoundExpr bound, String construct) {
    Expressions.walk(
        bound,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref
              && state.owner(ref.relation()) == expressions.level()) {
            throw BindErrors.columnReference(
                "argument of " + construct + " must not contain variables", state.position(e));
          }
        });
  }
}
