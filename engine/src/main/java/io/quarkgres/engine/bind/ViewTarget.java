package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.FromItem;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.QueryBody;
import io.quarkgres.engine.ast.RelationStatement.CheckOption;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A view through which rows of a table are changed (manual, CREATE VIEW, "Updatable Views"): its
 * columns and conditions over a row of the table, through views in between. Used by one thread.
 */
final class ViewTarget {
  private final BindState state;
  private final ViewEntry view;
  private final Query query;
  private final QueryBody.Select select;
  private final FromItem.Table from;
  private final RelationEntry base;

  /** The view that this one is over, {@code null} over a table. */
  private final ViewTarget inner;

  private ViewTarget hindered;
  private boolean isExamined;

  private ViewTarget(
      BindState state, ViewEntry view, Query query, FromItem.Table from, RelationEntry base) {
    this.state = state;
    this.view = view;
    this.query = query;
    this.select = (QueryBody.Select) query.body();
    this.from = from;
    this.base = base;
    this.inner = base instanceof ViewEntry below ? of(state, below) : null;
  }

  /** Returns what a view is as a target; raises 55000 with the reason when it cannot be one. */
  static ViewTarget find(BindState state, ViewEntry view, String verb) {
    ViewTarget target = of(state, view);
    ViewTarget hindered = target.hindered();
    if (hindered != null) {
      throw refused(hindered.view, verb, hindered.obstacle());
    }
    boolean needsColumns = !verb.equals("deleting from");
    if (needsColumns && !target.hasUpdatableColumn()) {
      throw refused(
          view, verb, "Views that have no updatable columns are not automatically updatable.");
    }
    return target;
  }

  /** Tells which changes a view allows, as bits: 4 UPDATE, 8 INSERT, 16 DELETE. */
  static int events(BindState state, ViewEntry view) {
    ViewTarget target = of(state, view);
    if (target.hindered() != null) {
      return 0;
    }
    return target.hasUpdatableColumn() ? 28 : 16;
  }

  /** Tells whether a column (from 1) of a view is one of the table. */
  static boolean isUpdatable(BindState state, ViewEntry view, int column) {
    if (events(state, view) == 0) {
      return false;
    }
    int relation = state.newRelation(new QueryLevel(state, null, null));
    return baseColumn(of(state, view).entry(view.name(), relation), column - 1) >= 0;
  }

  /** Returns what keeps a view from being updatable, or {@code null}. */
  static String obstacle(BindState state, ViewEntry view) {
    ViewTarget target = of(state, view);
    ViewTarget hindered = target.hindered();
    if (hindered != null) {
      return hindered.obstacle();
    }
    return target.hasUpdatableColumn()
        ? null
        : "Views that have no updatable columns are not automatically updatable.";
  }

  private static ViewTarget of(BindState state, ViewEntry view) {
    Query query = (Query) Parser.parse(view.querySql()).get(0).statement();
    FromItem.Table from = null;
    RelationEntry base = null;
    if (query.body() instanceof QueryBody.Select select) {
      boolean isSingle = select.from().size() == 1;
      if (isSingle && select.from().get(0) instanceof FromItem.Table table) {
        from = table;
        BindContext before = state.lookup().useSearchPath(view.searchPath());
        try {
          base = query.with() == null ? state.lookup().relations().find(table.name()) : null;
        } finally {
          state.lookup().restore(before);
        }
      }
    } else {
      query = emptySelect(query);
    }
    return new ViewTarget(state, view, query, from, base);
  }

  /** Stands for a query that is no SELECT: nothing of it is read but that it is none. */
  private static Query emptySelect(Query query) {
    QueryBody.Select none =
        new QueryBody.Select(
            null, List.of(), List.of(), null, null, null, List.of(), query.position());
    boolean isSet = query.body() instanceof QueryBody.SetOperation;
    return new Query(
        query.with(), none, List.of(), null, List.of(), isSet ? SET : null, query.position());
  }

  /** Marks the place of a set operation. */
  private static final Query.Into SET = new Query.Into(null, null, -1);

  private static SqlException refused(ViewEntry view, String verb, String reason) {
    String hint =
        "To enable %s the view, provide an INSTEAD OF %s trigger or an unconditional ON %s DO INSTEAD rule.";
    String command = command(verb);
    String words =
        switch (command) {
          case "INSERT" -> "insert into";
          case "UPDATE" -> "update";
          default -> "delete from";
        };
    return new SqlException(
        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
        "cannot " + words + " view \"" + view.name() + "\"",
        reason,
        hint.formatted(verb, command, command));
  }

  private static String command(String verb) {
    return switch (verb) {
      case "inserting into" -> "INSERT";
      case "updating" -> "UPDATE";
      default -> "DELETE";
    };
  }

  // ---- what is in the way ----

  /** Returns the first view on the way down that is not updatable, {@code null} when all are. */
  private ViewTarget hindered() {
    if (!isExamined) {
      hindered = obstacle() != null ? this : inner == null ? null : inner.hindered();
      isExamined = true;
    }
    return hindered;
  }

  private String obstacle() {
    if (select.distinct() != null) {
      return containing("DISTINCT");
    }
    if (select.groupBy() != null) {
      return containing("GROUP BY");
    }
    if (select.having() != null) {
      return containing("HAVING");
    }
    if (query.into() == SET) {
      return containing("UNION, INTERSECT, or EXCEPT");
    }
    if (query.with() != null) {
      return containing("WITH");
    }
    if (query.limit() != null) {
      return containing("LIMIT or OFFSET");
    }
    boolean isBelowUpdatable = inner == null || inner.hindered() == null;
    if (from != null && base != null && isBelowUpdatable) {
      String calls = calls();
      if (calls != null) {
        return "Views that return " + calls + " are not automatically updatable.";
      }
    }
    boolean isTable = base instanceof TableEntry || base instanceof ViewEntry;
    if (from != null && from.sample() != null) {
      return containing("TABLESAMPLE");
    }
    return isTable
        ? null
        : "Views that do not select from a single table or view are not automatically updatable.";
  }

