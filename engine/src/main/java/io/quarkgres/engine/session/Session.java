package io.quarkgres.engine.session;

import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One client's session, in the terms of the wire protocol. All methods raise {@link SqlException}
 * for the user's errors; the caller then reports it, calls {@link #failed} and, in the extended
 * protocol, skips to Sync. Used by one thread at a time, except where a method says otherwise.
 */
public interface Session extends AutoCloseable {
  /**
   * Says whether the calls that follow come on an event loop. There, whatever is not sure to be
   * done in microseconds raises {@link io.quarkgres.spi.error.WouldWait} instead, having had no
   * effect: it is to be called again on a thread that may wait.
   */
  void onEventLoop(boolean isOnEventLoop);

  /** Says over which TCP ports the client speaks to the server, for those who ask for them. */
  void connectedOver(int serverPort, int clientPort);

  /** Returns the number that BackendKeyData gives as process id. */
  int processId();

  /** Returns the secret of BackendKeyData. */
  int secretKey();

  /** Returns the settings to report at start, in order. */
  Map<String, String> reportedSettings();

  /**
   * Runs a simple query: one or several statements in one implicit transaction. Commits or rolls
   * back the implicit transaction before it returns or raises.
   */
  void simpleQuery(String sql, Reply reply);

  /**
   * Parses and names a statement ("" is the unnamed one).
   *
   * @param parameterTypes declared oids, 0 for undeclared; may be fewer than there are
   */
  void parse(String statement, String sql, int[] parameterTypes, Reply reply);

  /**
   * Makes a portal of a statement.
   *
   * @param parameterFormats none (all text), one (for all), or one each
   * @param parameters encoded values, {@code null} for NULL
   * @param resultFormats none (all text), one (for all), or one each
   */
  void bind(
      String portal,
      String statement,
      short[] parameterFormats,
      byte[][] parameters,
      short[] resultFormats,
      Reply reply);

  /** Describes a statement. */
  StatementDescription describeStatement(String statement);

  /** Describes a portal; also one that DECLARE CURSOR made. */
  PortalDescription describePortal(String portal);

  /**
   * Runs a portal until it is done (CommandComplete, EmptyQueryResponse) or {@code maxRows} rows
   * were sent (PortalSuspended).
   *
   * @param maxRows 0 for no limit
   */
  void execute(String portal, int maxRows, Reply reply);

  /** Forgets a statement; an unknown one is no error. */
  void closeStatement(String statement);

  /** Closes a portal; an unknown one is no error. */
  void closePortal(String portal);

  /** Ends an implicit transaction: commits it unless it has failed. */
  void sync(Reply reply);

  /**
   * Waits for the commit that the last call made on an event loop: until it is on disk, the client
   * may not be told of it, and no further call be made.
   *
   * @param then is called by any thread when the commit is done, with {@code null}, or in doubt,
   *     with the error
   * @return whether there is such a commit; if not, nothing is called
   */
  boolean awaitCommit(Consumer<SqlException> then);

  /**
   * Says that an error was reported: fails the transaction block or rolls the implicit one back.
   */
  void failed();

  /** Reports settings that have changed, which is due before ReadyForQuery. */
  void report(Reply reply);

  /** Returns the state for ReadyForQuery: {@code I}, {@code T} or {@code E}. */
  char transactionStatus();

  /**
   * Says what to run when a notification comes while the session may be idle. It runs on the
   * notifying session's thread and must not block.
   */
  void onNotification(Runnable wake);

  /** Takes the notifications that may be sent now: none while a transaction is open. */
  List<Notification> takeNotifications();

  /** Tells whether {@code client_min_messages} lets a message of a severity through. */
  boolean showsNotice(String severity);

  /** Says that the client was told to send its next command: idle timeouts run from now on. */
  void idle();

  /**
   * Returns the error that ends the session from outside, {@code null} while it goes on. The caller
   * reports it and closes the session. Any thread.
   */
  SqlException termination();

  /** Says what to do, on any thread, when the session is ended from outside. */
  void onTermination(Runnable action);

  /** Returns what text forms of values depend on now. */
  TypeContext types();

  /** Cancels the running statement, if any. Any thread. */
  void cancel();

  /** Ends the session: rolls back, drops temporary tables, lets go of locks. */
  @Override
  void close();

  /**
   * What NOTIFY sends to a session that listens.
   *
   * @param processId the number of the session that notified
   */
  record Notification(int processId, String channel, String payload) {}

  /**
   * What Describe of a statement answers.
   *
   * @param columns {@code null} when it yields no rows
   */
  record StatementDescription(List<SqlType> parameters, List<ResultColumn> columns) {}

  /**
   * What Describe of a portal answers.
   *
   * @param columns {@code null} when it yields no rows
   */
  record PortalDescription(List<ResultColumn> columns, short[] formats) {}
}
