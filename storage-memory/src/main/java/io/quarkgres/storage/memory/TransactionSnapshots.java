package io.quarkgres.storage.memory;

import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.storage.memory.lock.Waiter;
import io.quarkgres.storage.memory.serial.SerializableTransaction;
import java.util.List;

/**
 * The snapshots of one transaction, by its isolation level, and its part in the graph of
 * serializable transactions if it is one. Used by the transaction's thread; {@link #serial} is read
 * by those who meet its changes.
 */
final class TransactionSnapshots {
  private final MemoryStorage storage;
  private final MemoryTransaction transaction;
  private IsolationLevel isolation;
  private boolean isReadOnly;
  private boolean isDeferrable;

  /** What all statements see, once the first was taken; none in READ COMMITTED. */
  private MemorySnapshot base;

  /** Set with {@link #base}, before the transaction writes. */
  private SerializableTransaction serial;

  /** The newest commit that it depends on and that was not shown then, 0 for none. */
  private long goesOnFrom;

  TransactionSnapshots(
      MemoryStorage storage, MemoryTransaction transaction, IsolationLevel isolation) {
    this.storage = storage;
    this.transaction = transaction;
    this.isolation = isolation;
  }

  IsolationLevel isolation() {
    return isolation;
  }

  void setIsolation(IsolationLevel level) {
    Invariant.check(base == null, "the transaction has not looked at anything");
    isolation = level;
  }

  void setAccess(boolean readOnly, boolean deferrable) {
    isReadOnly = readOnly;
    isDeferrable = deferrable;
  }

  /** Returns the transaction's part in the graph, {@code null} if it is not serializable. */
  SerializableTransaction serial() {
    return serial;
  }

  /** The same for a transaction that is about to write. */
  SerializableTransaction serialForWriting() {
    if (isolation == IsolationLevel.SERIALIZABLE) {
      takeBase();
    }
    return serial;
  }

  /** Returns the snapshot that all statements share; {@code null} in READ COMMITTED. */
  MemorySnapshot base() {
    return base;
  }

  /** Notes that what the transaction does depends on a commit that may not be shown yet. */
  void goOnFrom(long timestamp) {
    if (timestamp > storage.clock().now()) {
      goesOnFrom = Math.max(goesOnFrom, timestamp);
    }
  }

  /** Returns the newest commit that it goes on from, which it must not end before; 0 for none. */
  long goesOnFrom() {
    return goesOnFrom;
  }

  Snapshot ofStatement() {
    SnapshotRegistry registry = storage.snapshots();
    if (isolation == IsolationLevel.READ_COMMITTED) {
      int slot = goesOnFrom == 0 ? registry.register() : registry.registerAtLeast(goesOnFrom);
      return new MemorySnapshot(registry, slot, transaction);
    }
    takeBase();
    return of(registry.registerAt(base.timestamp()));
  }

  Snapshot latest() {
    serialForWriting();
    long decided = storage.clock().decided();
    goOnFrom(decided);
    return of(storage.snapshots().registerAtLeast(decided));
  }

  private MemorySnapshot of(int slot) {
    SnapshotRegistry registry = storage.snapshots();
    return serial == null || !serial.isTracked()
        ? new MemorySnapshot(registry, slot, transaction)
        : new MemorySnapshot(registry, slot, transaction, serial, base.timestamp());
  }

  private void takeBase() {
    if (base != null) {
      return;
    }
    if (isolation != IsolationLevel.SERIALIZABLE) {
      registerBase();
      return;
    }
    boolean isSafe = false;
    while (!isSafe) {
      serial =
          storage.conflicts().begin(transaction, transaction.id(), isReadOnly, this::registerBase);
      isSafe = !(isReadOnly && isDeferrable) || awaitSafe();
    }
  }

  private void registerBase() {
    SnapshotRegistry registry = storage.snapshots();
    base = new MemorySnapshot(registry, registry.register(), transaction);
  }

  /** Waits until it is known whether the snapshot is safe; lets go of one that is not. */
  private boolean awaitSafe() {
    boolean isSafe = false;
    try {
      SettledWaiter waiter = new SettledWaiter(transaction, serial);
      while (!serial.isSettled(waiter::signal)) {
        storage.waits().await(waiter);
      }
      isSafe = !serial.isTracked();
    } finally {
      if (!isSafe) {
        undone();
        close();
        base = null;
        serial = null;
      }
    }
    return isSafe;
  }

  /** Waits for those that a READ ONLY transaction's snapshot may be unsafe by. */
  private static final class SettledWaiter extends Waiter {
    private final SerializableTransaction reader;

    SettledWaiter(LockOwner owner, SerializableTransaction reader) {
      super(owner);
      this.reader = reader;
    }

    @Override
    protected void blockers(List<LockOwner> out) {
      out.addAll(reader.settlers());
    }

    @Override
    protected String what(LockOwner blocker) {
      return "safe snapshot beside process " + blocker.processNumber();
    }
  }

  /** Raises 40001 if the transaction cannot commit. */
  void prepare() {
    if (serial != null) {
      serial.prepare();
    }
  }

  /**
   * The transaction's commit is shown. Until then, while it is only decided, snapshots are taken
   * that do not see it: to the graph it is still about to commit.
   */
  void shown() {
    if (serial != null) {
      serial.committed();
    }
  }

  /** The transaction was rolled back, or its commit cannot be kept. */
  void undone() {
    if (serial != null) {
      serial.rolledBack();
    }
  }

  /** Lets go of the snapshot that all statements share. */
  void close() {
    if (base != null) {
      base.close();
    }
  }
}
