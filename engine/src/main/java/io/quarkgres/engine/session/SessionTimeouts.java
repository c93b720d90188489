package io.quarkgres.engine.session;

import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A session's statement_timeout, lock_timeout and idle timeouts. At most one timer runs at a time:
 * that of a statement, or that of waiting for the client. Used by the session's thread; the timers
 * come on a thread of their own.
 */
final class SessionTimeouts {
  private final ScheduledExecutorService timers;
  private final Settings settings;
  private final Interruption interruption;
  private final Consumer<SqlException> terminate;
  private long settingsVersion = -1;
  private long statementMillis;
  private long idleMillis;
  private long idleInTransactionMillis;
  private ScheduledFuture<?> timer;

  /** Counts what is timed, so that a timer that comes late does not hit what follows. */
  private long period;

  /**
   * Makes the timeouts of a session.
   *
   * @param terminate ends the session with an error
   */
  SessionTimeouts(
      ScheduledExecutorService timers,
      Settings settings,
      Interruption interruption,
      Consumer<SqlException> terminate) {
    this.timers = timers;
    this.settings = settings;
    this.interruption = interruption;
    this.terminate = terminate;
  }

  /** A statement begins. */
  void statementBegins() {
    stop();
    refresh();
    if (statementMillis > 0) {
      start(
          statementMillis,
          interruption::interrupt,
          new SqlException(
              SqlState.QUERY_CANCELED, "canceling statement due to statement timeout"));
    }
  }

  /** The client is told that it may send a command. */
  void idleBegins(boolean isInTransaction) {
    stop();
    refresh();
    if (isInTransaction && idleInTransactionMillis > 0) {
      start(
          idleInTransactionMillis,
          terminate,
          new SqlException(
              SqlState.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
              "terminating connection due to idle-in-transaction timeout"));
    } else if (!isInTransaction && idleMillis > 0) {
      start(
          idleMillis,
          terminate,
          new SqlException(
              SqlState.IDLE_SESSION_TIMEOUT, "terminating connection due to idle-session timeout"));
    }
  }

  private void refresh() {
    if (settings.version() != settingsVersion) {
      settingsVersion = settings.version();
      statementMillis = settings.integer("statement_timeout");
      idleMillis = settings.integer("idle_session_timeout");
      idleInTransactionMillis = settings.integer("idle_in_transaction_session_timeout");
      interruption.setLockTimeout(settings.integer("lock_timeout"));
    }
  }

  private void start(long millis, Consumer<SqlException> action, SqlException reason) {
    long mine = period;
    timer = timers.schedule(() -> fire(mine, action, reason), millis, TimeUnit.MILLISECONDS);
  }

  private synchronized void fire(long when, Consumer<SqlException> action, SqlException reason) {
    if (when == period) {
      action.accept(reason);
    }
  }

  /** What was timed is over. */
  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
      synchronized (this) {
        period++;
      }
    }
  }
}
