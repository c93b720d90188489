package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.SystemColumns;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.UniqueConflict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CREATE TABLE AS and SELECT INTO. Used by the session's thread. */
public final class CreateTableAsDdl {
  private final DdlContext context;

  public CreateTableAsDdl(DdlContext context) {
    this.context = context;
  }

  public String create(TableStatement.CreateTableAs s) {
    if (s.isMaterializedView()) {
      throw DdlErrors.notBuilt("CREATE MATERIALIZED VIEW");
    }
    return create(
        s.name(),
        s.persistence(),
        s.isIfNotExists(),
        s.columns(),
        TableOptions.of(s.options()),
        s.source(),
        s.isWithData(),
        s.onCommit());
  }

  public String selectInto(Query query) {
    Query.Into into = query.into();
    Query plain =
        new Query(
            query.with(),
            query.body(),
            query.orderBy(),
            query.limit(),
            query.locking(),
            null,
            query.position());
    return create(into.table(), into.persistence(), false, List.of(), Map.of(), plain, true, null);
  }

  private String create(
      QualifiedName name,
      Persistence persistence,
      boolean isIfNotExists,
      List<String> names,
      Map<String, String> options,
      Statement source,
      boolean isWithData,
      TableStatement.OnCommit onCommit) {
    String schemaName = NewRelation.schemaFor(context, name, persistence);
    if (!NewRelation.claim(context, schemaName, name.name(), isIfNotExists)) {
      return "CREATE TABLE AS";
    }
    DdlContext.QueryResult result = context.result(source);
    List<ColumnEntry> columns = columns(result.columns(), names);
    columns.forEach(column -> SystemColumns.refuseNew(column.name()));
    SchemaEntry schema = context.catalog().schema(schemaName);
    int oid = context.newOid();
    context.lock(oid, LockMode.ACCESS_EXCLUSIVE);
    TableEntry table =
        new TableEntry(
            oid,
            schema.oid(),
            schema.name(),
            name.name(),
            context.currentUser(),
            NewRelation.persistence(schemaName, persistence),
            columns,
            List.of(),
            options,
            context.newRowType(),
            NewRelation.store(context, columns));
    NewRelation.onCommit(context, table, onCommit);
    if (!isWithData) {
      context.change(editor -> editor.put(table));
      return "CREATE TABLE AS";
    }
    long rows = fill(table, result);
    context.change(editor -> editor.put(table));
    return "SELECT " + rows;
  }

  private long fill(TableEntry table, DdlContext.QueryResult result) {
    long rows = 0;
    try (BlockCursor cursor = result.open()) {
      for (Block block = cursor.next(); block != null; block = cursor.next()) {
        long[] ids = new long[block.rowCount()];
        table.store().insert(context.transaction(), block, ids, new UniqueConflict());
        rows += block.rowCount();
      }
    }
    return rows;
  }

  private List<ColumnEntry> columns(List<ResultColumn> sources, List<String> names) {
    if (names.size() > sources.size()) {
      throw new SqlException(SqlState.SYNTAX_ERROR, "too many column names were specified");
    }
    List<ColumnEntry> result = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      ResultColumn c = sources.get(i);
      String name = i < names.size() ? names.get(i) : c.name();
      if (!seen.add(name)) {
        throw DdlErrors.duplicateColumn(name);
      }
      SqlType type =
          c.type().oid() == Oids.UNKNOWN ? context.catalog().types().byOid(Oids.TEXT) : c.type();
      if (type.info().kind() == 'p') {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION,
            "column \"" + name + "\" has pseudo-type " + type.info().sqlName());
      }
      int collation = type.info().category() == 'S' ? 100 : 0;
      result.add(ColumnEntry.plain(name, i + 1, type, c.typmod(), collation));
    }
    return result;
  }
}
