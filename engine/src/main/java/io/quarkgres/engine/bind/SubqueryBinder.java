package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.SubqueryKind;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import java.util.ArrayList;
import java.util.List;

/** Binds subqueries in expressions. Used by one thread. */
final class SubqueryBinder {
  private final ExpressionBinder expressions;
  private final BindState state;

  SubqueryBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  /** Binds a subquery of an expression. */
  Relation bind(Query query, int position) {
    QueryLevel level = expressions.level();
    String refusal = level.clause().refusesSubqueriesAs();
    if (refusal != null) {
      throw BindErrors.notSupported("cannot use subquery in " + refusal, position);
    }
    RecursionGuard.Place before = state.recursion().enter(RecursionGuard.Place.SUBQUERY);
    try {
      return new QueryBinder(state, level, level.ctes()).bind(query).relation();
    } finally {
      state.recursion().leave(before);
    }
  }

  BoundExpr exists(Expression.Exists e) {
    Relation query = bind(e.query(), e.position());
    return state.at(
        traced(
            new BoundExpr.Subquery(
                SubqueryKind.EXISTS, query, null, state.bool(), SqlType.NO_TYPMOD),
            e.query(),
            null),
        e.position());
  }

  BoundExpr scalar(Expression.ScalarQuery e) {
    Relation query = bind(e.query(), e.position());
    OutputColumn column = single(query, e.position());
    return state.at(
        traced(
            new BoundExpr.Subquery(
                SubqueryKind.SCALAR, query, null, column.type(), column.typmod()),
            e.query(),
            null),
        e.position());
  }

  BoundExpr array(Expression.ArrayQuery e) {
    Relation query = bind(e.query(), e.position());
    OutputColumn column = single(query, e.position());
    int element = column.type().oid();
    int array = state.rules().addsDimension(element) ? element : state.rules().arrayOf(element);
    if (array == 0) {
      throw BindErrors.undefinedObject(
          "could not find array type for data type " + state.rules().format(element), e.position());
    }
    SqlType type =
        column.type() instanceof CompositeType row && row.isAnonymous()
            ? new ArrayType(state.type(array).info(), row)
            : state.type(array);
    return state.at(
        traced(
            new BoundExpr.Subquery(SubqueryKind.ARRAY, query, null, type, column.typmod()),
            e.query(),
            null),
        e.position());
  }

  private BoundExpr traced(BoundExpr.Subquery result, Query syntax, String operator) {
    return state.trace().form(result, new BindTrace.Form.Subquery(syntax, operator));
  }

  private static OutputColumn single(Relation query, int position) {
    if (query.outputs().size() != 1) {
      throw BindErrors.syntax("subquery must return only one column", position);
    }
    return query.outputs().get(0);
  }

  BoundExpr inQuery(Expression.InQuery e) {
    List<BoundExpr> lefts = lefts(e.operand());
    Relation query = bind(e.query(), e.position());
    BoundExpr result =
        quantified(OperatorName.of("="), lefts, query, SubqueryKind.ANY, e.query(), e.position());
    return expressions.operators().negated(result, e.isNegated());
  }

  BoundExpr quantified(Expression.QuantifiedQuery e) {
    List<BoundExpr> lefts = lefts(e.left());
    Relation query = bind(e.query(), e.position());
    SubqueryKind kind = e.isAll() ? SubqueryKind.ALL : SubqueryKind.ANY;
    return quantified(e.operator(), lefts, query, kind, e.query(), e.position());
  }

  private List<BoundExpr> lefts(Expression left) {
    return left instanceof Expression.RowConstructor row
        ? expressions.bindList(row.fields())
        : List.of(expressions.bind(left));
  }

  private BoundExpr quantified(
      OperatorName operator,
      List<BoundExpr> lefts,
      Relation query,
      SubqueryKind kind,
      Query syntax,
      int position) {
    BoundExpr test = test(operator, lefts, query, position);
    return state.at(
        traced(
            new BoundExpr.Subquery(kind, query, test, state.bool(), SqlType.NO_TYPMOD),
            syntax,
            operator.symbol()),
        expressions.leftmost(position, lefts.get(0)));
  }

  private BoundExpr test(
      OperatorName operator, List<BoundExpr> lefts, Relation query, int position) {
    List<BoundExpr> rights = new ArrayList<>();
    for (OutputColumn output : query.outputs()) {
      rights.add(output.ref());
    }
    if (rights.size() > lefts.size()) {
      throw BindErrors.syntax("subquery has too many columns", position);
    }
    if (rights.size() < lefts.size()) {
      throw BindErrors.syntax("subquery has too few columns", position);
    }
    BoundExpr test = expressions.rows().compare(operator, lefts, rights, position);
    if (test.type().oid() != Oids.BOOL) {
      throw BindErrors.mismatch("row comparison operator must yield type boolean", position);
    }
    return test;
  }

  /**
   * Binds {@code (a, b) op (SELECT ...)}: the comparison with the single row, NULL without one, as
   * a scalar subquery that yields the comparison.
   */
  BoundExpr rowComparison(
      Expression.BinaryOperator e, List<BoundExpr> lefts, Expression.ScalarQuery scalar) {
    Relation query = bind(scalar.query(), scalar.position());
    BoundExpr test = test(e.operator(), lefts, query, e.position());
    int relation = expressions.level().newRelation();
    List<BoundExpr> columns = List.of(test);
    Relation project =
        new Relation.Project(
            relation, query, columns, Relation.outputsOf(relation, columns, List.of("?column?")));
    return state.at(
        state
            .trace()
            .form(
                new BoundExpr.Subquery(
                    SubqueryKind.SCALAR, project, null, state.bool(), SqlType.NO_TYPMOD),
                new BindTrace.Form.RowSubquery(
                    scalar.query(), e.operator().symbol(), List.copyOf(lefts))),
        expressions.leftmost(e.position(), lefts.get(0)));
  }
}
