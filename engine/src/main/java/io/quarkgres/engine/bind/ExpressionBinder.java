package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.lookup.TypeNames;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.bind.typing.TypeRules;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds expressions of one query level: the table of contents of the families that do it. Used by
 * one thread.
 */
final class ExpressionBinder {
  private final BindState state;
  private final QueryLevel level;
  private final NameBinder names;
  private final ConstantBinder constants;
  private final OperatorBinder operators;
  private final RowBinder rows;
  private final ConditionalBinder conditionals;
  private final ConstructorBinder constructors;
  private final SubscriptBinder subscripts;
  private final SubqueryBinder subqueries;
  private final FunctionBinder functions;

  ExpressionBinder(QueryLevel level) {
    this.state = level.state();
    this.level = level;
    this.names = new NameBinder(level);
    this.constants = new ConstantBinder(level);
    this.operators = new OperatorBinder(this);
    this.rows = new RowBinder(this);
    this.conditionals = new ConditionalBinder(this);
    this.constructors = new ConstructorBinder(this);
    this.subscripts = new SubscriptBinder(this);
    this.subqueries = new SubqueryBinder(this);
    this.functions = new FunctionBinder(this);
  }

  BindState state() {
    return state;
  }

  QueryLevel level() {
    return level;
  }

  NameBinder names() {
    return names;
  }

  OperatorBinder operators() {
    return operators;
  }

  RowBinder rows() {
    return rows;
  }

  ConstructorBinder constructors() {
    return constructors;
  }

  FunctionBinder functions() {
    return functions;
  }

  SubqueryBinder subqueries() {
    return subqueries;
  }

  /** Binds an expression of a clause. */
  BoundExpr bind(Expression expression, Clause clause) {
    Clause before = level.enter(clause);
    try {
      return bind(expression);
    } finally {
      level.enter(before);
    }
  }

  /** Binds a condition: a boolean expression of a clause that messages call {@code construct}. */
  BoundExpr condition(Expression expression, Clause clause, String construct) {
    BoundExpr bound = bind(expression, clause);
    return state.coercer().toBoolean(bound, construct, state.position(bound));
  }

  /** Binds an expression. */
  BoundExpr bind(Expression expression) {
    state.enter();
    try {
      BoundExpr result = dispatch(expression);
      if (state.position(result) < 0) {
        state.at(result, expression.position());
      }
      state.collations().check(result);
      return result;
    } finally {
      state.leave();
    }
  }

  private BoundExpr dispatch(Expression expression) {
    return switch (expression) {
      case Expression.NullConstant e -> constants.nullLiteral(e);
      case Expression.BooleanConstant e -> constants.bool(e);
      case Expression.NumericConstant e -> constants.number(e);
      case Expression.StringConstant e -> constants.string(e);
      case Expression.BitStringConstant e -> constants.bits(e);
      case Expression.SessionValue e -> constants.sessionValue(e);
      case Expression.Parameter e ->
          state.at(state.parameters().reference(e.number(), e.position()), e.position());
      case Expression.ColumnRef e -> names.column(e.parts(), e.position());
      case Expression.Star e -> wholeRow(e);
      case Expression.AllFields e -> throw misplacedStar(e.position());
      case Expression.Default e ->
          throw BindErrors.syntax("DEFAULT is not allowed in this context", e.position());
      case Expression.FieldAccess e -> subscripts.field(e);
      case Expression.Subscripts e -> subscripts.subscripts(e);
      case Expression.UnaryOperator e -> operators.unary(e);
      case Expression.BinaryOperator e -> operators.binary(e);
      case Expression.And e -> operators.and(e);
      case Expression.Or e -> operators.or(e);
      case Expression.Not e -> operators.not(e);
      case Expression.IsNull e -> operators.isNull(e);
      case Expression.IsTruth e -> operators.isTruth(e);
      case Expression.IsDistinct e -> operators.isDistinct(e);
      case Expression.Between e -> operators.between(e);
      case Expression.Like e -> operators.like(e);
      case Expression.InList e -> rows.inList(e);
      case Expression.QuantifiedArray e -> operators.quantifiedArray(e);
      case Expression.InQuery e -> subqueries.inQuery(e);
      case Expression.QuantifiedQuery e -> subqueries.quantified(e);
      case Expression.Exists e -> subqueries.exists(e);
      case Expression.ScalarQuery e -> subqueries.scalar(e);
      case Expression.ArrayQuery e -> subqueries.array(e);
      case Expression.ArrayConstructor e -> constructors.array(e);
      case Expression.RowConstructor e -> constructors.row(e);
      case Expression.Case e -> conditionals.caseOf(e);
      case Expression.Coalesce e -> conditionals.coalesce(e);
      case Expression.NullIf e -> conditionals.nullIf(e);
      case Expression.Extreme e -> conditionals.extreme(e);
      case Expression.Cast e -> cast(e);
      case Expression.Collate e -> collate(e);
      case Expression.Grouping e -> functions.grouping(e);
      case Expression.CurrentOf e -> throw BindErrors.notBuilt("WHERE CURRENT OF", e.position());
      case Expression.FunctionCall e -> functions.call(e);
    };
  }

