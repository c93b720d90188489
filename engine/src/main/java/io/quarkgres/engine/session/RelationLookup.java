package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Finds relations by the names that utility statements use. Thread: the session's. */
final class RelationLookup {
  private RelationLookup() {}

  /** Returns a relation by name, or {@code null}. */
  static RelationEntry find(ClientSession session, String schema, String name) {
    CatalogVersion catalog = session.environment().catalog();
    if (schema != null) {
      String real =
          schema.equals("pg_temp") ? session.environment().temporarySchemaOrNull() : schema;
      if (real != null) {
        session.role().requireUsage(real);
      }
      return real == null ? null : catalog.relation(real, name);
    }
    List<String> path = new ArrayList<>(session.environment().searchPath());
    if (!path.contains("pg_catalog")) {
      path.add(0, "pg_catalog");
    }
    for (String candidate : path) {
      RelationEntry relation = catalog.relation(candidate, name);
      if (relation != null) {
        return relation;
      }
    }
    return null;
  }

  /** Returns a relation by name, or raises 42P01, or 3F000. */
  static RelationEntry require(ClientSession session, QualifiedName name) {
    RelationEntry relation = find(session, name.schema(), name.name());
    if (relation == null) {
      String schema = name.schema();
      if (schema != null
          && !schema.equals("pg_temp")
          && session.environment().catalog().schema(schema) == null) {
        throw new SqlException(
            SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist");
      }
      throw new SqlException(SqlState.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
    }
    return relation;
  }

  /** Returns a column by name, or raises 42703. */
  static ColumnEntry requireColumn(RelationEntry relation, String name) {
    for (ColumnEntry column : relation.columns()) {
      if (!column.isDropped() && column.name().equals(name)) {
        return column;
      }
    }
    throw new SqlException(
        SqlState.UNDEFINED_COLUMN,
        "column \"" + name + "\" of relation \"" + relation.name() + "\" does not exist");
  }
}
