package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Orders inner joins greedily by expected size. Used by one thread. */
final class JoinOrder {
  private final Planner planner;
  private final JoinPairs pairs;

  JoinOrder(Planner planner, JoinPairs pairs) {
    this.planner = planner;
    this.pairs = pairs;
  }

  /** Plans a tree of inner joins for which all conjuncts hold. */
  Plan innerJoins(Relation.Join join, List<BoundExpr> conjuncts) {
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
        && !JoinPlanner.isCorrelated(join)) {
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
          pairs.join(
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
}
