package io.quarkgres.engine.expr;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/** Makes evaluators of bound expressions over a scope. Used by one thread. */
public final class ExpressionCompiler {
  private static final int NO_SLOT = -1;

  private final Scope scope;
  private final Environment environment;
  private int caseSlot = NO_SLOT;

  /** Makes a compiler. */
  public ExpressionCompiler(Scope scope) {
    this.scope = scope;
    this.environment = scope.environment();
  }

  /** Compiles an expression. */
  public Evaluator compile(BoundExpr expression) {
    return OnceEvaluator.wrap(translate(expression), environment);
  }

  private Evaluator translate(BoundExpr expression) {
    return switch (expression) {
      case BoundExpr.Constant e -> new ConstantEvaluator(constantValue(e));
      case BoundExpr.ColumnRef e -> column(e);
      case BoundExpr.Parameter e -> new ParameterEvaluator(e.index());
      case BoundExpr.FunctionCall e -> function(e);
      case BoundExpr.And e -> new AndEvaluator(compileAll(e.operands()));
      case BoundExpr.Or e -> new OrEvaluator(compileAll(e.operands()));
      case BoundExpr.Not e -> new NotEvaluator(compile(e.operand()));
      case BoundExpr.IsNull e -> isNull(e);
      case BoundExpr.IsTruth e ->
          new IsTruthEvaluator(compile(e.operand()), e.truth(), e.isNegated());
      case BoundExpr.IsDistinct e ->
          new IsDistinctEvaluator(
              compile(e.left()), compile(e.right()), e.equality(), e.isNegated());
      case BoundExpr.Case e -> caseOf(e);
      case BoundExpr.CaseOperand e -> caseOperand();
      case BoundExpr.Coalesce e ->
          new CoalesceEvaluator(compileAll(e.operands()), e.type().layout());
      case BoundExpr.NullIf e -> nullIf(e);
      case BoundExpr.Extreme e ->
          new ExtremeEvaluator(compileAll(e.operands()), e.type(), e.isGreatest());
      case BoundExpr.ArrayConstructor e ->
          new ArrayConstructorEvaluator(
              compileAll(e.elements()), e.isNested(), arrayType(e.type()));
      case BoundExpr.RowConstructor e -> RecordEvaluators.constructor(this, e);
      case BoundExpr.RowComparison e -> rowComparison(e);
      case BoundExpr.FieldAccess e -> RecordEvaluators.field(this, e);
      case BoundExpr.Subscripts e -> subscripts(e);
      case BoundExpr.SubscriptAssignment e -> subscriptAssignment(e);
      case BoundExpr.QuantifiedArray e -> quantified(e);
      case BoundExpr.CastByText e -> castByText(e);
      case BoundExpr.Relabel e -> translate(e.operand());
      case BoundExpr.ArrayCast e -> arrayCast(e);
      case BoundExpr.CoerceLength e -> coerceLength(e);
      case BoundExpr.CoerceToDomain e -> new DomainEvaluator(compile(e.operand()), e.type());
      case BoundExpr.Subquery e -> environment.subplans().compile(e, scope);
    };
  }

  Evaluator[] compileAll(List<BoundExpr> expressions) {
    Evaluator[] result = new Evaluator[expressions.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = compile(expressions.get(i));
    }
    return result;
  }

  private static Column constantValue(BoundExpr.Constant constant) {
    Invariant.check(constant.value().count() > 0, "a constant has one position");
    return constant.value();
  }

  private Evaluator column(BoundExpr.ColumnRef reference) {
    int position = scope.position(reference.relation(), reference.column());
    if (position >= 0) {
      return new InputEvaluator(position);
    }
    environment.noteOuterUse();
    return new OuterEvaluator(environment.outerSlot(reference.relation(), reference.column()));
  }

