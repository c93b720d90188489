package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.With;
import io.quarkgres.engine.bind.CteScope.CteDefinition;
import io.quarkgres.engine.bind.CteScope.Progress;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Binds WITH. Under RECURSIVE, a query is bound when it is first referred to, so that forward
 * references work; a reference to one that is being bound is a recursive one. Used by one thread.
 */
final class CteBinder {
  private final BindState state;
  private final QueryLevel level;
  private final CteScope scope;
  private final With with;
  private final List<CteDefinition> finished = new ArrayList<>();
  private final List<CteDefinition> all = new ArrayList<>();

  /**
   * Makes the binder of a WITH clause.
   *
   * @param level the level of the query that it belongs to
   * @param scope the scope to add to
   */
  CteBinder(QueryLevel level, CteScope scope, With with) {
    this.state = level.state();
    this.level = level;
    this.scope = scope;
    this.with = with;
  }

  /** Binds all of the clause. */
  void bind(boolean isTopLevel) {
    Set<String> names = new HashSet<>();
    for (With.CommonTable table : with.tables()) {
      if (!names.add(table.name())) {
        throw new SqlException(
            SqlState.DUPLICATE_ALIAS,
            "WITH query name \"" + table.name() + "\" specified more than once",
            table.position());
      }
      if (table.statement() instanceof DmlStatement && !isTopLevel) {
        throw BindErrors.notSupported(
            "WITH clause containing a data-modifying statement must be at the top level",
            table.position());
      }
      if (table.search() != null || table.cycle() != null) {
        throw BindErrors.notBuilt(table.search() != null ? "SEARCH" : "CYCLE", table.position());
      }
    }
    List<CteDefinition> definitions = new ArrayList<>();
    for (With.CommonTable table : with.tables()) {
      definitions.add(new CteDefinition(table, state.ctes().newNumber()));
    }
    if (with.isRecursive()) {
      definitions.forEach(scope::add);
      state.ctes().putPending(this, definitions);
    }
    all.addAll(definitions);
    for (CteDefinition definition : definitions) {
      scope.setLater(with.isRecursive() ? Set.of() : Set.copyOf(names));
      if (definition.progress == Progress.WAITING) {
        finish(definition);
      }
      names.remove(definition.syntax.name());
      scope.setLater(Set.of());
      if (!with.isRecursive()) {
        scope.add(definition);
      }
    }
  }

  /** Returns the finished expressions around a body. */
  Relation around(Relation body) {
    List<Relation.Cte> ctes = new ArrayList<>();
    for (CteDefinition definition : finished) {
      ctes.add(
          new Relation.Cte(
              definition.number,
              definition.syntax.name(),
              definition.query,
              definition.recursive,
              definition.isUnionAll,
              materialized(definition.syntax),
              definition.references));
    }
    return new Relation.With(List.copyOf(ctes), body);
  }

  private static Boolean materialized(With.CommonTable table) {
    return switch (table.materialization()) {
      case DEFAULT -> null;
      case MATERIALIZED -> Boolean.TRUE;
      case NOT_MATERIALIZED -> Boolean.FALSE;
    };
  }

  /** Binds one expression. */
  void finish(CteDefinition definition) {
    definition.progress = Progress.BINDING;
    RecursionGuard.Place before = state.recursion().restart(RecursionGuard.Place.OK);
    state.ctes().begin(definition);
    try {
      bindStatement(definition);
    } finally {
      state.ctes().end();
      state.recursion().leave(before);
    }
    definition.progress = Progress.DONE;
    finished.add(definition);
  }

  private void bindStatement(CteDefinition definition) {
    Statement statement = definition.syntax.statement();
    if (statement instanceof Query query) {
      if (query.into() != null) {
        throw BindErrors.notSupported(
            "WITH query name \"" + definition.syntax.name() + "\" must not have INTO",
            query.position());
      }
      if (with.isRecursive()) {
        bindMaybeRecursive(definition, query);
      } else {
        definition.query = new QueryBinder(state, level, scope).bind(query).relation();
      }
    } else {
      definition.query = new DmlBinder(state, level, scope).bind((DmlStatement) statement, false);
      definition.returnsRows = !definition.query.outputs().isEmpty();
    }
    definition.columns = named(definition, definition.query.outputs());
  }

