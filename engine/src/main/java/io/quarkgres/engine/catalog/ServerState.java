package io.quarkgres.engine.catalog;

import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.store.LogStatistics;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What virtual tables show that no catalog version knows: databases, sessions, settings, available
 * extensions. The session layer implements it. Thread: any.
 */
public interface ServerState {
  /** Returns the databases. */
  Collection<DatabaseInfo> databases();

  /** Returns the sessions. */
  Collection<SessionInfo> sessions();

  /** Returns the builds of indexes that are going on. */
  Collection<IndexBuildInfo> indexBuilds();

  /** Returns the settings' definitions with the values of the session that asks. */
  Collection<SettingInfo> settings(EvalContext context);

  /** Returns what ALTER SYSTEM keeps, a line each. */
  List<FileSetting> fileSettings();

  /** Returns the prepared statements of the session that asks. */
  Collection<CatalogServices.PreparedInfo> preparedStatements(EvalContext context);

  /** Returns the cursors of the session that asks. */
  Collection<CatalogServices.CursorInfo> cursors(EvalContext context);

  /** Returns the extensions that can be created: name to (version, comment). */
  Map<String, List<String>> availableExtensions();

  /** Returns the extensions that can be created. */
  List<Extension> extensions();

  /** Returns the operator classes of extensions. */
  List<Extension.OperatorClass> operatorClasses();

  /** Returns what the write-ahead log has done. */
  LogStatistics logStatistics();

  /** Returns the server's start, microseconds since 2000-01-01 UTC. */
  long startMicros();

  /** A database. */
  record DatabaseInfo(int oid, String name) {}

  /**
   * The build of an index.
   *
   * @param tableOid the table whose index it is
   */
  record IndexBuildInfo(SessionInfo session, int tableOid, BuildProgress progress) {}

  /**
   * A session; its times are microseconds since 2000.
   *
   * @param query the running or last statement
   * @param transactionMicros when its transaction began, {@code null} for none
   * @param queryMicros when {@code query} began, {@code null} when there was none yet
   * @param stateMicros since when it has been in its state
   * @param clientPort the client's port, -1 when not known
   */
  record SessionInfo(
      int processId,
      int databaseOid,
      String databaseName,
      int roleOid,
      String applicationName,
      String query,
      String state,
      long startMicros,
      Long transactionMicros,
      Long queryMicros,
      long stateMicros,
      int clientPort) {}

  /** A setting. */
  record SettingInfo(
      String name,
      String value,
      String unit,
      String category,
      String context,
      String kind,
      String minimum,
      String maximum,
      List<String> values,
      String bootValue,
      CatalogServices.SettingOrigin origin) {}

  /**
   * A line of {@code pg_file_settings}.
   *
   * @param error why it is not applied, or {@code null}
   */
  record FileSetting(String name, String value, boolean isApplied, String error) {}
}
