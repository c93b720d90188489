package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.List;

/** Binds DELETE. Used by one thread. */
final class DeleteBinder {
  private final QueryLevel level;
  private final DmlStatement.Delete delete;
  private final ExpressionBinder expressions;

  DeleteBinder(QueryLevel level, DmlStatement.Delete delete) {
    this.level = level;
    this.delete = delete;
    this.expressions = new ExpressionBinder(level);
  }

  Relation bind() {
    TargetTable target = TargetTable.find(level, delete.table().name(), "deleting from");
    LockBinder noLocks = new LockBinder(level, List.of(), List.of());
    FromBinder from = new FromBinder(expressions, noLocks);
    UpdateBinder.Source source =
        UpdateBinder.Source.of(from, noLocks, target, delete.table(), delete.using());
    BoundExpr where =
        delete.where() == null
            ? null
            : expressions.condition(delete.where(), Clause.WHERE, "WHERE");
    RangeEntry oldRow = target.entry(source.entry().name());
    List<ScopeItem> returningScope = DmlBinder.withTarget(level.scope(), source.entry(), oldRow);
    List<Target> returning = DmlBinder.returning(expressions, delete.returning(), returningScope);
    target.requireWritable();
    Relation marked = RowMarkers.apply(level, source.relation());
    Relation relation = where == null ? marked : new Relation.Filter(marked, where);
    Modification modification =
        new Modification.Delete(
            target.table(),
            target.target(),
            relation,
            source.scan(),
            true,
            source.with(from, where),
            DmlBinder.expressions(returning));
    return DmlBinder.modify(level, modification, returning);
  }
}