  private void bindMaybeRecursive(CteDefinition definition, Query query) {
    QueryBinder binder = new QueryBinder(state, level, scope);
    boolean isUnion =
        query.body() instanceof QueryBody.SetOperation operation
            && operation.operator() == QueryBody.SetOperator.UNION;
    if (!isUnion) {
      RecursionGuard.Place before = state.recursion().restart(RecursionGuard.Place.OK);
      definition.query = binder.bind(query).relation();
      state.recursion().leave(before);
      return;
    }
    binder.bindRecursive(query, definition, outputs -> named(definition, outputs));
  }

  /** Returns the columns under the names that the column list gives them. */
  private List<OutputColumn> named(CteDefinition definition, List<OutputColumn> outputs) {
    List<String> names = definition.syntax.columns();
    if (names.size() > outputs.size()) {
      throw BindErrors.columnReference(
          "WITH query \"%s\" has %d columns available but %d columns specified"
              .formatted(definition.syntax.name(), outputs.size(), names.size()),
          definition.syntax.position());
    }
    List<OutputColumn> result = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      OutputColumn output = outputs.get(i);
      String name = i < names.size() ? names.get(i) : output.name();
      result.add(
          new OutputColumn(
              output.relation(), output.column(), name, output.type(), output.typmod()));
    }
    return result;
  }

  /** Binds the scan of a common table expression in FROM. */
  static Relation.CteScan scan(
      QueryLevel level, CteDefinition definition, String alias, int position) {
    BindState state = level.state();
    switch (definition.progress) {
      case WAITING -> state.ctes().pendingBinder(definition).finish(definition);
      case BINDING -> {
        checkRecursive(state, definition, position);
        level.markRecursiveTerm();
      }
      case DONE -> {}
    }
    if (!definition.returnsRows) {
      throw BindErrors.notSupported(
          "WITH query \"" + definition.syntax.name() + "\" does not have a RETURNING clause",
          position);
    }
    definition.references++;
    int relation = level.newRelation();
    List<OutputColumn> outputs = new ArrayList<>();
    for (OutputColumn column : definition.columns) {
      outputs.add(
          new OutputColumn(
              relation, outputs.size(), column.name(), column.type(), column.typmod()));
      if (definition.isRecursive) {
        state.provenance().inheritShape(relation, outputs.size() - 1, column.ref());
      } else {
        state.provenance().inherit(relation, outputs.size() - 1, column.ref());
      }
    }
    return new Relation.CteScan(relation, definition.number, alias, List.copyOf(outputs));
  }

  private static void checkRecursive(BindState state, CteDefinition definition, int position) {
    String name = definition.syntax.name();
    if (!state.ctes().isInnermostBinding(definition)) {
      throw BindErrors.notSupported(
          "mutual recursion between WITH items is not implemented",
          state.ctes().outermostBinding().syntax.position());
    }
    if (definition.columns == null) {
      boolean isUnion =
          definition.syntax.statement() instanceof Query query
              && query.body() instanceof QueryBody.SetOperation operation
              && operation.operator() == QueryBody.SetOperator.UNION;
      if (!isUnion) {
        throw new SqlException(
            SqlState.INVALID_RECURSION,
            "recursive query \"%s\" does not have the form non-recursive-term UNION [ALL] recursive-term"
                .formatted(name),
            definition.syntax.position());
      }
    }
    state.recursion().check(name, position);
    if (definition.isRecursive) {
      throw new SqlException(
          SqlState.INVALID_RECURSION,
          "recursive reference to query \"" + name + "\" must not appear more than once",
          position);
    }
    definition.isRecursive = true;
  }
}
