package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.BoundExpr;
import io.quarkgres.engine.bind.Expressions;
import io.quarkgres.engine.bind.OutputColumn;
import io.quarkgres.engine.bind.Relation;
import io.quarkgres.engine.bind.Relations;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Orders inner joins greedily by expected size, and picks hash, look-up or nested-loop joins. Used
 * by one thread.
 */
final class JoinPlanner {
  /** A look-up join is chosen when it reads this many times fewer rows than building a table. */
  private static final double LOOKUP_GAIN = 4;

  private final Planner planner;

  JoinPlanner(Planner planner) {
    this.planner = planner;
  }

  /** Plans a join for which all conjuncts hold. */
  Plan join(Relation.Join written, List<BoundExpr> conjuncts) {
    Relation.Join join = NullRejection.reduce(written, conjuncts);
    if (isCorrelated(join)) {
      return apply(join, conjuncts);
    }
    return switch (join.kind()) {
      case INNER -> innerJoins(join, conjuncts);
      case LEFT, SEMI, ANTI -> leftJoin(join, conjuncts);
      case RIGHT -> rightJoin(join, conjuncts);
      case FULL -> fullJoin(join, conjuncts);
    };
  }

  private static boolean isCorrelated(Relation.Join join) {
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
            concat(left.outputs(), inner.outputs()),
            left.rows() * inner.rows());
    return planner.filter(applied, above);
  }

  // Inner joins.

  private Plan innerJoins(Relation.Join join, List<BoundExpr> conjuncts) {
    List<Relation> leaves = new ArrayList<>();
    List<BoundExpr> all = new ArrayList<>(conjuncts);
    flatten(join, leaves, all);
    List<List<BoundExpr>> own = new ArrayList<>();
    List<BitSet> relations = new ArrayList<>();
    for (Relation leaf : leaves) {
      own.add(new ArrayList<>());
      relations.add(Expressions.relationsOf(leaf.outputs()));
    }
    List<BoundExpr> shared = new ArrayList<>();
    for (BoundExpr conjunct : all) {
      int leaf = onlyLeaf(conjunct, relations);
      if (leaf >= 0) {
        own.get(leaf).add(conjunct);
      } else {
        shared.add(conjunct);
      }
    }
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      plans.add(planner.plan(leaves.get(i), own.get(i)));
    }
    Plan joined = greedy(leaves, own, relations, plans, shared);
    return EmptyInputs.isNever(shared) || plans.stream().anyMatch(Plan.Nothing.class::isInstance)
        ? new Plan.Nothing(joined.outputs())
        : joined;
  }

  private static void flatten(Relation relation, List<Relation> leaves, List<BoundExpr> conjuncts) {
    if (relation instanceof Relation.Join join
        && join.kind() == Relation.JoinKind.INNER
        && !isCorrelated(join)) {
      flatten(join.left(), leaves, conjuncts);
      flatten(join.right(), leaves, conjuncts);
      conjuncts.addAll(Expressions.conjuncts(join.condition()));
    } else if (relation instanceof Relation.Filter filter
        && !Expressions.isVolatile(filter.predicate())) {
      flatten(filter.input(), leaves, conjuncts);
      conjuncts.addAll(Expressions.conjuncts(filter.predicate()));
    } else {
      leaves.add(relation);
    }
  }

  /** Returns the leaf that a conjunct is about (the first if it is about none), -1 for several. */
  private static int onlyLeaf(BoundExpr conjunct, List<BitSet> relations) {
    if (Expressions.isVolatile(conjunct)) {
      return -1;
    }
    BitSet refs = Expressions.relations(conjunct);
    int found = -1;
    for (int i = 0; i < relations.size(); i++) {
      if (refs.intersects(relations.get(i))) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return Math.max(found, 0);
  }

  private Plan greedy(
      List<Relation> leaves,
      List<List<BoundExpr>> own,
      List<BitSet> relations,
      List<Plan> plans,
      List<BoundExpr> shared) {
    int n = plans.size();
    boolean[] done = new boolean[n];
    int first = 0;
    for (int i = 1; i < n; i++) {
      if (plans.get(i).rows() < plans.get(first).rows()) {
        first = i;
      }
    }
    Plan current = plans.get(first);
    BitSet joined = (BitSet) relations.get(first).clone();
    done[first] = true;
    List<BoundExpr> waiting = new ArrayList<>(shared);
    for (int step = 1; step < n; step++) {
      int next = -1;
      boolean nextConnected = false;
      for (int i = 0; i < n; i++) {
        if (done[i]) {
          continue;
        }
        boolean isConnected = isConnected(waiting, joined, relations.get(i));
        boolean isBetter =
            next < 0
                || (isConnected && !nextConnected)
                || (isConnected == nextConnected && plans.get(i).rows() < plans.get(next).rows());
        if (isBetter) {
          next = i;
          nextConnected = isConnected;
        }
      }
      BitSet both = (BitSet) joined.clone();
      both.or(relations.get(next));
      List<BoundExpr> here = take(waiting, relations, done, next);
      current =
          pair(
              Plan.JoinKind.INNER,
              current,
              joined,
              leaves.get(next),
              own.get(next),
              plans.get(next),
              relations.get(next),
              here);
      done[next] = true;
      joined = both;
    }
    return planner.filter(current, waiting);
  }

  private boolean isConnected(List<BoundExpr> waiting, BitSet joined, BitSet candidate) {
    for (BoundExpr conjunct : waiting) {
      if (conjunct instanceof BoundExpr.FunctionCall call
          && "=".equals(planner.operators().comparison(call.call()))) {
        BitSet refs = Expressions.relations(conjunct);
        if (refs.intersects(joined) && refs.intersects(candidate)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Takes the conjuncts that need no leaf but those joined now. */
  private static List<BoundExpr> take(
      List<BoundExpr> waiting, List<BitSet> relations, boolean[] done, int next) {
    List<BoundExpr> taken = new ArrayList<>();
    for (BoundExpr conjunct : waiting) {
      BitSet refs = Expressions.relations(conjunct);
      boolean isReady = !Expressions.isVolatile(conjunct);
      for (int i = 0; i < relations.size(); i++) {
        isReady &= done[i] || i == next || !refs.intersects(relations.get(i));
      }
      if (isReady) {
        taken.add(conjunct);
      }
    }
    waiting.removeIf(c -> taken.stream().anyMatch(t -> t == c));
    return taken;
  }

  // Outer joins and semi-joins.

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
    Plan joined = pair(kind, left, leftSet, join.right(), toRight, right, rightSet, on);
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
    boolean isLoop = hasNoKeys(on, leftSet, rightSet);
    if (isLoop && !on.stream().allMatch(BoundExpr.Constant.class::isInstance)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions");
    }
    Plan joined = hashOrLoop(Plan.JoinKind.FULL, left, leftSet, right, rightSet, on);
    return planner.filter(joined, conjuncts);
  }

  private boolean hasNoKeys(List<BoundExpr> on, BitSet leftSet, BitSet rightSet) {
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

  // One join of two sides.

  private Plan pair(
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
              references.add(Planner.key(ref.relation(), ref.column()));
            }
          });
    }
    List<OutputColumn> result = new ArrayList<>();
    for (OutputColumn column : columns) {
      if (references.contains(Planner.key(column.relation(), column.column()))) {
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

  static List<OutputColumn> concat(List<OutputColumn> a, List<OutputColumn> b) {
    List<OutputColumn> result = new ArrayList<>(a);
    result.addAll(b);
    return result;
  }

  private Plan hashOrLoop(
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
