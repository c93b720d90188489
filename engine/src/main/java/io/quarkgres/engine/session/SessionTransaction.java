package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.modify.DeferredChecks;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.PendingCommit;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One transaction of a session: the storage's transaction, the private catalog changes, savepoints,
 * and what is to be done when it ends. Used by the session's thread.
 */
final class SessionTransaction {
  private final Database database;
  private final boolean isDurable;
  private final Transaction store;
  private final long startMicros;
  private final List<Savepoint> savepoints = new ArrayList<>();
  private final List<Consumer<CatalogVersion.Editor>> changes = new ArrayList<>();
  private final List<Runnable> commitActions = new ArrayList<>();
  private final List<Runnable> rollbackActions = new ArrayList<>();
  private final ChannelChanges channels = new ChannelChanges();
  private final List<UnaryOperator<RoleCatalog>> roleChanges = new ArrayList<>();
  private final DeferredChecks deferred = new DeferredChecks();
  private CatalogVersion privateCatalog;
  private boolean isShort = true;
  private TransactionModes modes;
  private boolean hasQueried;
  private boolean isRolledBack;

  /** A savepoint: how far each list had come. */
  private record Savepoint(
      String name,
      int mark,
      TransactionModes modes,
      CatalogVersion catalog,
      int changes,
      int roleChanges,
      int commitActions,
      int rollbackActions,
      DeferredChecks.Mark deferred,
      ChannelChanges.Mark channels) {}

  SessionTransaction(
      Database database,
      Storage storage,
      TransactionModes modes,
      long startMicros,
      Interruption interruption) {
    this.database = database;
    this.isDurable = storage.isDurable();
    this.store = storage.begin(modes.level(), interruption);
    this.modes = modes;
    tellAccess();
    this.startMicros = startMicros;
  }

  Transaction store() {
    return store;
  }

  /** Tells whether it changes the catalog. */
  boolean changesCatalog() {
    return !changes.isEmpty();
  }

  /** Returns the constraint checks that are put off. */
  DeferredChecks deferred() {
    return deferred;
  }

  /** Tells whether only short statements ran in it, so that its end is short, too. */
  boolean isShort() {
    return isShort;
  }

  /** Says that a statement ran in it that may have changed much. */
  void ranLong() {
    isShort = false;
  }

  long startMicros() {
    return startMicros;
  }

  boolean isReadOnly() {
    return modes.isReadOnly();
  }

  TransactionModes modes() {
    return modes;
  }

  /** Notes that a statement ran which looks at data, so that some modes stay as they are. */
  void hasQueried() {
    hasQueried = true;
  }

  /** Returns a snapshot for a statement, which closes it. */
  Snapshot snapshot() {
    hasQueried = true;
    return store.snapshot();
  }

  /**
   * Changes the modes as SET TRANSACTION does; raises 25001 for what cannot be changed any more.
   */
  void setModes(UtilityStatement.TransactionModes changes) {
    TransactionModes changed = modes.with(changes);
    if (changed.isolation() != modes.isolation()) {
      require(!hasQueried, "SET TRANSACTION ISOLATION LEVEL must be called before any query");
      require(
          savepoints.isEmpty(),
          "SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction");
      if (changed.level() != modes.level()) {
        store.setIsolation(changed.level());
      }
    }
    if (modes.isReadOnly() && !changed.isReadOnly()) {
      require(
          savepoints.isEmpty(),
          "cannot set transaction read-write mode inside a read-only transaction");
      require(!hasQueried, "transaction read-write mode must be set before any query");
    }
    if (changes.isDeferrable() != null) {
      require(
          savepoints.isEmpty(),
          "SET TRANSACTION [NOT] DEFERRABLE cannot be called within a subtransaction");
      require(!hasQueried, "SET TRANSACTION [NOT] DEFERRABLE must be called before any query");
    }
    modes = changed;
    // What is set beside a savepoint may be taken back after the snapshot was taken.
    if (savepoints.isEmpty()) {
      tellAccess();
    }
  }

  private void tellAccess() {
    store.setAccess(modes.isReadOnly(), modes.isDeferrable());
  }

  private static void require(boolean isAllowed, String message) {
    if (!isAllowed) {
      throw new SqlException(SqlState.ACTIVE_SQL_TRANSACTION, message);
    }
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

  /** Changes the roles, which all databases share, for this transaction. */
  void changeRoles(UnaryOperator<RoleCatalog> change) {
    roleChanges.add(change);
    change(editor -> editor.roles(change.apply(editor.roles())));
  }

  /** Returns the changes of the roles, for the other databases. */
  List<UnaryOperator<RoleCatalog>> roleChanges() {
    return roleChanges;
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

  /** Tells whether a table was made or emptied after the newest savepoint, so that it is unseen. */
  boolean isNewHere(TableEntry table) {
    CatalogVersion before = savepoints.isEmpty() ? null : savepoints.getLast().catalog();
    CatalogVersion seen = before == null ? database.catalog() : before;
    return !(seen.relationByOid(table.oid()) instanceof TableEntry old)
        || old.store() != table.store();
  }

  /** Returns how many savepoints there are. */
  int depth() {
    return savepoints.size();
  }

  void savepoint(String name) {
    savepoints.add(
        new Savepoint(
            name,
            store.savepoint(),
            modes,
            privateCatalog,
            changes.size(),
            roleChanges.size(),
            commitActions.size(),
            rollbackActions.size(),
            deferred.mark(),
            channels.mark()));
  }

  /** Forgets a savepoint and those after it; returns how many. */
  int release(String name) {
    int index = find(name);
    modes = savepoints.get(index).modes();
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
    undoTo(savepoint);
    return newer;
  }

  private void undoTo(Savepoint savepoint) {
    store.rollbackTo(savepoint.mark());
    runBackwards(rollbackActions, savepoint.rollbackActions());
    truncate(changes, savepoint.changes());
    truncate(roleChanges, savepoint.roleChanges());
    truncate(commitActions, savepoint.commitActions());
    truncate(rollbackActions, savepoint.rollbackActions());
    channels.rollbackTo(savepoint.channels());
    deferred.rollbackTo(savepoint.deferred());
    privateCatalog = changes.isEmpty() ? null : savepoint.catalog();
    modes = savepoint.modes();
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

  /** Tells whether all there is to commit are a few rows, which takes only microseconds. */
  boolean mayCommitSoon() {
    return changes.isEmpty()
        && commitActions.isEmpty()
        && channels.isEmpty()
        && store.isCommitShort();
  }

  /** Commits a few rows without waiting for a disk. */
  PendingCommit commitSoon() {
    return store.commitSoon(() -> {});
  }

  /** Commits rows and catalog. */
  void commit() {
    if (changes.isEmpty()) {
      store.commit();
    } else {
      database.commit(store, changes, isDurable);
    }
    commitActions.forEach(Runnable::run);
  }

  /**
   * Undoes at once what a failed block cannot keep, so that nobody waits for its locks until the
   * client ends it: what came after the newest savepoint, or everything.
   */
  void abort() {
    if (savepoints.isEmpty()) {
      rollback();
    } else {
      undoTo(savepoints.getLast());
    }
  }

  /** Undoes everything. */
  void rollback() {
    if (!isRolledBack) {
      isRolledBack = true;
      store.rollback();
      runBackwards(rollbackActions, 0);
      privateCatalog = null;
    }
  }
}
