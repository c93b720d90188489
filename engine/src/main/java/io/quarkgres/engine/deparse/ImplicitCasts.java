package io.quarkgres.engine.deparse;

import io.quarkgres.engine.bind.BindTrace;
import io.quarkgres.engine.bind.tree.BoundExpr;

/** Tells casts that were written from those that rules have put in. Thread: one. */
final class ImplicitCasts {
  private final BindTrace trace;

  ImplicitCasts(BindTrace trace) {
    this.trace = trace;
  }

  /** Takes away casts that rules have put in. */
  BoundExpr without(BoundExpr expr) {
    BoundExpr at = expr;
    while (true) {
      BoundExpr inner = implicitOperand(at);
      if (inner == null) {
        return at;
      }
      at = inner;
    }
  }

  private BoundExpr implicitOperand(BoundExpr e) {
    if (trace.form(e) != null) {
      return null;
    }
    return operandOf(e);
  }

  /** Returns what a cast is of, {@code null} for what is no cast. */
  static BoundExpr operandOf(BoundExpr e) {
    if (e instanceof BoundExpr.FunctionCall c) {
      return c.arguments().isEmpty() ? null : c.arguments().get(0);
    }
    if (e instanceof BoundExpr.CoerceLength c) {
      return c.operand();
    }
    if (e instanceof BoundExpr.Relabel c) {
      return c.operand();
    }
    if (e instanceof BoundExpr.CastByText c) {
      return c.operand();
    }
    if (e instanceof BoundExpr.CoerceToDomain c) {
      return c.operand();
    }
    return e instanceof BoundExpr.ArrayCast c ? c.operand() : null;
  }

  /** Counts the casts that rules have put between an expression and what is left of it. */
  int hiddenBetween(BoundExpr outer, BoundExpr inner) {
    int count = 0;
    for (BoundExpr at = outer; at != inner; at = implicitOperand(at)) {
      count++;
    }
    return count;
  }
}
