package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.function.FunctionRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the conjuncts that bound an expression over a scan's row by a value that does not depend on
 * the row. Used by one thread.
 */
final class Conditions {
  private final EqualityOperators operators;

  Conditions(EqualityOperators operators) {
    this.operators = operators;
  }

  /**
   * A conjunct of the form operand op value, where only the operand depends on the row.
   *
   * @param comparison the operator, {@link #ANY} or {@link #ONE_OF}
   * @param values the value; for {@link #ONE_OF} several
   */
  record Condition(
      BoundExpr conjunct, BoundExpr operand, String comparison, List<BoundExpr> values) {
    BoundExpr value() {
      return values.get(0);
    }

    /** Tells whether it leaves one value of the operand, or a few. */
    boolean isEquality() {
      return comparison.equals("=") || comparison.equals(ANY) || comparison.equals(ONE_OF);
    }
  }

  /** Stands for {@code operand = ANY (value)}. */
  static final String ANY = "any";

  /** Stands for {@code operand = value OR operand = value ...}. */
  static final String ONE_OF = "one of";

  /** Returns the conditions among conjuncts. */
  List<Condition> of(Relation.Scan scan, List<BoundExpr> conjuncts) {
    List<Condition> result = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      Condition condition = condition(scan, conjunct);
      if (condition != null) {
        result.add(condition);
      }
    }
    return result;
  }

  private Condition condition(Relation.Scan scan, BoundExpr conjunct) {
    if (conjunct instanceof BoundExpr.QuantifiedArray array && !array.isAll()) {
      BoundExpr operand = operandOf(scan, array.left());
      boolean isEqual = "=".equals(operators.comparison(array.operator()));
      boolean sameType =
          operand != null && array.operator().argumentTypes()[1].oid() == operand.type().oid();
      return isEqual && sameType && isIndependent(scan, array.array())
          ? new Condition(conjunct, operand, ANY, List.of(array.array()))
          : null;
    }
    if (conjunct instanceof BoundExpr.Or or) {
      return oneOf(scan, or);
    }
    if (!(conjunct instanceof BoundExpr.FunctionCall call) || call.arguments().size() != 2) {
      return null;
    }
    String comparison = operators.comparison(call.call());
    if (comparison == null) {
      return null;
    }
    BoundExpr left = call.arguments().get(0);
    BoundExpr right = call.arguments().get(1);
    BoundExpr operand = operandOf(scan, left);
    if (operand != null && isIndependent(scan, right)) {
      return valued(conjunct, operand, comparison, right);
    }
    operand = operandOf(scan, right);
    if (operand != null && isIndependent(scan, left)) {
      return valued(conjunct, operand, FunctionRegistry.commuted(comparison), left);
    }
    return null;
  }

  private Condition valued(
      BoundExpr conjunct, BoundExpr operand, String comparison, BoundExpr value) {
    BoundExpr cast = operators.castTo(value, operand.type());
    return cast == null ? null : new Condition(conjunct, operand, comparison, List.of(cast));
  }

  /** Makes a condition of an OR whose operands compare the same with one value each. */
  private Condition oneOf(Relation.Scan scan, BoundExpr.Or or) {
    List<BoundExpr> values = new ArrayList<>();
    BoundExpr operand = null;
    for (BoundExpr alternative : or.operands()) {
      Condition condition = condition(scan, alternative);
      boolean isAlike =
          condition != null
              && condition.comparison().equals("=")
              && (operand == null || Equivalence.same(operand, condition.operand()));
      if (!isAlike) {
        return null;
      }
      operand = condition.operand();
      values.add(condition.value());
    }
    return new Condition(or, operand, ONE_OF, List.copyOf(values));
  }

  /** Returns an expression over the scan's row, seen through relabelings, or {@code null}. */
  private static BoundExpr operandOf(Relation.Scan scan, BoundExpr expr) {
    BoundExpr inner = stripped(expr);
    boolean isOfRow =
        inner instanceof BoundExpr.ColumnRef
            ? columnOf(scan, inner) >= 0
            : Expressions.relations(inner).get(scan.relation())
                && !Expressions.hasSubquery(inner)
                && !Expressions.isVolatile(inner);
    return isOfRow ? inner : null;
  }

  /** Returns what is below relabelings. */
  static BoundExpr stripped(BoundExpr expr) {
    BoundExpr inner = expr;
    while (inner instanceof BoundExpr.Relabel relabel) {
      inner = relabel.operand();
    }
    return inner;
  }

  /** Returns the table column that an expression is, seen through relabelings, or -1. */
  static int columnOf(Relation.Scan scan, BoundExpr expr) {
    return stripped(expr) instanceof BoundExpr.ColumnRef ref
            && ref.relation() == scan.relation()
            && ref.column() < scan.table().columns().size()
        ? ref.column()
        : -1;
  }

  /** Tells whether a value is the same for all rows of a scan. */
  static boolean isIndependent(Relation.Scan scan, BoundExpr expr) {
    return !Expressions.relations(expr).get(scan.relation()) && !Expressions.isVolatile(expr);
  }
}
