package io.quarkgres.engine.catalog;

import io.quarkgres.spi.store.TableIndex;
import java.util.List;
import java.util.Map;

/**
 * An index. Thread: any.
 *
 * @param tableOid the table's oid
 * @param method the access method
 * @param keys the key columns or expressions, in order
 * @param predicateSql the condition of a partial index as SQL text, or {@code null}
 * @param isUnique whether it is unique
 * @param isPrimary whether it is the primary key's
 * @param nullsNotDistinct whether NULL equals NULL
 * @param isDeferrable whether it belongs to a deferrable constraint, so that rows with equal keys
 *     may be there until the statement or transaction ends
 * @param includedColumns column numbers of INCLUDE
 * @param options storage parameters as given
 * @param orderingFunction oid of the distance function whose ascending order the index yields, 0
 *     for methods that give no such order
 * @param index the storage's index; {@code null} for a method that is accepted but has no structure
 *     of its own
 */
public record IndexEntry(
    int oid,
    int schemaOid,
    String schema,
    String name,
    int owner,
    int tableOid,
    String method,
    List<Key> keys,
    String predicateSql,
    boolean isUnique,
    boolean isPrimary,
    boolean nullsNotDistinct,
    boolean isDeferrable,
    List<Integer> includedColumns,
    Map<String, String> options,
    List<ColumnEntry> columns,
    int orderingFunction,
    TableIndex index)
    implements RelationEntry {
  /** Makes an index that refuses equal keys at once if it is unique. */
  public IndexEntry(
      int oid,
      int schemaOid,
      String schema,
      String name,
      int owner,
      int tableOid,
      String method,
      List<Key> keys,
      String predicateSql,
      boolean isUnique,
      boolean isPrimary,
      boolean nullsNotDistinct,
      List<Integer> includedColumns,
      Map<String, String> options,
      List<ColumnEntry> columns,
      int orderingFunction,
      TableIndex index) {
    this(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        tableOid,
        method,
        keys,
        predicateSql,
        isUnique,
        isPrimary,
        nullsNotDistinct,
        false,
        includedColumns,
        options,
        columns,
        orderingFunction,
        index);
  }

  /** Returns the index as that of a constraint. */
  public IndexEntry ofConstraint(String newName, boolean isPrimaryKey, boolean isLate) {
    return new IndexEntry(
        oid,
        schemaOid,
        schema,
        newName,
        owner,
        tableOid,
        method,
        keys,
        predicateSql,
        isUnique,
        isPrimaryKey,
        nullsNotDistinct,
        isLate,
        includedColumns,
        options,
        columns,
        orderingFunction,
        index);
  }

  /** Returns the index with other storage parameters. */
  public IndexEntry withOptions(Map<String, String> newOptions) {
    return with(keys, columns, newOptions);
  }

  /** Returns the index with its keys taken to be of other types. */
  public IndexEntry withKeys(List<Key> newKeys, List<ColumnEntry> newColumns) {
    return with(newKeys, newColumns, options);
  }

  @Override
  public RelationEntry withColumns(List<ColumnEntry> newColumns) {
    return with(keys, newColumns, options);
  }

  /** Returns the index with its predicate's text changed. */
  public IndexEntry withPredicate(String sql) {
    return new IndexEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        tableOid,
        method,
        keys,
        sql,
        isUnique,
        isPrimary,
        nullsNotDistinct,
        isDeferrable,
        includedColumns,
        options,
        columns,
        orderingFunction,
        index);
  }

  private IndexEntry with(
      List<Key> newKeys, List<ColumnEntry> newColumns, Map<String, String> newOptions) {
    return new IndexEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        tableOid,
        method,
        newKeys,
        predicateSql,
        isUnique,
        isPrimary,
        nullsNotDistinct,
        isDeferrable,
        includedColumns,
        newOptions,
        newColumns,
        orderingFunction,
        index);
  }

  /** Tells whether no two rows ever have the same key. */
  public boolean isAlwaysUnique() {
    return isUnique && !isDeferrable;
  }

  /**
   * One key of an index.
   *
   * @param column the column number from 1, or 0 for an expression
   * @param expressionSql the expression's SQL text, or {@code null} for a column
   * @param operatorClass the operator class's name
   * @param isDefaultClass whether it is the type's default class
   * @param isDescending DESC
   * @param nullsFirst NULLS FIRST
   */
  public record Key(
      int column,
      String expressionSql,
      String operatorClass,
      boolean isDefaultClass,
      boolean isDescending,
      boolean nullsFirst) {}

  @Override
  public char kind() {
    return 'i';
  }

  @Override
  public IndexEntry placed(int newSchemaOid, String newSchema, String newName, int newOwner) {
    return new IndexEntry(
        oid,
        newSchemaOid,
        newSchema,
        newName,
        newOwner,
        tableOid,
        method,
        keys,
        predicateSql,
        isUnique,
        isPrimary,
        nullsNotDistinct,
        isDeferrable,
        includedColumns,
        options,
        columns,
        orderingFunction,
        index);
  }

  /** Returns the index as the storage has built it. */
  public IndexEntry withIndex(TableIndex newIndex) {
    return new IndexEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        tableOid,
        method,
        keys,
        predicateSql,
        isUnique,
        isPrimary,
        nullsNotDistinct,
        isDeferrable,
        includedColumns,
        options,
        columns,
        orderingFunction,
        newIndex);
  }
}
