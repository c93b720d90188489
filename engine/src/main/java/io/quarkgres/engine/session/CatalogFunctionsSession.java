package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.DefinitionPrinter;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.session.setting.ServerSettings;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.lock.LockMode;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.lock.LockTable;
import io.quarkgres.spi.store.LogStatistics;
import java.util.ArrayList;
import java.util.List;

/** The session's side of functions about the catalog. Used by the session's thread. */
final class CatalogFunctionsSession implements CatalogServices, TypeContext.ObjectNames {
  private static final int RESTORE_POINT_MAX = 63;

  private final ClientSession session;
  private final SequenceFunctions sequences;

  CatalogFunctionsSession(ClientSession session, SessionServices.SequenceMemory memory) {
    this.session = session;
    this.sequences = new SequenceFunctions(session, memory);
  }

  @Override
  public CatalogVersion catalog() {
    return session.environment().catalog();
  }

  @Override
  public CatalogVersion catalogOf(int databaseOid) {
    for (Database database : session.engine().databases().all()) {
      if (database.oid() == databaseOid) {
        return database.catalog();
      }
    }
    return null;
  }

  @Override
  public DefinitionPrinter definitions() {
    return new SessionDefinitions(session.environment());
  }

  @Override
  public int databaseOid(String name) {
    return session.engine().databases().oid(name);
  }

  @Override
  public List<String> searchPath() {
    List<String> path = session.environment().searchPath();
    if (session.environment().isTemporarySchemaImplied()) {
      return path.subList(1, path.size());
    }
    String awaited = session.environment().awaitedTemporarySchema();
    if (awaited == null) {
      return path;
    }
    List<String> result = new ArrayList<>(List.of(awaited));
    result.addAll(path);
    return result;
  }

  @Override
  public List<String> searchPathWithImplied() {
    List<String> result = new ArrayList<>(session.environment().searchPath());
    if (!result.contains("pg_catalog")) {
      result.add(session.environment().isTemporarySchemaImplied() ? 1 : 0, "pg_catalog");
    }
    return result;
  }

  @Override
  public RelationEntry relation(String name) {
    List<String> parts = ObjectNaming.split(name);
    String schema = parts.size() < 2 ? null : parts.get(parts.size() - 2);
    return RelationLookup.find(session, schema, parts.get(parts.size() - 1));
  }

  @Override
  public long nextValue(int oid) {
    return sequences.nextValue(oid);
  }

  @Override
  public long currentValue(int oid) {
    return sequences.currentValue(oid);
  }

  @Override
  public long lastValue() {
    return sequences.lastValue();
  }

  @Override
  public void setValue(int oid, long value, boolean isCalled) {
    sequences.setValue(oid, value, isCalled);
  }

  @Override
  public String setConfig(String name, String value, boolean isLocal) {
    if (value == null) {
      SettingStatements.reset(session, name, isLocal);
    } else {
      SettingStatements.assign(session, name, value, isLocal);
    }
    return session.settings().get(name);
  }

  @Override
  public String currentSetting(String name) {
    ShowStatement.requireReadable(session, name);
    return session.settings().get(name);
  }

  @Override
  public String rawSetting(String name) {
    return session.settings().raw(name);
  }

  @Override
  public String currentUser() {
    return session.role().currentName();
  }

  @Override
  public int currentRole() {
    return session.role().current();
  }

  @Override
  public String sessionUser() {
    return session.role().sessionName();
  }

  @Override
  public int processId() {
    return session.processId();
  }

  @Override
  public int serverPort() {
    return session.serverPort();
  }

  @Override
  public int clientPort() {
    return session.clientPort();
  }

  @Override
  public long transactionId() {
    return session.transaction().store().id();
  }

  @Override
  public long serverStartMicros() {
    return session.engine().startMicros();
  }

  @Override
  public LogStatistics logStatistics() {
    return session.engine().storage().logStatistics();
  }

