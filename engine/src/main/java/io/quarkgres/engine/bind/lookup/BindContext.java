package io.quarkgres.engine.bind.lookup;

import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * What a statement is bound against. Immutable. Thread: any.
 *
 * @param catalog the catalog version
 * @param searchPath the schemas of {@code search_path} that exist, in order; {@code pg_catalog} is
 *     implied in front unless it is named; a session's temporary schema, if it has one, comes first
 *     and has a name that begins with {@code pg_temp_}
 * @param currentUser the name of the current role
 * @param parameterTypes oids of the declared parameter types, 0 for one to be inferred
 * @param types what literals are read by
 * @param schemaCheck checks the schemas that are named
 */
public record BindContext(
    Catalog catalog,
    List<String> searchPath,
    String currentUser,
    List<Integer> parameterTypes,
    TypeContext types,
    SchemaCheck schemaCheck) {
  /** Raises an error for a schema, named in the statement, that the role may not use. */
  @FunctionalInterface
  public interface SchemaCheck {
    /** Lets everybody use every schema. */
    SchemaCheck NONE = schema -> {};

    /** Checks a schema by name. */
    void require(String schema);
  }

  /** Makes a context for who may use every schema. */
  public BindContext(
      Catalog catalog,
      List<String> searchPath,
      String currentUser,
      List<Integer> parameterTypes,
      TypeContext types) {
    this(catalog, searchPath, currentUser, parameterTypes, types, SchemaCheck.NONE);
  }

  private static final String PG_CATALOG = "pg_catalog";
  private static final String TEMPORARY = "pg_temp_";

  /** Copies the lists. */
  public BindContext {
    searchPath = List.copyOf(searchPath);
    parameterTypes = List.copyOf(parameterTypes);
  }

  /** Returns a context for a view: with its search path, and names that were checked long ago. */
  public BindContext withSearchPath(List<String> path) {
    return new BindContext(catalog, path, currentUser, parameterTypes, types, SchemaCheck.NONE);
  }

  /** Returns the schemas in which unqualified relations and types are looked up, in order. */
  public List<String> relationPath() {
    List<String> result = new ArrayList<>(searchPath);
    if (!result.contains(PG_CATALOG)) {
      boolean hasTemporary = !result.isEmpty() && result.get(0).startsWith(TEMPORARY);
      result.add(hasTemporary ? 1 : 0, PG_CATALOG);
    }
    return result;
  }

  /** Returns the schemas in which unqualified functions and operators are looked up, in order. */
  List<String> functionPath() {
    List<String> result = new ArrayList<>(relationPath());
    result.removeIf(schema -> schema.startsWith(TEMPORARY));
    return result;
  }

  /** Returns the schema that a function's or operator's name is qualified with. */
  List<String> functionSchemas(String schema, int position) {
    String name = schemaName(schema);
    if (catalog.schema(name) == null) {
      throw new SqlException(
          SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist", position);
    }
    return List.of(name);
  }

  /** Returns the real name of a schema as written: {@code pg_temp} is the session's own. */
  public String schemaName(String written) {
    if (written.equals("pg_temp")) {
      for (String schema : searchPath) {
        if (schema.startsWith(TEMPORARY)) {
          return schema;
        }
      }
    }
    return written;
  }
}
