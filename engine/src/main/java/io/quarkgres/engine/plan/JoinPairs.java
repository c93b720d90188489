package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Plans the join of two sides: by hash, by index look-up or by nested loops. One thread. */
final class JoinPairs {
  /** A look-up join is chosen when it reads this many times fewer rows than building a table. */
  private static final double LOOKUP_GAIN = 4;

  private final Planner planner;

  JoinPairs(Planner planner) {
    this.planner = planner;
  }

  /** Plans the join of two planned sides. */
  Plan join(
      Plan.JoinKind kind,
      Plan left,
      BitSet leftSet,
      Relation rightRelation,
      List<BoundExpr> rightConjuncts,
      Plan right,
      BitSet rightSet,
      List<BoundExpr> on) {
    Plan lookup = lookupJoin(kind, left, rightRelation, rightConjuncts, right, on);
    return lookup != null ? lookup : hashOrLoop(kind, left, leftSet, right, rightSet, on);
  }

  private Plan lookupJoin(
      Plan.JoinKind kind,
      Plan left,
      Relation rightRelation,
      List<BoundExpr> rightConjuncts,
      Plan right,
      List<BoundExpr> on) {
    Relation inner = rightRelation;
    List<BoundExpr> conjuncts = new ArrayList<>(rightConjuncts);
    while (inner instanceof Relation.Filter filter) {
      conjuncts.addAll(0, Expressions.conjuncts(filter.predicate()));
      inner = filter.input();
    }
    if (!(inner instanceof Relation.Scan scan)
        || left.rows() * LOOKUP_GAIN > AccessPaths.tableRows(scan)
        || left.rows() > right.rows()
        || conjuncts.stream().anyMatch(Expressions::isVolatile)
        || !planner.settings().enableIndexScan()) {
      return null;
    }
    List<BoundExpr> all = new ArrayList<>(on);
    all.addAll(conjuncts);
    Plan byIndex = planner.paths().lookup(scan, all);
    if (byIndex == null) {
      return null;
    }
    return new Plan.Apply(
        kind,
        left,
        byIndex,
        referenced(left.outputs(), on),
        null,
        outputs(kind, left, byIndex),
        left.rows() * byIndex.rows());
  }

  /** Returns the columns that any of the expressions refers to. */
  private static List<OutputColumn> referenced(
      List<OutputColumn> columns, List<BoundExpr> expressions) {
    Set<Long> references = new HashSet<>();
    for (BoundExpr expression : expressions) {
      Expressions.walk(
          expression,
          e -> {
            if (e instanceof BoundExpr.ColumnRef ref) {
              references.add(UsedColumns.key(ref.relation(), ref.column()));
            }
          });
    }
    List<OutputColumn> result = new ArrayList<>();
    for (OutputColumn column : columns) {
      if (references.contains(UsedColumns.key(column.relation(), column.column()))) {
        result.add(column);
      }
    }
    return result;
  }

  private static List<OutputColumn> outputs(Plan.JoinKind kind, Plan left, Plan right) {
    return switch (kind) {
      case SEMI, ANTI, NULL_AWARE_ANTI -> left.outputs();
      case INNER, LEFT, RIGHT, FULL -> concat(left.outputs(), right.outputs());
    };
  }

  /** Returns the columns of one list after those of another. */
  static List<OutputColumn> concat(List<OutputColumn> a, List<OutputColumn> b) {
    List<OutputColumn> result = new ArrayList<>(a);
    result.addAll(b);
    return result;
  }

