package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogVersion;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A database: its name, its newest public catalog version, its sessions. Thread: any. */
final class Database {
  private final int oid;
  private final String name;
  private final AtomicReference<CatalogVersion> catalog;
  private final AtomicInteger sessions = new AtomicInteger();

  Database(CatalogVersion first) {
    this.oid = first.databaseOid();
    this.name = first.databaseName();
    this.catalog = new AtomicReference<>(first);
  }

  int oid() {
    return oid;
  }

  String name() {
    return name;
  }

  /** Returns the newest public catalog version. */
  CatalogVersion catalog() {
    return catalog.get();
  }

  /** Puts a committed transaction's changes on top of the newest public version. */
  void publish(List<Consumer<CatalogVersion.Editor>> changes) {
    catalog.updateAndGet(
        newest -> newest.change(editor -> changes.forEach(change -> change.accept(editor))));
  }

  /** Counts the sessions that are connected. */
  AtomicInteger sessions() {
    return sessions;
  }
}
