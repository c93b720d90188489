package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.ColumnDefinition;
import io.quarkgres.engine.ast.TableConstraint;
import io.quarkgres.engine.ast.TableElement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.index.IndexDdl;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import java.util.ArrayList;
import java.util.List;

/** CREATE TABLE. Used by the session's thread. */
public final class CreateTableDdl {
  private static final int COLUMNS_MAX = 1600;

  private final DdlContext context;
  private final OwnedSequences sequences;
  private final ConstraintDdl constraints;
  private final IndexDdl indexes;
  private final ColumnDefaults expressions;

  public CreateTableDdl(
      DdlContext context,
      OwnedSequences sequences,
      ConstraintDdl constraints,
      IndexDdl indexes,
      ColumnDefaults expressions) {
    this.context = context;
    this.sequences = sequences;
    this.constraints = constraints;
    this.indexes = indexes;
    this.expressions = expressions;
  }

  public String create(TableStatement.CreateTable s) {
    refuse(s);
    String schemaName = NewRelation.schemaAt(context, s.name(), s.persistence());
    String name = s.name().name();
    if (!NewRelation.claim(context, schemaName, name, s.isIfNotExists())) {
      return "CREATE TABLE";
    }
    SchemaEntry schema = context.catalog().schema(schemaName);
    int oid = context.newOid();
    context.lock(oid, LockMode.ACCESS_EXCLUSIVE);
    TableDraft draft =
        new TableDraft(schema, name, oid, NewRelation.persistence(schemaName, s.persistence()));
    List<TableConstraint> tableConstraints = new ArrayList<>();
    for (TableElement element : s.elements()) {
      switch (element) {
        case ColumnDefinition column -> draft.add(column(draft, column));
        case TableConstraint constraint -> tableConstraints.add(constraint);
        case TableElement.Like like -> LikeCopy.add(context, sequences, draft, like);
      }
    }
    if (draft.columns.size() > COLUMNS_MAX) {
      throw new SqlException(
          SqlState.TOO_MANY_COLUMNS, "tables can have at most " + COLUMNS_MAX + " columns");
    }
    TableEntry table =
        new TableEntry(
            oid,
            schema.oid(),
            schema.name(),
            name,
            context.currentUser(),
            draft.persistence,
            draft.columns,
            List.of(),
            TableOptions.of(s.options()),
            context.newRowType(),
            NewRelation.store(context, draft.columns));
    NewRelation.onCommit(context, table, s.onCommit());
    context.change(editor -> {
      draft.sequences.forEach(editor::put);
      editor.put(table);
    });
    List<TableConstraint> all = new ArrayList<>(draft.constraints);
    draft.copies.forEach(c -> all.addAll(c.constraints()));
    all.addAll(tableConstraints);
    constraints.addAll(table, all);
    draft.copies.forEach(c -> c.finish(oid, indexes));
    expressions.validateAll((TableEntry) context.catalog().relationByOid(oid), draft.defaults);
    return "CREATE TABLE";
  }

  private ColumnEntry column(TableDraft draft, ColumnDefinition definition) {
    int number = draft.columns.size() + 1;
    return ColumnDraft.entry(context, sequences, draft, definition, number);
  }

  private static void refuse(TableStatement.CreateTable s) {
    if (!s.inherits().isEmpty()) {
      throw DdlErrors.notBuilt("INHERITS");
    }
    if (s.ofType() != null) {
      throw DdlErrors.notBuilt("CREATE TABLE OF");
    }
    if (s.partitionBy() != null || s.partitionOf() != null) {
      throw DdlErrors.notBuilt("partitioning");
    }
    if (s.accessMethod() != null && !s.accessMethod().equals("heap")) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "access method \"" + s.accessMethod() + "\" does not exist");
    }
    if (s.tablespace() != null && !s.tablespace().equals("pg_default")) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "tablespace \"" + s.tablespace() + "\" does not exist");
    }
  }
}
