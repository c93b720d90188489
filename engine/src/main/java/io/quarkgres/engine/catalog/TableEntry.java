package io.quarkgres.engine.catalog;

import io.quarkgres.spi.store.TableStore;
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

  @Override
  public RelationEntry withColumns(List<ColumnEntry> newColumns) {
    return new TableEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        persistence,
        newColumns,
        constraints,
        options,
        rowType,
        store);
  }
}
