package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.OperatorName;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Binds CASE, COALESCE, NULLIF, GREATEST and LEAST. Used by one thread. */
final class ConditionalBinder {
  private final ExpressionBinder expressions;
  private final BindState state;

  ConditionalBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.state = expressions.state();
  }

  BoundExpr caseOf(Expression.Case e) {
    int sets = expressions.functions().sets().count();
    BoundExpr operand = null;
    BoundExpr.CaseOperand placeholder = null;
    if (e.operand() != null) {
      operand = state.coercer().resolveUnknown(expressions.bind(e.operand()));
      placeholder = new BoundExpr.CaseOperand(operand.type(), operand.typmod());
    }
    List<BoundExpr> conditions = new ArrayList<>();
    List<BoundExpr> results = new ArrayList<>();
    for (Expression.When when : e.whens()) {
      conditions.add(condition(when, placeholder));
      results.add(expressions.bind(when.result()));
    }
    results.add(
        0,
        e.otherwise() == null
            ? Constants.ofNull(state.type(Oids.UNKNOWN), SqlType.NO_TYPMOD)
            : expressions.bind(e.otherwise()));
    SqlType type = CommonType.of(state, results, "CASE");
    checkNoSets(sets, "CASE", e.position());
    BoundExpr otherwise = state.coercer().toCommon(results.get(0), type, "CASE/ELSE");
    List<BoundExpr.When> whens = new ArrayList<>();
    List<BoundExpr> coerced = new ArrayList<>(List.of(otherwise));
    for (int i = 0; i < conditions.size(); i++) {
      BoundExpr result = state.coercer().toCommon(results.get(i + 1), type, "CASE/WHEN");
      coerced.add(result);
      whens.add(new BoundExpr.When(conditions.get(i), result));
    }
    int typmod = CommonType.typmod(coerced, type);
    return state.at(
        new BoundExpr.Case(operand, List.copyOf(whens), otherwise, type, typmod), e.position());
  }

  private BoundExpr condition(Expression.When when, BoundExpr.CaseOperand placeholder) {
    BoundExpr bound = expressions.bind(when.condition());
    if (placeholder != null) {
      int at = when.position();
      bound = expressions.operators().call(OperatorName.of("="), placeholder, bound, at);
    }
    return state.coercer().toBoolean(bound, "CASE/WHEN", state.position(bound));
  }

  /** Raises 0A000 when set-returning functions have been bound since there were {@code before}. */
  private void checkNoSets(int before, String construct, int position) {
    if (expressions.functions().sets().count() > before) {
      throw BindErrors.notSupported(
              "set-returning functions are not allowed in " + construct,
              expressions.functions().sets().lastPosition(position))
          .withHint(
              "You might be able to move the set-returning function into a LATERAL FROM item.");
    }
  }

  BoundExpr coalesce(Expression.Coalesce e) {
    int sets = expressions.functions().sets().count();
    List<BoundExpr> operands = bindAll(e.operands());
    SqlType type = CommonType.of(state, operands, "COALESCE");
    List<BoundExpr> coerced = state.coercer().allToCommon(operands, type, "COALESCE");
    checkNoSets(sets, "COALESCE", e.position());
    int typmod = CommonType.typmod(coerced, type);
    return state.at(new BoundExpr.Coalesce(List.copyOf(coerced), type, typmod), e.position());
  }

  BoundExpr extreme(Expression.Extreme e) {
    List<BoundExpr> operands = bindAll(e.operands());
    String construct = e.isGreatest() ? "GREATEST" : "LEAST";
    SqlType type = CommonType.of(state, operands, construct);
    List<BoundExpr> coerced = state.coercer().allToCommon(operands, type, construct);
    if (!type.isOrdered()) {
      throw state.lookup().operators().missing("a comparison function", type.oid(), -1);
    }
    return state.at(
        new BoundExpr.Extreme(e.isGreatest(), List.copyOf(coerced), type), e.position());
  }

  private List<BoundExpr> bindAll(List<Expression> list) {
    List<BoundExpr> result = new ArrayList<>();
    for (Expression expression : list) {
      result.add(expressions.bind(expression));
    }
    return result;
  }

  BoundExpr nullIf(Expression.NullIf e) {
    BoundExpr left = expressions.bind(e.left());
    BoundExpr right = expressions.bind(e.right());
    OperatorBinder.Applied equality =
        expressions.operators().apply(OperatorName.of("="), left, right, e.position());
    if (equality.call().returnType().oid() != Oids.BOOL) {
      throw BindErrors.mismatch("NULLIF requires = operator to yield boolean", e.position());
    }
    BoundExpr compared = equality.operands().get(0);
    return state.at(
        new BoundExpr.NullIf(compared, compared, equality.operands().get(1), equality.call()),
        expressions.leftmost(e.position(), left));
  }
}
