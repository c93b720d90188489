package io.quarkgres.engine.ast;

import java.util.List;

/** A constraint of a table. */
public sealed interface TableConstraint extends TableElement {
  /** Returns the name after CONSTRAINT, or {@code null}. */
  String name();

  /** {@code CHECK (condition)}. */
  record Check(
      String name,
      SourceExpression condition,
      boolean isNoInherit,
      boolean isNotValid,
      int position)
      implements TableConstraint {}

  /** {@code UNIQUE (...)} or {@code PRIMARY KEY (...)}. */
  record Key(
      String name,
      boolean isPrimary,
      boolean isNullsNotDistinct,
      List<String> columns,
      IndexParameters index,
      Deferral deferral,
      int position)
      implements TableConstraint {}

  /** {@code UNIQUE USING INDEX name} or {@code PRIMARY KEY USING INDEX name}. */
  record KeyUsingIndex(
      String name, boolean isPrimary, String index, Deferral deferral, int position)
      implements TableConstraint {}

  /** {@code FOREIGN KEY (...) REFERENCES ...}. */
  record ForeignKey(
      String name,
      List<String> columns,
      Reference reference,
      Deferral deferral,
      boolean isNotValid,
      int position)
      implements TableConstraint {}

  /**
   * {@code EXCLUDE [USING method] (element WITH operator, ...) [WHERE (predicate)]}.
   *
   * @param method the index method, or {@code null}
   * @param where the predicate, or {@code null}
   */
  record Exclusion(
      String name,
      String method,
      List<ExclusionElement> elements,
      IndexParameters index,
      SourceExpression where,
      Deferral deferral,
      int position)
      implements TableConstraint {}

  /** One element of EXCLUDE. */
  record ExclusionElement(IndexElement element, OperatorName operator) {}

  /**
   * {@code INCLUDE (...) WITH (...) USING INDEX TABLESPACE name}.
   *
   * @param tablespace the tablespace, or {@code null}
   */
  record IndexParameters(List<String> include, List<Option> options, String tablespace) {
    /** Nothing said. */
    public static final IndexParameters NONE = new IndexParameters(List.of(), List.of(), null);
  }

  /** {@code DEFERRABLE} and {@code INITIALLY DEFERRED}. */
  record Deferral(boolean isDeferrable, boolean isInitiallyDeferred) {
    /** Checked at once, always. */
    public static final Deferral NONE = new Deferral(false, false);
  }

  /**
   * What a foreign key refers to.
   *
   * @param columns the referenced columns; empty for the primary key
   * @param setColumns the columns of {@code ON DELETE SET NULL|DEFAULT (...)}; empty for all
   */
  record Reference(
      QualifiedName table,
      List<String> columns,
      Match match,
      Action onDelete,
      List<String> setColumns,
      Action onUpdate,
      int position) {}

  /** How nulls in the referencing columns are taken. */
  enum Match {
    SIMPLE,
    FULL,
    PARTIAL
  }

  /** What happens to referencing rows. */
  enum Action {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }
}
