package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.bind.Binder.ResolvedType;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.ddl.ColumnCollations;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.drop.ColumnUses;
import io.quarkgres.engine.ddl.drop.Dependencies;
import io.quarkgres.engine.type.builtin.FormatType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** ALTER TABLE ... ALTER COLUMN TYPE. Used by the session's thread. */
final class AlterColumnType {
  private final DdlContext context;
  private final OwnedSequences sequences;
  private final ColumnDefaults expressions;
  private final TableRewrite rewrite;

  AlterColumnType(
      DdlContext context,
      OwnedSequences sequences,
      ColumnDefaults expressions,
      TableRewrite rewrite) {
    this.context = context;
    this.sequences = sequences;
    this.expressions = expressions;
    this.rewrite = rewrite;
  }

  void alter(TableEntry table, AlterTableAction.AlterType a) {
    ColumnEntry column = ColumnSources.require(table, a.column());
    refuseViews(table, column);
    ResolvedType type = context.resolveType(a.type());
    ColumnEntry changed =
        column.withType(
            type.type(), type.typmod(), ColumnCollations.of(a.collation(), type.type()));
    if (column.identity() != 0) {
      ColumnDraft.requireIdentityType(type.type());
    }
    if (column.generated() != 0 && a.using() != null) {
      throw new SqlException(
          SqlState.INVALID_COLUMN_DEFINITION,
          "cannot specify USING when altering type of generated column",
          "Column \"" + column.name() + "\" is a generated column.",
          null);
    }
    refuseGenerated(table, column);
    BoundExpr value = converted(table, column, changed, a);
    List<ColumnEntry> columns = new ArrayList<>(table.columns());
    columns.set(column.number() - 1, changed);
    List<BoundExpr> values = TableRewrite.identity(table);
    values.set(column.number() - 1, value);
    if (changed.generated() == 0) {
      requireChecksBind(table, columns, column);
    }
    TableEntry rewritten = rewrite.rewrite(table, columns, values);
    new ForeignKeys(context).requireStillComparable(rewritten);
    if (changed.defaultSql() != null) {
      expressions.validate(rewritten, changed);
    }
    if (column.identity() != 0) {
      sequences.retype(table, column, a.type());
    }
  }

  private void refuseViews(TableEntry table, ColumnEntry column) {
    Dependencies dependencies = new Dependencies(context);
    for (RelationEntry relation : context.catalog().relations()) {
      // Which columns a view uses is not kept; one that uses the table counts as using all.
      if (relation instanceof ViewEntry view && dependencies.uses(view, table.oid())) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "cannot alter type of a column used by a view or rule",
            "rule _RETURN on view "
                + context.shown(view)
                + " depends on column \""
                + column.name()
                + "\"",
            null);
      }
    }
  }

  /** Raises an error when a condition makes no sense any more with a column's new type. */
  private void requireChecksBind(TableEntry table, List<ColumnEntry> columns, ColumnEntry column) {
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint instanceof ConstraintEntry.Check check
          && ColumnUses.uses(context, table, check, column)) {
        try {
          context.bindOver(check.conditionSql(), table.name(), columns, 1);
        } catch (SqlException e) {
          // The condition does not stand in this statement.
          throw e.withPosition(SqlException.NO_POSITION);
        }
      }
    }
  }

  private void refuseGenerated(TableEntry table, ColumnEntry column) {
    for (ColumnEntry other : ColumnUses.generatedFrom(context, table, column)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "cannot alter type of a column used by a generated column",
          "Column \"" + column.name() + "\" is used by generated column \"" + other.name() + "\".",
          null);
    }
  }

  private BoundExpr converted(
      TableEntry table, ColumnEntry column, ColumnEntry changed, AlterTableAction.AlterType a) {
    Expression expression =
        a.using() != null
            ? a.using().expression()
            : new Expression.ColumnRef(List.of(column.name()), -1);
    try {
      return context.bindConverted(
          expression, table.name(), table.columns(), TableRewrite.OLD, changed);
    } catch (SqlException e) {
      if (e.state() != SqlState.DATATYPE_MISMATCH) {
        throw e;
      }
      String target = changed.type().info().sqlName();
      throw a.using() == null
          ? new SqlException(
              SqlState.DATATYPE_MISMATCH,
              "column \"" + column.name() + "\" cannot be cast automatically to type " + target,
              null,
              "You might need to specify \"USING "
                  + ObjectNaming.quote(column.name())
                  + "::"
                  + FormatType.format(changed.type(), changed.typmod())
                  + "\".")
          : new SqlException(
              SqlState.DATATYPE_MISMATCH,
              "result of USING clause for column \""
                  + column.name()
                  + "\" cannot be cast automatically to type "
                  + target,
              null,
              "You might need to add an explicit cast.");
    }
  }
}
