package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.engine.session.cache.ResultCache;
import io.quarkgres.engine.session.setting.ServerSettings;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.engine.session.setting.SharedValues;
import io.quarkgres.engine.spill.SpillFolder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Storage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine over one storage: databases, sessions, extensions, timers. Thread: any. */
public final class LocalEngine implements Engine {
  private final SharedValues shared = new SharedValues();
  private final SpillFolder spillFolder;
  private final Storage storage;
  private final Clock clock;
  private final int sessionsMax;
  private final List<Extension> extensions = new ArrayList<>();
  private final ServerSettings serverSettings;
  private final PlanCache plans = new PlanCache();
  private final StatementTemplates templates = new StatementTemplates();
  private final BulkInserts bulkInserts = new BulkInserts();
  private final ResultCache results = new ResultCache();
  private final Notifications notifications = new Notifications();
  private final Databases databases;
  private final Map<Integer, ClientSession> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger nextProcessId = new AtomicInteger(1000);
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("quarkgres-timers").factory());
  private final long startMicros;
  private final BitSet temporaryNumbers = new BitSet();
  private volatile boolean isClosed;

  /**
   * Makes an engine with database {@code postgres} in it.
   *
   * @param serverSettings settings of the whole server by PostgreSQL's names, which sessions see:
   *     {@code max_connections} is the most sessions at a time
   */
  public LocalEngine(Storage storage, Clock clock, Map<String, String> serverSettings) {
    this(storage, clock, serverSettings, Set.of());
  }

  /**
   * Makes an engine.
   *
   * @param given the names of those settings that were said when the server was started, against
   *     which ALTER SYSTEM does nothing
   */
  public LocalEngine(
      Storage storage, Clock clock, Map<String, String> serverSettings, Set<String> given) {
    this.storage = storage;
    this.spillFolder = new SpillFolder(storage.temporaryFolder());
    this.clock = clock;
    this.startMicros = clock.micros();
    for (Extension extension : ServiceLoader.load(Extension.class)) {
      extensions.add(extension);
      extension.indexMethods().forEach(storage::register);
    }
    SettingTable settingTable =
        new SettingTable(
            extensions.stream().flatMap(e -> e.settings().stream()).toList(), serverSettings);
    this.serverSettings = new ServerSettings(settingTable, given, storage);
    sessionsMax = Integer.parseInt(this.serverSettings.value("max_connections"));
    databases = new Databases(storage, new ServerViews(this), this::forgetOldPlans);
  }

  /** Lets go of what was made for catalogs that are gone, and so of tables that are. */
  private void forgetOldPlans() {
    Set<Long> versions = new HashSet<>();
    databases.all().forEach(database -> versions.add(database.catalog().version()));
    plans.retain(versions);
    templates.retain(versions);
    bulkInserts.retain(versions);
    results.retain(versions);
  }

  Storage storage() {
    return storage;
  }

  /** Returns where temporary files are made. */
  SpillFolder spillFolder() {
    return spillFolder;
  }

  long startMicros() {
    return startMicros;
  }

  Clock clock() {
    return clock;
  }

  ResultCache results() {
    return results;
  }

  /** Returns the values that sessions share. */
  SharedValues shared() {
    return shared;
  }

  PlanCache plans() {
    return plans;
  }

  StatementTemplates templates() {
    return templates;
  }

  BulkInserts bulkInserts() {
    return bulkInserts;
  }

  Notifications notifications() {
    return notifications;
  }

  List<Extension> extensions() {
    return extensions;
  }

  SettingTable settingTable() {
    return serverSettings.table();
  }

  /** Returns the settings of the whole server. */
  ServerSettings serverSettings() {
    return serverSettings;
  }

  ScheduledExecutorService timers() {
    return timers;
  }

  /** Returns the databases of the server. */
  Databases databases() {
    return databases;
  }

  Collection<ClientSession> sessions() {
    return sessions.values();
  }

  @Override
  public Session open(Map<String, String> parameters) {
    if (isClosed) {
      throw new SqlException(SqlState.ADMIN_SHUTDOWN, "the database system is shutting down");
    }
    String user = parameters.get("user");
    if (user == null || user.isEmpty()) {
      throw new SqlException(
          SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
          "no PostgreSQL user name specified in startup packet");
    }
    ReplicationMode replication = ReplicationMode.of(parameters);
    Database database =
        replication == ReplicationMode.PHYSICAL
            ? databases.require("template1")
            : databases.require(parameters.getOrDefault("database", user));
    RoleEntry role = login(user, database, replication);
    if (sessions.size() >= sessionsMax) {
      throw new SqlException(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already");
    }
    int processId = nextProcessId.incrementAndGet();
    int secret = new SecureRandom().nextInt();
    ClientSession session = new ClientSession(this, database, role, processId, secret, parameters);
    database.sessions().incrementAndGet();
    sessions.put(processId, session);
    return switch (replication) {
      case NONE -> session;
      case PHYSICAL -> new ReplicationSession(this, session, false);
      case DATABASE -> new ReplicationSession(this, session, true);
    };
  }

  /** Returns the role of a user who may connect to a database; raises an error for others. */
  private RoleEntry login(String user, Database database, ReplicationMode replication) {
    CatalogVersion catalog = database.catalog();
    RoleEntry role = catalog.roles().role(user);
    if (role == null) {
      throw new SqlException(
          SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "role \"" + user + "\" does not exist");
    }
    if (!role.is(RoleEntry.Attribute.LOGIN)) {
      throw new SqlException(
          SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
          "role \"" + user + "\" is not permitted to log in");
    }
    Rights rights = new Rights(catalog, role.oid());
    boolean mayReplicate = rights.isSuperuser() || role.is(RoleEntry.Attribute.REPLICATION);
    if (replication != ReplicationMode.NONE && !mayReplicate) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "must be superuser or replication role to start walsender");
    }
    if (replication != ReplicationMode.PHYSICAL
        && !rights.onDatabase(database.oid(), Privilege.CONNECT, false)) {
      throw Rights.denied("database", '"' + database.name() + '"')
          .withDetail("User does not have CONNECT privilege.");
    }
    long open = sessions.values().stream().filter(s -> s.role().login() == role.oid()).count();
    boolean isFull = role.connectionLimit() >= 0 && open >= role.connectionLimit();
    if (isFull && !rights.isSuperuser()) {
      throw new SqlException(
          SqlState.TOO_MANY_CONNECTIONS, "too many connections for role \"" + user + "\"");
    }
    return role;
  }

  /** Returns the lowest number that no session has, from 3 on as in PostgreSQL. */
  synchronized int takeTemporaryNumber() {
    int number = temporaryNumbers.nextClearBit(3);
    temporaryNumbers.set(number);
    return number;
  }

  synchronized void giveBackTemporaryNumber(int number) {
    temporaryNumbers.clear(number);
  }

  void closed(ClientSession session) {
    if (sessions.remove(session.processId()) != null) {
      session.database().sessions().decrementAndGet();
    }
  }

  @Override
  public void cancel(int processId, int secretKey) {
    ClientSession session = sessions.get(processId);
    if (session != null && session.secretKey() == secretKey) {
      session.cancel();
    }
  }

  /** Removes a database; returns whether there was one. */
  boolean dropDatabase(String name, boolean isForced) {
    Database database = databases.find(name);
    if (database == null) {
      return false;
    }
    if (isForced) {
      for (ClientSession session : sessions.values()) {
        if (session.database() == database) {
          session.terminate();
        }
      }
    }
    int others = database.sessions().get();
    if (others > 0 && !isForced) {
      String users =
          others == 1
              ? "There is 1 other session using the database."
              : "There are " + others + " other sessions using the database.";
      throw new SqlException(
              SqlState.OBJECT_IN_USE, "database \"" + name + "\" is being accessed by other users")
          .withDetail(users);
    }
    databases.remove(database);
    return true;
  }

  @Override
  public void close() {
    isClosed = true;
    sessions.values().forEach(ClientSession::terminate);
    timers.shutdownNow();
    storage.close();
    spillFolder.close();
  }
}
