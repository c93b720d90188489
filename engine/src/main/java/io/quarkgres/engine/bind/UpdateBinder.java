package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.bind.FromBinder.Bound;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.Privilege;
import java.util.ArrayList;
import java.util.List;

/** Binds UPDATE. Used by one thread. */
final class UpdateBinder {
  private final QueryLevel level;
  private final DmlStatement.Update update;
  private final ExpressionBinder expressions;

  UpdateBinder(QueryLevel level, DmlStatement.Update update) {
    this.level = level;
    this.update = update;
    this.expressions = new ExpressionBinder(level);
  }

  Relation bind() {
    TargetTable target = TargetTable.find(level, update.table().name(), "updating");
    LockBinder noLocks = new LockBinder(level, List.of(), List.of());
    FromBinder from = new FromBinder(expressions, noLocks);
    Source source = Source.of(from, noLocks, target, update.table(), update.from());
    BoundExpr where =
        update.where() == null
            ? null
            : expressions.condition(update.where(), Clause.WHERE, "WHERE");
    RangeEntry newRow = target.entry(source.entry().name());
    List<ScopeItem> returningScope = DmlBinder.withTarget(level.scope(), source.entry(), newRow);
    List<Target> returning = DmlBinder.returning(expressions, update.returning(), returningScope);
    AssignmentBinder assignments = new AssignmentBinder(expressions, target, source.entry());
    assignments.bind(update.assignments());
    target.requireWritable();
    target.written(Privilege.UPDATE, assignments.columns());
    Relation marked = RowMarkers.apply(level, source.relation());
    Relation relation = where == null ? marked : new Relation.Filter(marked, where);
    for (Relation row : assignments.rowSources()) {
      relation = from.join(Relation.JoinKind.INNER, relation, row, null);
    }
    Modification modification =
        new Modification.Update(
            target.table(),
            target.target(),
            relation,
            source.scan(),
            assignments.columns(),
            assignments.values(),
            target.generated(),
            target.checks(),
            assignments.rowSources().isEmpty(),
            source.with(from, where),
            DmlBinder.expressions(returning));
    return DmlBinder.modify(level, modification, returning);
  }

  /** The table to change joined with FROM or USING; all of it is in scope afterwards. */
  record Source(Relation relation, int scan, RangeEntry entry, BoundExpr condition) {
    static Source of(
        FromBinder from,
        LockBinder locks,
        TargetTable target,
        FromItem.Table table,
        List<FromItem> others) {
      QueryLevel level = from.level();
      String alias = table.alias() == null ? target.name() : table.alias().name();
      TableBinder tables = new TableBinder(from, locks);
      Relation.Scan scan = tables.scan(target.table(), alias);
      Bound bound = bound(from, target, tables, scan, table, alias);
      List<ScopeItem> hidden = new ArrayList<>();
      bound.scope().forEach(s -> hidden.add(s.asLateral(false)));
      level.setScope(hidden);
      level.setChangedEntry(bound.scope().get(0).entry());
      List<BoundExpr> conditions = target.conditions(scan.relation());
      BoundExpr condition =
          conditions.isEmpty() ? null : from.expressions().operators().allOf(conditions);
      Relation rows = condition == null ? scan : new Relation.Filter(scan, condition);
      Relation relation = from.bind(others, rows);
      return new Source(relation, scan.relation(), bound.scope().get(0).entry(), condition);
    }

    private static Bound bound(
        FromBinder from,
        TargetTable target,
        TableBinder tables,
        Relation.Scan scan,
        FromItem.Table table,
        String alias) {
      if (!target.isView()) {
        return tables.bindScan(scan, table.alias(), alias);
      }
      List<String> names = table.alias() == null ? List.of() : table.alias().columns();
      RangeEntry entry = target.entryOver(alias, scan.relation()).renamed(alias, names, -1);
      return from.single(scan, entry);
    }

    /** Returns a condition together with that of the view, either of which may be missing. */
    BoundExpr with(FromBinder from, BoundExpr where) {
      if (condition == null || where == null) {
        return condition == null ? where : condition;
      }
      return from.expressions().operators().allOf(List.of(condition, where));
    }
  }
}
