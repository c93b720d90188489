package io.quarkgres.engine.catalog;

import io.quarkgres.engine.ast.RelationStatement.CheckOption;
import java.util.List;

/**
 * A view: its defining query as resolved SQL text without stars, bound anew wherever it is used,
 * under the search path it was created with. Thread: any.
 */
public record ViewEntry(
    int oid,
    int schemaOid,
    String schema,
    String name,
    int owner,
    List<ColumnEntry> columns,
    String querySql,
    List<String> searchPath,
    CheckOption checkOption,
    int rowType)
    implements RelationEntry {
  /** Returns the view with another text of the same query. */
  public ViewEntry withQuery(String sql) {
    return new ViewEntry(
        oid, schemaOid, schema, name, owner, columns, sql, searchPath, checkOption, rowType);
  }

  @Override
  public char kind() {
    return 'v';
  }

  @Override
  public RelationEntry withColumns(List<ColumnEntry> newColumns) {
    return new ViewEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        newColumns,
        querySql,
        searchPath,
        checkOption,
        rowType);
  }

  @Override
  public ViewEntry placed(int newSchemaOid, String newSchema, String newName, int newOwner) {
    return new ViewEntry(
        oid,
        newSchemaOid,
        newSchema,
        newName,
        newOwner,
        columns,
        querySql,
        searchPath,
        checkOption,
        rowType);
  }
}
