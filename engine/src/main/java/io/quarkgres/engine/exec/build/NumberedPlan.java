package io.quarkgres.engine.exec.build;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first rows of a sort, with the row ids of the table at the bottom as one more column and last
 * sort key: so rows that are equal come in the order of the table whoever finds them. Used by one
 * thread.
 */
final class NumberedPlan {
  private final Plan.TableScan scan;
  private final OutputColumn rowId;

  /** The plans that copies were made of. */
  private final Map<Plan, Plan> originals = new IdentityHashMap<>();

  private final Plan.TopN top;
  private Plan.TableScan numberedScan;

  /**
   * Copies a plan.
   *
   * @param scan the table at the bottom, below nothing but filters and projections
   * @param rowIdType the type of row ids
   */
  NumberedPlan(Plan.TopN plan, Plan.TableScan scan, SqlType rowIdType) {
    this.scan = scan;
    this.rowId =
        new OutputColumn(
            scan.relation(), scan.table().columns().size(), "ctid", rowIdType, SqlType.NO_TYPMOD);
    List<Relation.SortKey> keys = new ArrayList<>(plan.keys());
    keys.add(new Relation.SortKey(rowId.ref(), false, false));
    this.top =
        noted(
            new Plan.TopN(numbered(plan.input()), keys, plan.count(), plan.offset(), plan.rows()),
            plan);
  }

  private <P extends Plan> P noted(P copy, Plan original) {
    originals.put(copy, original);
    return copy;
  }

  private Plan numbered(Plan plan) {
    if (plan == scan) {
      numberedScan =
          new Plan.TableScan(
              scan.relation(),
              scan.table(),
              scan.alias(),
              scan.filter(),
              scan.bounds(),
              withRowId(scan.outputs()),
              scan.rows());
      return noted(numberedScan, plan);
    } else if (plan instanceof Plan.Filter filter) {
      Plan input = numbered(filter.input());
      return noted(new Plan.Filter(input, filter.predicate(), filter.rows()), plan);
    } else if (plan instanceof Plan.Project project) {
      Plan input = numbered(project.input());
      List<BoundExpr> expressions = new ArrayList<>(project.expressions());
      expressions.add(rowId.ref());
      List<OutputColumn> outputs = new ArrayList<>(project.outputs());
      outputs.add(rowId);
      return noted(new Plan.Project(input, expressions, outputs), plan);
    }
    throw new IllegalArgumentException("neither filter nor projection: " + plan.getClass());
  }

  private List<OutputColumn> withRowId(List<OutputColumn> outputs) {
    List<OutputColumn> result = new ArrayList<>(outputs);
    for (OutputColumn output : outputs) {
      if (output.column() == rowId.column()) {
        return result;
      }
    }
    result.add(rowId);
    return result;
  }

  /** Returns the plan with row ids. */
  Plan.TopN top() {
    return top;
  }

  /** Returns the scan in it. */
  Plan.TableScan scan() {
    return numberedScan;
  }

  /** Returns the plans that copies were made of. */
  Map<Plan, Plan> originals() {
    return originals;
  }
}