  @Override
  public long restorePoint(String name) {
    requireOperator("pg_create_restore_point");
    if (name.length() > RESTORE_POINT_MAX) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "value too long for restore point (maximum " + RESTORE_POINT_MAX + " characters)");
    }
    return session.engine().storage().restorePoint(name);
  }

  @Override
  public long switchLog() {
    requireOperator("pg_switch_wal");
    return session.engine().storage().switchLog();
  }

  @Override
  public boolean maySeeSetting(String name) {
    return ShowStatement.isReadable(session, session.engine().settingTable().get(name));
  }

  @Override
  public SettingOrigin settingOrigin(String name) {
    ServerSettings server = session.engine().serverSettings();
    String source = session.settings().source(name);
    boolean isShown = source.equals(ServerSettings.FILE) && ShowStatement.readsAll(session);
    return new SettingOrigin(
        source,
        session.settings().start(name),
        isShown ? server.line(name) : 0,
        server.isPendingRestart(name));
  }

  @Override
  public void reloadSettings() {
    requireOperator("pg_reload_conf");
    session.engine().serverSettings().reload();
  }

  /** What follows waits for the disk and is for superusers. */
  private void requireOperator(String function) {
    session.requireShort(false);
    if (!session.role().rights().isSuperuser()) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for function " + function);
    }
  }

  @Override
  public boolean advisoryLock(
      boolean isPair, long key, boolean isForTransaction, boolean isShared, boolean isTry) {
    LockOwner owner = isForTransaction ? session.transaction().store() : session;
    LockMode mode = isShared ? LockMode.SHARE : LockMode.EXCLUSIVE;
    LockTable locks = session.engine().storage().locks();
    if (isTry) {
      return locks.tryLock(owner, target(isPair, key), mode);
    }
    locks.lock(owner, target(isPair, key), mode);
    return true;
  }

  private LockTable.Target target(boolean isPair, long key) {
    int space = isPair ? LockTable.Target.ADVISORY_PAIR : LockTable.Target.ADVISORY;
    return new LockTable.Target(space, session.database().oid(), key);
  }

  @Override
  public boolean advisoryUnlock(boolean isPair, long key, boolean isShared) {
    LockMode mode = isShared ? LockMode.SHARE : LockMode.EXCLUSIVE;
    boolean wasHeld = session.engine().storage().locks().unlock(session, target(isPair, key), mode);
    if (!wasHeld) {
      String lock = isShared ? "ShareLock" : "ExclusiveLock";
      notice("WARNING", SqlState.WARNING.code(), "you don't own a lock of type " + lock);
    }
    return wasHeld;
  }

  @Override
  public void advisoryUnlockAll() {
    session.engine().storage().locks().releaseAll(session);
  }

  @Override
  public boolean cancelBackend(int processId) {
    for (ClientSession other : session.engine().sessions()) {
      if (other.processId() == processId) {
        other.cancel();
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean terminateBackend(int processId) {
    for (ClientSession other : session.engine().sessions()) {
      if (other.processId() == processId) {
        other.terminate();
        return true;
      }
    }
    return false;
  }

  @Override
  public void notify(String channel, String payload) {
    session.transaction().channels().notify(channel, payload);
  }

  @Override
  public List<String> listeningChannels() {
    return session.engine().notifications().channels(session.mailbox());
  }

  @Override
  public double notificationQueueUsage() {
    return session.engine().notifications().usage();
  }

  @Override
  public List<PreparedInfo> preparedStatements() {
    List<PreparedInfo> result = new ArrayList<>();
    for (PreparedStatement statement : session.statements().all()) {
      if (!statement.name().isEmpty()) {
        result.add(
            new PreparedInfo(
                statement.name(),
                statement.sql(),
                statement.preparedMicros(),
                statement.parameters().stream().map(SqlType::oid).toList(),
                statement.isFromSql(),
                statement.held().runs(),
                0));
      }
    }
    return result;
  }

  @Override
  public List<CursorInfo> cursors() {
    List<CursorInfo> result = new ArrayList<>();
    for (Portal portal : session.portals().all()) {
      Portal.Declaration d = portal.declaration();
      result.add(
          new CursorInfo(
              portal.name(), d.sql(), d.isHold(), d.isBinary(), d.isScroll(), d.createdMicros()));
    }
    return result;
  }

  @Override
  public void notice(String severity, String code, String message) {
    session.notice(new Reply.Notice(severity, code, message, null, null));
  }

  @Override
  public int oid(String kind, String name) {
    return ObjectNaming.oid(this, kind, name);
  }

  @Override
  public String name(String kind, int oid) {
    return ObjectNaming.name(this, kind, oid);
  }
}
