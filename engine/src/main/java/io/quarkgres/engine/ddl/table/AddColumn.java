package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.AlterTableAction;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.parse.Parser;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** ALTER TABLE ... ADD COLUMN. Used by the session's thread. */
final class AddColumn {
  private final DdlContext context;
  private final OwnedSequences sequences;
  private final ConstraintDdl constraints;
  private final ColumnDefaults expressions;
  private final NotNulls notNulls;
  private final TableRewrite rewrite;

  AddColumn(
      DdlContext context,
      OwnedSequences sequences,
      ConstraintDdl constraints,
      ColumnDefaults expressions,
      NotNulls notNulls,
      TableRewrite rewrite) {
    this.context = context;
    this.sequences = sequences;
    this.constraints = constraints;
    this.expressions = expressions;
    this.notNulls = notNulls;
    this.rewrite = rewrite;
  }

  void add(TableEntry table, AlterTableAction.AddColumn a) {
    for (ColumnEntry column : table.columns()) {
      if (!column.isDropped() && column.name().equals(a.column().name())) {
        String message =
            "column \"" + column.name() + "\" of relation \"" + table.name() + "\" already exists";
        if (!a.isIfNotExists()) {
          throw new SqlException(SqlState.DUPLICATE_COLUMN, message);
        }
        context.notice("NOTICE", "42701", message + ", skipping");
        return;
      }
    }
    TableDraft draft =
        new TableDraft(
            context.catalog().schemaByOid(table.schemaOid()),
            table.name(),
            table.oid(),
            table.persistence());
    ColumnEntry column =
        ColumnDraft.entry(context, sequences, draft, a.column(), table.columns().size() + 1);
    if (!draft.sequences.isEmpty()) {
      context.change(editor -> draft.sequences.forEach(editor::put));
    }
    List<ColumnEntry> columns = new ArrayList<>(table.columns());
    columns.add(column);
    List<BoundExpr> values = TableRewrite.identity(table);
    values.add(initialValue(table, column, draft));
    TableEntry rewritten = rewrite.rewrite(table, columns, values);
    expressions.validate(rewritten, column);
    if (column.isNotNull()) {
      notNulls.requireNoNulls(rewritten, column);
    }
    draft.constraints.forEach(c -> constraints.add(table.oid(), c, true));
    requireViewsBind(column);
  }

  /**
   * Refuses a column whose name makes a view's query ambiguous: a view is kept as text, in which
   * USING names columns without saying whose.
   */
  private void requireViewsBind(ColumnEntry column) {
    for (RelationEntry relation : context.catalog().relations()) {
      if (relation instanceof ViewEntry view) {
        try {
          context.bindView(view);
        } catch (SqlException e) {
          throw DdlErrors.notBuilt(
              "a new column \"%s\" beside USING in view \"%s\""
                  .formatted(column.name(), view.name()));
        }
      }
    }
  }

  private BoundExpr initialValue(TableEntry table, ColumnEntry column, TableDraft draft) {
    if (column.generated() != 0) {
      return context.bindOver(
          Parser.parseExpression(column.defaultSql()),
          table,
          TableRewrite.OLD,
          Binder.Purpose.GENERATED_COLUMN);
    }
    String sql = column.defaultSql();
    if (sql == null) {
      sql = context.catalog().defaultOf(column.type());
    }
    if (column.identity() != 0) {
      sql = OwnedSequences.nextValue(draft.sequences.get(0));
    }
    if (sql == null && column.type() instanceof DomainType) {
      sql = "NULL";
    }
    if (sql == null) {
      return new BoundExpr.Constant(
          column.type(), column.typmod(), ColumnBuilder.nulls(column.type().layout(), 1));
    }
    return context.bindAssigned(Parser.parseExpression(sql), column);
  }
}