  private static String containing(String what) {
    return "Views containing " + what + " are not automatically updatable.";
  }

  private String calls() {
    QueryLevel level = new QueryLevel(state, null, null);
    targets(level, level.newRelation());
    if (level.hasAggregates()) {
      return "aggregate functions";
    }
    if (!level.windows().isEmpty()) {
      return "window functions";
    }
    return level.sets().isEmpty() ? null : "set-returning functions";
  }

  private boolean hasUpdatableColumn() {
    int relation = state.newRelation(new QueryLevel(state, null, null));
    return entry(view.name(), relation).columns().stream()
        .anyMatch(c -> c.expr() instanceof ColumnRef ref && ref.relation() == relation);
  }

  // ---- what it means ----

  /** Returns the table whose rows are changed, and notes the use of the views in between. */
  TableEntry table() {
    state.uses().lock(view.oid(), LockMode.ROW_EXCLUSIVE);
    return inner == null ? (TableEntry) base : inner.table();
  }

  /** Returns the view's columns over the row of the table that a relation number means. */
  RangeEntry entry(String alias, int relation) {
    List<Target> targets = targets(new QueryLevel(state, null, null), relation);
    List<RangeEntry.Column> columns = new ArrayList<>();
    for (int i = 0; i < view.columns().size(); i++) {
      columns.add(new RangeEntry.Column(view.columns().get(i).name(), targets.get(i).expr()));
    }
    return new RangeEntry(alias, view, columns, relation, null, false, false);
  }

  private List<Target> targets(QueryLevel level, int relation) {
    return over(
        level,
        relation,
        expressions -> {
          TargetList targets = new TargetList(expressions);
          targets.bind(select.targets(), Clause.SELECT_TARGET);
          for (int i = 0; i < targets.size(); i++) {
            targets.resolved(i);
          }
          return targets.all();
        });
  }

  /** Binds something of the view's query, with the row below in scope. */
  private <T> T over(QueryLevel level, int relation, Function<ExpressionBinder, T> action) {
    QueryLevel owner = state.owner(relation);
    String alias = from.alias() == null ? base.name() : from.alias().name();
    RangeEntry row =
        inner == null
            ? ScalarBinder.entry(alias, base, base.columns(), relation)
            : inner.entry(alias, relation);
    List<String> names = from.alias() == null ? List.of() : from.alias().columns();
    row = row.renamed(alias, names, -1);
    state.reserve(relation, level);
    level.range().add(row);
    level.setScope(List.of(ScopeItem.of(row)));
    BindContext before = state.lookup().useSearchPath(view.searchPath());
    try {
      return state.unpositioned(() -> action.apply(new ExpressionBinder(level)));
    } finally {
      state.lookup().restore(before);
      state.reserve(relation, owner);
    }
  }

  /** Returns the conditions of the view and those below it, over a row; innermost first. */
  List<BoundExpr> conditions(int relation) {
    List<BoundExpr> result = new ArrayList<>();
    if (inner != null) {
      result.addAll(inner.conditions(relation));
    }
    if (select.where() != null) {
      result.add(condition(relation));
    }
    return result;
  }

  private BoundExpr condition(int relation) {
    return over(
        new QueryLevel(state, null, null),
        relation,
        expressions -> expressions.condition(select.where(), Clause.WHERE, "WHERE"));
  }

  /** Returns what WITH CHECK OPTION asks of new rows. */
  List<Modification.Check> checks(int relation) {
    return checks(relation, false);
  }

  private List<Modification.Check> checks(int relation, boolean isCascaded) {
    boolean isChecked = isCascaded || view.checkOption() != CheckOption.NONE;
    boolean cascades = isCascaded || view.checkOption() == CheckOption.CASCADED;
    List<Modification.Check> result = new ArrayList<>();
    if (inner != null) {
      result.addAll(inner.checks(relation, cascades));
    }
    if (isChecked && select.where() != null) {
      BoundExpr condition = condition(relation);
      BoundExpr isTrue =
          new BoundExpr.IsTruth(condition, BoundExpr.Truth.TRUE, false, state.bool());
      result.add(new Modification.Check(view.name(), isTrue, true));
    }
    return result;
  }

  ViewEntry view() {
    return view;
  }

  /** Raises 0A000 for a column that is none of the table. */
  SqlException notUpdatable(int column, String verb) {
    Expression written =
        column < select.targets().size() ? select.targets().get(column).expression() : null;
    boolean isWholeRow = written instanceof Expression.Star;
    String words = verb.equals("inserting into") ? "insert into" : "update";
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "cannot %s column \"%s\" of view \"%s\""
            .formatted(words, view.columns().get(column).name(), view.name()),
        isWholeRow
            ? "View columns that return whole-row references are not updatable."
            : "View columns that are not columns of their base relation are not updatable.",
        null);
  }

  /** Returns the number of the table's column that a column of the view is, -1 for none. */
  static int baseColumn(RangeEntry entry, int column) {
    return entry.columns().get(column).expr() instanceof ColumnRef ref
            && ref.relation() == entry.relation()
        ? ref.column()
        : -1;
  }
}
