package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Binds comparisons of row values, and IN lists. Used by one thread. */
final class RowBinder {
  private final ExpressionBinder expressions;
  private final BindState state;

  RowBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  /** Binds {@code (a, b) op (c, d)} and {@code (a, b) op (SELECT ...)}. */
  BoundExpr comparison(Expression.BinaryOperator e) {
    Expression.RowConstructor left = (Expression.RowConstructor) e.left();
    List<BoundExpr> lefts = expressions.bindList(left.fields());
    if (e.right() instanceof Expression.ScalarQuery query) {
      return expressions.subqueries().rowComparison(e, lefts, query);
    }
    List<BoundExpr> rights = expressions.bindList(((Expression.RowConstructor) e.right()).fields());
    return compare(e.operator(), lefts, rights, e.position());
  }

  /** Makes the comparison of two rows field by field. */
  BoundExpr compare(
      OperatorName operator, List<BoundExpr> lefts, List<BoundExpr> rights, int position) {
    if (lefts.size() != rights.size()) {
      throw BindErrors.syntax("unequal number of entries in row expressions", position);
    }
    if (lefts.isEmpty()) {
      throw BindErrors.notSupported("cannot compare rows of zero length", position);
    }
    List<BoundExpr> comparisons = new ArrayList<>();
    List<OperatorBinder.Applied> applied = new ArrayList<>();
    for (int i = 0; i < lefts.size(); i++) {
      OperatorBinder.Applied pair =
          expressions.operators().apply(operator, lefts.get(i), rights.get(i), position);
      if (pair.call().returnType().oid() != Oids.BOOL) {
        throw BindErrors.mismatch(
            "row comparison operator must yield type boolean, not type "
                + state.rules().format(pair.call().returnType().oid()),
            position);
      }
      applied.add(pair);
      comparisons.add(pair.expression(state));
    }
    int at = expressions.leftmost(position, lefts.get(0));
    if (comparisons.size() == 1) {
      return state.at(comparisons.get(0), at);
    }
    BoundExpr result =
        switch (operator.symbol()) {
          case "=" -> expressions.operators().allOf(comparisons);
          case "<>" -> expressions.operators().anyOf(comparisons);
          case "<", "<=", ">", ">=" -> ordered(operator.symbol(), applied);
          default ->
              throw BindErrors.notSupported(
                      "could not determine interpretation of row comparison operator "
                          + operator.symbol(),
                      position)
                  .withHint(
                      "Row comparison operators must be associated with btree operator families.");
        };
    return state.at(result, at);
  }

  private BoundExpr ordered(String symbol, List<OperatorBinder.Applied> pairs) {
    List<BoundExpr> lefts = new ArrayList<>();
    List<BoundExpr> rights = new ArrayList<>();
    for (OperatorBinder.Applied pair : pairs) {
      SqlType type = CommonType.of(state, pair.operands(), "ROW");
      lefts.add(state.coercer().toCommon(pair.operands().get(0), type, "ROW"));
      rights.add(state.coercer().toCommon(pair.operands().get(1), type, "ROW"));
    }
    return new BoundExpr.RowComparison(
        symbol, List.copyOf(lefts), List.copyOf(rights), state.bool());
  }

  /** Binds {@code ROW(...) IS [NOT] DISTINCT FROM ROW(...)}. */
  BoundExpr isDistinct(
      Expression.RowConstructor left, Expression.RowConstructor right, Expression.IsDistinct e) {
    List<BoundExpr> lefts = expressions.bindList(left.fields());
    List<BoundExpr> rights = expressions.bindList(right.fields());
    if (lefts.size() != rights.size()) {
      throw BindErrors.syntax("unequal number of entries in row expressions", e.position());
    }
    List<BoundExpr> pairs = new ArrayList<>();
    for (int i = 0; i < lefts.size(); i++) {
      pairs.add(
          expressions
              .operators()
              .distinct(lefts.get(i), rights.get(i), e.isNegated(), e.position()));
    }
    if (pairs.isEmpty()) {
      return Constants.of(e.isNegated(), state.bool());
    }
    return e.isNegated()
        ? expressions.operators().allOf(pairs)
        : expressions.operators().anyOf(pairs);
  }

  /** Binds {@code x [NOT] IN (a, b, ...)}: one array comparison where the types allow it. */
  BoundExpr inList(Expression.InList e) {
    OperatorName operator = OperatorName.of(e.isNegated() ? "<>" : "=");
    if (e.operand() instanceof Expression.RowConstructor row) {
      return rowInList(e, row, operator);
    }
    BoundExpr operand = expressions.bind(e.operand());
    List<BoundExpr> items = new ArrayList<>();
    for (Expression item : e.items()) {
      items.add(expressions.bind(item));
    }
    List<BoundExpr> plain = new ArrayList<>();
    List<BoundExpr> varying = new ArrayList<>();
    for (BoundExpr item : items) {
      (hasColumns(item) ? varying : plain).add(item);
    }
    List<BoundExpr> conditions = new ArrayList<>();
    BoundExpr array = plain.size() > 1 ? array(operand, plain) : null;
    if (array != null) {
      conditions.add(
          expressions
              .operators()
              .quantified(operator, operand, array, e.isNegated(), e.position()));
    } else {
      varying = items;
    }
    for (BoundExpr item : varying) {
      BoundExpr comparison = expressions.operators().call(operator, operand, item, e.position());
      conditions.add(state.coercer().toBoolean(comparison, "IN", e.position()));
    }
    BoundExpr result =
        e.isNegated()
            ? expressions.operators().allOf(conditions)
            : expressions.operators().anyOf(conditions);
    return state.at(result, expressions.leftmost(e.position(), operand));
  }

  private BoundExpr array(BoundExpr operand, List<BoundExpr> items) {
    List<BoundExpr> all = new ArrayList<>(items);
    all.add(0, operand);
    SqlType type = CommonType.of(state, all, null);
    if (type == null || type.oid() == Oids.RECORD || state.rules().arrayOf(type.oid()) == 0) {
      return null;
    }
    for (BoundExpr expr : all) {
      if (!state.coercions().canCoerce(expr.type().oid(), type.oid(), Context.IMPLICIT)) {
        return null;
      }
    }
    List<BoundExpr> elements = state.coercer().allToCommon(items, type, "IN");
    SqlType arrayType = state.type(state.rules().arrayOf(type.oid()));
    BoundExpr result = new BoundExpr.ArrayConstructor(List.copyOf(elements), false, arrayType);
    return state.at(result, state.position(items.get(0)));
  }

  private boolean hasColumns(BoundExpr expr) {
    boolean[] found = new boolean[1];
    int depth = expressions.level().depth();
    Expressions.walk(
        expr,
        e -> {
          if (e instanceof ColumnRef ref) {
            found[0] |= state.owner(ref.relation()).depth() == depth;
          }
        });
    return found[0];
  }

  private BoundExpr rowInList(
      Expression.InList e, Expression.RowConstructor row, OperatorName operator) {
    List<BoundExpr> lefts = expressions.bindList(row.fields());
    List<BoundExpr> conditions = new ArrayList<>();
    for (Expression item : e.items()) {
      if (item instanceof Expression.RowConstructor right) {
        List<BoundExpr> rights = expressions.bindList(right.fields());
        conditions.add(compare(operator, lefts, rights, e.position()));
      } else {
        BoundExpr left = expressions.constructors().rowOf(lefts, row.position());
        conditions.add(
            expressions.operators().call(operator, left, expressions.bind(item), e.position()));
      }
    }
    return e.isNegated()
        ? expressions.operators().allOf(conditions)
        : expressions.operators().anyOf(conditions);
  }
}
