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
      int oid,
      String name,
      int tableOid,
      boolean isPrimary,
      List<Integer> columns,
      int indexOid,
      boolean isDeferrable,
      boolean isInitiallyDeferred)
      implements ConstraintEntry {
    /** Makes a key that is checked with every row. */
    public Key(
        int oid,
        String name,
        int tableOid,
        boolean isPrimary,
        List<Integer> columns,
        int indexOid) {
      this(oid, name, tableOid, isPrimary, columns, indexOid, false, false);
    }
  }

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

  /** Tells whether the check can be put off to the end of the transaction. */
  default boolean isDeferrable() {
    return false;
  }

  /** Tells whether the check is put off unless SET CONSTRAINTS says otherwise. */
  default boolean isInitiallyDeferred() {
    return false;
  }

  /** Returns the constraint with another name. */
  default ConstraintEntry named(String newName) {
    return switch (this) {
      case Check c ->
          new Check(c.oid(), newName, c.tableOid(), c.conditionSql(), c.isValidated());
      case Key c ->
          new Key(
              c.oid(),
              newName,
              c.tableOid(),
              c.isPrimary(),
              c.columns(),
              c.indexOid(),
              c.isDeferrable(),
              c.isInitiallyDeferred());
      case ForeignKey c ->
          new ForeignKey(
              c.oid(),
              newName,
              c.tableOid(),
              c.columns(),
              c.referencedTable(),
              c.referencedColumns(),
              c.referencedIndex(),
              c.onUpdate(),
              c.onDelete(),
              c.isMatchFull(),
              c.isDeferrable(),
              c.isInitiallyDeferred(),
              c.isValidated());
    };
  }

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
