package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Walks over and rebuilds typed expressions. Thread: any. */
public final class Expressions {
  private Expressions() {}

  /** Returns the constant NULL of a type. */
  public static BoundExpr nullOf(SqlType type, int typmod) {
    return Constants.ofNull(type, typmod);
  }

  /** Returns the direct operands of an expression; the query of a subquery is none. */
  public static List<BoundExpr> children(BoundExpr expr) {
    return switch (expr) {
      case BoundExpr.Constant e -> List.of();
      case BoundExpr.ColumnRef e -> List.of();
      case BoundExpr.Parameter e -> List.of();
      case BoundExpr.CaseOperand e -> List.of();
      case BoundExpr.FunctionCall e -> e.arguments();
      case BoundExpr.And e -> e.operands();
      case BoundExpr.Or e -> e.operands();
      case BoundExpr.Not e -> List.of(e.operand());
      case BoundExpr.IsNull e -> List.of(e.operand());
      case BoundExpr.IsTruth e -> List.of(e.operand());
      case BoundExpr.IsDistinct e -> List.of(e.left(), e.right());
      case BoundExpr.Case e -> caseChildren(e);
      case BoundExpr.Coalesce e -> e.operands();
      case BoundExpr.NullIf e -> List.of(e.left(), e.comparedLeft(), e.right());
      case BoundExpr.Extreme e -> e.operands();
      case BoundExpr.ArrayConstructor e -> e.elements();
      case BoundExpr.RowConstructor e -> e.fields();
      case BoundExpr.RowComparison e -> concat(e.lefts(), e.rights());
      case BoundExpr.FieldAccess e -> List.of(e.operand());
      case BoundExpr.Subscripts e -> concat(List.of(e.operand()), bounds(e.subscripts()));
      case BoundExpr.SubscriptAssignment e ->
          concat(List.of(e.operand(), e.value()), bounds(e.subscripts()));
      case BoundExpr.QuantifiedArray e -> List.of(e.left(), e.array());
      case BoundExpr.CastByText e -> List.of(e.operand());
      case BoundExpr.Relabel e -> List.of(e.operand());
      case BoundExpr.ArrayCast e -> List.of(e.operand(), e.element());
      case BoundExpr.CoerceLength e -> List.of(e.operand());
      case BoundExpr.CoerceToDomain e -> List.of(e.operand());
      case BoundExpr.Subquery e -> e.test() == null ? List.of() : List.of(e.test());
    };
  }

  private static List<BoundExpr> caseChildren(BoundExpr.Case e) {
    List<BoundExpr> result = new ArrayList<>();
    if (e.operand() != null) {
      result.add(e.operand());
    }
    for (BoundExpr.When when : e.whens()) {
      result.add(when.condition());
      result.add(when.result());
    }
    result.add(e.otherwise());
    return result;
  }

  private static List<BoundExpr> bounds(List<BoundExpr.Subscript> subscripts) {
    List<BoundExpr> result = new ArrayList<>();
    for (BoundExpr.Subscript subscript : subscripts) {
      if (subscript.lower() != null) {
        result.add(subscript.lower());
      }
      if (subscript.upper() != null) {
        result.add(subscript.upper());
      }
    }
    return result;
  }

  private static List<BoundExpr> concat(List<BoundExpr> a, List<BoundExpr> b) {
    List<BoundExpr> result = new ArrayList<>(a);
    result.addAll(b);
    return result;
  }

