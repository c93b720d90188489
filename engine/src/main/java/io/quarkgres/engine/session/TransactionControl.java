package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.error.WouldWait;
import io.quarkgres.spi.store.PendingCommit;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where a session stands with respect to transactions: when one begins and ends, blocks and their
 * savepoints, what an error does to them. The running transaction itself is a {@link
 * SessionTransaction}. Used by the session's thread.
 */
final class TransactionControl {
  private enum Phase {
    /** No transaction. */
    IDLE,
    /** A transaction that ends with the query string or at Sync. */
    IMPLICIT,
    /** A transaction block that BEGIN opened. */
    BLOCK,
    /** A transaction block after an error. */
    FAILED
  }

  private final ClientSession session;
  private volatile Phase phase = Phase.IDLE;
  private SessionTransaction transaction;
  private TransactionModes defaultModes;
  private long defaultModesVersion = -1;

  /** A commit made on an event loop, which may not wait for a disk: others tell of its end. */
  private PendingCommit pending;

  TransactionControl(ClientSession session) {
    this.session = session;
  }

  /** Returns the running transaction, {@code null} between transactions. */
  SessionTransaction current() {
    return transaction;
  }

  boolean isIdle() {
    return phase == Phase.IDLE;
  }

  boolean isImplicit() {
    return phase == Phase.IMPLICIT;
  }

  boolean isInBlock() {
    return phase == Phase.BLOCK || phase == Phase.FAILED;
  }

  boolean isFailed() {
    return phase == Phase.FAILED;
  }

  /** Returns the state of a session that runs nothing right now. Any thread. */
  String idleState() {
    return switch (phase) {
      case IDLE -> "idle";
      case IMPLICIT -> "active";
      case BLOCK -> "idle in transaction";
      case FAILED -> "idle in transaction (aborted)";
    };
  }

  /** Returns the state for ReadyForQuery. */
  char status() {
    return switch (phase) {
      case IDLE, IMPLICIT -> 'I';
      case BLOCK -> 'T';
      case FAILED -> 'E';
    };
  }

  /** Returns how many savepoints there are. */
  int depth() {
    return transaction == null ? 0 : transaction.depth();
  }

  /** Returns a setting that tells of the running transaction, {@code null} for any other. */
  String liveSetting(String name) {
    return name.startsWith("transaction_") && transaction != null
        ? switch (name) {
          case "transaction_isolation" -> TransactionModes.name(transaction.modes().isolation());
          case "transaction_read_only" -> transaction.modes().isReadOnly() ? "on" : "off";
          case "transaction_deferrable" -> transaction.modes().isDeferrable() ? "on" : "off";
          default -> null;
        }
        : null;
  }

  /** Tells whether an error now would undo more than an event loop may. */
  boolean mayUndoMuch() {
    return phase == Phase.BLOCK && !transaction.isShort();
  }

  /** Tells whether ending the transaction is sure to be short. */
  boolean isEndShort() {
    return transaction == null || transaction.isShort() && transaction.mayCommitSoon();
  }

  /** Returns the last commit if it is not done, else {@code null}; the next call has none. */
  PendingCommit takePending() {
    PendingCommit result = pending;
    pending = null;
    return result == null || result.isDone() ? null : result;
  }

  private boolean isSynchronous() {
    return session.environment().commitsSynchronously();
  }

  /** Starts an implicit transaction if there is none; refuses what a failed block cannot run. */
  void enter(Statement statement) {
    if (!endsFailedBlock(statement)) {
      requireNotFailed();
    }
    beginIfIdle();
  }

  /** The same for a statement that is known not to end a failed block. */
  void enterQuery() {
    requireNotFailed();
    beginIfIdle();
  }

  private void beginIfIdle() {
    if (phase == Phase.IDLE) {
      begin(Phase.IMPLICIT, defaultModes());
    }
  }

  /** Tells whether a failed block may run a statement, since it ends the failure. */
  static boolean endsFailedBlock(Statement statement) {
    return statement instanceof UtilityStatement.Commit
        || statement instanceof UtilityStatement.Rollback
        || statement instanceof UtilityStatement.RollbackToSavepoint;
  }

  /** Raises 25P02 in a failed block. */
  void requireNotFailed() {
    if (phase == Phase.FAILED) {
      throw new SqlException(
          SqlState.IN_FAILED_SQL_TRANSACTION,
          "current transaction is aborted, commands ignored until end of transaction block");
    }
  }

  /** Raises 25P01 outside of a block. */
  void requireBlock(String what) {
    if (!isInBlock()) {
      throw new SqlException(
          SqlState.NO_ACTIVE_SQL_TRANSACTION, what + " can only be used in transaction blocks");
    }
  }

  /** Raises 25001 inside a block, or where other statements share the implicit transaction. */
  void preventInBlock(String what, boolean isOneOfMany) {
    if (isInBlock() || isOneOfMany) {
      throw new SqlException(
          SqlState.ACTIVE_SQL_TRANSACTION, what + " cannot run inside a transaction block");
    }
  }

  /** BEGIN: opens a block, or warns that there is one. */
  void beginBlock(UtilityStatement.TransactionModes modes, Reply reply) {
    if (isInBlock()) {
      ClientSession.warn(
          reply, SqlState.ACTIVE_SQL_TRANSACTION, "there is already a transaction in progress");
    }
    transaction.setModes(modes);
    phase = Phase.BLOCK;
  }

