package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.bind.CteScope.CteDefinition;
import io.quarkgres.engine.bind.QueryLevel.LockRequest;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.Oids;
import java.util.List;
import java.util.function.Function;

/** Binds queries: WITH, the body and what follows it. Used by one thread. */
final class QueryBinder {
  private final BindState state;
  private final QueryLevel parent;
  private final CteScope ctes;
  private final int depth;

  /**
   * Makes a binder of subqueries.
   *
   * @param parent the level around, or {@code null} for a query at the top
   * @param ctes the common table expressions in sight, or {@code null}
   */
  QueryBinder(BindState state, QueryLevel parent, CteScope ctes) {
    this(state, parent, ctes, parent == null ? 0 : parent.depth() + 1);
  }

  private QueryBinder(BindState state, QueryLevel parent, CteScope ctes, int depth) {
    this.state = state;
    this.parent = parent;
    this.ctes = ctes;
    this.depth = depth;
  }

  /** Makes the binder of a view's query, which sees nothing of the query around it. */
  static QueryBinder ofView(BindState state, QueryLevel around) {
    return new QueryBinder(state, null, null, around.depth() + 1);
  }

  /** A bound query. */
  record BoundQuery(Relation relation) {}

  /** Binds a query; columns of type unknown become text. */
  BoundQuery bind(Query query) {
    return bind(query, List.of(), false);
  }

  /**
   * Binds a query.
   *
   * @param locks the row locks that a query around it asks for
   */
  BoundQuery bind(Query query, List<LockRequest> locks, boolean isTopLevel) {
    Analyzed analyzed = analyze(query, locks, isTopLevel);
    resolveUnknowns(state, analyzed);
    return new BoundQuery(analyzed.build());
  }

  static void resolveUnknowns(BindState state, Analyzed analyzed) {
    List<BoundExpr> columns = analyzed.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).type().oid() == Oids.UNKNOWN) {
        analyzed.replaceColumn(i, state.coercer().resolveUnknown(columns.get(i)));
      }
    }
  }

  /** Analyzes a query; columns of type unknown stay so. */
  Analyzed analyze(Query query, List<LockRequest> locks, boolean isTopLevel) {
    state.enter();
    try {
      if (query.into() != null) {
        throw BindErrors.notBuilt("SELECT INTO in this context", query.into().position());
      }
      if (query.with() == null) {
        return analyzeBody(query, new QueryLevel(state, parent, ctes, depth), locks);
      }
      CteScope scope = new CteScope(ctes);
      QueryLevel level = new QueryLevel(state, parent, scope, depth);
      CteBinder with = new CteBinder(level, scope, query.with());
      with.bind(isTopLevel);
      return withAround(analyzeBody(query, level, locks), with);
    } finally {
      state.leave();
    }
  }

  private static Analyzed withAround(Analyzed inner, CteBinder with) {
    return new Analyzed() {
      @Override
      public List<BoundExpr> columns() {
        return inner.columns();
      }

      @Override
      public List<String> names() {
        return inner.names();
      }

      @Override
      public void replaceColumn(int column, BoundExpr expr) {
        inner.replaceColumn(column, expr);
      }

      @Override
      public Relation build() {
        return with.around(inner.build());
      }
    };
  }

  private Analyzed analyzeBody(Query query, QueryLevel level, List<LockRequest> locks) {
    return switch (query.body()) {
      case QueryBody.Select select -> new SelectBinder(level, query, select, locks).analyze();
      case QueryBody.Values values -> new ValuesBinder(level).bind(query, values);
      case QueryBody.SetOperation operation ->
          Analyzed.of(state, new SetOperationBinder(level).bind(query, operation, null, null));
      case QueryBody.Nested nested -> nested(query, nested, level, locks);
    };
  }

  private Analyzed nested(
      Query query, QueryBody.Nested nested, QueryLevel level, List<LockRequest> locks) {
    boolean hasTail =
        !query.orderBy().isEmpty() || query.limit() != null || !query.locking().isEmpty();
    QueryBinder inner = new QueryBinder(state, parent, level.ctes(), depth);
    if (!hasTail) {
      return inner.analyze(nested.query(), locks, false);
    }
    Relation relation = inner.bind(nested.query(), locks, false).relation();
    return Analyzed.of(state, new OutputTail(level, relation, null).apply(query, true));
  }

  /**
   * Binds a query of the form {@code a UNION b} that may refer to itself in {@code b}.
   *
   * @param naming gives the columns of {@code a} the names that the reference sees
   */
  void bindRecursive(
      Query query,
      CteDefinition definition,
      Function<List<OutputColumn>, List<OutputColumn>> naming) {
    QueryBody.SetOperation operation = (QueryBody.SetOperation) query.body();
    CteScope scope = query.with() == null ? ctes : new CteScope(ctes);
    QueryLevel level = new QueryLevel(state, parent, scope, depth);
    CteBinder with = null;
    if (query.with() != null) {
      with = new CteBinder(level, scope, query.with());
      with.bind(false);
    }
    Relation whole = new SetOperationBinder(level).bind(query, operation, definition, naming);
    if (!definition.isRecursive) {
      definition.query = with == null ? whole : with.around(whole);
    } else if (with != null) {
      throw BindErrors.notBuilt("WITH inside a recursive query", query.with().position());
    }
  }
}