  /** Rebuilds an expression with each direct operand replaced by what {@code f} gives for it. */
  public static BoundExpr mapChildren(BoundExpr expr, UnaryOperator<BoundExpr> f) {
    return switch (expr) {
      case BoundExpr.Constant e -> e;
      case BoundExpr.ColumnRef e -> e;
      case BoundExpr.Parameter e -> e;
      case BoundExpr.CaseOperand e -> e;
      case BoundExpr.FunctionCall e -> mapCall(e, f);
      case BoundExpr.And e -> mapAnd(e, f);
      case BoundExpr.Or e -> mapOr(e, f);
      case BoundExpr.Not e -> new BoundExpr.Not(f.apply(e.operand()), e.type());
      case BoundExpr.IsNull e ->
          new BoundExpr.IsNull(f.apply(e.operand()), e.isNegated(), e.type());
      case BoundExpr.IsTruth e ->
          new BoundExpr.IsTruth(f.apply(e.operand()), e.truth(), e.isNegated(), e.type());
      case BoundExpr.IsDistinct e ->
          new BoundExpr.IsDistinct(
              f.apply(e.left()), f.apply(e.right()), e.equality(), e.isNegated(), e.type());
      case BoundExpr.Case e -> mapCase(e, f);
      case BoundExpr.Coalesce e ->
          new BoundExpr.Coalesce(map(e.operands(), f), e.type(), e.typmod());
      case BoundExpr.NullIf e ->
          new BoundExpr.NullIf(
              f.apply(e.left()), f.apply(e.comparedLeft()), f.apply(e.right()), e.equality());
      case BoundExpr.Extreme e ->
          new BoundExpr.Extreme(e.isGreatest(), map(e.operands(), f), e.type());
      case BoundExpr.ArrayConstructor e ->
          new BoundExpr.ArrayConstructor(map(e.elements(), f), e.isNested(), e.type());
      case BoundExpr.RowConstructor e ->
          new BoundExpr.RowConstructor(map(e.fields(), f), e.names(), e.type());
      case BoundExpr.RowComparison e ->
          new BoundExpr.RowComparison(
              e.comparison(), map(e.lefts(), f), map(e.rights(), f), e.type());
      case BoundExpr.FieldAccess e ->
          new BoundExpr.FieldAccess(f.apply(e.operand()), e.field(), e.type(), e.typmod());
      case BoundExpr.Subscripts e ->
          new BoundExpr.Subscripts(
              f.apply(e.operand()), mapBounds(e.subscripts(), f), e.isSlice(), e.type());
      case BoundExpr.SubscriptAssignment e ->
          new BoundExpr.SubscriptAssignment(
              f.apply(e.operand()),
              mapBounds(e.subscripts(), f),
              e.isSlice(),
              f.apply(e.value()),
              e.type());
      case BoundExpr.QuantifiedArray e ->
          new BoundExpr.QuantifiedArray(
              e.operator(), f.apply(e.left()), f.apply(e.array()), e.isAll(), e.type());
      case BoundExpr.CastByText e ->
          new BoundExpr.CastByText(f.apply(e.operand()), e.type(), e.typmod());
      case BoundExpr.Relabel e -> mapRelabel(e, f);
      case BoundExpr.ArrayCast e ->
          new BoundExpr.ArrayCast(f.apply(e.operand()), f.apply(e.element()), e.type(), e.typmod());
      case BoundExpr.CoerceLength e ->
          new BoundExpr.CoerceLength(f.apply(e.operand()), e.type(), e.typmod(), e.isExplicit());
      case BoundExpr.CoerceToDomain e ->
          new BoundExpr.CoerceToDomain(f.apply(e.operand()), e.type());
      case BoundExpr.Subquery e ->
          new BoundExpr.Subquery(
              e.kind(),
              e.query(),
              e.test() == null ? null : f.apply(e.test()),
              e.type(),
              e.typmod());
    };
  }

  private static BoundExpr mapCall(BoundExpr.FunctionCall e, UnaryOperator<BoundExpr> f) {
    List<BoundExpr> arguments = map(e.arguments(), f);
    return arguments == e.arguments()
        ? e
        : new BoundExpr.FunctionCall(e.call(), arguments, e.typmod());
  }

  private static BoundExpr mapAnd(BoundExpr.And e, UnaryOperator<BoundExpr> f) {
    List<BoundExpr> operands = map(e.operands(), f);
    return operands == e.operands() ? e : new BoundExpr.And(operands, e.type());
  }

  private static BoundExpr mapOr(BoundExpr.Or e, UnaryOperator<BoundExpr> f) {
    List<BoundExpr> operands = map(e.operands(), f);
    return operands == e.operands() ? e : new BoundExpr.Or(operands, e.type());
  }

  private static BoundExpr mapRelabel(BoundExpr.Relabel e, UnaryOperator<BoundExpr> f) {
    BoundExpr operand = f.apply(e.operand());
    return operand == e.operand() ? e : new BoundExpr.Relabel(operand, e.type(), e.typmod());
  }

  private static BoundExpr mapCase(BoundExpr.Case e, UnaryOperator<BoundExpr> f) {
    List<BoundExpr.When> whens = new ArrayList<>();
    for (BoundExpr.When when : e.whens()) {
      whens.add(new BoundExpr.When(f.apply(when.condition()), f.apply(when.result())));
    }
    return new BoundExpr.Case(
        e.operand() == null ? null : f.apply(e.operand()),
        whens,
        f.apply(e.otherwise()),
        e.type(),
        e.typmod());
  }

  private static List<BoundExpr.Subscript> mapBounds(
      List<BoundExpr.Subscript> subscripts, UnaryOperator<BoundExpr> f) {
    List<BoundExpr.Subscript> result = new ArrayList<>();
    for (BoundExpr.Subscript s : subscripts) {
      result.add(
          new BoundExpr.Subscript(
              s.lower() == null ? null : f.apply(s.lower()),
              s.upper() == null ? null : f.apply(s.upper())));
    }
    return result;
  }

  /** Maps each expression of a list; returns the list itself when all stay the same. */
  public static List<BoundExpr> map(List<BoundExpr> list, UnaryOperator<BoundExpr> f) {
    List<BoundExpr> result = null;
    for (int i = 0; i < list.size(); i++) {
      BoundExpr mapped = f.apply(list.get(i));
      if (result == null && mapped != list.get(i)) {
        result = new ArrayList<>(list);
      }
      if (result != null) {
        result.set(i, mapped);
      }
    }
    return result == null ? list : result;
  }

