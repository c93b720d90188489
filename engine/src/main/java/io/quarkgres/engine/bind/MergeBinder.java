package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.bind.FromBinder.Bound;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Binds MERGE. Used by one thread. */
final class MergeBinder {
  private final QueryLevel level;
  private final DmlStatement.Merge merge;
  private final ExpressionBinder expressions;
  private TargetTable target;
  private RangeEntry row;
  private List<ScopeItem> matched;
  private List<ScopeItem> unmatched;

  MergeBinder(QueryLevel level, DmlStatement.Merge merge) {
    this.level = level;
    this.merge = merge;
    this.expressions = new ExpressionBinder(level);
  }

  Relation bind() {
    requireReachable();
    target = TargetTable.find(level, merge.table().name(), "merging into");
    LockBinder noLocks = new LockBinder(level, List.of(), List.of());
    FromBinder from = new FromBinder(expressions, noLocks);
    Relation source = from.bind(List.of(merge.source()));
    Relation.Scan scan = scan(new TableBinder(from, noLocks));
    level.setScope(matched);
    BoundExpr on = expressions.condition(merge.on(), Clause.JOIN_ON, "JOIN/ON");
    List<Modification.MergeAction> actions = new ArrayList<>();
    merge.whens().forEach(when -> actions.add(action(when)));
    boolean needsAll = merge.whens().stream().anyMatch(when -> !when.isMatched());
    Relation joined =
        from.join(needsAll ? Relation.JoinKind.LEFT : Relation.JoinKind.INNER, source, scan, on);
    Modification modification =
        new Modification.Merge(
            target.table(),
            target.target(),
            joined,
            scan.relation(),
            List.copyOf(actions),
            target.generated(),
            target.checks());
    return DmlBinder.modify(level, modification, List.of());
  }

  private void requireReachable() {
    boolean[] isOver = new boolean[2];
    for (DmlStatement.MergeWhen when : merge.whens()) {
      int kind = when.isMatched() ? 1 : 0;
      if (isOver[kind]) {
        throw new SqlException(
            SqlState.SYNTAX_ERROR,
            "unreachable WHEN clause specified after unconditional WHEN clause");
      }
      isOver[kind] = when.condition() == null;
    }
  }

  /** Makes the scan of the table; it and the source, in scope already, make both scopes. */
  private Relation.Scan scan(TableBinder tables) {
    FromItem.Table table = merge.table();
    String alias = table.alias() == null ? target.table().name() : table.alias().name();
    Relation.Scan scan = tables.scan(target.table(), alias);
    List<ScopeItem> source = level.scope();
    Bound bound = tables.bindScan(scan, table.alias(), alias);
    row = bound.scope().get(0).entry();
    for (ScopeItem item : source) {
      if (item.showsName() && alias.equals(item.entry().name())) {
        throw new SqlException(
                SqlState.DUPLICATE_ALIAS, "name \"" + alias + "\" specified more than once")
            .withDetail("The name is used both as MERGE target table and data source.");
      }
    }
    matched = new ArrayList<>(bound.scope());
    matched.addAll(source);
    unmatched = source;
    return scan;
  }

  private Modification.MergeAction action(DmlStatement.MergeWhen when) {
    level.setScope(when.isMatched() ? matched : unmatched);
    BoundExpr condition =
        when.condition() == null
            ? null
            : expressions.condition(when.condition(), Clause.MERGE_WHEN, "WHEN");
    return switch (when.action()) {
      case DmlStatement.MergeAction.Update update -> update(condition, update, when.position());
      case DmlStatement.MergeAction.Delete delete -> new Modification.MergeAction.Delete(condition);
      case DmlStatement.MergeAction.Insert insert -> insert(condition, insert, when.position());
      case DmlStatement.MergeAction.DoNothing nothing ->
          new Modification.MergeAction.Nothing(when.isMatched(), condition);
    };
  }

  private Modification.MergeAction update(
      BoundExpr condition, DmlStatement.MergeAction.Update update, int position) {
    AssignmentBinder assignments = new AssignmentBinder(expressions, target, row);
    assignments.bind(update.assignments());
    if (!assignments.rowSources().isEmpty()) {
      throw BindErrors.notBuilt("a row subquery in MERGE", position);
    }
    return new Modification.MergeAction.Update(
        condition, assignments.columns(), assignments.values());
  }

  private Modification.MergeAction insert(
      BoundExpr condition, DmlStatement.MergeAction.Insert insert, int position) {
    DmlStatement.Insert plain =
        new DmlStatement.Insert(
            null,
            merge.table().name(),
            null,
            insert.columns(),
            insert.overriding(),
            null,
            null,
            List.of(),
            position);
    return new Modification.MergeAction.Insert(
        condition, new InsertBinder(level, plain).bindRow(target, insert.values()));
  }
}
