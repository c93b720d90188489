package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a statement's tree anything refers to: scans and projections yield only those.
 * Used by one thread.
 */
final class UsedColumns {
  private final Set<Long> used = new HashSet<>();

  private UsedColumns() {}

  /** Finds the columns that are used in a tree whose outputs are all wanted. */
  static UsedColumns of(Relation root) {
    UsedColumns result = new UsedColumns();
    result.markOutputs(root);
    result.markTree(root);
    return result;
  }

  boolean has(OutputColumn output) {
    return used.contains(key(output.relation(), output.column()));
  }

  /** Returns the outputs that anything refers to. */
  List<OutputColumn> among(List<OutputColumn> outputs) {
    List<OutputColumn> result = new ArrayList<>();
    for (OutputColumn output : outputs) {
      if (has(output)) {
        result.add(output);
      }
    }
    return result;
  }

  /** Tells whether a column has to be computed: not one that nothing refers to, and no effect. */
  boolean isNeeded(Relation.Project project, int column) {
    return has(project.outputs().get(column))
        || Expressions.isVolatile(project.expressions().get(column));
  }

  /** Returns one number for a column of a relation. */
  static long key(int relation, int column) {
    return (long) relation << 32 | column;
  }

  /**
   * Marks from the top down, and what may be referred to from beside it after what refers to it.
   */
  private void markTree(Relation relation) {
    markPositional(relation);
    if (relation instanceof Relation.Project project) {
      for (int i = 0; i < project.expressions().size(); i++) {
        if (isNeeded(project, i)) {
          markExpr(project.expressions().get(i));
        }
      }
    } else {
      Relations.walkOwnExpressions(relation, this::markExpr);
    }
    Relations.children(relation).reversed().forEach(this::markTree);
  }

  private void markExpr(BoundExpr expr) {
    if (expr instanceof BoundExpr.ColumnRef ref) {
      used.add(key(ref.relation(), ref.column()));
    } else if (expr instanceof BoundExpr.Subquery subquery) {
      if (subquery.kind() != BoundExpr.SubqueryKind.EXISTS) {
        markOutputs(subquery.query());
      }
      markTree(subquery.query());
    }
    Expressions.children(expr).forEach(this::markExpr);
  }

  private void markPositional(Relation relation) {
    if (relation instanceof Relation.SetOperation set) {
      markOutputs(set.left());
      markOutputs(set.right());
    } else if (relation instanceof Relation.With with) {
      for (Relation.Cte cte : with.ctes()) {
        markOutputs(cte.query());
        if (cte.recursive() != null) {
          markOutputs(cte.recursive());
        }
      }
    } else if (relation instanceof Relation.Modify modify) {
      markOutputs(Relations.source(modify.modification()));
    } else if (relation instanceof Relation.LockRows lock) {
      for (Relation.RowLock rowLock : lock.locks()) {
        used.add(key(rowLock.relation(), rowLock.table().columns().size()));
      }
    } else if (relation instanceof Relation.Distinct distinct) {
      markOutputs(distinct.input());
    }
  }

  private void markOutputs(Relation relation) {
    for (OutputColumn output : relation.outputs()) {
      used.add(key(output.relation(), output.column()));
    }
  }
}
