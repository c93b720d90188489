package io.quarkgres.engine.ddl.table;

import io.quarkgres.engine.ast.Persistence;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.ddl.DdlErrors;
import io.quarkgres.engine.ddl.type.TypeDdl;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.TableStore;
import java.util.ArrayList;
import java.util.List;

/**
 * What all statements that create a relation have in common: its schema, its name, its rows. Used
 * by the session's thread.
 */
final class NewRelation {
  private NewRelation() {}

  /** Returns the schema that a new relation goes to. */
  static String schemaFor(DdlContext context, QualifiedName name, Persistence persistence) {
    try {
      return schemaAt(context, name, persistence);
    } catch (SqlException e) {
      throw e.withPosition(SqlException.NO_POSITION);
    }
  }

  /** Likewise; errors point to the name. */
  static String schemaAt(DdlContext context, QualifiedName name, Persistence persistence) {
    String written = name.schema();
    boolean isTemporary = persistence == Persistence.TEMPORARY;
    if (written == null && !isTemporary) {
      try {
        String chosen = context.creationSchema();
        context.rights().requireCreate(context.catalog().schema(chosen));
        return chosen;
      } catch (SqlException e) {
        throw e.withPosition(name.position());
      }
    }
    if (written == null || written.equals("pg_temp")) {
      requireTemporary(context);
      return context.temporarySchema();
    }
    if (isTemporary) {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "cannot create temporary relation in non-temporary schema");
    }
    if (context.catalog().schema(written) == null) {
      throw new SqlException(
          SqlState.INVALID_SCHEMA_NAME,
          "schema \"" + written + "\" does not exist",
          name.position());
    }
    if (written.equals("pg_catalog") || written.equals("information_schema")) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "permission denied to create \"" + written + "." + name.name() + "\"",
          "System catalog modifications are currently disallowed.",
          null);
    }
    try {
      context.rights().requireCreate(context.catalog().schema(written));
    } catch (SqlException e) {
      throw e.withPosition(name.position());
    }
    return written;
  }

  /** Returns how a new relation of a schema is kept: {@code p}, {@code u} or {@code t}. */
  static char persistence(String schema, Persistence written) {
    if (schema.startsWith("pg_temp_")) {
      return 't';
    }
    return written == Persistence.UNLOGGED ? 'u' : 'p';
  }

  private static void requireTemporary(DdlContext context) {
    CatalogVersion catalog = context.catalog();
    if (!context.rights().onDatabase(catalog.databaseOid(), Privilege.TEMPORARY, false)) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "permission denied to create temporary tables in database \""
              + catalog.databaseName()
              + "\"");
    }
  }

  /** Locks a new relation's name; returns false (with a notice) if it exists and may. */
  static boolean claim(DdlContext context, String schema, String name, boolean isIfNotExists) {
    context.lockName(schema, name);
    if (context.catalog().relation(schema, name) == null) {
      TypeDdl.refuseTypeName(context, schema, name);
      return true;
    }
    if (!isIfNotExists) {
      throw DdlErrors.duplicateRelation(name);
    }
    context.notice("NOTICE", "42P07", "relation \"" + name + "\" already exists, skipping");
    return false;
  }

  /** Notes what is to be done with a temporary table whenever a transaction commits. */
  static void onCommit(DdlContext context, TableEntry table, TableStatement.OnCommit action) {
    if (action != null && table.persistence() != 't') {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION, "ON COMMIT can only be used on temporary tables");
    }
    boolean isDropped = action == TableStatement.OnCommit.DROP;
    if (isDropped || action == TableStatement.OnCommit.DELETE_ROWS) {
      context.onEveryCommit(table.oid(), isDropped);
    }
  }

  /** Makes a store for the rows of a table. */
  static TableStore store(DdlContext context, List<ColumnEntry> columns) {
    List<Layout> layouts = new ArrayList<>();
    for (ColumnEntry column : columns) {
      requireStorable(column.type());
      layouts.add(column.type().layout());
    }
    return context.storage().createTable(layouts);
  }

  /** Refuses types of rows: altering their relation would have to rewrite other tables. */
  private static void requireStorable(SqlType type) {
    SqlType element = type instanceof ArrayType array ? array.element() : type;
    if (element instanceof CompositeType) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "columns of a composite type are not supported yet");
    }
  }
}