  /**
   * Visits an expression and all below it, the insides of subqueries included: every expression of
   * the subquery's tree.
   */
  public static void walk(BoundExpr expr, Consumer<BoundExpr> visitor) {
    visitor.accept(expr);
    for (BoundExpr child : children(expr)) {
      walk(child, visitor);
    }
    if (expr instanceof BoundExpr.Subquery subquery) {
      Relations.walkExpressions(subquery.query(), e -> walk(e, visitor));
    }
  }

  /** Returns the numbers of all relations that an expression refers to, subqueries included. */
  public static BitSet relations(BoundExpr expr) {
    BitSet result = new BitSet();
    walk(
        expr,
        e -> {
          if (e instanceof BoundExpr.ColumnRef ref) {
            result.set(ref.relation());
          }
        });
    return result;
  }

  /** Tells whether an expression calls a volatile function. */
  public static boolean isVolatile(BoundExpr expr) {
    FunctionDef function = called(expr);
    if (function != null && function.volatility() == Volatility.VOLATILE) {
      return true;
    }
    List<BoundExpr> children = children(expr);
    for (int i = 0; i < children.size(); i++) {
      if (isVolatile(children.get(i))) {
        return true;
      }
    }
    if (!(expr instanceof BoundExpr.Subquery subquery)) {
      return false;
    }
    boolean[] found = new boolean[1];
    Relations.walkExpressions(subquery.query(), e -> found[0] |= isVolatile(e));
    return found[0];
  }

  /** Tells whether an expression holds a subquery. */
  public static boolean hasSubquery(BoundExpr expr) {
    if (expr instanceof BoundExpr.Subquery) {
      return true;
    }
    List<BoundExpr> children = children(expr);
    for (int i = 0; i < children.size(); i++) {
      if (hasSubquery(children.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static FunctionDef called(BoundExpr expr) {
    if (expr instanceof BoundExpr.FunctionCall call) {
      return call.call().function();
    }
    return expr instanceof BoundExpr.QuantifiedArray array ? array.operator().function() : null;
  }

  /** Splits a predicate into its AND operands, in order. */
  public static List<BoundExpr> conjuncts(BoundExpr predicate) {
    List<BoundExpr> result = new ArrayList<>();
    addConjuncts(predicate, result);
    return result;
  }

  private static void addConjuncts(BoundExpr predicate, List<BoundExpr> out) {
    if (predicate == null) {
      return;
    }
    if (predicate instanceof BoundExpr.And and) {
      for (BoundExpr operand : and.operands()) {
        addConjuncts(operand, out);
      }
    } else {
      out.add(predicate);
    }
  }

  /** Joins predicates by AND; {@code null} for none. */
  public static BoundExpr and(List<BoundExpr> conjuncts) {
    if (conjuncts.isEmpty()) {
      return null;
    }
    if (conjuncts.size() == 1) {
      return conjuncts.get(0);
    }
    SqlType bool = conjuncts.get(0).type();
    return new BoundExpr.And(List.copyOf(conjuncts), bool);
  }

  /** Replaces references to the outputs of a projection by its expressions, subqueries included. */
  public static BoundExpr substitute(BoundExpr expr, int relation, List<BoundExpr> replacements) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      return ref.relation() == relation ? replacements.get(ref.column()) : ref;
    }
    BoundExpr rebuilt = mapChildren(expr, e -> substitute(e, relation, replacements));
    if (rebuilt instanceof BoundExpr.Subquery s && Relations.refersTo(s.query(), relation)) {
      Relation query =
          Relations.mapExpressions(s.query(), e -> substitute(e, relation, replacements));
      return new BoundExpr.Subquery(s.kind(), query, s.test(), s.type(), s.typmod());
    }
    return rebuilt;
  }

  /** Returns the columns of a list that an expression without subqueries refers to. */
  public static List<OutputColumn> referredTo(BoundExpr expr, List<OutputColumn> columns) {
    List<OutputColumn> result = new ArrayList<>();
    for (OutputColumn column : columns) {
      boolean[] isFound = {hasSubquery(expr)};
      walk(
          expr,
          part ->
              isFound[0] |=
                  part instanceof BoundExpr.ColumnRef ref
                      && ref.relation() == column.relation()
                      && ref.column() == column.column());
      if (isFound[0]) {
        result.add(column);
      }
    }
    return result;
  }

  /** Returns the numbers of the relations that outputs belong to. */
  public static BitSet relationsOf(List<OutputColumn> outputs) {
    BitSet result = new BitSet();
    for (OutputColumn output : outputs) {
      result.set(output.relation());
    }
    return result;
  }
}
