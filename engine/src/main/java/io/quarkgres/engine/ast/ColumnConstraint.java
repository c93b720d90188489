package io.quarkgres.engine.ast;

import java.util.List;

/** A constraint or property that follows the type of a column. */
public sealed interface ColumnConstraint {
  /** Returns the name after CONSTRAINT, or {@code null}. */
  String name();

  /** Returns where an error about the constraint points. */
  int position();

  /** {@code NOT NULL}. */
  record NotNull(String name, int position) implements ColumnConstraint {}

  /** {@code NULL}. */
  record Null(String name, int position) implements ColumnConstraint {}

  /** {@code DEFAULT value}. */
  record Default(String name, SourceExpression value, int position) implements ColumnConstraint {}

  /** {@code CHECK (condition) [NO INHERIT]}. */
  record Check(String name, SourceExpression condition, boolean isNoInherit, int position)
      implements ColumnConstraint {}

  /** {@code GENERATED ALWAYS AS (value) STORED}. */
  record Generated(String name, SourceExpression value, int position) implements ColumnConstraint {}

  /** {@code GENERATED ALWAYS | BY DEFAULT AS IDENTITY}. */
  record Identity(String name, boolean isAlways, List<SequenceOption> options, int position)
      implements ColumnConstraint {}

  /** {@code UNIQUE [NULLS NOT DISTINCT]} or {@code PRIMARY KEY}. */
  record Key(
      String name,
      boolean isPrimary,
      boolean isNullsNotDistinct,
      TableConstraint.IndexParameters index,
      TableConstraint.Deferral deferral,
      int position)
      implements ColumnConstraint {}

  /** {@code REFERENCES ...}. */
  record References(
      String name,
      TableConstraint.Reference reference,
      TableConstraint.Deferral deferral,
      int position)
      implements ColumnConstraint {}
}