  private static RuntimeException misplacedStar(int position) {
    return BindErrors.notSupported("row expansion via \"*\" is not supported here", position);
  }

  private BoundExpr wholeRow(Expression.Star star) {
    return names.wholeRow(names.entry(star.qualifier(), star.position()), star.position());
  }

  private BoundExpr cast(Expression.Cast cast) {
    TypeNames.Typed target = state.lookup().types().resolve(cast.type());
    if (cast.type().isSetOf()) {
      throw BindErrors.mismatch("cannot cast to setof", cast.position());
    }
    BoundExpr operand =
        cast.operand() instanceof Expression.ArrayConstructor array
                && state.rules().isArray(target.type().oid())
            ? constructors.arrayOf(array, target.type(), target.typmod())
            : bind(cast.operand());
    BoundExpr result =
        state.coercer().explicit(operand, target.type(), target.typmod(), cast.position());
    return state.at(result, leftmost(cast.position(), operand));
  }

  private BoundExpr collate(Expression.Collate collate) {
    BoundExpr operand = bind(collate.operand());
    Collations.check(state, collate.collation(), collate.position());
    state.trace().collate(operand, collate.collation().name());
    BoundExpr result =
        operand.type().oid() == Oids.UNKNOWN
            ? state.coercer().resolveUnknown(operand)
            : collatable(operand, collate.position());
    state.collations().put(result, collate.collation().name(), collate.position());
    return result;
  }

  /** Raises 42804 for an expression whose type has no collation. */
  private BoundExpr collatable(BoundExpr operand, int position) {
    SqlType type = operand.type();
    int element = state.rules().element(type.oid());
    if (state.rules().category(element == 0 ? type.oid() : element) != TypeRules.STRING) {
      throw BindErrors.mismatch(
          "collations are not supported by type " + state.rules().format(type.oid()), position);
    }
    return operand;
  }

  /** Binds the items of a list in which {@code t.*} stands for several. */
  List<BoundExpr> bindList(List<Expression> expressions) {
    List<BoundExpr> result = new ArrayList<>();
    for (Expression expression : expressions) {
      if (isStar(expression)) {
        for (Target target : expand(expression)) {
          result.add(target.expr());
        }
      } else {
        result.add(bind(expression));
      }
    }
    return result;
  }

  static boolean isStar(Expression expression) {
    return expression instanceof Expression.Star || expression instanceof Expression.AllFields;
  }

  /** Returns the columns that {@code *}, {@code t.*} or {@code (row).*} stands for. */
  List<Target> expand(Expression star) {
    if (star instanceof Expression.AllFields all) {
      return subscripts.allFields(all);
    }
    Expression.Star named = (Expression.Star) star;
    return named.qualifier().isEmpty()
        ? names.star(named.position())
        : names.star(named.qualifier(), named.position());
  }

  /** Returns the least of the positions that are known. */
  int leftmost(int position, BoundExpr... operands) {
    int result = position;
    for (BoundExpr operand : operands) {
      int at = state.position(operand);
      if (at >= 0 && (result < 0 || at < result)) {
        result = at;
      }
    }
    return result;
  }
}
