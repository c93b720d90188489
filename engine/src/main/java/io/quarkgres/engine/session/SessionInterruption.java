package io.quarkgres.engine.session;

import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What stops a running statement, or ends the session, from outside: cancel, timeouts, the end of
 * the server. {@link #cancel} and {@link #terminate} come on any thread, everything else on the
 * session's.
 */
final class SessionInterruption {
  private final Interruption running = new Interruption();
  private final SessionTimeouts timeouts;
  private volatile Runnable onTermination = () -> {};
  private volatile SqlException termination;

  SessionInterruption(ScheduledExecutorService timers, Settings settings) {
    this.timeouts = new SessionTimeouts(timers, settings, running, this::terminate);
  }

  /** Returns what a running statement watches. */
  Interruption running() {
    return running;
  }

  SessionTimeouts timeouts() {
    return timeouts;
  }

  /** A message's work begins: what was to stop an earlier one is not meant for it. */
  void statementBegins() {
    clear();
    timeouts.statementBegins();
  }

  /** Forgets a cancel that came too late; raises the error that ends the session, if any. */
  void clear() {
    running.clear();
    SqlException end = termination;
    if (end != null) {
      throw end;
    }
  }

  void cancel() {
    running.interrupt(
        new SqlException(SqlState.QUERY_CANCELED, "canceling statement due to user request"));
  }

  /** Ends the session by an administrator's command. */
  void terminate() {
    terminate(
        new SqlException(
            SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command"));
  }

  private void terminate(SqlException reason) {
    termination = reason;
    running.interrupt(reason);
    onTermination.run();
  }

  /** Returns the error that ends the session, {@code null} while it goes on. */
  SqlException termination() {
    return termination;
  }

  /** Says what to do when the session is ended. */
  void onTermination(Runnable action) {
    onTermination = action;
    if (termination != null) {
      action.run();
    }
  }
}
