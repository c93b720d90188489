package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import java.util.ArrayList;
import java.util.List;

/** Binds statements that change rows. Used by one thread. */
final class DmlBinder {
  private final BindState state;
  private final QueryLevel parent;
  private final CteScope ctes;

  DmlBinder(BindState state, QueryLevel parent, CteScope ctes) {
    this.state = state;
    this.parent = parent;
    this.ctes = ctes;
  }

  /** Binds a statement with its WITH clause. */
  Relation bind(DmlStatement statement, boolean isTopLevel) {
    if (statement.with() == null) {
      return dispatch(statement, new QueryLevel(state, parent, ctes));
    }
    if (statement instanceof DmlStatement.Merge && statement.with().isRecursive()) {
      throw BindErrors.syntax("WITH RECURSIVE is not supported for MERGE statement", -1);
    }
    CteScope scope = new CteScope(ctes);
    QueryLevel level = new QueryLevel(state, parent, scope);
    CteBinder with = new CteBinder(level, scope, statement.with());
    with.bind(isTopLevel);
    return with.around(dispatch(statement, level));
  }

  private static Relation dispatch(DmlStatement statement, QueryLevel level) {
    return switch (statement) {
      case DmlStatement.Insert insert -> new InsertBinder(level, insert).bind();
      case DmlStatement.Update update -> new UpdateBinder(level, update).bind();
      case DmlStatement.Delete delete -> new DeleteBinder(level, delete).bind();
      case DmlStatement.Merge merge -> new MergeBinder(level, merge).bind();
    };
  }

  /** Binds RETURNING over a scope. */
  static List<Target> returning(
      ExpressionBinder expressions, List<QueryBody.Target> items, List<ScopeItem> scope) {
    if (items.isEmpty()) {
      return List.of();
    }
    QueryLevel level = expressions.level();
    List<ScopeItem> before = level.scope();
    level.setScope(scope);
    TargetList targets = new TargetList(expressions);
    targets.bind(items, Clause.RETURNING);
    for (int i = 0; i < targets.size(); i++) {
      targets.resolved(i);
    }
    level.setScope(before);
    return List.copyOf(targets.all());
  }

  static List<BoundExpr> expressions(List<Target> targets) {
    return TargetList.expressionsOf(targets);
  }

  /** Makes the operator, which yields the columns of RETURNING. */
  static Relation modify(QueryLevel level, Modification modification, List<Target> returning) {
    int relation = level.newRelation();
    List<BoundExpr> columns = expressions(returning);
    for (int i = 0; i < columns.size(); i++) {
      level.state().provenance().inherit(relation, i, columns.get(i));
    }
    List<String> names = TargetList.namesOf(returning);
    return new Relation.Modify(
        relation, modification, Relation.outputsOf(relation, columns, names));
  }

  /** Replaces the item of the table in a scope by the row that RETURNING sees. */
  static List<ScopeItem> withTarget(List<ScopeItem> scope, RangeEntry table, RangeEntry target) {
    List<ScopeItem> result = new ArrayList<>();
    for (ScopeItem item : scope) {
      result.add(item.entry() == table ? ScopeItem.of(target) : item.asPlain());
    }
    return result;
  }
}
