package io.quarkgres.engine.exec;

import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;

/**
 * What one execution of a statement works with. Used by the statement's thread.
 */
public final class ExecutionContext {
  private final Catalog catalog;
  private final Transaction transaction;
  private final MemoryAccount memory;
  private final RowRules rules;
  private final boolean isMeasured;
  private final Frame frame;
  private Snapshot snapshot;

  /**
   * Makes a context.
   *
   * @param catalog the catalog version the statement was bound to
   * @param evaluation the session's side of expressions
   * @param transaction the running transaction
   * @param snapshot what the statement sees; the caller closes it after the execution
   * @param parameters the statement's parameters, one position each
   * @param memory the statement's memory account
   * @param rules rules of tables that referential actions change
   * @param isMeasured whether operators count rows and time (EXPLAIN ANALYZE)
   */
  public ExecutionContext(
      Catalog catalog,
      EvalContext evaluation,
      Transaction transaction,
      Snapshot snapshot,
      Column[] parameters,
      MemoryAccount memory,
      RowRules rules,
      boolean isMeasured) {
    this.catalog = catalog;
    this.transaction = transaction;
    this.snapshot = snapshot;
    this.memory = memory;
    this.rules = rules;
    this.isMeasured = isMeasured;
    this.frame = new Frame(evaluation, parameters);
  }

  /** Returns the catalog version. */
  public Catalog catalog() {
    return catalog;
  }

  /** Returns the running transaction. */
  public Transaction transaction() {
    return transaction;
  }

  /** Returns what the statement sees. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** Goes on with another snapshot, when the statement is run again after a wait. */
  void replaceSnapshot(Snapshot newSnapshot) {
    this.snapshot = newSnapshot;
  }

  /** Returns the frame of all expressions of the statement. */
  public Frame frame() {
    return frame;
  }

  /** Returns the session's side of expressions. */
  public EvalContext evaluation() {
    return frame.context();
  }

  /** Returns the memory account. */
  public MemoryAccount memory() {
    return memory;
  }

  /** Returns the rules of tables. */
  public RowRules rules() {
    return rules;
  }

  /** Tells whether operators are measured. */
  public boolean isMeasured() {
    return isMeasured;
  }

  /** Raises 57014 or another reason if the statement was told to stop. */
  void checkInterruption() {
    Interruption interruption = frame.context().interruption();
    if (interruption != null) {
      interruption.check();
    }
  }
}
