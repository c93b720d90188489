package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.LimitBinder.BoundLimit;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relation.SortKey;
import io.quarkgres.engine.bind.tree.Replacement;
import io.quarkgres.engine.bind.typing.BindErrors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts projection, DISTINCT, sort, row locks and limit on top of a SELECT. Used by one thread.
 *
 * <p>Usually the whole select list, junk columns included, is projected, then sorted, and junk is
 * projected away at last. A volatile column that is not sorted by is computed after the sort, so
 * that {@code nextval} counts in the order of the result; rows that are to be locked are projected
 * last, because the lock needs the table's own columns.
 */
final class SelectTail {
  private final BindState state;
  private final QueryLevel level;
  private final List<Target> targets;
  private final List<BoundExpr> originals;
  private final List<BoundExpr> columns;
  private final boolean isDistinct;
  private final Set<Integer> distinctOn;
  private final BoundLimit limit;

  /** A sort key and the column of the select list that it is. */
  record TargetKey(int target, SortKey key) {}

  SelectTail(
      QueryLevel level,
      List<Target> targets,
      List<BoundExpr> originals,
      List<BoundExpr> columns,
      boolean isDistinct,
      Set<Integer> distinctOn,
      BoundLimit limit) {
    this.state = level.state();
    this.level = level;
    this.targets = targets;
    this.originals = originals;
    this.columns = columns;
    this.isDistinct = isDistinct;
    this.distinctOn = distinctOn;
    this.limit = limit;
  }

  Relation build(Relation input, List<TargetKey> sortKeys) {
    if (!level.rowLocks().isEmpty()) {
      return lockLast(input, sortKeys);
    }
    if (!isDistinct && !sortKeys.isEmpty() && hasVolatile(sortKeys)) {
      return computeVolatileLast(input, sortKeys);
    }
    return projectFirst(input, sortKeys);
  }

