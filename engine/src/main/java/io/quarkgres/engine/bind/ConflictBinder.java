package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.IndexElement;
import io.quarkgres.engine.ast.OnConflict;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Equivalence;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Implication;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.spi.error.ErrorObject;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Binds ON CONFLICT: finds the unique indexes that are meant, binds DO UPDATE. One thread. */
final class ConflictBinder {
  private final ExpressionBinder expressions;
  private final BindState state;
  private final QueryLevel level;
  private final TargetTable target;
  private final RangeEntry row;

  /**
   * Makes a binder.
   *
   * @param row the existing row, under the table's alias
   */
  ConflictBinder(ExpressionBinder expressions, TargetTable target, RangeEntry row) {
    this.expressions = expressions;
    this.state = expressions.state();
    this.level = expressions.level();
    this.target = target;
    this.row = row;
  }

  Modification.Conflict bind(OnConflict conflict) {
    if (conflict.isUpdate() && conflict.target() == null) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "ON CONFLICT DO UPDATE requires inference specification or constraint name",
          null,
          "For example, ON CONFLICT (column_name).",
          conflict.position());
    }
    List<ScopeItem> before = level.scope();
    level.setScope(List.of(ScopeItem.of(row)));
    List<IndexEntry> arbiters =
        switch (conflict.target()) {
          case null -> List.of();
          case OnConflict.Target.Inference inference -> infer(inference);
          case OnConflict.Target.Constraint constraint -> {
            IndexEntry arbiter = byName(constraint.name());
            if (conflict.isUpdate()) {
              arbiter.keys().forEach(key -> readsColumn(key.column()));
            }
            yield List.of(arbiter);
          }
        };
    refuseLateArbiters(arbiters);
    int excluded = level.newRelation();
    AssignmentBinder assignments = new AssignmentBinder(expressions, target, row);
    BoundExpr where = null;
    if (conflict.isUpdate()) {
      RangeEntry excludedRow = target.entryOver("excluded", excluded);
      for (int i = 0; i < target.table().columns().size(); i++) {
        // reading what was proposed needs the same right as reading what is there
        state.provenance().setOrigin(excluded, i, target.table().oid(), target.column(i).number());
      }
      level.range().add(excludedRow);
      level.setScope(List.of(ScopeItem.of(row), ScopeItem.of(excludedRow)));
      assignments.bind(conflict.assignments());
      if (!assignments.rowSources().isEmpty()) {
        throw BindErrors.notBuilt("a row subquery in ON CONFLICT DO UPDATE", conflict.position());
      }
      where =
          conflict.where() == null
              ? null
              : expressions.condition(conflict.where(), Clause.WHERE, "WHERE");
    }
    if (conflict.isUpdate()) {
      state.uses().access(target.table().oid(), Privilege.UPDATE);
      target.written(Privilege.UPDATE, assignments.columns());
    }
    level.setScope(before);
    return new Modification.Conflict(
        arbiters,
        conflict.isUpdate(),
        excluded,
        assignments.columns(),
        assignments.values(),
        where);
  }

  /** To find a row by a key tells what is in it. */
  private void readsColumn(int number) {
    if (number > 0) {
      state.uses().access(target.table().oid(), number, Privilege.SELECT);
    }
  }

  /** Without a target every unique index is an arbiter. */
  private void refuseLateArbiters(List<IndexEntry> arbiters) {
    List<IndexEntry> all =
        arbiters.isEmpty() ? state.catalog().indexesOf(target.table().oid()) : arbiters;
    for (IndexEntry index : all) {
      if (index.isDeferrable()) {
        throw new SqlException(
                SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                "ON CONFLICT does not support deferrable unique constraints/exclusion constraints"
                    + " as arbiters")
            .withObject(
                ErrorObject.constraint(index.schema(), target.table().name(), index.name()));
      }
    }
  }

  private IndexEntry byName(String name) {
    TableEntry table = target.table();
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Key key && key.name().equals(name)) {
        for (IndexEntry index : state.catalog().indexesOf(table.oid())) {
          if (index.oid() == key.indexOid()) {
            return index;
          }
        }
      }
    }
    throw BindErrors.undefinedObject(
        "constraint \"%s\" for table \"%s\" does not exist".formatted(name, table.name()), -1);
  }

  /** Finds the unique indexes over exactly the given columns and expressions. */
  private List<IndexEntry> infer(OnConflict.Target.Inference inference) {
    Set<Integer> columns = new HashSet<>();
    List<BoundExpr> keys = new ArrayList<>();
    for (IndexElement element : inference.elements()) {
      if (element.operatorClass() != null || element.collation() != null) {
        throw BindErrors.notBuilt(
            "an operator class or collation in ON CONFLICT", element.position());
      }
      BoundExpr key =
          element.column() != null
              ? expressions.names().column(List.of(element.column()), inference.position())
              : expressions.bind(element.expression().expression(), Clause.INDEX_EXPRESSION);
      if (key instanceof BoundExpr.ColumnRef ref && ref.relation() == target.target()) {
        columns.add(ref.column() + 1);
      } else {
        keys.add(key);
      }
    }
    BoundExpr where =
        inference.where() == null
            ? null
            : expressions.condition(inference.where(), Clause.INDEX_PREDICATE, "WHERE");
    List<IndexEntry> result = new ArrayList<>();
    for (IndexEntry index : state.catalog().indexesOf(target.table().oid())) {
      if (index.isUnique() && matches(index, columns, keys) && implies(where, index)) {
        result.add(index);
      }
    }
    if (result.isEmpty()) {
      throw new SqlException(
          SqlState.INVALID_COLUMN_REFERENCE,
          "there is no unique or exclusion constraint matching the ON CONFLICT specification");
    }
    return List.copyOf(result);
  }

  private boolean matches(IndexEntry index, Set<Integer> columns, List<BoundExpr> keys) {
    Set<Integer> indexColumns = new HashSet<>();
    List<BoundExpr> indexKeys = new ArrayList<>();
    for (IndexEntry.Key key : index.keys()) {
      if (key.column() > 0) {
        indexColumns.add(key.column());
      } else {
        indexKeys.add(overRow(key.expressionSql(), Clause.INDEX_EXPRESSION));
      }
    }
    return indexColumns.equals(columns)
        && keys.stream().allMatch(k -> containsSame(indexKeys, k))
        && indexKeys.stream().allMatch(k -> containsSame(keys, k));
  }

  private static boolean containsSame(List<BoundExpr> list, BoundExpr wanted) {
    return list.stream().anyMatch(e -> Equivalence.same(e, wanted));
  }

  /** Tells whether all rows for which a condition is true are in a partial index. */
  private boolean implies(BoundExpr where, IndexEntry index) {
    if (index.predicateSql() == null) {
      return true;
    }
    if (where == null) {
      return false;
    }
    BoundExpr predicate = overRow(index.predicateSql(), Clause.INDEX_PREDICATE);
    return new Implication(state.catalog().functions())
        .implies(Expressions.conjuncts(where), Expressions.conjuncts(predicate));
  }

  private BoundExpr overRow(String sql, Clause clause) {
    QueryLevel owner = state.owner(target.target());
    BoundExpr result = new ScalarBinder(state).overSql(sql, target.baseEntry(), clause);
    state.reserve(target.target(), owner);
    return result;
  }
}
