package io.quarkgres.engine.catalog;

import java.util.List;

/** Anything that {@code pg_class} has a row for. Thread: any. */
public sealed interface RelationEntry
    permits TableEntry, ViewEntry, SequenceEntry, IndexEntry, VirtualTable {
  /** Returns {@code pg_class.oid}. */
  int oid();

  /** Returns the oid of the schema. */
  int schemaOid();

  /** Returns the schema's name. */
  String schema();

  /** Returns the relation's name. */
  String name();

  /** Returns {@code relkind}. */
  char kind();

  /** Returns the columns in order; a dropped column keeps its place and is marked. */
  List<ColumnEntry> columns();

  /** Returns the relation with other columns. */
  RelationEntry withColumns(List<ColumnEntry> newColumns);

  /** Returns the relation in another schema, under another name or with another owner. */
  RelationEntry placed(int newSchemaOid, String newSchema, String newName, int newOwner);

  /** Returns the oid of the owning role. */
  int owner();

  /**
   * Returns the oid of the type of its rows, 0 for what has none. That of the array type over it is
   * one less.
   */
  default int rowType() {
    return 0;
  }
}
