package io.quarkgres.engine.catalog;

import java.util.List;

/** A table constraint, as {@code pg_constraint} shows it. Thread: any. */
public sealed interface ConstraintEntry {
  /** Returns {@code pg_constraint.oid}. */
  int oid();

  /** Returns the constraint's name. */
  String name();

  /** Returns the oid of the table it belongs to. */
  int tableOid();

  /** A CHECK constraint; the condition is SQL text over the table's columns. */
  record Check(int oid, String name, int tableOid, String conditionSql, boolean isValidated)
      implements ConstraintEntry {}

  /** A PRIMARY KEY or UNIQUE constraint; {@code columns} are column numbers from 1. */
  record Key(
      int oid, String name, int tableOid, boolean isPrimary, List<Integer> columns, int indexOid)
      implements ConstraintEntry {}

  /** A FOREIGN KEY; column numbers from 1. */
  record ForeignKey(
      int oid,
      String name,
      int tableOid,
      List<Integer> columns,
      int referencedTable,
      List<Integer> referencedColumns,
      int referencedIndex,
      Action onUpdate,
      Action onDelete,
      boolean isMatchFull,
      boolean isDeferrable,
      boolean isInitiallyDeferred,
      boolean isValidated)
      implements ConstraintEntry {}

  /** What happens to the referencing rows. */
  enum Action {
    /** An error at the end of the statement (or transaction). */
    NO_ACTION,
    /** An error at once. */
    RESTRICT,
    /** The rows follow. */
    CASCADE,
    /** The columns become NULL. */
    SET_NULL,
    /** The columns get their defaults. */
    SET_DEFAULT
  }
}