  /** Plans a join by a hash table, or by comparing all pairs when there are no keys. */
  Plan hashOrLoop(
      Plan.JoinKind kind,
      Plan left,
      BitSet leftSet,
      Plan right,
      BitSet rightSet,
      List<BoundExpr> on) {
    List<BoundExpr> leftKeys = new ArrayList<>();
    List<BoundExpr> rightKeys = new ArrayList<>();
    List<BoundExpr> residual = new ArrayList<>();
    for (BoundExpr conjunct : on) {
      if (!addKeys(conjunct, leftSet, rightSet, leftKeys, rightKeys)) {
        residual.add(conjunct);
      }
    }
    double rows = joinRows(kind, left, right, leftKeys.isEmpty());
    if (leftKeys.isEmpty()) {
      return new Plan.NestedLoop(
          kind, left, right, planner.finish(Expressions.and(on)), outputs(kind, left, right), rows);
    }
    planner.finishAll(leftKeys);
    planner.finishAll(rightKeys);
    BoundExpr rest = planner.finish(Expressions.and(residual));
    boolean[] nullsMatch = new boolean[leftKeys.size()];
    Plan.JoinKind turned = turned(kind);
    boolean isTurned = turned != null && left.rows() * 2 < right.rows();
    return isTurned
        ? new Plan.HashJoin(
            turned,
            right,
            left,
            rightKeys,
            leftKeys,
            nullsMatch,
            rest,
            concat(right.outputs(), left.outputs()),
            rows)
        : new Plan.HashJoin(
            kind,
            left,
            right,
            leftKeys,
            rightKeys,
            nullsMatch,
            rest,
            outputs(kind, left, right),
            rows);
  }

  /** Returns the kind with its sides exchanged, or {@code null} when they cannot be. */
  private static Plan.JoinKind turned(Plan.JoinKind kind) {
    return switch (kind) {
      case INNER -> Plan.JoinKind.INNER;
      case LEFT -> Plan.JoinKind.RIGHT;
      case RIGHT -> Plan.JoinKind.LEFT;
      case FULL -> Plan.JoinKind.FULL;
      case SEMI, ANTI, NULL_AWARE_ANTI -> null;
    };
  }

  private static double joinRows(Plan.JoinKind kind, Plan left, Plan right, boolean isCross) {
    return switch (kind) {
      case SEMI, ANTI, NULL_AWARE_ANTI -> Math.max(1, left.rows() / 2);
      case INNER, LEFT, RIGHT, FULL ->
          isCross ? left.rows() * right.rows() : Math.max(left.rows(), right.rows());
    };
  }

  /** Tells whether no condition is an equality between the sides. */
  boolean hasNoKeys(List<BoundExpr> on, BitSet leftSet, BitSet rightSet) {
    return on.stream().noneMatch(c -> isEquality(c, leftSet, rightSet));
  }

  private boolean isEquality(BoundExpr conjunct, BitSet leftSet, BitSet rightSet) {
    if (!(conjunct instanceof BoundExpr.FunctionCall call)
        || !"=".equals(planner.operators().comparison(call.call()))
        || call.arguments().size() != 2) {
      return false;
    }
    BitSet a = Expressions.relations(call.arguments().get(0));
    BitSet b = Expressions.relations(call.arguments().get(1));
    return isSide(a, leftSet, rightSet) && isSide(b, rightSet, leftSet)
        || isSide(a, rightSet, leftSet) && isSide(b, leftSet, rightSet);
  }

  private boolean addKeys(
      BoundExpr conjunct,
      BitSet leftSet,
      BitSet rightSet,
      List<BoundExpr> leftKeys,
      List<BoundExpr> rightKeys) {
    if (!(conjunct instanceof BoundExpr.FunctionCall call)
        || !"=".equals(planner.operators().comparison(call.call()))
        || call.arguments().size() != 2) {
      return false;
    }
    BoundExpr a = call.arguments().get(0);
    BoundExpr b = call.arguments().get(1);
    BitSet aRefs = Expressions.relations(a);
    BitSet bRefs = Expressions.relations(b);
    boolean isStraight = isSide(aRefs, leftSet, rightSet) && isSide(bRefs, rightSet, leftSet);
    boolean isCrossed = isSide(aRefs, rightSet, leftSet) && isSide(bRefs, leftSet, rightSet);
    SqlType common = planner.operators().common(a.type(), b.type());
    if ((!isStraight && !isCrossed) || common == null || !common.hasEquality()) {
      return false;
    }
    BoundExpr castA = planner.operators().castTo(a, common);
    BoundExpr castB = planner.operators().castTo(b, common);
    if (castA == null || castB == null) {
      return false;
    }
    leftKeys.add(isStraight ? castA : castB);
    rightKeys.add(isStraight ? castB : castA);
    return true;
  }

  private static boolean isSide(BitSet refs, BitSet side, BitSet other) {
    return refs.intersects(side) && !refs.intersects(other);
  }
}
