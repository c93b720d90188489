package io.quarkgres.engine.bind.tree;

import java.util.List;
import java.util.function.Consumer;

/** Visits the expressions of relational operators, in the order of their fields. Thread: any. */
final class RelationExpressions {
  private RelationExpressions() {}

  /** Visits the top of every expression of one operator. */
  static void visit(Relation relation, Consumer<BoundExpr> visitor) {
    switch (relation) {
      case Relation.SingleRow _,
          Relation.InputScan _,
          Relation.Scan _,
          Relation.VirtualScan _,
          Relation.CteScan _,
          Relation.Distinct _,
          Relation.SetOperation _,
          Relation.With _,
          Relation.LockRows _ -> {}
      case Relation.Values r -> r.rows().forEach(row -> row.forEach(visitor));
      case Relation.FunctionScan r -> functions(r.functions(), visitor);
      case Relation.Project r -> r.expressions().forEach(visitor);
      case Relation.ProjectSet r -> functions(r.functions(), visitor);
      case Relation.Filter r -> visitor.accept(r.predicate());
      case Relation.Join r -> optional(r.condition(), visitor);
      case Relation.Aggregate r -> aggregate(r, visitor);
      case Relation.Window r -> window(r, visitor);
      case Relation.DistinctOn r -> r.keys().forEach(visitor);
      case Relation.Sort r -> keys(r.keys(), visitor);
      case Relation.Limit r -> limit(r, visitor);
      case Relation.Modify r -> modification(r.modification(), visitor);
    }
  }

  private static void optional(BoundExpr expr, Consumer<BoundExpr> visitor) {
    if (expr != null) {
      visitor.accept(expr);
    }
  }

  private static void optionals(List<BoundExpr> list, Consumer<BoundExpr> visitor) {
    for (BoundExpr expr : list) {
      optional(expr, visitor);
    }
  }

  private static void keys(List<Relation.SortKey> keys, Consumer<BoundExpr> visitor) {
    for (Relation.SortKey key : keys) {
      visitor.accept(key.expression());
    }
  }

  private static void functions(
      List<Relation.TableFunction> functions, Consumer<BoundExpr> visitor) {
    for (Relation.TableFunction function : functions) {
      if (function.arguments() != null) {
        function.arguments().forEach(visitor);
      }
      optional(function.scalar(), visitor);
    }
  }

  private static void aggregate(Relation.Aggregate r, Consumer<BoundExpr> visitor) {
    r.keys().forEach(visitor);
    for (Relation.AggregateCall call : r.aggregates()) {
      call.arguments().forEach(visitor);
      keys(call.orderBy(), visitor);
      optional(call.filter(), visitor);
    }
  }

  private static void window(Relation.Window r, Consumer<BoundExpr> visitor) {
    for (Relation.WindowCall call : r.calls()) {
      call.arguments().forEach(visitor);
      optional(call.filter(), visitor);
    }
    if (r.frame() != null) {
      optional(r.frame().startOffset(), visitor);
      optional(r.frame().endOffset(), visitor);
    }
    r.partitionBy().forEach(visitor);
    keys(r.orderBy(), visitor);
  }

  private static void limit(Relation.Limit r, Consumer<BoundExpr> visitor) {
    optional(r.count(), visitor);
    optional(r.offset(), visitor);
    if (r.ties() != null) {
      keys(r.ties(), visitor);
    }
  }

  private static void modification(Modification modification, Consumer<BoundExpr> visitor) {
    switch (modification) {
      case Modification.Insert m -> insert(m, visitor);
      case Modification.Update m -> update(m, visitor);
      case Modification.Delete m -> {
        optional(m.recheck(), visitor);
        m.returning().forEach(visitor);
      }
      case Modification.Merge m -> {
        m.actions().forEach(action -> action(action, visitor));
        optionals(m.generated(), visitor);
        checks(m.checks(), visitor);
      }
    }
  }

  private static void insert(Modification.Insert m, Consumer<BoundExpr> visitor) {
    optionals(m.defaults(), visitor);
    optionals(m.generated(), visitor);
    checks(m.checks(), visitor);
    if (m.conflict() != null) {
      m.conflict().values().forEach(visitor);
      optional(m.conflict().where(), visitor);
    }
    m.returning().forEach(visitor);
  }

  private static void update(Modification.Update m, Consumer<BoundExpr> visitor) {
    m.values().forEach(visitor);
    optionals(m.generated(), visitor);
    checks(m.checks(), visitor);
    optional(m.recheck(), visitor);
    m.returning().forEach(visitor);
  }

  private static void action(Modification.MergeAction action, Consumer<BoundExpr> visitor) {
    optional(action.condition(), visitor);
    switch (action) {
      case Modification.MergeAction.Update a -> a.values().forEach(visitor);
      case Modification.MergeAction.Insert a -> optionals(a.values(), visitor);
      case Modification.MergeAction.Delete _, Modification.MergeAction.Nothing _ -> {}
    }
  }

  private static void checks(List<Modification.Check> checks, Consumer<BoundExpr> visitor) {
    for (Modification.Check check : checks) {
      visitor.accept(check.condition());
    }
  }
}
