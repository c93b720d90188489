package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.bind.lookup.Calls;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.PolymorphicTypes;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Binds operators, boolean connectives and the predicates made of operators. One thread. */
final class OperatorBinder {
  private final ExpressionBinder expressions;
  private final BindState state;

  OperatorBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  // ---- operators ----

  /** An operator chosen for operands, which are cast to what it takes. */
  record Applied(OperatorDef operator, Call call, List<BoundExpr> operands) {
    /** Makes the call. */
    BoundExpr expression(BindState state) {
      return state
          .trace()
          .form(
              new BoundExpr.FunctionCall(call, operands, SqlType.NO_TYPMOD),
              new BindTrace.Form.Operator(operator));
    }
  }

  /** Chooses an infix operator and casts the operands. */
  Applied apply(OperatorName name, BoundExpr left, BoundExpr right, int position) {
    OperatorDef operator =
        state
            .lookup()
            .operators()
            .binary(name.schema(), name.symbol(), left.type().oid(), right.type().oid(), position);
    return apply(operator, List.of(left, right), position);
  }

  private Applied apply(OperatorDef operator, List<BoundExpr> operands, int position) {
    FunctionDef function = state.functions().function(operator.function());
    int[] declared =
        operands.size() == 1
            ? new int[] {operator.right()}
            : new int[] {operator.left(), operator.right()};
    return resolve(operator, function, declared, operands, position);
  }

