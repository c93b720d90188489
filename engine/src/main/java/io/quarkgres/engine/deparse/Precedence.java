package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.BindTrace.Form;
import io.quarkgres.engine.bind.tree.BoundExpr;
import java.util.function.UnaryOperator;

/** Tells which operands are read right without parentheses. Thread: any. */
final class Precedence {
  private final BindTrace trace;
  private final UnaryOperator<BoundExpr> withoutImplicit;

  Precedence(BindTrace trace, UnaryOperator<BoundExpr> withoutImplicit) {
    this.trace = trace;
    this.withoutImplicit = withoutImplicit;
  }

  /** Tells whether an operand needs no parentheses below its parent. */
  boolean isSimple(BoundExpr operand, BoundExpr parent) {
    Form form = trace.form(operand);
    if (form != null) {
      return switch (form) {
        case Form.Cast f -> true;
        case Form.Operator f -> isSimpleOperator(operand, symbol(f), parent);
        case Form.Call f -> true;
        case Form.SessionValue f -> true;
        case Form.WholeRow f -> true;
        case Form.SystemColumn f -> true;
        case Form.Subquery f -> isSeparating(parent);
        case Form.RowSubquery f -> isSeparating(parent);
      };
    }
    return switch (operand) {
      case BoundExpr.And e -> isConnective(parent) || isList(parent);
      case BoundExpr.Not e -> isConnective(parent) || isList(parent);
      case BoundExpr.Or e -> parent instanceof BoundExpr.Or || isList(parent);
      case BoundExpr.IsNull e -> isSeparating(parent);
      case BoundExpr.IsTruth e -> isSeparating(parent);
      case BoundExpr.IsDistinct e -> isSeparating(parent);
      case BoundExpr.FunctionCall e -> isSimple(e.arguments().get(0), parent);
      case BoundExpr.Relabel e -> isSimple(e.operand(), parent);
      case BoundExpr.CastByText e -> isSimple(e.operand(), parent);
      case BoundExpr.ArrayCast e -> isSimple(e.operand(), parent);
      case BoundExpr.CoerceLength e -> isSimple(e.operand(), parent);
      case BoundExpr.CoerceToDomain e -> isSimple(e.operand(), parent);
      case BoundExpr.FieldAccess e -> !(parent instanceof BoundExpr.FieldAccess);
      case BoundExpr.Constant e -> true;
      case BoundExpr.ColumnRef e -> true;
      case BoundExpr.Parameter e -> true;
      case BoundExpr.Case e -> true;
      case BoundExpr.CaseOperand e -> true;
      case BoundExpr.Coalesce e -> true;
      case BoundExpr.NullIf e -> true;
      case BoundExpr.Extreme e -> true;
      case BoundExpr.ArrayConstructor e -> true;
      case BoundExpr.RowConstructor e -> true;
      case BoundExpr.RowComparison e -> true;
      case BoundExpr.Subscripts e -> true;
      case BoundExpr.SubscriptAssignment e -> true;
      case BoundExpr.QuantifiedArray e -> isList(parent);
      case BoundExpr.Subquery e -> isSeparating(parent);
    };
  }

  private static boolean isConnective(BoundExpr parent) {
    return parent instanceof BoundExpr.And || parent instanceof BoundExpr.Or;
  }

  private static String symbol(Form.Operator form) {
    return form.operator().name();
  }

  /** Additions within additions and so on: the left operand, or one that binds tighter. */
  private boolean isSimpleOperator(BoundExpr e, String symbol, BoundExpr parent) {
    if (e instanceof BoundExpr.QuantifiedArray) {
      return isList(parent);
    }
    if (!(e instanceof BoundExpr.FunctionCall binary && binary.arguments().size() == 2)) {
      return isSeparating(parent);
    }
    if (!(trace.form(parent) instanceof Form.Operator outer)
        || !(parent instanceof BoundExpr.FunctionCall call)) {
      return isSeparating(parent);
    }
    int inner = rank(symbol);
    int around = rank(symbol(outer));
    if (inner == 0 || around == 0 || call.arguments().size() != 2) {
      return false;
    }
    return inner > around
        || (inner == around && withoutImplicit.apply(call.arguments().get(0)) == e);
  }

  private static int rank(String symbol) {
    return switch (symbol) {
      case "+", "-" -> 1;
      case "*", "/", "%" -> 2;
      default -> 0;
    };
  }

  /** Tells whether a parent is a connective, or keeps its operands apart otherwise. */
  private boolean isSeparating(BoundExpr parent) {
    return isConnective(parent) || parent instanceof BoundExpr.Not || isList(parent);
  }

  /** Tells whether a parent keeps its operands apart by words, commas or brackets. */
  private boolean isList(BoundExpr parent) {
    Form form = trace.form(parent);
    if (form instanceof Form.Call) {
      return true;
    }
    return form == null
        && (parent instanceof BoundExpr.Case
            || parent instanceof BoundExpr.Coalesce
            || parent instanceof BoundExpr.NullIf
            || parent instanceof BoundExpr.Extreme
            || parent instanceof BoundExpr.ArrayConstructor
            || parent instanceof BoundExpr.RowConstructor
            || parent instanceof BoundExpr.Subscripts);
  }
}
