package io.quarkgres.engine.function;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.store.Interruption;

/**
 * What an evaluation knows of its session and statement. One a statement execution. Thread: those
 * that work on the statement.
 */
public interface EvalContext {
  /** Returns what text forms depend on. */
  TypeContext types();

  /** Returns the statement's start, microseconds since 2000-01-01 00:00 UTC. */
  long statementMicros();

  /** Returns the transaction's start, microseconds since 2000-01-01 00:00 UTC. */
  long transactionMicros();

  /** Returns the time now, microseconds since 2000-01-01 00:00 UTC, from the server's clock. */
  long clockMicros();

  /** Returns the session's random numbers. */
  SessionRandom random();

  /** Returns a setting's value by name, as SHOW prints it; {@code null} when unknown. */
  String setting(String name);

  /** Returns the flag by which the statement is told to stop. */
  Interruption interruption();

  /**
   * Returns a service that a stage above offers (sequences, catalog look-ups, advisory locks, large
   * work); raises 0A000 when this context has none of that kind.
   */
  <T> T service(Class<T> kind);
}
