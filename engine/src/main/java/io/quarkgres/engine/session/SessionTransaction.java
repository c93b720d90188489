package io.quarkgres.engine.session;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One transaction of a session: the storage's transaction, the private catalog changes, savepoints,
 * and what is to be done when it ends. Used by the session's thread.
 */
final class SessionTransaction {
  private final Database database;
  private final Transaction store;
  private final long startMicros;
  private final boolean isReadOnly;
  private final List<Savepoint> savepoints = new ArrayList<>();
  private final List<Consumer<CatalogVersion.Editor>> changes = new ArrayList<>();
  private final List<Runnable> commitActions = new ArrayList<>();
  private final List<Runnable> rollbackActions = new ArrayList<>();
  private final ChannelChanges channels = new ChannelChanges();
  private CatalogVersion privateCatalog;

  /** A savepoint: how far each list had come. */
  private record Savepoint(
      String name,
      int mark,
      CatalogVersion catalog,
      int changes,
      int commitActions,
      int rollbackActions,
      ChannelChanges.Mark channels) {}

  SessionTransaction(
      Database database,
      Storage storage,
      IsolationLevel isolation,
      boolean isReadOnly,
      long startMicros,
      io.quarkgres.spi.store.Interruption interruption) {
    this.database = database;
    this.store = storage.begin(isolation, interruption);
    this.isReadOnly = isReadOnly;
    this.startMicros = startMicros;
  }

  Transaction store() {
    return store;
  }

  long startMicros() {
    return startMicros;
  }

  boolean isReadOnly() {
    return isReadOnly;
  }

  /** Returns the catalog as this transaction sees it now. */
  CatalogVersion catalog() {
    return privateCatalog != null ? privateCatalog : database.catalog();
  }

  /**
   * Changes the catalog for this transaction. Other transactions' commits since its first change
   * stay unseen in the private version until this one ends; names and objects that it changes are
   * locked, so the replay at commit cannot clash.
   */
  void change(Consumer<CatalogVersion.Editor> change) {
    CatalogVersion newest = database.catalog();
    changes.add(change);
    privateCatalog = newest.change(editor -> changes.forEach(c -> c.accept(editor)));
  }

  void onCommit(Runnable action) {
    commitActions.add(action);
  }

  void onRollback(Runnable action) {
    rollbackActions.add(action);
  }

  /** Returns what the transaction says to channels. */
  ChannelChanges channels() {
    return channels;
  }

  // Savepoints.

  /** Returns how many savepoints there are. */
  int depth() {
    return savepoints.size();
  }

  void savepoint(String name) {
    savepoints.add(
        new Savepoint(
            name,
            store.savepoint(),
            privateCatalog,
            changes.size(),
            commitActions.size(),
            rollbackActions.size(),
            channels.mark()));
  }

  /** Forgets a savepoint and those after it; returns how many. */
  int release(String name) {
    int index = find(name);
    int count = savepoints.size() - index;
    savepoints.subList(index, savepoints.size()).clear();
    return count;
  }

  /** Undoes what came after a savepoint, which stays; returns how many newer ones went. */
  int rollbackTo(String name) {
    int index = find(name);
    Savepoint savepoint = savepoints.get(index);
    int newer = savepoints.size() - index - 1;
    savepoints.subList(index + 1, savepoints.size()).clear();
    store.rollbackTo(savepoint.mark());
    runBackwards(rollbackActions, savepoint.rollbackActions());
    truncate(changes, savepoint.changes());
    truncate(commitActions, savepoint.commitActions());
    truncate(rollbackActions, savepoint.rollbackActions());
    channels.rollbackTo(savepoint.channels());
    privateCatalog = changes.isEmpty() ? null : savepoint.catalog();
    return newer;
  }

  private int find(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      if (savepoints.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new SqlException(
        SqlState.S_E_INVALID_SPECIFICATION, "savepoint \"" + name + "\" does not exist");
  }

  private static void truncate(List<?> list, int size) {
    list.subList(size, list.size()).clear();
  }

  private static void runBackwards(List<Runnable> actions, int from) {
    for (int i = actions.size() - 1; i >= from; i--) {
      actions.get(i).run();
    }
  }

  // The end.

  /** Commits rows and catalog. */
  void commit() {
    // Before the storage lets go of the relation locks: whoever waits for one must then find the
    // new version.
    if (!changes.isEmpty()) {
      database.publish(changes);
    }
    store.commit();
    commitActions.forEach(Runnable::run);
  }

  /** Undoes everything. */
  void rollback() {
    store.rollback();
    runBackwards(rollbackActions, 0);
  }
}
