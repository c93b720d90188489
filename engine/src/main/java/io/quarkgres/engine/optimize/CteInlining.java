package io.quarkgres.engine.optimize;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves a common table expression that is read once to where it is read, as PostgreSQL does since
 * version 12: unless it is recursive, MATERIALIZED, volatile or changes data. Thread: any.
 */
final class CteInlining {
  private final Map<Integer, Relation> inlined = new HashMap<>();

  private CteInlining() {}

  static Relation apply(Relation relation) {
    return new CteInlining().rewrite(relation);
  }

  private Relation rewrite(Relation relation) {
    if (relation instanceof Relation.With with) {
      return rewriteWith(with);
    }
    if (relation instanceof Relation.CteScan scan) {
      return rewriteScan(scan);
    }
    return mapSubqueries(Relations.mapChildren(relation, this::rewrite));
  }

  private Relation rewriteWith(Relation.With with) {
    List<Relation.Cte> kept = new ArrayList<>();
    for (Relation.Cte cte : with.ctes()) {
      Relation query = rewrite(cte.query());
      boolean mayMove =
          cte.recursive() == null
              && cte.references() <= 1
              && !Boolean.TRUE.equals(cte.materialized())
              && !Relations.hasEffects(query);
      if (mayMove) {
        inlined.put(cte.cte(), query);
      } else {
        kept.add(
            new Relation.Cte(
                cte.cte(),
                cte.name(),
                query,
                cte.recursive() == null ? null : rewrite(cte.recursive()),
                cte.isUnionAll(),
                cte.materialized(),
                cte.references()));
      }
    }
    Relation body = rewrite(with.body());
    return kept.isEmpty() ? body : new Relation.With(kept, body);
  }

  private Relation rewriteScan(Relation.CteScan scan) {
    Relation query = inlined.get(scan.cte());
    if (query == null) {
      return scan;
    }
    List<BoundExpr> expressions = new ArrayList<>();
    for (OutputColumn output : query.outputs().subList(0, scan.outputs().size())) {
      expressions.add(output.ref());
    }
    return new Relation.Project(scan.relation(), query, expressions, scan.outputs());
  }

  /** Rewrites the subqueries in the expressions of one operator. */
  private Relation mapSubqueries(Relation relation) {
    return Relations.mapOwnExpressions(relation, this::rewriteExpr);
  }

  private BoundExpr rewriteExpr(BoundExpr expr) {
    if (!Expressions.hasSubquery(expr)) {
      return expr;
    }
    BoundExpr rebuilt = Expressions.mapChildren(expr, this::rewriteExpr);
    return rebuilt instanceof BoundExpr.Subquery s
        ? new BoundExpr.Subquery(s.kind(), rewrite(s.query()), s.test(), s.type(), s.typmod())
        : rebuilt;
  }
}
