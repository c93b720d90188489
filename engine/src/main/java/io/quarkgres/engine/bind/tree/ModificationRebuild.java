package io.quarkgres.engine.bind.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rebuilds modifications with another source and other expressions. Thread: any. */
final class ModificationRebuild {
  private ModificationRebuild() {}

  private static List<Modification.Check> checks(
      List<Modification.Check> checks, UnaryOperator<BoundExpr> f) {
    List<Modification.Check> result = new ArrayList<>();
    for (Modification.Check check : checks) {
      result.add(
          new Modification.Check(check.name(), f.apply(check.condition()), check.isOfView()));
    }
    return result;
  }

  /** Rebuilds a modification with another source and other expressions. */
  static Modification rebuild(
      Modification modification, UnaryOperator<Relation> inputs, UnaryOperator<BoundExpr> f) {
    return switch (modification) {
      case Modification.Insert m ->
          new Modification.Insert(
              m.table(),
              m.target(),
              inputs.apply(m.source()),
              m.columns(),
              RelationRebuild.optionals(m.defaults(), f),
              RelationRebuild.optionals(m.generated(), f),
              checks(m.checks(), f),
              conflict(m.conflict(), f),
              Expressions.map(m.returning(), f));
      case Modification.Update m ->
          new Modification.Update(
              m.table(),
              m.target(),
              inputs.apply(m.source()),
              m.scan(),
              m.columns(),
              Expressions.map(m.values(), f),
              RelationRebuild.optionals(m.generated(), f),
              checks(m.checks(), f),
              m.isRecheckable(),
              RelationRebuild.optional(m.recheck(), f),
              Expressions.map(m.returning(), f));
      case Modification.Delete m ->
          new Modification.Delete(
              m.table(),
              m.target(),
              inputs.apply(m.source()),
              m.scan(),
              m.isRecheckable(),
              RelationRebuild.optional(m.recheck(), f),
              Expressions.map(m.returning(), f));
      case Modification.Merge m ->
          new Modification.Merge(
              m.table(),
              m.target(),
              inputs.apply(m.source()),
              m.scan(),
              actions(m.actions(), f),
              RelationRebuild.optionals(m.generated(), f),
              checks(m.checks(), f));
    };
  }

  private static List<Modification.MergeAction> actions(
      List<Modification.MergeAction> actions, UnaryOperator<BoundExpr> f) {
    List<Modification.MergeAction> result = new ArrayList<>();
    for (Modification.MergeAction action : actions) {
      BoundExpr condition = RelationRebuild.optional(action.condition(), f);
      result.add(
          switch (action) {
            case Modification.MergeAction.Update a ->
                new Modification.MergeAction.Update(
                    condition, a.columns(), Expressions.map(a.values(), f));
            case Modification.MergeAction.Delete a ->
                new Modification.MergeAction.Delete(condition);
            case Modification.MergeAction.Insert a ->
                new Modification.MergeAction.Insert(
                    condition, RelationRebuild.optionals(a.values(), f));
            case Modification.MergeAction.Nothing a ->
                new Modification.MergeAction.Nothing(a.isMatched(), condition);
          });
    }
    return result;
  }

  private static Modification.Conflict conflict(
      Modification.Conflict conflict, UnaryOperator<BoundExpr> f) {
    return conflict == null
        ? null
        : new Modification.Conflict(
            conflict.arbiters(),
            conflict.isUpdate(),
            conflict.excluded(),
            conflict.columns(),
            Expressions.map(conflict.values(), f),
            RelationRebuild.optional(conflict.where(), f));
  }
}
