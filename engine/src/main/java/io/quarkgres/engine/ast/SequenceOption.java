package io.quarkgres.engine.ast;

/**
 * An option of CREATE SEQUENCE, ALTER SEQUENCE or an identity column; numbers are unchecked text.
 */
public sealed interface SequenceOption {
  /** Returns where an error about the option points. */
  int position();

  /** {@code AS type}. */
  record As(TypeName type, int position) implements SequenceOption {}

  /** {@code INCREMENT [BY] n}. */
  record Increment(String value, int position) implements SequenceOption {}

  /**
   * {@code MINVALUE n} or {@code NO MINVALUE}.
   *
   * @param value the number, or {@code null} for the type's own bound
   */
  record MinValue(String value, int position) implements SequenceOption {}

  /**
   * {@code MAXVALUE n} or {@code NO MAXVALUE}.
   *
   * @param value the number, or {@code null} for the type's own bound
   */
  record MaxValue(String value, int position) implements SequenceOption {}

  /** {@code START [WITH] n}. */
  record Start(String value, int position) implements SequenceOption {}

  /**
   * {@code RESTART [[WITH] n]}.
   *
   * @param value the number, or {@code null} for the recorded start
   */
  record Restart(String value, int position) implements SequenceOption {}

  /** {@code CACHE n}. */
  record Cache(String value, int position) implements SequenceOption {}

  /** {@code CYCLE} or {@code NO CYCLE}. */
  record Cycle(boolean isCycling, int position) implements SequenceOption {}

  /**
   * {@code OWNED BY table.column} or {@code OWNED BY NONE}.
   *
   * @param column the column's qualified name, or {@code null} for NONE
   */
  record OwnedBy(QualifiedName column, int position) implements SequenceOption {}

  /** {@code SEQUENCE NAME name}, which names the sequence of an identity column. */
  record SequenceName(QualifiedName name, int position) implements SequenceOption {}
}
