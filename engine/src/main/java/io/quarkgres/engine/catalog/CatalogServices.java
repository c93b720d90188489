package io.quarkgres.engine.catalog;

import io.quarkgres.spi.store.LogStatistics;
import java.util.List;

/**
 * What functions ask of the session that evaluates them: the catalog, sequences, settings, advisory
 * locks. Found through {@code EvalContext.service}. Used by the statement's thread.
 */
public interface CatalogServices {
  /** Returns the catalog as the statement sees it. */
  CatalogVersion catalog();

  /** Returns the newest public catalog of a database, {@code null} when there is none of it. */
  CatalogVersion catalogOf(int databaseOid);

  /** Returns what prints definitions. */
  DefinitionPrinter definitions();

  /** Returns the oid of a database, 0 when there is none of that name. */
  int databaseOid(String name);

  /** Returns the schemas of the search path that exist; {@code pg_catalog} only where named. */
  List<String> searchPath();

  /** Returns the search path with the schemas that are implied. */
  List<String> searchPathWithImplied();

  /** Returns the relation of a possibly qualified name given as text, or {@code null}. */
  RelationEntry relation(String name);

  /** Advances a sequence and returns its value; raises 2200H at its end. */
  long nextValue(int sequenceOid);

  /** Returns the session's last value of a sequence; raises 55000 when there is none. */
  long currentValue(int sequenceOid);

  /** Returns the last value of {@link #nextValue} in the session; raises 55000 if there is none. */
  long lastValue();

  /** Sets a sequence. */
  void setValue(int sequenceOid, long value, boolean isCalled);

  /** Sets a setting as {@code set_config} does and returns its new value. */
  String setConfig(String name, String value, boolean isLocal);

  /** Returns a setting, {@code null} when it is unknown. */
  String currentSetting(String name);

  /** Returns a setting as a plain number of its base unit, or text; null when it is unknown. */
  String rawSetting(String name);

  /** How many lines of comment come before what ALTER SYSTEM keeps, as in PostgreSQL's file. */
  int SETTINGS_FILE_COMMENT = 2;

  /** Tells whether the current role may see a setting. */
  boolean maySeeSetting(String name);

  /** Returns where a setting's value is from. */
  SettingOrigin settingOrigin(String name);

  /**
   * Where the value of a setting is from.
   *
   * @param source as {@code pg_settings} says it
   * @param resetValue the value that RESET returns to
   * @param fileLine the line of ALTER SYSTEM that it is from, 0 for none or one not to be shown
   * @param isPendingRestart whether the next start gives it another value
   */
  record SettingOrigin(String source, String resetValue, int fileLine, boolean isPendingRestart) {}

  /** Takes what ALTER SYSTEM has kept. Raises 42501 unless a superuser asks. */
  void reloadSettings();

  /** Returns the name of the current role. */
  String currentUser();

  /** Returns the oid of the current role. */
  int currentRole();

  /** Returns the name of the session's role. */
  String sessionUser();

  /** Returns the session's process id. */
  int processId();

  /** Returns the TCP port that the client connected to, -1 when there is none. */
  int serverPort();

  /** Returns the client's TCP port, -1 when there is none. */
  int clientPort();

  /** Returns the transaction's id. */
  long transactionId();

  /** Returns the server's start, microseconds since 2000-01-01 UTC. */
  long serverStartMicros();

  /** Returns what the write-ahead log has done. */
  LogStatistics logStatistics();

  /** Names this moment in the log; returns where that is. Raises 42501 unless a superuser asks. */
  long restorePoint(String name);

  /** Begins a new segment of the log; returns where. Raises 42501 unless a superuser asks. */
  long switchLog();

  /**
   * Takes an advisory lock.
   *
   * @param isPair whether the key is two 32-bit numbers
   * @param isForTransaction whether it goes at the end of the transaction
   * @param isShared whether it is a shared lock
   * @param isTry whether to return false rather than wait
   * @return whether it was taken
   */
  boolean advisoryLock(
      boolean isPair, long key, boolean isForTransaction, boolean isShared, boolean isTry);

  /** Gives back an advisory lock of the session; returns whether it was held. */
  boolean advisoryUnlock(boolean isPair, long key, boolean isShared);

  /** Gives back all advisory locks of the session. */
  void advisoryUnlockAll();

  /** Cancels the statement of another session; returns whether there is such a session. */
  boolean cancelBackend(int processId);

  /** Ends another session; returns whether there is such a session. */
  boolean terminateBackend(int processId);

  /** Sends a notification at commit; raises 22023. */
  void notify(String channel, String payload);

  /** Returns the channels that the session listens to. */
  List<String> listeningChannels();

  /** Returns how full the queue of notifications is, from 0 to 1. */
  double notificationQueueUsage();

  /** Returns the session's prepared statements. */
  List<PreparedInfo> preparedStatements();

  /** Returns the session's cursors. */
  List<CursorInfo> cursors();

  /** A row of {@code pg_prepared_statements}. */
  record PreparedInfo(
      String name,
      String statement,
      long preparedMicros,
      List<Integer> parameterTypes,
      boolean isFromSql,
      long genericPlans,
      long customPlans) {}

  /** A row of {@code pg_cursors}. */
  record CursorInfo(
      String name,
      String statement,
      boolean isHoldable,
      boolean isBinary,
      boolean isScrollable,
      long createdMicros) {}

  /** Sends a notice, for RAISE-like functions. */
  void notice(String severity, String code, String message);
}