  /** Resolves pseudo-types and casts operands. */
  private Applied resolve(
      OperatorDef operator,
      FunctionDef function,
      int[] declared,
      List<BoundExpr> operands,
      int position) {
    int[] actual = new int[operands.size()];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = operands.get(i).type().oid();
    }
    PolymorphicTypes.Solution solution = solve(actual, declared, operator.result());
    List<BoundExpr> cast = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < actual.length; i++) {
      int target = solution.arguments()[i];
      BoundExpr operand = state.coercer().coerce(operands.get(i), state.type(target));
      cast.add(operand);
      types.add(operand.type());
    }
    return new Applied(
        operator,
        Calls.of(state.lookup(), function, types, state.type(solution.result()), position),
        List.copyOf(cast));
  }

  PolymorphicTypes.Solution solve(int[] actual, int[] declared, int result) {
    return new PolymorphicTypes(state.rules(), state.coercions()).resolve(actual, declared, result);
  }

  /** Makes the call of an infix operator. */
  BoundExpr call(OperatorName name, BoundExpr left, BoundExpr right, int position) {
    Applied applied = apply(name, left, right, position);
    BoundExpr result = applied.expression(state);
    return state.at(result, expressions.leftmost(position, left, right));
  }

  BoundExpr unary(Expression.UnaryOperator e) {
    BoundExpr operand = expressions.bind(e.operand());
    OperatorDef operator =
        state
            .lookup()
            .operators()
            .prefix(
                e.operator().schema(), e.operator().symbol(), operand.type().oid(), e.position());
    Applied applied = apply(operator, List.of(operand), e.position());
    BoundExpr result = applied.expression(state);
    return state.at(result, expressions.leftmost(e.position(), operand));
  }

  /** Binds an infix operator; chains lean to the left and are walked in a loop. */
  BoundExpr binary(Expression.BinaryOperator e) {
    List<Expression.BinaryOperator> spine = new ArrayList<>();
    Expression at = e;
    while (at instanceof Expression.BinaryOperator operator && !isRowComparison(operator)) {
      spine.add(operator);
      state.enter();
      at = operator.left();
    }
    try {
      BoundExpr left =
          at instanceof Expression.BinaryOperator rows
              ? expressions.rows().comparison(rows)
              : expressions.bind(at);
      for (int i = spine.size() - 1; i >= 0; i--) {
        Expression.BinaryOperator operator = spine.get(i);
        BoundExpr right = expressions.bind(operator.right());
        left = call(operator.operator(), left, right, operator.position());
      }
      return left;
    } finally {
      spine.forEach(s -> state.leave());
    }
  }

  private static boolean isRowComparison(Expression.BinaryOperator e) {
    return e.left() instanceof Expression.RowConstructor
        && (e.right() instanceof Expression.RowConstructor
            || e.right() instanceof Expression.ScalarQuery);
  }

  // ---- connectives ----

  BoundExpr and(Expression.And e) {
    List<BoundExpr> operands = booleans(e.operands(), "AND");
    BoundExpr result = new BoundExpr.And(operands, state.bool());
    return state.at(result, expressions.leftmost(e.position(), operands.get(0)));
  }

  BoundExpr or(Expression.Or e) {
    List<BoundExpr> operands = booleans(e.operands(), "OR");
    BoundExpr result = new BoundExpr.Or(operands, state.bool());
    return state.at(result, expressions.leftmost(e.position(), operands.get(0)));
  }

  private List<BoundExpr> booleans(List<Expression> operands, String construct) {
    List<BoundExpr> result = new ArrayList<>();
    for (Expression operand : operands) {
      result.add(bool(expressions.bind(operand), construct));
    }
    return List.copyOf(result);
  }

  private BoundExpr bool(BoundExpr expr, String construct) {
    return state.coercer().toBoolean(expr, construct, state.position(expr));
  }

  BoundExpr not(Expression.Not e) {
    return new BoundExpr.Not(bool(expressions.bind(e.operand()), "NOT"), state.bool());
  }

  /** Joins conditions by AND, one stays alone. */
  BoundExpr allOf(List<BoundExpr> conditions) {
    return conditions.size() == 1
        ? conditions.get(0)
        : new BoundExpr.And(List.copyOf(conditions), state.bool());
  }

  /** Joins conditions by OR, one stays alone. */
  BoundExpr anyOf(List<BoundExpr> conditions) {
    return conditions.size() == 1
        ? conditions.get(0)
        : new BoundExpr.Or(List.copyOf(conditions), state.bool());
  }

  BoundExpr negated(BoundExpr condition, boolean isNegated) {
    return isNegated
        ? state.at(new BoundExpr.Not(condition, state.bool()), state.position(condition))
        : condition;
  }

  // ---- IS ----

  BoundExpr isNull(Expression.IsNull e) {
    BoundExpr operand = expressions.bind(e.operand());
    BoundExpr result = new BoundExpr.IsNull(operand, e.isNegated(), state.bool());
    return state.at(result, expressions.leftmost(e.position(), operand));
  }

  BoundExpr isTruth(Expression.IsTruth e) {
    BoundExpr bound = expressions.bind(e.operand());
    String construct = "IS " + (e.isNegated() ? "NOT " : "") + e.truth().name();
    BoundExpr operand = bool(bound, construct);
    BoundExpr.Truth truth =
        switch (e.truth()) {
          case TRUE -> BoundExpr.Truth.TRUE;
          case FALSE -> BoundExpr.Truth.FALSE;
          case UNKNOWN -> BoundExpr.Truth.UNKNOWN;
        };
    BoundExpr result = new BoundExpr.IsTruth(operand, truth, e.isNegated(), state.bool());
    return state.at(result, expressions.leftmost(e.position(), bound));
  }

  BoundExpr isDistinct(Expression.IsDistinct e) {
    if (e.left() instanceof Expression.RowConstructor left
        && e.right() instanceof Expression.RowConstructor right) {
      return expressions.rows().isDistinct(left, right, e);
    }
    BoundExpr left = expressions.bind(e.left());
    BoundExpr right = expressions.bind(e.right());
    return distinct(left, right, e.isNegated(), e.position());
  }

  /** Makes {@code left IS [NOT] DISTINCT FROM right}. */
  BoundExpr distinct(BoundExpr left, BoundExpr right, boolean isNegated, int position) {
    int at = expressions.leftmost(position, left, right);
    if (isNullLiteral(right)) {
      return state.at(new BoundExpr.IsNull(left, !isNegated, state.bool()), at);
    }
    if (isNullLiteral(left)) {
      return state.at(new BoundExpr.IsNull(right, !isNegated, state.bool()), at);
    }
    Applied equality = apply(OperatorName.of("="), left, right, position);
    if (equality.call().returnType().oid() != Oids.BOOL) {
      throw BindErrors.mismatch("IS DISTINCT FROM requires = operator to yield boolean", position);
    }
    BoundExpr result =
        new BoundExpr.IsDistinct(
            equality.operands().get(0),
            equality.operands().get(1),
            equality.call(),
            isNegated,
            state.bool());
    return state.at(result, at);
  }

  private static boolean isNullLiteral(BoundExpr expr) {
    return expr instanceof BoundExpr.Constant constant
        && constant.type().oid() == Oids.UNKNOWN
        && constant.isNull();
  }

  // ---- BETWEEN and LIKE ----

  BoundExpr between(Expression.Between e) {
    BoundExpr operand = expressions.bind(e.operand());
    BoundExpr low = expressions.bind(e.low());
    BoundExpr high = expressions.bind(e.high());
    BoundExpr result = range(operand, low, high, e.isNegated(), e.position());
    if (e.isSymmetric()) {
      BoundExpr turned = range(operand, high, low, e.isNegated(), e.position());
      result =
          e.isNegated()
              ? new BoundExpr.And(List.of(result, turned), state.bool())
              : new BoundExpr.Or(List.of(result, turned), state.bool());
    }
    return state.at(result, expressions.leftmost(e.position(), operand));
  }

  private BoundExpr range(
      BoundExpr operand, BoundExpr low, BoundExpr high, boolean isNegated, int position) {
    BoundExpr first = comparison(isNegated ? "<" : ">=", operand, low, position);
    BoundExpr second = comparison(isNegated ? ">" : "<=", operand, high, position);
    return isNegated
        ? new BoundExpr.Or(List.of(first, second), state.bool())
        : new BoundExpr.And(List.of(first, second), state.bool());
  }

  private BoundExpr comparison(String symbol, BoundExpr left, BoundExpr right, int position) {
    BoundExpr result = call(OperatorName.of(symbol), left, right, position);
    return bool(result, symbol);
  }

  BoundExpr like(Expression.Like e) {
    BoundExpr operand = expressions.bind(e.operand());
    BoundExpr pattern = expressions.bind(e.pattern());
    String symbol =
        switch (e.kind()) {
          case LIKE -> e.isNegated() ? "!~~" : "~~";
          case ILIKE -> e.isNegated() ? "!~~*" : "~~*";
          case SIMILAR_TO -> e.isNegated() ? "!~" : "~";
        };
    if (e.kind() == Expression.LikeKind.SIMILAR_TO) {
      List<BoundExpr> arguments =
          e.escape() == null ? List.of(pattern) : List.of(pattern, expressions.bind(e.escape()));
      pattern = system("similar_to_escape", arguments, e.position());
    } else if (e.escape() != null) {
      pattern = system("like_escape", List.of(pattern, expressions.bind(e.escape())), e.position());
    }
    return call(OperatorName.of(symbol), operand, pattern, e.position());
  }

  private BoundExpr system(String name, List<BoundExpr> arguments, int position) {
    return expressions
        .functions()
        .callOf(QualifiedName.system(name, position), arguments, position);
  }

  // ---- op ANY (array) ----

  BoundExpr quantifiedArray(Expression.QuantifiedArray e) {
    BoundExpr left = expressions.bind(e.left());
    BoundExpr array = state.coercer().toBase(expressions.bind(e.array()));
    return quantified(e.operator(), left, array, e.isAll(), e.position());
  }

  /** Makes {@code left op ANY|ALL (array)}. */
  BoundExpr quantified(
      OperatorName name, BoundExpr left, BoundExpr array, boolean isAll, int position) {
    int arrayType = array.type().oid();
    int element = arrayType == Oids.UNKNOWN ? Oids.UNKNOWN : state.rules().element(arrayType);
    if (element == 0) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires array on right side", position);
    }
    OperatorDef operator =
        state
            .lookup()
            .operators()
            .binary(name.schema(), name.symbol(), left.type().oid(), element, position);
    FunctionDef function = state.functions().function(operator.function());
    if (operator.result() != Oids.BOOL) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE,
          "op ANY/ALL (array) requires operator to yield boolean",
          position);
    }
    int[] actual = {left.type().oid(), element};
    int[] declared = {operator.left(), operator.right()};
    PolymorphicTypes.Solution types = solve(actual, declared, Oids.BOOL);
    BoundExpr castLeft = state.coercer().coerce(left, state.type(types.arguments()[0]));
    int elementTarget = types.arguments()[1] == Oids.ANY ? element : types.arguments()[1];
    int arrayTarget = state.rules().arrayOf(elementTarget);
    if (arrayTarget == 0) {
      throw BindErrors.undefinedObject(
          "could not find array type for data type " + state.rules().format(elementTarget),
          position);
    }
    BoundExpr castArray =
        arrayType == arrayTarget ? array : state.coercer().coerce(array, state.type(arrayTarget));
    Call call =
        Calls.of(
            state.lookup(),
            function,
            List.of(castLeft.type(), state.type(elementTarget)),
            state.bool(),
            position);
    BoundExpr result =
        new BoundExpr.QuantifiedArray(call, castLeft, castArray, isAll, state.bool());
    state.trace().form(result, new BindTrace.Form.Operator(operator));
    return state.at(result, expressions.leftmost(position, left, array));
  }
}
