package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogImage;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.function.CatalogFunctions;
import io.quarkgres.engine.catalog.system.SystemCatalog;
import io.quarkgres.engine.ddl.execute.CatalogRestorer;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.builtin.BuiltinFunctions;
import io.quarkgres.engine.function.jsonpath.JsonPathFunctions;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The databases of a server, with their catalogs: made when the server starts for the first time,
 * read back otherwise. Thread: any.
 */
final class Databases {
  /** The first oid for users' objects; from 16384 on are those of extensions, which are fixed. */
  private static final int FIRST_USER_OID = 18_000;

  /** The oid of database {@code postgres}, as in PostgreSQL 15. */
  private static final int POSTGRES_DATABASE_OID = 5;

  /** The key of the metadata that has the system's number. */
  private static final String SYSTEM_KEY = "system";

  private final Storage storage;
  private final ServerViews views;
  private final Runnable forgetOldPlans;
  private final TypeRegistry builtinTypes;
  private final FunctionRegistry builtinFunctions;
  private final Map<String, Database> databases = new ConcurrentHashMap<>();
  private final AtomicInteger nextOid = new AtomicInteger(FIRST_USER_OID);
  private final ReentrantLock catalogLock = new ReentrantLock();
  private final long systemId;

  /**
   * Makes or restores the databases of a storage.
   *
   * @param forgetOldPlans is run when a catalog version is no longer the newest
   */
  Databases(Storage storage, ServerViews views, Runnable forgetOldPlans) {
    this.storage = storage;
    this.views = views;
    this.forgetOldPlans = forgetOldPlans;
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

  private Database database(CatalogVersion catalog) {
    return new Database(catalog, catalogLock, forgetOldPlans);
  }

  private CatalogVersion firstCatalog(int oid, String name) {
    CatalogVersion empty = CatalogVersion.initial(oid, name, builtinTypes, builtinFunctions);
    return SystemCatalog.install(empty, views);
  }

  /** Returns all databases. */
  Collection<Database> all() {
    return databases.values();
  }

  /** Returns a database by name, {@code null} when there is none. */
  Database find(String name) {
    return databases.get(name);
  }

  /** Returns a database by name; raises 3D000 when there is none. */
  Database require(String name) {
    Database database = databases.get(name);
    if (database == null) {
      throw new SqlException(
          SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }
    return database;
  }

  /** Returns the oid of a database, 0 when there is none. */
  int oid(String name) {
    Database database = databases.get(name);
    return database == null ? 0 : database.oid();
  }

  /** Returns the number that tells this data from others'. */
  long systemId() {
    return systemId;
  }

  int newOid() {
    return nextOid.getAndIncrement();
  }

  /** Returns the second of two new oids that follow each other. */
  int newRowType() {
    return nextOid.getAndAdd(2) + 1;
  }

  /** Runs something that changes catalogs: what of them is kept changes in one order. */
  void changing(Runnable action) {
    catalogLock.lock();
    try {
      action.run();
    } finally {
      catalogLock.unlock();
    }
  }

  /** Makes a database; raises 42P04 when there is one of that name. */
  int create(String name) {
    int oid = newOid();
    RoleCatalog roles = databases.get("template1").catalog().roles();
    Database made = database(firstCatalog(oid, name).change(e -> e.roles(roles)));
    changing(() -> {
      if (databases.containsKey(name)) {
        throw new SqlException(
            SqlState.DUPLICATE_DATABASE, "database \"" + name + "\" already exists");
      }
      keep(null, made.catalog());
      databases.put(name, made);
    });
    return oid;
  }

  /** Removes a database that nobody uses. */
  void remove(Database database) {
    changing(() -> {
      keep(database.catalog(), null);
      databases.remove(database.name(), database);
    });
  }

  /** Commits the making or removal of a database, of which one version is {@code null}. */
  private void keep(CatalogVersion before, CatalogVersion after) {
    if (storage.isDurable()) {
      Transaction transaction = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
      CatalogImage.change(before, after, transaction);
      transaction.commit();
    }
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
}
