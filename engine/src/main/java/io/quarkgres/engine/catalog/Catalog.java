package io.quarkgres.engine.catalog;

import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeRegistry;
import java.util.Collection;
import java.util.List;

/** One immutable version of the catalog of a database, as a statement sees it. Thread: any. */
public interface Catalog {
  /** Returns the version's number; plans made for another version may be stale. */
  long version();

  /** Returns the database's oid. */
  int databaseOid();

  /** Returns the database's name. */
  String databaseName();

  /** Returns the types of this version. */
  TypeRegistry types();

  /** Returns the functions, operators and casts of this version. */
  FunctionRegistry functions();

  /** Returns the schema of a name, or {@code null}. */
  SchemaEntry schema(String name);

  /** Returns the schema with an oid, or {@code null}. */
  SchemaEntry schemaByOid(int oid);

  /** Returns all schemas. */
  Collection<SchemaEntry> schemas();

  /** Returns the relation (table, view, sequence, index, virtual table) of a name, or null. */
  RelationEntry relation(String schema, String name);

  /** Returns the relation with an oid, or {@code null}. */
  RelationEntry relationByOid(int oid);

  /** Returns all relations, virtual tables included. */
  Collection<RelationEntry> relations();

  /** Returns the indexes of a table. */
  List<IndexEntry> indexesOf(int tableOid);

  /** Returns the constraints of other tables that reference a table. */
  List<ConstraintEntry> referencesTo(int tableOid);

  /** Returns the type with an oid that a user has made, or {@code null}. */
  TypeEntry userType(int oid);

  /** Returns the text of the default that a type brings along, {@code null} if it has none. */
  default String defaultOf(SqlType type) {
    return userType(type.oid()) instanceof TypeEntry.Domain d ? d.defaultSql() : null;
  }
}