  /** COMMIT: returns the tag. */
  String commitBlock(boolean isChain, Reply reply) {
    if (!isInBlock()) {
      refuseChain(isChain, "COMMIT AND CHAIN");
      warnOfNone(reply);
      endImplicit();
      return "COMMIT";
    }
    TransactionModes modes = transaction.modes();
    boolean isFailed = phase == Phase.FAILED;
    if (isFailed) {
      rollback();
    } else {
      commit();
    }
    if (isChain) {
      begin(Phase.BLOCK, isFailed ? TransactionModes.ofSettings(session.settings()) : modes);
    }
    return isFailed ? "ROLLBACK" : "COMMIT";
  }

  /** ROLLBACK: returns the tag. */
  String rollbackBlock(boolean isChain, Reply reply) {
    if (!isInBlock()) {
      refuseChain(isChain, "ROLLBACK AND CHAIN");
      warnOfNone(reply);
      rollback();
      return "ROLLBACK";
    }
    TransactionModes modes = transaction.modes();
    boolean isFailed = phase == Phase.FAILED;
    rollback();
    if (isChain) {
      // As in PostgreSQL 15, what an error has undone is not handed on.
      begin(Phase.BLOCK, isFailed ? TransactionModes.ofSettings(session.settings()) : modes);
    }
    return "ROLLBACK";
  }

  private static void refuseChain(boolean isChain, String what) {
    if (isChain) {
      throw new SqlException(
          SqlState.NO_ACTIVE_SQL_TRANSACTION, what + " can only be used in transaction blocks");
    }
  }

  private static void warnOfNone(Reply reply) {
    ClientSession.warn(
        reply, SqlState.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress");
  }

  /** SAVEPOINT. */
  void savepoint(String name) {
    requireBlock("SAVEPOINT");
    session.settings().mark();
    transaction.store().nextCommand();
    transaction.savepoint(name);
  }

  /** RELEASE SAVEPOINT. */
  void release(String name) {
    requireBlock("RELEASE SAVEPOINT");
    session.settings().release(transaction.release(name));
    session.portals().released(transaction.depth());
  }

  /** ROLLBACK TO SAVEPOINT. */
  void rollbackTo(String name) {
    requireBlock("ROLLBACK TO SAVEPOINT");
    int newer = transaction.rollbackTo(name);
    session.portals().closeFrom(transaction.depth());
    for (int i = 0; i < newer; i++) {
      session.settings().rollback(false);
    }
    session.settings().rollback(true);
    phase = Phase.BLOCK;
  }

  private void begin(Phase newPhase, TransactionModes modes) {
    LocalEngine engine = session.engine();
    transaction =
        new SessionTransaction(
            session.database(),
            engine.storage(),
            modes,
            session.statementMicros(),
            session.interruption());
    session.settings().mark();
    engine.storage().locks().bind(session, transaction.store());
    phase = newPhase;
  }

  /** Returns the modes for a transaction that names none. */
  private TransactionModes defaultModes() {
    Settings settings = session.settings();
    if (defaultModesVersion != settings.version()) {
      defaultModes = TransactionModes.ofSettings(settings);
      defaultModesVersion = settings.version();
    }
    return defaultModes;
  }

  /** Commits the implicit transaction, if there is one. */
  void endImplicit() {
    if (phase == Phase.IMPLICIT) {
      commit();
    }
  }

  /** Undoes the implicit transaction, if there is one. */
  void undoImplicit() {
    if (phase == Phase.IMPLICIT) {
      rollback();
    }
  }

  /**
   * Runs a statement; if it would have to wait on an event loop, it has had no effect when that is
   * raised.
   */
  <T> T undoneIfItWaits(Supplier<T> work) {
    if (!session.isOnEventLoop() || transaction == null || phase == Phase.FAILED) {
      return work.get();
    }
    SessionTransaction running = transaction;
    int mark = running.store().savepoint();
    T result;
    try {
      result = work.get();
    } catch (WouldWait wait) {
      running.store().rollbackTo(mark);
      running.store().release(mark);
      throw wait;
    }
    if (transaction == running) {
      running.store().release(mark);
    }
    return result;
  }

  /** An error was raised: a block fails, an implicit transaction is undone. */
  void failed() {
    switch (phase) {
      case IDLE -> {}
      case IMPLICIT -> rollback();
      case BLOCK -> {
        session.portals().closeFrom(transaction.depth());
        // Undoing much is nothing for an event loop; then it is left to the client's ROLLBACK.
        if (!session.isOnEventLoop() || transaction.isShort()) {
          transaction.abort();
        }
        phase = Phase.FAILED;
      }
      case FAILED -> {}
    }
  }

  private void commit() {
    session.requireShort(transaction.mayCommitSoon());
    try {
      session.queries().runDeferredChecks(true);
      session.portals().holdCursors();
      session.portals().closeFrom(0);
      session.temporaryTables().beforeCommit();
      transaction.store().setSynchronous(isSynchronous());
      if (transaction.changesCatalog()) {
        session.engine().changingCatalogs(this::commitTransaction);
      } else {
        commitTransaction();
      }
    } catch (RuntimeException e) {
      rollback();
      throw e;
    }
    ended(true);
  }

  private void commitTransaction() {
    if (session.isOnEventLoop()) {
      pending = transaction.commitSoon();
      return;
    }
    LocalEngine engine = session.engine();
    List<UnaryOperator<RoleCatalog>> roleChanges = List.copyOf(transaction.roleChanges());
    engine
        .notifications()
        .commit(
            session.mailbox(), transaction.channels(), session.processId(), transaction::commit);
    engine.publishRoles(roleChanges, session.database());
  }

  /** Undoes whatever transaction there is. */
  void rollback() {
    if (transaction != null) {
      session.portals().closeFrom(0);
      transaction.rollback();
      ended(false);
    }
    phase = Phase.IDLE;
  }

  private void ended(boolean isCommit) {
    session.settings().endTransaction(isCommit);
    transaction = null;
    phase = Phase.IDLE;
  }
}
