package io.quarkgres.engine.bind;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.QueryLevel.ScopeItem;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.function.CastDef.Context;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds expressions outside queries: defaults, checks, generated columns, keys and predicates of
 * indexes. Used by one thread.
 */
final class ScalarBinder {
  private final BindState state;

  ScalarBinder(BindState state) {
    this.state = state;
  }

  /** Binds the SQL text of an expression without columns. */
  BoundExpr constantSql(String sql) {
    QueryLevel level = new QueryLevel(state, null, null);
    return state.unpositioned(
        () -> new ExpressionBinder(level).bind(Parser.parseExpression(sql), Clause.COLUMN_DEFAULT));
  }

  /** Binds the SQL text of an expression over the columns of one relation. */
  BoundExpr overSql(String sql, RangeEntry entry, Clause clause) {
    return state.unpositioned(
        () -> state.uses().stored(() -> over(Parser.parseExpression(sql), entry, clause)));
  }

  /** Binds an expression over the columns of one relation. */
  BoundExpr over(Expression expression, RangeEntry entry, Clause clause) {
    QueryLevel level = levelOver(entry);
    return new ExpressionBinder(level).bind(expression, clause);
  }

  private QueryLevel levelOver(RangeEntry entry) {
    QueryLevel level = new QueryLevel(state, null, null);
    state.reserve(entry.relation(), level);
    level.range().add(entry);
    level.setScope(List.of(ScopeItem.of(entry)));
    return level;
  }

  /** Makes the entry of a relation whose column {@code i} is (relation, i). */
  static RangeEntry entry(
      String name, RelationEntry catalogEntry, List<ColumnEntry> columns, int relation) {
    return entry(name, catalogEntry, columns, relation, null);
  }

  /** Makes such an entry with a column that is the row's id. */
  static RangeEntry entry(
      String name,
      RelationEntry catalogEntry,
      List<ColumnEntry> columns,
      int relation,
      BoundExpr.ColumnRef rowId) {
    List<RangeEntry.Column> visible = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnEntry column = columns.get(i);
      if (!column.isDropped()) {
        BoundExpr ref =
            new BoundExpr.ColumnRef(relation, i, column.type(), column.typmod(), column.name());
        visible.add(new RangeEntry.Column(column.name(), ref));
      }
    }
    return new RangeEntry(name, catalogEntry, visible, relation, rowId, false, false);
  }

  /** Casts an expression to a column's type as an assignment does; raises 42804. */
  BoundExpr assign(
      BoundExpr expr, SqlType type, int typmod, String column, String what, int position) {
    BoundExpr result = state.coercer().toTarget(expr, type, typmod, Context.ASSIGNMENT);
    if (result == null) {
      throw BindErrors.mismatch(
              "column \"%s\" is of type %s but %s is of type %s"
                  .formatted(
                      column,
                      state.rules().format(type.oid()),
                      what,
                      state.rules().format(expr.type().oid())),
              position)
          .withHint("You will need to rewrite or cast the expression.");
    }
    return result;
  }
}
