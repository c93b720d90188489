package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.type.Oids;
import java.util.List;

/**
 * Tells whether two bound statements are the same but for the values of their literals, where the
 * second may have parameters: the same relations, operators, functions and types throughout.
 * Thread: any.
 */
public final class BoundSkeleton {
  private BoundSkeleton() {}

  /** Tells whether they are the same. */
  public static boolean same(BoundStatement a, BoundStatement b) {
    return a.kind() == b.kind()
        && a.isReadOnly() == b.isReadOnly()
        && a.columns().equals(b.columns())
        && a.tables().equals(b.tables())
        && a.catalogVersion() == b.catalogVersion()
        && same(a.relation(), b.relation());
  }

  private static boolean same(Relation a, Relation b) {
    if (a.getClass() != b.getClass() || !sameOutputs(a.outputs(), b.outputs())) {
      return false;
    }
    if (!text(a).equals(text(b))) {
      return false;
    }
    List<Relation> first = Relations.children(a);
    List<Relation> second = Relations.children(b);
    if (first.size() != second.size()) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      if (!same(first.get(i), second.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameOutputs(List<OutputColumn> a, List<OutputColumn> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).name().equals(b.get(i).name())
          || a.get(i).type().oid() != b.get(i).type().oid()
          || a.get(i).typmod() != b.get(i).typmod()) {
        return false;
      }
    }
    return true;
  }

  /** Returns what a relation's own expressions are, without the values of literals. */
  private static String text(Relation relation) {
    StringBuilder out = new StringBuilder();
    Relations.walkOwnExpressions(relation, e -> append(e, out));
    return out.toString();
  }

  private static void append(BoundExpr expr, StringBuilder out) {
    if (expr == null) {
      return;
    }
    if (isLiteral(expr)) {
      out.append('?').append(expr.type().oid()).append(' ');
      return;
    }
    out.append(expr.getClass().getSimpleName()).append(expr.type().oid());
    switch (expr) {
      case BoundExpr.FunctionCall e -> out.append('f').append(e.call().function().oid());
      case BoundExpr.ColumnRef e ->
          out.append('c').append(e.relation()).append('.').append(e.column());
      case BoundExpr.QuantifiedArray e -> out.append('f').append(e.operator().function().oid());
      case BoundExpr.Subquery e -> subquery(e.query(), out.append(e.kind()));
      case BoundExpr.Constant _,
          BoundExpr.Parameter _,
          BoundExpr.And _,
          BoundExpr.Or _,
          BoundExpr.Not _,
          BoundExpr.IsNull _,
          BoundExpr.IsTruth _,
          BoundExpr.IsDistinct _,
          BoundExpr.Case _,
          BoundExpr.CaseOperand _,
          BoundExpr.Coalesce _,
          BoundExpr.NullIf _,
          BoundExpr.Extreme _,
          BoundExpr.ArrayConstructor _,
          BoundExpr.RowConstructor _,
          BoundExpr.RowComparison _,
          BoundExpr.FieldAccess _,
          BoundExpr.Subscripts _,
          BoundExpr.SubscriptAssignment _,
          BoundExpr.CastByText _,
          BoundExpr.Relabel _,
          BoundExpr.ArrayCast _,
          BoundExpr.CoerceLength _,
          BoundExpr.CoerceToDomain _ -> {}
    }
    out.append('(');
    Expressions.children(expr).forEach(child -> append(child, out));
    out.append(')');
  }

  private static void subquery(Relation query, StringBuilder out) {
    out.append(query.getClass().getSimpleName()).append(text(query));
    Relations.children(query).forEach(child -> subquery(child, out));
  }

  /** Tells whether an expression is a literal or a parameter, perhaps read or cut for its place. */
  private static boolean isLiteral(BoundExpr expr) {
    return expr instanceof BoundExpr.Constant
        || expr instanceof BoundExpr.Parameter
        || expr instanceof BoundExpr.CastByText cast && isText(cast.operand())
        || expr instanceof BoundExpr.CoerceLength length && isLiteral(length.operand());
  }

  /** Tells whether it is the text of a literal whose meaning is found anew at each execution. */
  private static boolean isText(BoundExpr operand) {
    return operand instanceof BoundExpr.Constant constant && constant.type().oid() == Oids.TEXT;
  }
}
