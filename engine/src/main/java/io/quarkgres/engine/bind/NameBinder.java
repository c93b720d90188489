package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Resolves names of columns and rows in a query level and those around it. Used by one thread. */
final class NameBinder {
  private static final List<String> HIDDEN_COLUMNS = List.of("xmin", "xmax", "cmin", "cmax");

  private final BindState state;
  private final QueryLevel level;
  private final NameErrors errors;

  NameBinder(QueryLevel level) {
    this.state = level.state();
    this.level = level;
    this.errors = new NameErrors(level);
  }

  /** Binds a reference of one to four parts. */
  BoundExpr column(List<String> parts, int position) {
    if (level.clause() == Clause.COLUMN_DEFAULT) {
      throw BindErrors.notSupported("cannot use column reference in DEFAULT expression", position);
    }
    return switch (parts.size()) {
      case 1 -> unqualified(parts.get(0), position);
      case 2 -> qualified(null, parts.get(0), parts.get(1), position);
      case 3 -> qualified(parts.get(0), parts.get(1), parts.get(2), position);
      case 4 -> {
        checkDatabase(parts, position);
        yield qualified(parts.get(1), parts.get(2), parts.get(3), position);
      }
      default ->
          throw BindErrors.syntax(
              "improper qualified name (too many dotted names): " + String.join(".", parts),
              position);
    };
  }

  private void checkDatabase(List<String> parts, int position) {
    if (!parts.get(0).equals(state.catalog().databaseName())) {
      throw BindErrors.notSupported(
          "cross-database references are not implemented: " + String.join(".", parts), position);
    }
  }

  private BoundExpr unqualified(String name, int position) {
    BoundExpr column = unqualifiedOrNull(name, position);
    if (column != null) {
      return column;
    }
    RangeEntry row = findEntry(null, name, position);
    if (row != null) {
      return wholeRow(row, position);
    }
    throw errors.missingColumn(null, name, position);
  }

