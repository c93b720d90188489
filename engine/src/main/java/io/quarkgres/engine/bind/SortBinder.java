package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.ast.OrderItem;
import io.quarkgres.engine.ast.Positions;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Binds sort keys. Used by one thread. */
final class SortBinder {
  private final ExpressionBinder expressions;
  private final BindState state;

  SortBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  /** Binds the keys of an aggregate's ORDER BY: expressions only, no positions or aliases. */
  List<SortKey> aggregateKeys(List<OrderItem> items) {
    List<SortKey> result = new ArrayList<>();
    for (OrderItem item : items) {
      result.add(key(expressions.bind(item.expression(), Clause.ORDER_BY), item));
    }
    return List.copyOf(result);
  }

  /** Makes a key of a bound expression; raises 42883 for a type without order. */
  SortKey key(BoundExpr bound, OrderItem item) {
    BoundExpr expr = state.coercer().resolveUnknown(bound);
    SqlType type = expr.type();
    if (!type.isOrdered()) {
      throw state
          .lookup()
          .operators()
          .missing("an ordering operator", type.oid(), Positions.start(item.expression()))
          .withHint("Use an explicit ordering operator or modify the query.");
    }
    boolean isDescending =
        switch (item.direction()) {
          case DEFAULT, ASC -> false;
          case DESC -> true;
          case USING -> isDescending(item.using(), expr, item.position());
        };
    boolean nullsFirst =
        switch (item.nulls()) {
          case DEFAULT -> isDescending;
          case FIRST -> true;
          case LAST -> false;
        };
    return new SortKey(expr, isDescending, nullsFirst);
  }

  private boolean isDescending(OperatorName operator, BoundExpr expr, int position) {
    int type = expr.type().oid();
    state.lookup().operators().binary(operator.schema(), operator.symbol(), type, type, position);
    return switch (operator.symbol()) {
      case "<", "~<~" -> false;
      case ">", "~>~" -> true;
      default ->
          throw new SqlException(
              SqlState.WRONG_OBJECT_TYPE,
              "operator " + operator + " is not a valid ordering operator",
              null,
              "Ordering operators must be \"<\" or \">\" members of btree operator families.",
              position);
    };
  }
}