  private boolean hasVolatile(List<TargetKey> sortKeys) {
    for (int i = 0; i < columns.size(); i++) {
      if (!isSorted(i, sortKeys) && Expressions.isVolatile(columns.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSorted(int target, List<TargetKey> sortKeys) {
    for (TargetKey key : sortKeys) {
      if (key.target() == target) {
        return true;
      }
    }
    return false;
  }

  private boolean hasJunk() {
    for (Target target : targets) {
      if (target.isJunk()) {
        return true;
      }
    }
    return false;
  }

  private Relation projectFirst(Relation input, List<TargetKey> sortKeys) {
    List<String> names = TargetList.namesOf(targets);
    Relation relation = project(input, columns, names, originals);
    List<OutputColumn> outputs = relation.outputs();
    List<SortKey> keys = new ArrayList<>();
    for (TargetKey key : sortKeys) {
      keys.add(over(outputs.get(key.target()), key.key()));
    }
    if (isDistinct && distinctOn.isEmpty()) {
      relation = new Relation.Distinct(relation);
    }
    if (!distinctOn.isEmpty()) {
      relation = distinctOn(relation, sortKeys, keys);
    } else if (!keys.isEmpty()) {
      relation = new Relation.Sort(relation, List.copyOf(keys));
    }
    return withoutJunk(limit.apply(relation, keys));
  }

  private static SortKey over(OutputColumn output, SortKey key) {
    return new SortKey(output.ref(), key.isDescending(), key.nullsFirst());
  }

  private Relation distinctOn(Relation relation, List<TargetKey> sortKeys, List<SortKey> keys) {
    List<BoundExpr> on = new ArrayList<>();
    for (int target : distinctOn) {
      OutputColumn output = relation.outputs().get(target);
      on.add(output.ref());
      if (!isSorted(target, sortKeys)) {
        keys.add(new SortKey(output.ref(), false, false));
      }
    }
    return new Relation.DistinctOn(new Relation.Sort(relation, List.copyOf(keys)), List.copyOf(on));
  }

  private Relation withoutJunk(Relation relation) {
    if (!hasJunk()) {
      return relation;
    }
    List<BoundExpr> kept = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).isJunk()) {
        kept.add(relation.outputs().get(i).ref());
        names.add(targets.get(i).name());
      }
    }
    return project(relation, kept, names, kept);
  }

  private Relation lockLast(Relation input, List<TargetKey> sortKeys) {
    List<SortKey> keys = sortKeys.stream().map(TargetKey::key).toList();
    Relation relation = keys.isEmpty() ? input : new Relation.Sort(input, keys);
    relation = new Relation.LockRows(relation, List.copyOf(level.rowLocks()));
    List<BoundExpr> kept = new ArrayList<>();
    List<BoundExpr> keptOriginals = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).isJunk()) {
        kept.add(columns.get(i));
        keptOriginals.add(originals.get(i));
        names.add(targets.get(i).name());
      }
    }
    if (limit.isWithTies()) {
      throw BindErrors.notBuilt("FETCH WITH TIES together with row locks", -1);
    }
    return limit.apply(project(relation, kept, names, keptOriginals), keys);
  }

  private Relation computeVolatileLast(Relation input, List<TargetKey> sortKeys) {
    List<BoundExpr> early = new ArrayList<>();
    Map<Integer, Integer> sorted = new LinkedHashMap<>();
    for (TargetKey key : sortKeys) {
      sorted.put(key.target(), early.size());
      early.add(columns.get(key.target()));
    }
    Map<Long, Integer> passed = new LinkedHashMap<>();
    BitSet available = Expressions.relationsOf(input.outputs());
    for (int i = 0; i < columns.size(); i++) {
      if (!sorted.containsKey(i)) {
        Expressions.walk(columns.get(i), e -> pass(e, available, passed, early));
      }
    }
    List<String> earlyNames = early.stream().map(e -> "?column?").toList();
    Relation before = project(input, early, earlyNames, early);
    List<SortKey> keys = new ArrayList<>();
    for (TargetKey key : sortKeys) {
      keys.add(over(before.outputs().get(sorted.get(key.target())), key.key()));
    }
    List<BoundExpr> late = new ArrayList<>();
    List<BoundExpr> lateOriginals = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!targets.get(i).isJunk()) {
        late.add(
            sorted.containsKey(i)
                ? before.outputs().get(sorted.get(i)).ref()
                : Replacement.deep(columns.get(i), e -> passedRef(e, passed, before)));
        lateOriginals.add(originals.get(i));
        names.add(targets.get(i).name());
      }
    }
    if (limit.isWithTies()) {
      throw BindErrors.notBuilt("FETCH WITH TIES together with volatile functions", -1);
    }
    Relation sort = new Relation.Sort(before, List.copyOf(keys));
    return limit.apply(project(sort, late, names, lateOriginals), keys);
  }

  private static void pass(
      BoundExpr expr, BitSet available, Map<Long, Integer> passed, List<BoundExpr> early) {
    if (expr instanceof ColumnRef ref
        && available.get(ref.relation())
        && passed.putIfAbsent(key(ref), early.size()) == null) {
      early.add(ref);
    }
  }

  private static BoundExpr passedRef(BoundExpr expr, Map<Long, Integer> passed, Relation before) {
    if (expr instanceof ColumnRef ref && passed.containsKey(key(ref))) {
      return before.outputs().get(passed.get(key(ref))).ref();
    }
    return null;
  }

  private static long key(ColumnRef ref) {
    return (long) ref.relation() << 32 | ref.column();
  }

  private Relation project(
      Relation input, List<BoundExpr> exprs, List<String> names, List<BoundExpr> sources) {
    int relation = level.newRelation();
    for (int i = 0; i < sources.size(); i++) {
      state.provenance().inherit(relation, i, sources.get(i));
    }
    return new Relation.Project(
        relation, input, List.copyOf(exprs), Relation.outputsOf(relation, exprs, names));
  }
}