  /** Returns the column of a name, or {@code null} when no level has one. */
  BoundExpr unqualifiedOrNull(String name, int position) {
    for (QueryLevel at = level; at != null; at = at.parent()) {
      BoundExpr found = null;
      for (ScopeItem item : at.scope()) {
        if (!item.showsColumns() || (item.isLateralOnly() && !at.isLateralActive())) {
          continue;
        }
        int column = item.entry().find(name, position);
        if (column < 0) {
          continue;
        }
        if (found != null) {
          throw BindErrors.ambiguousColumn(name, position);
        }
        errors.checkLateral(item, position);
        found = reference(item.entry(), column, position);
      }
      if (found == null) {
        found = unqualifiedSystemColumn(at, name, position);
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private BoundExpr unqualifiedSystemColumn(QueryLevel at, String name, int position) {
    if (!isSystemColumn(name)) {
      return null;
    }
    BoundExpr found = null;
    for (ScopeItem item : at.scope()) {
      if (item.showsColumns() && !item.entry().isJoin()) {
        BoundExpr column = systemColumn(item.entry(), name, position);
        if (column != null && found != null) {
          throw BindErrors.ambiguousColumn(name, position);
        }
        found = column == null ? found : column;
      }
    }
    return found;
  }

  private BoundExpr qualified(String schema, String table, String name, int position) {
    RangeEntry entry = findEntry(schema, table, position);
    if (entry == null) {
      throw errors.missingEntry(schema, table, position);
    }
    int column = entry.find(name, position);
    if (column >= 0) {
      return reference(entry, column, position);
    }
    BoundExpr system = systemColumn(entry, name, position);
    if (system != null) {
      return system;
    }
    throw errors.missingColumn(schema == null ? table : schema + "." + table, name, position);
  }

  /** Returns the visible item of FROM of a name, or {@code null}. */
  RangeEntry findEntry(String schema, String name, int position) {
    for (QueryLevel at = level; at != null; at = at.parent()) {
      RangeEntry found = null;
      for (ScopeItem item : at.scope()) {
        if (!item.showsName()
            || (item.isLateralOnly() && !at.isLateralActive())
            || !matches(item.entry(), schema, name)) {
          continue;
        }
        if (found != null) {
          throw new SqlException(
              SqlState.AMBIGUOUS_ALIAS, "table reference \"" + name + "\" is ambiguous", position);
        }
        errors.checkLateral(item, position);
        found = item.entry();
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean matches(RangeEntry entry, String schema, String name) {
    if (!name.equals(entry.name())) {
      return false;
    }
    return schema == null
        || entry.catalogEntry() != null
            && entry.catalogEntry().schema().equals(schema)
            && entry.catalogEntry().name().equals(name);
  }

  /** Returns a new reference to a column of an item. */
  BoundExpr reference(RangeEntry entry, int column, int position) {
    BoundExpr expr = entry.columns().get(column).expr();
    // What a join has merged is noted where it is merged.
    state.uses().read(expr);
    return state.at(fresh(expr), position);
  }

  /** Returns an equal expression with an identity (and so a position) of its own. */
  private static BoundExpr fresh(BoundExpr expr) {
    return expr instanceof ColumnRef ref
        ? new ColumnRef(ref.relation(), ref.column(), ref.type(), ref.typmod(), ref.name())
        : Expressions.mapChildren(expr, e -> e);
  }

  /** Returns the row of an item as one value. */
  BoundExpr wholeRow(RangeEntry entry, int position) {
    if (entry.isScalarFunction()) {
      return reference(entry, 0, position);
    }
    List<BoundExpr> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < entry.columns().size(); i++) {
      fields.add(reference(entry, i, position));
      names.add(entry.columns().get(i).name());
    }
    BoundExpr row =
        new BoundExpr.RowConstructor(List.copyOf(fields), List.copyOf(names), entry.rowType(state));
    BoundExpr result = nullWithRow(entry, row);
    state.trace().form(result, new BindTrace.Form.WholeRow(entry.relation(), entry.name()));
    return state.at(result, position);
  }

  /** Makes an expression NULL where an outer join has put NULLs in place of the row. */
  private BoundExpr nullWithRow(RangeEntry entry, BoundExpr expr) {
    if (!entry.isNullable()) {
      return expr;
    }
    ColumnRef present = entry.rowId() == null ? entry.marker(state) : entry.rowId();
    if (present == null) {
      return expr;
    }
    BoundExpr isMissing = new BoundExpr.IsNull(fresh(present), false, state.bool());
    BoundExpr.When when =
        new BoundExpr.When(isMissing, Constants.ofNull(expr.type(), SqlType.NO_TYPMOD));
    return new BoundExpr.Case(null, List.of(when), expr, expr.type(), SqlType.NO_TYPMOD);
  }

  static boolean isSystemColumn(String name) {
    return name.equals("ctid") || name.equals("tableoid") || HIDDEN_COLUMNS.contains(name);
  }

  /** Returns a system column of a table, or {@code null} when that is no system column. */
  private BoundExpr systemColumn(RangeEntry entry, String name, int position) {
    if (!isSystemColumn(name) || !entry.isTable()) {
      return null;
    }
    refuseInDefinition(name, position);
    BoundExpr result;
    if (name.equals("tableoid")) {
      result = nullWithRow(entry, Constants.of(entry.tableOid(), state.type(Oids.OID)));
    } else {
      SqlType tid = state.type(Oids.TID);
      if (!name.equals("ctid") || entry.rowId() == null || tid.layout() != Layout.INT64) {
        throw BindErrors.notBuilt("system column \"" + name + "\"", position);
      }
      result = new BoundExpr.Relabel(fresh(entry.rowId()), tid, SqlType.NO_TYPMOD);
    }
    state.trace().form(result, new BindTrace.Form.SystemColumn(entry.relation(), name));
    return state.at(result, position);
  }

  /** Raises an error for a system column that a table's definition must not depend on. */
  private void refuseInDefinition(String name, int position) {
    Clause clause = level.clause();
    if (clause == Clause.INDEX_EXPRESSION || clause == Clause.INDEX_PREDICATE) {
      throw BindErrors.notSupported("index creation on system columns is not supported", -1);
    }
    if (name.equals("tableoid")) {
      return;
    }
    if (clause == Clause.CHECK_CONSTRAINT) {
      throw BindErrors.columnReference(
          "system column \"" + name + "\" reference in check constraint is invalid", position);
    }
    if (clause == Clause.GENERATED_COLUMN) {
      throw BindErrors.columnReference(
          "cannot use system column \"" + name + "\" in column generation expression", position);
    }
  }

  /** Returns all columns that {@code *} stands for. */
  List<Target> star(int position) {
    List<Target> result = new ArrayList<>();
    boolean hasItems = false;
    for (ScopeItem item : level.scope()) {
      if (item.showsColumns()) {
        hasItems = true;
        addAll(item.entry(), position, result);
      }
    }
    if (!hasItems) {
      throw BindErrors.syntax("SELECT * with no tables specified is not valid", position);
    }
    return result;
  }

  /** Returns the columns of {@code t.*}. */
  List<Target> star(List<String> qualifier, int position) {
    List<Target> result = new ArrayList<>();
    addAll(entry(qualifier, position), position, result);
    return result;
  }

  /** Returns the item of FROM that {@code t}, {@code s.t} or {@code db.s.t} names. */
  RangeEntry entry(List<String> qualifier, int position) {
    if (qualifier.isEmpty()) {
      throw BindErrors.syntax("syntax error at or near \"*\"", position);
    }
    String table = qualifier.get(qualifier.size() - 1);
    String schema = qualifier.size() > 1 ? qualifier.get(qualifier.size() - 2) : null;
    if (qualifier.size() == 3 && !qualifier.get(0).equals(state.catalog().databaseName())) {
      throw BindErrors.notSupported(
          "cross-database references are not implemented: " + String.join(".", qualifier) + ".*",
          position);
    }
    if (qualifier.size() > 3) {
      throw BindErrors.syntax(
          "improper qualified name (too many dotted names): " + String.join(".", qualifier) + ".*",
          position);
    }
    RangeEntry entry = findEntry(schema, table, position);
    if (entry == null) {
      throw errors.missingEntry(schema, table, position);
    }
    return entry;
  }

  private void addAll(RangeEntry entry, int position, List<Target> out) {
    for (int i = 0; i < entry.columns().size(); i++) {
      out.add(new Target(reference(entry, i, position), entry.columns().get(i).name(), false));
    }
  }
}
