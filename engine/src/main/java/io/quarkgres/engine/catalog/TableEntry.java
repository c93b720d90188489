package io.quarkgres.engine.catalog;

import io.quarkgres.spi.store.TableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table with rows. The store has one column for each entry of {@code columns}, dropped ones
 * included. Thread: any.
 *
 * @param persistence {@code p}, {@code u} or {@code t}
 * @param constraints CHECK, PRIMARY KEY, UNIQUE and FOREIGN KEY constraints
 * @param options storage parameters as given
 * @param rowType oid of the composite type of the rows; that of its array type is one less
 */
public record TableEntry(
    int oid,
    int schemaOid,
    String schema,
    String name,
    int owner,
    char persistence,
    List<ColumnEntry> columns,
    List<ConstraintEntry> constraints,
    Map<String, String> options,
    int rowType,
    TableStore store)
    implements RelationEntry {
  /** Copies the lists. */
  public TableEntry {
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
    options = Map.copyOf(options);
  }

  @Override
  public char kind() {
    return 'r';
  }

  /** Returns a column by name, {@code null} when there is none. */
  public ColumnEntry column(String columnName) {
    for (ColumnEntry column : columns) {
      if (!column.isDropped() && column.name().equals(columnName)) {
        return column;
      }
    }
    return null;
  }

  /** Returns the table with other columns, constraints or rows. */
  public TableEntry with(
      List<ColumnEntry> newColumns, List<ConstraintEntry> newConstraints, TableStore newStore) {
    return new TableEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        persistence,
        newColumns,
        newConstraints,
        options,
        rowType,
        newStore);
  }

  /** Returns the table with another column in the place of the one with its number. */
  public TableEntry with(ColumnEntry column) {
    List<ColumnEntry> all = new ArrayList<>(columns);
    all.set(column.number() - 1, column);
    return withColumns(all);
  }

  /** Returns the table with other constraints. */
  public TableEntry withConstraints(List<ConstraintEntry> newConstraints) {
    return with(columns, newConstraints, store);
  }

  /** Returns the table with other storage parameters. */
  public TableEntry withOptions(Map<String, String> newOptions) {
    return new TableEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        persistence,
        columns,
        constraints,
        newOptions,
        rowType,
        store);
  }

  /** Returns the table logged or not. */
  public TableEntry withPersistence(char newPersistence) {
    return new TableEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        newPersistence,
        columns,
        constraints,
        options,
        rowType,
        store);
  }

  @Override
  public TableEntry withColumns(List<ColumnEntry> newColumns) {
    return with(newColumns, constraints, store);
  }

  @Override
  public TableEntry placed(int newSchemaOid, String newSchema, String newName, int newOwner) {
    return new TableEntry(
        oid,
        newSchemaOid,
        newSchema,
        newName,
        newOwner,
        persistence,
        columns,
        constraints,
        options,
        rowType,
        store);
  }
}
