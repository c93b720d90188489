package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogImage;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.catalog.function.CatalogFunctions;
import io.quarkgres.engine.catalog.system.SystemCatalog;
import io.quarkgres.engine.ddl.execute.CatalogRestorer;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.builtin.BuiltinFunctions;
import io.quarkgres.engine.function.jsonpath.JsonPathFunctions;
import io.quarkgres.engine.session.cache.PlanCache;
import io.quarkgres.engine.session.cache.ResultCache;
import io.quarkgres.engine.session.setting.ServerSettings;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.engine.session.setting.SharedValues;
import io.quarkgres.engine.spill.SpillFolder;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.engine.type.builtin.BuiltinTypes;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.Transaction;
import java.nio.ByteBuffer;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** The engine over one storage: databases, sessions, extensions, timers. Thread: any. */
public final class LocalEngine implements Engine {
  /** The first oid for users' objects; from 16384 on are those of extensions, which are fixed. */
  private static final int FIRST_USER_OID = 18_000;

  /** The oid of database {@code postgres}, as in PostgreSQL 15. */
  private static final int POSTGRES_DATABASE_OID = 5;

  /** The key of the metadata that has the system's number. */
  private static final String SYSTEM_KEY = "system";

  private final SharedValues shared = new SharedValues();
  private final SpillFolder spillFolder;
  private final Storage storage;
  private final Clock clock;
  private final int sessionsMax;
  private final List<Extension> extensions = new ArrayList<>();
  private final ServerSettings serverSettings;
  private final TypeRegistry builtinTypes;
  private final FunctionRegistry builtinFunctions;
  private final PlanCache plans = new PlanCache();
  private final StatementTemplates templates = new StatementTemplates();
  private final BulkInserts bulkInserts = new BulkInserts();
  private final ResultCache results = new ResultCache();
  private final Notifications notifications = new Notifications();
  private final Map<String, Database> databases = new ConcurrentHashMap<>();
  private final Map<Integer, ClientSession> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger nextProcessId = new AtomicInteger(1000);
  private final AtomicInteger nextOid = new AtomicInteger(FIRST_USER_OID);
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("quarkgres-timers").factory());
  private final long startMicros;
  private final long systemId;
  private final ReentrantLock catalogLock = new ReentrantLock();
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
    builtinTypes = BuiltinTypes.registry(JsonPathFunctions.forms());
    builtinFunctions = BuiltinFunctions.registry(CatalogFunctions::register);
    Map<String, byte[]> kept = storage.metadata();
    if (kept.isEmpty()) {
      makeDatabases();
    } else {
      restoreDatabases(kept);
    }
    systemId = systemId(kept.get(SYSTEM_KEY));
  }

  /** Returns the number of the data that this is, which copies of it share; makes it if need be. */
  private long systemId(byte[] kept) {
    if (kept != null) {
      return ByteBuffer.wrap(kept).getLong();
    }
    long id = new SecureRandom().nextLong() >>> 1;
    if (storage.isDurable()) {
      Transaction transaction = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
      transaction.put(SYSTEM_KEY, ByteBuffer.allocate(Long.BYTES).putLong(id).array());
      transaction.commit();
    }
    return id;
  }

  private void makeDatabases() {
    Map<String, Integer> oids =
        Map.of("postgres", POSTGRES_DATABASE_OID, "template1", 1, "template0", 4);
    Transaction transaction = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
    oids.forEach((name, oid) -> {
      Database made = database(firstCatalog(oid, name));
      databases.put(name, made);
      if (storage.isDurable()) {
        CatalogImage.change(null, made.catalog(), transaction);
      }
    });
    transaction.commit();
  }

  private void restoreDatabases(Map<String, byte[]> kept) {
    CatalogRestorer restorer = new CatalogRestorer(storage);
    CatalogImage.databases(kept)
        .forEach((oid, name) -> {
          CatalogVersion catalog =
              CatalogImage.restore(firstCatalog(oid, name), kept, storage, restorer);
          databases.put(name, database(catalog));
          int highest = CatalogImage.highestOid(catalog, FIRST_USER_OID);
          nextOid.accumulateAndGet(highest + 1, Math::max);
        });
  }

  /** Runs something that changes catalogs: what of them is kept changes in one order. */
  void changingCatalogs(Runnable action) {
    catalogLock.lock();
    try {
      action.run();
    } finally {
      catalogLock.unlock();
    }
  }

  private Database database(CatalogVersion catalog) {
    return new Database(catalog, catalogLock, this::forgetOldPlans);
  }

  /** Lets go of what was made for catalogs that are gone, and so of tables that are. */
  private void forgetOldPlans() {
    Set<Long> versions = new HashSet<>();
    databases.values().forEach(database -> versions.add(database.catalog().version()));
    plans.retain(versions);
    templates.retain(versions);
    bulkInserts.retain(versions);
    results.retain(versions);
  }

  /** Commits the making or removal of a database, of which one version is {@code null}. */
  private void keep(CatalogVersion before, CatalogVersion after) {
    if (storage.isDurable()) {
      Transaction transaction = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
      CatalogImage.change(before, after, transaction);
      transaction.commit();
    }
  }

  private CatalogVersion firstCatalog(int oid, String name) {
    CatalogVersion empty = CatalogVersion.initial(oid, name, builtinTypes, builtinFunctions);
    return SystemCatalog.install(empty, new ServerViews(this));
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

  /** Returns the number that tells this data from others'. */
  long systemId() {
    return systemId;
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

  int newOid() {
    return nextOid.getAndIncrement();
  }

  /** Returns the second of two new oids that follow each other. */
  int newRowType() {
    return nextOid.getAndAdd(2) + 1;
  }

  Collection<ClientSession> sessions() {
    return sessions.values();
  }

  Collection<Database> databases() {
    return databases.values();
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
            ? databases.get("template1")
            : requireDatabase(parameters.getOrDefault("database", user));
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

  private Database requireDatabase(String name) {
    Database database = databases.get(name);
    if (database == null) {
      throw new SqlException(
          SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }
    return database;
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

  /** Gives the other databases the roles that a transaction in one has committed. */
  void publishRoles(List<UnaryOperator<RoleCatalog>> changes, Database where) {
    if (changes.isEmpty()) {
      return;
    }
    for (Database database : databases.values()) {
      if (database != where) {
        database.publish(
            List.of(editor -> changes.forEach(c -> editor.roles(c.apply(editor.roles())))));
      }
    }
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

  /** Makes a database; raises 42P04 when there is one of that name. */
  int createDatabase(String name) {
    int oid = newOid();
    RoleCatalog roles = databases.get("template1").catalog().roles();
    Database made = database(firstCatalog(oid, name).change(e -> e.roles(roles)));
    changingCatalogs(() -> {
      if (databases.containsKey(name)) {
        throw new SqlException(
            SqlState.DUPLICATE_DATABASE, "database \"" + name + "\" already exists");
      }
      keep(null, made.catalog());
      databases.put(name, made);
    });
    return oid;
  }

  /** Removes a database; returns whether there was one. */
  boolean dropDatabase(String name, boolean isForced) {
    Database database = databases.get(name);
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
    changingCatalogs(() -> {
      keep(database.catalog(), null);
      databases.remove(name, database);
    });
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
