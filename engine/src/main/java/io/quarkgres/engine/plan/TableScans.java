package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.plan.Conditions.Condition;
import io.quarkgres.engine.plan.Plan.ZoneBound.Edge;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Layout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Plans scans of whole tables, with bounds for zone maps. Used by one thread. */
final class TableScans {
  private final Planner planner;
  private final Conditions conditions;

  TableScans(Planner planner, Conditions conditions) {
    this.planner = planner;
    this.conditions = conditions;
  }

  /** Plans a scan of all rows, probed when it runs anew for each of many outer rows. */
  Plan scan(Relation.Scan scan, List<BoundExpr> conjuncts) {
    Plan.TableScan whole = plainScan(scan, conjuncts);
    List<BoundExpr> fixed = new ArrayList<>();
    List<BoundExpr> residual = new ArrayList<>();
    List<BoundExpr> scanKeys = new ArrayList<>();
    List<BoundExpr> outerKeys = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      if (Expressions.isVolatile(conjunct)) {
        return whole;
      }
      if (isFixed(scan, conjunct)) {
        fixed.add(conjunct);
      } else if (!addOuterKey(scan, conjunct, scanKeys, outerKeys)) {
        residual.add(conjunct);
      }
    }
    if (scanKeys.isEmpty()) {
      return whole;
    }
    planner.finishAll(scanKeys);
    planner.finishAll(outerKeys);
    return new Plan.ProbedScan(
        whole,
        plainScan(scan, fixed),
        scanKeys,
        outerKeys,
        planner.finish(Expressions.and(residual)));
  }

  private Plan.TableScan plainScan(Relation.Scan scan, List<BoundExpr> conjuncts) {
    double rows =
        AccessPaths.tableRows(scan) * Estimates.selectivity(conjuncts, planner.operators());
    return new Plan.TableScan(
        scan.relation(),
        scan.table(),
        scan.alias(),
        planner.finish(Expressions.and(conjuncts)),
        bounds(scan, conjuncts),
        planner.usedOutputs(scan.outputs()),
        Math.max(1, rows));
  }

  /** Tells whether a conjunct refers to the table only. */
  private static boolean isFixed(Relation.Scan scan, BoundExpr conjunct) {
    BitSet relations = Expressions.relations(conjunct);
    relations.clear(scan.relation());
    return relations.isEmpty() && !Expressions.hasSubquery(conjunct);
  }

  /** Adds the sides of an equality between the table and outer columns; false for another one. */
  private boolean addOuterKey(
      Relation.Scan scan, BoundExpr conjunct, List<BoundExpr> scanKeys, List<BoundExpr> outerKeys) {
    if (!(conjunct instanceof BoundExpr.FunctionCall call)
        || !"=".equals(planner.operators().comparison(call.call()))
        || call.arguments().size() != 2
        || Expressions.hasSubquery(conjunct)) {
      return false;
    }
    BoundExpr left = call.arguments().get(0);
    BoundExpr right = call.arguments().get(1);
    boolean isLeftOfTable = Expressions.relations(left).get(scan.relation());
    BoundExpr own = isLeftOfTable ? left : right;
    BoundExpr outer = isLeftOfTable ? right : left;
    BitSet ownRelations = Expressions.relations(own);
    if (ownRelations.cardinality() != 1
        || !ownRelations.get(scan.relation())
        || Expressions.relations(outer).get(scan.relation())) {
      return false;
    }
    SqlType common = planner.operators().common(own.type(), outer.type());
    if (common == null || !common.hasEquality()) {
      return false;
    }
    BoundExpr ownKey = planner.operators().castTo(own, common);
    BoundExpr outerKey = planner.operators().castTo(outer, common);
    if (ownKey == null || outerKey == null) {
      return false;
    }
    scanKeys.add(ownKey);
    outerKeys.add(outerKey);
    return true;
  }

  private List<Plan.ZoneBound> bounds(Relation.Scan scan, List<BoundExpr> conjuncts) {
    List<Plan.ZoneBound> result = new ArrayList<>();
    for (Condition condition : conditions.of(scan, conjuncts)) {
      int column = Conditions.columnOf(scan, condition.operand());
      Edge edge = edge(condition.comparison());
      if (column >= 0 && edge != null && isKnownInteger(condition.value())) {
        result.add(new Plan.ZoneBound(column, edge, Conditions.stripped(condition.value())));
      }
    }
    return result;
  }

  /** Tells whether a value is an integer that is there before the scan begins. */
  private static boolean isKnownInteger(BoundExpr value) {
    BoundExpr inner = Conditions.stripped(value);
    boolean isKnown =
        inner instanceof BoundExpr.Parameter
            || inner instanceof BoundExpr.Constant constant && !constant.isNull();
    Layout layout = inner.type().layout();
    return isKnown && (layout == Layout.INT32 || layout == Layout.INT64);
  }

  private static Edge edge(String comparison) {
    return switch (comparison) {
      case "=" -> Edge.ONLY;
      case "<", "<=" -> Edge.GREATEST;
      case ">", ">=" -> Edge.LEAST;
      default -> null;
    };
  }
}
