package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogImage;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.spi.store.Transaction;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A database: its name, its newest public catalog version, its sessions. Whoever changes a catalog
 * holds the lock that all databases of an engine share, so that what is kept of catalogs, and of
 * the roles that they share, changes in one order. Thread: any.
 */
final class Database {
  private final int oid;
  private final String name;
  private final ReentrantLock changing;
  private final Runnable whenChanged;
  private final AtomicInteger sessions = new AtomicInteger();
  private volatile CatalogVersion catalog;

  /** Makes a database; {@code whenChanged} is run behind each commit that changed the catalog. */
  Database(CatalogVersion first, ReentrantLock changing, Runnable whenChanged) {
    this.oid = first.databaseOid();
    this.name = first.databaseName();
    this.changing = changing;
    this.whenChanged = whenChanged;
    this.catalog = first;
  }

  int oid() {
    return oid;
  }

  String name() {
    return name;
  }

  /** Returns the newest public catalog version. */
  CatalogVersion catalog() {
    return catalog;
  }

  /** Puts changes that are not to be kept on top of the newest public version. */
  void publish(List<Consumer<CatalogVersion.Editor>> changes) {
    changing.lock();
    try {
      catalog = changed(changes);
    } finally {
      changing.unlock();
    }
  }

  private CatalogVersion changed(List<Consumer<CatalogVersion.Editor>> changes) {
    return catalog.change(editor -> changes.forEach(change -> change.accept(editor)));
  }

  /**
   * Commits a transaction with its changes of the catalog, which become visible when the commit is
   * certain and before the transaction's locks go: whoever waits for one must find the new version.
   */
  void commit(
      Transaction transaction, List<Consumer<CatalogVersion.Editor>> changes, boolean isKept) {
    changing.lock();
    try {
      CatalogVersion next = changed(changes);
      if (isKept) {
        CatalogImage.change(catalog, next, transaction);
      }
      transaction.commit(() -> catalog = next);
    } finally {
      changing.unlock();
    }
    whenChanged.run();
  }

  /** Counts the sessions that are connected. */
  AtomicInteger sessions() {
    return sessions;
  }
}
