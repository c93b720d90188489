package io.quarkgres.engine.catalog;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A sequence. Its state is shared by all catalog versions and not transactional, as in PostgreSQL.
 * Thread: any.
 *
 * @param persistence {@code p}, {@code u} or {@code t}
 * @param ownedByTable oid of the owning table, 0 if none
 * @param ownedByColumn column number of the owning column, 0 if none
 */
public record SequenceEntry(
    int oid,
    int schemaOid,
    String schema,
    String name,
    int owner,
    char persistence,
    int typeOid,
    long start,
    long increment,
    long minimum,
    long maximum,
    long cache,
    boolean isCycling,
    int ownedByTable,
    int ownedByColumn,
    AtomicReference<State> state,
    List<ColumnEntry> columns)
    implements RelationEntry {
  /** What {@code SELECT * FROM sequence} shows. */
  public record State(long lastValue, boolean isCalled) {}

  @Override
  public char kind() {
    return 'S';
  }

  @Override
  public RelationEntry withColumns(List<ColumnEntry> newColumns) {
    return new SequenceEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        persistence,
        typeOid,
        start,
        increment,
        minimum,
        maximum,
        cache,
        isCycling,
        ownedByTable,
        ownedByColumn,
        state,
        newColumns);
  }

  @Override
  public SequenceEntry placed(int newSchemaOid, String newSchema, String newName, int newOwner) {
    return new SequenceEntry(
        oid,
        newSchemaOid,
        newSchema,
        newName,
        newOwner,
        persistence,
        typeOid,
        start,
        increment,
        minimum,
        maximum,
        cache,
        isCycling,
        ownedByTable,
        ownedByColumn,
        state,
        columns);
  }

  /** Returns the sequence as one that is logged, unlogged or temporary. */
  public SequenceEntry withPersistence(char newPersistence) {
    return new SequenceEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        newPersistence,
        typeOid,
        start,
        increment,
        minimum,
        maximum,
        cache,
        isCycling,
        ownedByTable,
        ownedByColumn,
        state,
        columns);
  }

  /** Returns the sequence with a state that other catalog versions do not share. */
  public SequenceEntry withState(State newState) {
    return new SequenceEntry(
        oid,
        schemaOid,
        schema,
        name,
        owner,
        persistence,
        typeOid,
        start,
        increment,
        minimum,
        maximum,
        cache,
        isCycling,
        ownedByTable,
        ownedByColumn,
        new AtomicReference<>(newState),
        columns);
  }
}
