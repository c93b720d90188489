package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.bind.tree.BoundExpr.Constant;
import io.quarkgres.engine.bind.tree.Relation.AggregateCall;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.function.Call;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells whether two expressions are the same, wherever they stand. Every subquery that is bound has
 * relation numbers of its own: those of two subqueries are paired while they are compared. Used by
 * one thread.
 */
public final class Equivalence {
  private Map<Integer, Integer> pairs; // relations of the second to those of the first

  private Equivalence() {}

  /** Tells whether two expressions are the same. */
  public static boolean same(BoundExpr a, BoundExpr b) {
    return a == b || new Equivalence().equal(a, b);
  }

  public static boolean same(List<BoundExpr> a, List<BoundExpr> b) {
    return new Equivalence().equal(a, b);
  }

  public static boolean sameKeys(List<SortKey> a, List<SortKey> b) {
    return new Equivalence().equalKeys(a, b);
  }

  public static boolean same(AggregateCall a, AggregateCall b) {
    return new Equivalence().equal(a, b)
        && a.arguments().stream().noneMatch(Expressions::isVolatile);
  }

  /** Notes that a relation of the second expression stands where this one of the first does. */
  void pair(int first, int second) {
    if (pairs == null) {
      pairs = new HashMap<>();
    }
    pairs.put(second, first);
  }

  boolean isSameRelation(int first, int second) {
    return first == (pairs == null ? second : pairs.getOrDefault(second, second));
  }

  boolean equal(BoundExpr a, BoundExpr b) {
    if (a == null || b == null) {
      return a == b;
    }
    if (a.getClass() != b.getClass()) {
      return false;
    }
    if (a.type().oid() != b.type().oid() || a.typmod() != b.typmod()) {
      return false;
    }
    return sameNode(a, b) && equal(Expressions.children(a), Expressions.children(b));
  }

  boolean equal(List<BoundExpr> a, List<BoundExpr> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean equalKeys(List<SortKey> a, List<SortKey> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).isDescending() != b.get(i).isDescending()
          || a.get(i).nullsFirst() != b.get(i).nullsFirst()
          || !equal(a.get(i).expression(), b.get(i).expression())) {
        return false;
      }
    }
    return true;
  }

  boolean equal(AggregateCall a, AggregateCall b) {
    return sameCall(a.call(), b.call())
        && a.isDistinct() == b.isDistinct()
        && a.directArguments() == b.directArguments()
        && equal(a.arguments(), b.arguments())
        && equalKeys(a.orderBy(), b.orderBy())
        && equal(a.filter(), b.filter());
  }

  static boolean sameCall(Call a, Call b) {
    return a.function().oid() == b.function().oid() && a.returnType().oid() == b.returnType().oid();
  }

  private boolean sameNode(BoundExpr a, BoundExpr b) {
    return switch (a) {
      case Constant x -> sameConstant(x, (Constant) b);
      case BoundExpr.ColumnRef x ->
          isSameRelation(x.relation(), ((BoundExpr.ColumnRef) b).relation())
              && x.column() == ((BoundExpr.ColumnRef) b).column();
      case BoundExpr.Parameter x -> x.index() == ((BoundExpr.Parameter) b).index();
      case BoundExpr.FunctionCall x -> sameCall(x.call(), ((BoundExpr.FunctionCall) b).call());
      case BoundExpr.And x -> true;
      case BoundExpr.Or x -> true;
      case BoundExpr.Not x -> true;
      case BoundExpr.IsNull x -> x.isNegated() == ((BoundExpr.IsNull) b).isNegated();
      case BoundExpr.IsTruth x ->
          x.truth() == ((BoundExpr.IsTruth) b).truth()
              && x.isNegated() == ((BoundExpr.IsTruth) b).isNegated();
      case BoundExpr.IsDistinct x ->
          x.isNegated() == ((BoundExpr.IsDistinct) b).isNegated()
              && sameCall(x.equality(), ((BoundExpr.IsDistinct) b).equality());
      case BoundExpr.Case x -> (x.operand() == null) == (((BoundExpr.Case) b).operand() == null);
      case BoundExpr.CaseOperand x -> true;
      case BoundExpr.Coalesce x -> true;
      case BoundExpr.NullIf x -> sameCall(x.equality(), ((BoundExpr.NullIf) b).equality());
      case BoundExpr.Extreme x -> x.isGreatest() == ((BoundExpr.Extreme) b).isGreatest();
      case BoundExpr.ArrayConstructor x -> true;
      case BoundExpr.RowConstructor x -> x.names().equals(((BoundExpr.RowConstructor) b).names());
      case BoundExpr.RowComparison x ->
          x.comparison().equals(((BoundExpr.RowComparison) b).comparison());
      case BoundExpr.FieldAccess x -> x.field() == ((BoundExpr.FieldAccess) b).field();
      case BoundExpr.Subscripts x -> sameBounds(x, (BoundExpr.Subscripts) b);
      case BoundExpr.SubscriptAssignment x -> false;
      case BoundExpr.QuantifiedArray x ->
          x.isAll() == ((BoundExpr.QuantifiedArray) b).isAll()
              && sameCall(x.operator(), ((BoundExpr.QuantifiedArray) b).operator());
      case BoundExpr.CastByText x -> true;
      case BoundExpr.Relabel x -> true;
      case BoundExpr.ArrayCast x -> true;
      case BoundExpr.CoerceToDomain x -> true;
      case BoundExpr.CoerceLength x -> x.isExplicit() == ((BoundExpr.CoerceLength) b).isExplicit();
      case BoundExpr.Subquery x ->
          x.kind() == ((BoundExpr.Subquery) b).kind()
              && new RelationEquivalence(this).equal(x.query(), ((BoundExpr.Subquery) b).query());
    };
  }

  private static boolean sameBounds(BoundExpr.Subscripts a, BoundExpr.Subscripts b) {
    if (a.isSlice() != b.isSlice() || a.subscripts().size() != b.subscripts().size()) {
      return false;
    }
    for (int i = 0; i < a.subscripts().size(); i++) {
      BoundExpr.Subscript x = a.subscripts().get(i);
      BoundExpr.Subscript y = b.subscripts().get(i);
      if ((x.lower() == null) != (y.lower() == null)
          || (x.upper() == null) != (y.upper() == null)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameConstant(Constant a, Constant b) {
    if (a.isNull() || b.isNull()) {
      return a.isNull() && b.isNull();
    }
    ByteSink left = new ByteSink(32);
    ByteSink right = new ByteSink(32);
    Datums.write(a.value(), 0, left);
    Datums.write(b.value(), 0, right);
    return Arrays.equals(left.toByteArray(), right.toByteArray());
  }
}
