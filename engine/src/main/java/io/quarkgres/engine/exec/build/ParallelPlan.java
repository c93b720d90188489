package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.exec.parallel.Fragment;
import io.quarkgres.engine.exec.parallel.WorkerPool;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.spi.data.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells which aggregations and first rows of sorts several workers may share: a big table at the
 * bottom; above it filters, projections and, below an aggregation, the probing sides of hash joins
 * by one integer; immutable functions only, so that it does not matter who calls them, and no
 * subqueries. Thread: any.
 */
final class ParallelPlan {
  /** A smaller table is read before workers have started. */
  private static final long ROWS_MIN = 100_000;

  /** The same for rows that are sorted by something computed, such as distances of vectors. */
  private static final long SORTED_ROWS_MIN = 49_000;

  private ParallelPlan() {}

  /** Returns what the workers of an aggregation share, or {@code null} when there can be none. */
  static Fragment fragment(Plan.HashAggregate plan) {
    if (WorkerPool.size() == 0 || !isFree(plan.spec())) {
      return null;
    }
    List<Plan.HashJoin> joins = new ArrayList<>();
    Plan.TableScan scan = bottom(plan.input(), joins);
    return scan == null || scan.table().store().rowCountEstimate() < ROWS_MIN
        ? null
        : new Fragment(scan, joins);
  }

  /** Returns the big table whose first rows several workers may look for, or {@code null}. */
  static Plan.TableScan scan(Plan.TopN plan) {
    if (WorkerPool.size() == 0) {
      return null;
    }
    for (Relation.SortKey key : plan.keys()) {
      if (!isFree(key.expression())) {
        return null;
      }
    }
    List<Plan.HashJoin> joins = new ArrayList<>();
    Plan.TableScan scan = bottom(plan.input(), joins);
    return scan == null
            || !joins.isEmpty()
            || scan.table().store().rowCountEstimate() < SORTED_ROWS_MIN
        ? null
        : scan;
  }

  private static boolean isFree(Relation.Aggregate spec) {
    for (Relation.AggregateCall call : spec.aggregates()) {
      if (call.isDistinct()
          || !call.orderBy().isEmpty()
          || !areFree(call.arguments())
          || !isFree(call.filter())) {
        return false;
      }
    }
    return areFree(spec.keys());
  }

  /** Returns the scan below operators that workers can run, or {@code null}; notes the joins. */
  private static Plan.TableScan bottom(Plan plan, List<Plan.HashJoin> joins) {
    Plan current = plan;
    while (true) {
      if (current instanceof Plan.TableScan scan) {
        return isFree(scan.filter()) ? scan : null;
      } else if (current instanceof Plan.Filter filter && isFree(filter.predicate())) {
        current = filter.input();
      } else if (current instanceof Plan.Project project && areFree(project.expressions())) {
        current = project.input();
      } else if (current instanceof Plan.HashJoin join && isFree(join)) {
        joins.add(join);
        current = join.left();
      } else {
        return null;
      }
    }
  }

  private static boolean isFree(Plan.HashJoin join) {
    boolean isByLeft =
        switch (join.kind()) {
          case INNER, LEFT, SEMI, ANTI -> true;
          case RIGHT, FULL, NULL_AWARE_ANTI -> false;
        };
    return isByLeft
        && join.leftKeys().size() == 1
        && isInteger(join.rightKeys().getFirst())
        && areFree(join.leftKeys())
        && isFree(join.residual());
  }

  private static boolean isInteger(BoundExpr key) {
    return key.type().layout() == Layout.INT32 || key.type().layout() == Layout.INT64;
  }

  private static boolean areFree(List<BoundExpr> expressions) {
    for (BoundExpr expression : expressions) {
      if (!isFree(expression)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFree(BoundExpr expression) {
    if (expression == null) {
      return true;
    }
    boolean[] isFree = {!Expressions.hasSubquery(expression)};
    Expressions.walk(
        expression,
        e -> {
          if (e instanceof BoundExpr.FunctionCall call) {
            isFree[0] &= call.call().function().volatility() == Volatility.IMMUTABLE;
          }
        });
    return isFree[0];
  }
}