  private Evaluator function(BoundExpr.FunctionCall expression) {
    Call call = expression.call();
    if (!(call.function().kernel() instanceof ScalarKernel)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "function " + call.function().name() + " is not supported here");
    }
    if (call.function().volatility() == Volatility.VOLATILE) {
      environment.noteVolatileUse();
    }
    return new FunctionEvaluator(call, compileAll(expression.arguments()));
  }

  private Evaluator isNull(BoundExpr.IsNull expression) {
    return RecordEvaluators.isRecord(expression.operand().type().base())
        ? RecordEvaluators.isNull(this, expression)
        : new IsNullEvaluator(compile(expression.operand()), expression.isNegated());
  }

  private Evaluator caseOf(BoundExpr.Case expression) {
    Evaluator operand = expression.operand() == null ? null : compile(expression.operand());
    int outerSlot = caseSlot;
    int n = expression.whens().size();
    Evaluator[] conditions = new Evaluator[n];
    Evaluator[] results = new Evaluator[n];
    int slot = operand == null ? NO_SLOT : environment.newStateSlot();
    for (int i = 0; i < n; i++) {
      caseSlot = operand == null ? outerSlot : slot;
      conditions[i] = compile(expression.whens().get(i).condition());
      caseSlot = outerSlot;
      results[i] = compile(expression.whens().get(i).result());
    }
    Evaluator otherwise = compile(expression.otherwise());
    return new CaseEvaluator(
        operand, slot, conditions, results, otherwise, expression.type().layout());
  }

  private Evaluator caseOperand() {
    Invariant.check(caseSlot != NO_SLOT, "a CASE operand stands inside a CASE");
    return new StateEvaluator(caseSlot);
  }

  private Evaluator nullIf(BoundExpr.NullIf e) {
    Evaluator compared = e.comparedLeft() == e.left() ? null : compile(e.comparedLeft());
    return new NullIfEvaluator(compile(e.left()), compared, compile(e.right()), e.equality());
  }

  private Evaluator rowComparison(BoundExpr.RowComparison e) {
    SqlType[] types = new SqlType[e.lefts().size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = e.lefts().get(i).type();
    }
    return new RowComparisonEvaluator(
        e.comparison(), compileAll(e.lefts()), compileAll(e.rights()), types);
  }

  private Evaluator subscripts(BoundExpr.Subscripts e) {
    if (e.operand().type().oid() == Oids.NAME && !e.isSlice()) {
      return new NameSubscriptEvaluator(
          compile(e.operand()), lowers(e.subscripts()), uppers(e.subscripts()));
    }
    return new SubscriptsEvaluator(
        compile(e.operand()),
        lowers(e.subscripts()),
        uppers(e.subscripts()),
        e.isSlice(),
        arrayType(e.operand().type()),
        e.type());
  }

  private Evaluator subscriptAssignment(BoundExpr.SubscriptAssignment e) {
    return new SubscriptAssignmentEvaluator(
        compile(e.operand()),
        lowers(e.subscripts()),
        uppers(e.subscripts()),
        e.isSlice(),
        compile(e.value()),
        arrayType(e.type()));
  }

  private Evaluator[] lowers(List<BoundExpr.Subscript> subscripts) {
    Evaluator[] result = new Evaluator[subscripts.size()];
    for (int i = 0; i < result.length; i++) {
      BoundExpr bound = subscripts.get(i).lower();
      result[i] = bound == null ? null : compile(bound);
    }
    return result;
  }

  private Evaluator[] uppers(List<BoundExpr.Subscript> subscripts) {
    Evaluator[] result = new Evaluator[subscripts.size()];
    for (int i = 0; i < result.length; i++) {
      BoundExpr bound = subscripts.get(i).upper();
      result[i] = bound == null ? null : compile(bound);
    }
    return result;
  }

  private Evaluator quantified(BoundExpr.QuantifiedArray e) {
    return new QuantifiedArrayEvaluator(
        e.operator(),
        compile(e.left()),
        compile(e.array()),
        arrayType(e.array().type()),
        e.isAll(),
        environment);
  }

  private Evaluator castByText(BoundExpr.CastByText e) {
    return new CastByTextEvaluator(compile(e.operand()), e.operand().type(), e.type(), e.typmod());
  }

  private Evaluator arrayCast(BoundExpr.ArrayCast e) {
    Evaluator operand = compile(e.operand());
    int outerSlot = caseSlot;
    caseSlot = environment.newStateSlot();
    int slot = caseSlot;
    Evaluator element = compile(e.element());
    caseSlot = outerSlot;
    return new ArrayCastEvaluator(
        operand, element, slot, arrayType(e.operand().type()), arrayType(e.type()));
  }

  private Evaluator coerceLength(BoundExpr.CoerceLength e) {
    Evaluator operand = compile(e.operand());
    return e.type().coercesLength(e.typmod())
        ? new CoerceLengthEvaluator(operand, e.type(), e.typmod(), e.isExplicit())
        : operand;
  }

  private static ArrayType arrayType(SqlType type) {
    Invariant.check(type instanceof ArrayType, "an array has an array type");
    return (ArrayType) type;
  }
}
