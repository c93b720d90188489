package io.quarkgres.engine.exec;

import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.expr.Frame;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.spill.SpillFile;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Transaction;

/** What one execution of a statement works with. Used by the statement's thread. */
public final class ExecutionContext {
  private final Catalog catalog;
  private final Transaction transaction;
  private final Frame frame;
  private final MemoryAccount memory;
  private final boolean isMeasured;
  private final BlockCursor input;
  private Snapshot snapshot;

  /**
   * Makes a context with the default limit of memory.
   *
   * @param evaluation the session's side of expressions
   * @param catalog the catalog version the statement was bound to
   * @param transaction the running transaction
   * @param snapshot what the statement sees; the caller closes it after the execution
   * @param parameters the statement's parameters, one position each
   */
  public ExecutionContext(
      EvalContext evaluation,
      Catalog catalog,
      Transaction transaction,
      Snapshot snapshot,
      Column[] parameters) {
    this(
        new Frame(evaluation, parameters),
        catalog,
        transaction,
        snapshot,
        new MemoryAccount(MemoryAccount.DEFAULT_LIMIT_BYTES),
        false,
        null);
  }

  private ExecutionContext(
      Frame frame,
      Catalog catalog,
      Transaction transaction,
      Snapshot snapshot,
      MemoryAccount memory,
      boolean isMeasured,
      BlockCursor input) {
    this.frame = frame;
    this.catalog = catalog;
    this.transaction = transaction;
    this.snapshot = snapshot;
    this.memory = memory;
    this.isMeasured = isMeasured;
    this.input = input;
  }

  /** Returns the same context with operators that count rows and time (EXPLAIN ANALYZE). */
  public ExecutionContext measured() {
    return new ExecutionContext(frame, catalog, transaction, snapshot, memory, true, input);
  }

  /** Returns the same context with another account of working memory. */
  public ExecutionContext withMemory(MemoryAccount account) {
    return new ExecutionContext(frame, catalog, transaction, snapshot, account, isMeasured, input);
  }

  /** Returns the same context with the rows that the plan's input scan reads (COPY FROM). */
  public ExecutionContext withInput(BlockCursor rows) {
    return new ExecutionContext(frame, catalog, transaction, snapshot, memory, isMeasured, rows);
  }

  /** Returns the context of another thread that helps: with a frame of its own. */
  public ExecutionContext forWorker() {
    return new ExecutionContext(
        new Frame(frame.context(), frame.parameters()),
        catalog,
        transaction,
        snapshot,
        memory,
        isMeasured,
        null);
  }

  /** Returns the rows of the input scan, or {@code null}. */
  public BlockCursor input() {
    return input;
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
  public void replaceSnapshot(Snapshot newSnapshot) {
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

  /** Returns the rules of tables that referential actions change. */
  public RowRules rules() {
    return frame.context().service(RowRules.class);
  }

  /** Tells whether operators are measured. */
  public boolean isMeasured() {
    return isMeasured;
  }

  /** Opens an empty temporary file. */
  public SpillFile spillFile() {
    return memory.openFile(frame.context().interruption());
  }

  /** Raises {@link io.quarkgres.spi.error.WouldWait} where only short work may be done. */
  public void requireMayWait() {
    Interruption interruption = frame.context().interruption();
    if (interruption != null) {
      interruption.requireMayWait();
    }
  }

  /** Raises 57014 or another reason if the statement was told to stop. */
  public void checkInterruption() {
    Interruption interruption = frame.context().interruption();
    if (interruption != null) {
      interruption.check();
    }
  }
}
