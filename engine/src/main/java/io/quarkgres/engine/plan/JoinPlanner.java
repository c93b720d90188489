package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Plans joins: inner joins by {@link JoinOrder}, the others as they are written. One thread. */
final class JoinPlanner {
  private final Planner planner;
  private final JoinPairs pairs;
  private final JoinOrder order;

  JoinPlanner(Planner planner) {
    this.planner = planner;
    this.pairs = new JoinPairs(planner);
    this.order = new JoinOrder(planner, pairs);
  }

  /** Plans a join for which all conjuncts hold. */
  Plan join(Relation.Join written, List<BoundExpr> conjuncts) {
    Relation.Join join = NullRejection.reduce(written, conjuncts);
    if (isCorrelated(join)) {
      return apply(join, conjuncts);
    }
    return switch (join.kind()) {
      case INNER -> order.innerJoins(join, conjuncts);
      case LEFT, SEMI, ANTI -> leftJoin(join, conjuncts);
      case RIGHT -> rightJoin(join, conjuncts);
      case FULL -> fullJoin(join, conjuncts);
    };
  }

  /** Tells whether the right side refers to columns of the left. */
  static boolean isCorrelated(Relation.Join join) {
    return join.isLateral() && !parameters(join).isEmpty();
  }

  private static List<OutputColumn> parameters(Relation.Join join) {
    BitSet left = Expressions.relationsOf(join.left().outputs());
    List<OutputColumn> result = new ArrayList<>();
    for (OutputColumn column : Relations.freeColumns(join.right())) {
      if (left.get(column.relation())) {
        result.add(column);
      }
    }
    return result;
  }

  private Plan apply(Relation.Join join, List<BoundExpr> conjuncts) {
    BitSet leftSet = Expressions.relationsOf(join.left().outputs());
    BitSet rightSet = Expressions.relationsOf(join.right().outputs());
    boolean isInner = join.kind() == Relation.JoinKind.INNER;
    List<BoundExpr> leftOnly = new ArrayList<>();
    List<BoundExpr> rightOnly = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      BitSet relations = Expressions.relations(conjunct);
      if (!relations.intersects(rightSet)) {
        leftOnly.add(conjunct);
      } else if (isInner && !relations.intersects(leftSet) && !Expressions.isVolatile(conjunct)) {
        rightOnly.add(conjunct);
      } else {
        above.add(conjunct);
      }
    }
    Plan left = planner.plan(join.left(), leftOnly);
    Plan inner = planner.plan(join.right(), rightOnly);
    Plan.JoinKind kind =
        join.kind() == Relation.JoinKind.LEFT ? Plan.JoinKind.LEFT : Plan.JoinKind.INNER;
    Plan applied =
        new Plan.Apply(
            kind,
            left,
            inner,
            planner.usedOutputs(parameters(join)),
            planner.finish(join.condition()),
            JoinPairs.concat(left.outputs(), inner.outputs()),
            left.rows() * inner.rows());
    return planner.filter(applied, above);
  }

  private Plan leftJoin(Relation.Join join, List<BoundExpr> conjuncts) {
    BitSet leftSet = Expressions.relationsOf(join.left().outputs());
    BitSet rightSet = Expressions.relationsOf(join.right().outputs());
    List<BoundExpr> toLeft = new ArrayList<>();
    List<BoundExpr> above = new ArrayList<>();
    for (BoundExpr conjunct : conjuncts) {
      boolean isAbove =
          Expressions.relations(conjunct).intersects(rightSet) || Expressions.isVolatile(conjunct);
      (isAbove ? above : toLeft).add(conjunct);
    }
    List<BoundExpr> toRight = new ArrayList<>();
    List<BoundExpr> on = new ArrayList<>();
    for (BoundExpr conjunct : Expressions.conjuncts(join.condition())) {
      boolean isOn =
          Expressions.relations(conjunct).intersects(leftSet) || Expressions.isVolatile(conjunct);
      (isOn ? on : toRight).add(conjunct);
    }
    Plan left = planner.plan(join.left(), toLeft);
    Plan right = planner.plan(join.right(), toRight);
    Plan.JoinKind kind =
        switch (join.kind()) {
          case SEMI -> Plan.JoinKind.SEMI;
          case ANTI -> Plan.JoinKind.ANTI;
          case LEFT, INNER, RIGHT, FULL -> Plan.JoinKind.LEFT;
        };
    Plan joined = pairs.join(kind, left, leftSet, join.right(), toRight, right, rightSet, on);
    return planner.filter(joined, above);
  }

  private Plan rightJoin(Relation.Join join, List<BoundExpr> conjuncts) {
    Relation.Join turned =
        new Relation.Join(
            Relation.JoinKind.LEFT,
            join.right(),
            join.left(),
            join.condition(),
            false,
            join.outputs());
    return leftJoin(turned, conjuncts);
  }

  private Plan fullJoin(Relation.Join join, List<BoundExpr> conjuncts) {
    BitSet leftSet = Expressions.relationsOf(join.left().outputs());
    BitSet rightSet = Expressions.relationsOf(join.right().outputs());
    Plan left = planner.plan(join.left(), List.of());
    Plan right = planner.plan(join.right(), List.of());
    List<BoundExpr> on = Expressions.conjuncts(join.condition());
    boolean isLoop = pairs.hasNoKeys(on, leftSet, rightSet);
    if (isLoop && !on.stream().allMatch(BoundExpr.Constant.class::isInstance)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions");
    }
    Plan joined = pairs.hashOrLoop(Plan.JoinKind.FULL, left, leftSet, right, rightSet, on);
    return planner.filter(joined, conjuncts);
  }
}
