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

  /**
   * A FOREIGN KEY; column numbers from 1.
   *
   * @param setColumns the columns that ON DELETE SET NULL and SET DEFAULT are about; none for all
   */
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
      boolean isValidated,
      List<Integer> setColumns)
      implements ConstraintEntry {
    /** Makes a foreign key whose ON DELETE SET, if it has one, is about all columns. */
    public ForeignKey(
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
        boolean isValidated) {
      this(
          oid,
          name,
          tableOid,
          columns,
          referencedTable,
          referencedColumns,
          referencedIndex,
          onUpdate,
          onDelete,
          isMatchFull,
          isDeferrable,
          isInitiallyDeferred,
          isValidated,
          List.of());
    }

    /** Returns the key with its rows checked. */
    public ForeignKey validated() {
      return copy(name, isDeferrable, isInitiallyDeferred, true);
    }

    /** Returns the key checked at another time. */
    public ForeignKey deferred(boolean isPossible, boolean isInitial) {
      return copy(name, isPossible, isInitial, isValidated);
    }

    private ForeignKey copy(
        String newName, boolean isPossible, boolean isInitial, boolean isChecked) {
      return new ForeignKey(
          oid,
          newName,
          tableOid,
          columns,
          referencedTable,
          referencedColumns,
          referencedIndex,
          onUpdate,
          onDelete,
          isMatchFull,
          isPossible,
          isInitial,
          isChecked,
          setColumns);
    }
  }

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
      case Check c -> new Check(c.oid(), newName, c.tableOid(), c.conditionSql(), c.isValidated());
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
          c.copy(newName, c.isDeferrable(), c.isInitiallyDeferred(), c.isValidated());
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
