package io.quarkgres.engine.bind.typing;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The collations that COLLATE clauses of a statement give to expressions. They go up through what
 * takes a text and gives one (manual, section 24.2.1), and two different ones must not meet. Used
 * by one thread.
 */
public final class ExplicitCollations {
  private static final Explicit NONE = new Explicit(null, -1);

  private final TypeRules rules;
  private final Map<BoundExpr, Explicit> known = new IdentityHashMap<>();

  /** The name of a collation and where it was given. */
  private record Explicit(String name, int position) {}

  public ExplicitCollations(TypeRules rules) {
    this.rules = rules;
  }

  /** Notes a COLLATE clause; the expression must have an identity of its own. */
  public void put(BoundExpr expr, String collation, int position) {
    known.put(expr, new Explicit(collation, position));
  }

  /** Raises 42P21 when two collations meet in an expression. */
  public void check(BoundExpr expr) {
    if (!known.isEmpty()) {
      of(expr);
    }
  }

  /** Raises 42P21 when expressions that become one column or one call have two collations. */
  public void checkTogether(List<BoundExpr> exprs) {
    if (!known.isEmpty()) {
      merged(exprs);
    }
  }

  /** Notes that an expression has the collation of those that it is made of. */
  public void inherit(BoundExpr expr, List<BoundExpr> from) {
    if (!known.isEmpty() && isCollatable(expr)) {
      known.put(expr, merged(from));
    }
  }

  private Explicit of(BoundExpr expr) {
    Explicit before = known.get(expr);
    if (before != null) {
      return before;
    }
    Explicit merged = mergedChildren(expr);
    Explicit result = isCollatable(expr) ? merged : NONE;
    known.put(expr, result);
    return result;
  }

  private Explicit mergedChildren(BoundExpr expr) {
    if (expr instanceof BoundExpr.RowConstructor row) {
      row.fields().forEach(this::of);
      return NONE;
    }
    if (expr instanceof BoundExpr.RowComparison rows) {
      for (int i = 0; i < rows.lefts().size(); i++) {
        merged(List.of(rows.lefts().get(i), rows.rights().get(i)));
      }
      return NONE;
    }
    if (!(expr instanceof BoundExpr.Case e)) {
      return merged(Expressions.children(expr));
    }
    Explicit result = NONE;
    for (BoundExpr.When when : e.whens()) {
      of(when.condition());
      result = merge(result, of(when.result()));
    }
    return merge(result, of(e.otherwise()));
  }

  private Explicit merged(List<BoundExpr> exprs) {
    Explicit result = NONE;
    for (BoundExpr expr : exprs) {
      result = merge(result, of(expr));
    }
    return result;
  }

  private static Explicit merge(Explicit left, Explicit right) {
    if (left == NONE || right == NONE) {
      return left == NONE ? right : left;
    }
    if (!left.name.equals(right.name)) {
      throw new SqlException(
          SqlState.COLLATION_MISMATCH,
          "collation mismatch between explicit collations \"%s\" and \"%s\""
              .formatted(left.name, right.name),
          right.position);
    }
    return left;
  }

  private boolean isCollatable(BoundExpr expr) {
    int type = expr.type().base().oid();
    int element = rules.element(type);
    return rules.category(element == 0 ? type : element) == TypeRules.STRING;
  }
}
