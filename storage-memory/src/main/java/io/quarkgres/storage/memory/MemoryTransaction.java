package io.quarkgres.storage.memory;

import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.PendingCommit;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.Snapshot;
import io.quarkgres.spi.store.TableStore;
import io.quarkgres.spi.store.Transaction;
import io.quarkgres.storage.memory.lock.HeldLocks;
import io.quarkgres.storage.memory.lock.LockingTransaction;
import io.quarkgres.storage.memory.lock.Waiter;
import io.quarkgres.storage.memory.serial.SerializableTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A transaction: its log of changes in the order it made them, its row locks in the order it took
 * them, and its commit timestamp once it has one. Used by one thread at a time; others read the
 * timestamp and wait for the end.
 */
final class MemoryTransaction implements Transaction, LockingTransaction {
  private enum State {
    ACTIVE,
    COMMITTED,
    ROLLED_BACK
  }

  private record Mark(int logSize, int lockCount) {}

  /** What is to be kept besides rows; made by the first of it. Not undone by savepoints. */
  private static final class Kept {
    final Map<Long, MemoryTable> attached = new LinkedHashMap<>();
    final Map<Long, MemoryTable> detached = new LinkedHashMap<>();
    final Map<String, byte[]> puts = new LinkedHashMap<>();
  }

  private Kept kept;
  private boolean isSynchronous = true;

  /** How far the log must be on disk for what {@link #putNow} kept. */
  private long putPosition;

  private final MemoryStorage storage;
  private final long id;
  private final Interruption interruption;
  private State state = State.ACTIVE;
  private int command;

  /** 0 while the transaction is open and for ever if it rolls back. */
  private volatile long committed;

  private final List<LogEntry> log = new ArrayList<>(4);
  private final List<Mark> marks = new ArrayList<>(0);

  /** Up to so many changes a commit takes only microseconds. */
  private static final int SHORT_ENTRIES_MAX = 256;

  /** Made by the first lock: most transactions take none. */
  private HeldRowLocks rowLocks;

  private RowLocks.Token[] tokens;

  private final HeldLocks heldLocks = new HeldLocks();
  private final TransactionSnapshots snapshots;
  private volatile LockOwner session;

  /** Those who wait for the end, or for what was done to be undone; guarded by the list. */
  private final List<Waiter> waiters = new ArrayList<>(0);

  private boolean ended;

  /** The transaction that committed next, for the reclaimer. */
  private volatile MemoryTransaction next;

  MemoryTransaction(
      MemoryStorage storage, long id, IsolationLevel isolation, Interruption interruption) {
    this.storage = storage;
    this.id = id;
    this.snapshots = new TransactionSnapshots(storage, this, isolation);
    this.interruption = interruption;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public IsolationLevel isolation() {
    return snapshots.isolation();
  }

  @Override
  public void setIsolation(IsolationLevel level) {
    Invariant.check(log.isEmpty(), "the transaction has not written anything");
    snapshots.setIsolation(level);
  }

  @Override
  public void setAccess(boolean isReadOnly, boolean isDeferrable) {
    snapshots.setAccess(isReadOnly, isDeferrable);
  }

  @Override
  public Interruption interruption() {
    return interruption;
  }

  @Override
  public long processNumber() {
    LockOwner owner = session;
    return owner == null || owner.processNumber() == 0 ? id : owner.processNumber();
  }

  int command() {
    return command;
  }

  TransactionSnapshots snapshots() {
    return snapshots;
  }

  long commitTimestamp() {
    return committed;
  }

  /**
   * Tells a writer whether this transaction is undecided. If not, it may still be in doubt: then
   * the writer goes on from it and ends after it.
   */
  boolean isOpenTo(MemoryTransaction writer) {
    long timestamp = committed;
    if (timestamp != 0) {
      writer.snapshots.goOnFrom(timestamp);
    }
    return timestamp == 0;
  }

  @Override
  public HeldLocks heldLocks() {
    return heldLocks;
  }

  @Override
  public LockOwner session() {
    return session;
  }

  @Override
  public void bind(LockOwner owner) {
    session = owner;
  }

  @Override
  public Snapshot snapshot() {
    requireActive();
    return snapshots.ofStatement();
  }

  @Override
  public Snapshot latest() {
    requireActive();
    return snapshots.latest();
  }

  @Override
  public void nextCommand() {
    command++;
  }

  @Override
  public int savepoint() {
    requireActive();
    marks.add(new Mark(log.size(), rowLocks == null ? 0 : rowLocks.mark()));
    return marks.size() - 1;
  }

  @Override
  public void rollbackTo(int savepoint) {
    requireActive();
    Mark mark = marks.get(savepoint);
    while (marks.size() > savepoint + 1) {
      marks.removeLast();
    }
    undoTo(mark.logSize());
    releaseLocksTo(mark.lockCount());
    wake();
  }

  @Override
  public void release(int savepoint) {
    while (marks.size() > savepoint) {
      marks.removeLast();
    }
  }

  @Override
  public boolean hasWritten() {
    return !log.isEmpty();
  }

  /** Adds a change to the log, before its rows can be seen. */
  void logged(LogEntry entry) {
    log.add(entry);
  }

  int logSize() {
    return log.size();
  }

  /** Returns the changes in the order they were made; a commit listener reads them here. */
  List<LogEntry> log() {
    return log;
  }

  /** Undoes the changes from the newest back to a size of the log. */
  void undoTo(int size) {
    while (log.size() > size) {
      switch (log.getLast()) {
        case UndoBatch batch -> Rollback.undo(batch);
        case AddedIndex added -> added.table().dropIndex(added.index());
      }
      log.removeLast();
    }
  }

  @Override
  public void replaced(TableStore table) {
    SerializableTransaction serial = snapshots.serialForWriting();
    if (serial != null) {
      serial.wroteAll(table.id());
    }
    storage.conflicts().replaced(table.id());
  }

  @Override
  public void attach(TableStore table) {
    kept().attached.put(table.id(), (MemoryTable) table);
  }

  @Override
  public void detach(TableStore table) {
    if (kept().attached.remove(table.id()) == null) {
      kept.detached.put(table.id(), (MemoryTable) table);
    }
  }

  @Override
  public void put(String key, byte[] value) {
    kept().puts.put(key, value);
  }

  @Override
  public void putNow(String key, byte[] value) {
    Change.Put put = new Change.Put(key, value);
    putPosition = storage.durability().putNow(put, () -> storage.set(put));
  }

  private Kept kept() {
    requireActive();
    if (kept == null) {
      kept = new Kept();
    }
    return kept;
  }

  @Override
  public void setSynchronous(boolean isSo) {
    isSynchronous = isSo;
  }

  @Override
  public boolean isCommitShort() {
    return kept == null
        && (log.size() <= SHORT_ENTRIES_MAX || storage.durability() == Durability.NONE);
  }

  @Override
  public PendingCommit commitSoon(Runnable publish) {
    requireActive();
    prepare();
    if (log.isEmpty()
        && kept == null
        && putPosition == 0
        && snapshots.goesOnFrom() <= storage.clock().now()) {
      publish.run();
      end(State.COMMITTED);
      snapshots.shown();
      storage.locks().releaseAll(this);
      return PendingCommit.DONE;
    }
    TouchedTables touched = new TouchedTables(log);
    PendingCommit pending;
    try {
      pending =
          storage
              .durability()
              .commit(id, changes(), isSynchronous, putPosition, steps(touched, publish));
    } catch (RuntimeException e) {
      rollback();
      throw e;
    }
    end(State.COMMITTED);
    storage.reclaimer().committed(touched.rowCount());
    storage.heap().freed();
    return pending;
  }

  private CommittedChanges changes() {
    Kept all = kept == null ? new Kept() : kept;
    return new CommittedChanges(storage, log, all.attached, all.detached, all.puts);
  }

  /**
   * Relation locks are held until the commit is shown, as those who wait for them, DDL, must see
   * its rows in their snapshots; row locks only until it is decided.
   */
  private Durability.Steps steps(TouchedTables touched, Runnable publish) {
    boolean hasRows = !log.isEmpty();
    return new Durability.Steps(
        () -> {
          touched.beginCommit();
          if (hasRows) {
            storage.clock().decide(this);
          }
        },
        () -> {
          keep();
          publish.run();
          storage.clock().show(committed);
          touched.endCommit(storage.newestImage());
          snapshots.shown();
          storage.locks().releaseAll(this);
        },
        () -> {
          snapshots.undone();
          storage.locks().releaseAll(this);
        });
  }

  private void prepare() {
    try {
      snapshots.prepare();
    } catch (SqlException e) {
      rollback();
      throw e;
    }
  }

  private void keep() {
    if (kept != null) {
      storage.keep(kept.attached, kept.detached, kept.puts);
      kept = null; // the last transaction stays known, but not its tables
    }
  }

  @Override
  public void rollback() {
    if (state != State.ACTIVE) {
      return;
    }
    undoTo(0);
    snapshots.undone();
    end(State.ROLLED_BACK);
    storage.locks().releaseAll(this);
  }

  private void end(State how) {
    state = how;
    snapshots.close();
    releaseLocksTo(0);
    rowLocks = null;
    tokens = null;
    synchronized (waiters) {
      ended = true;
    }
    wake();
    storage.ended();
  }

  private void requireActive() {
    Invariant.check(state == State.ACTIVE, "the transaction is open");
  }

  /** Called by the clock, under its lock. */
  void stamp(long timestamp) {
    committed = timestamp;
  }

  void linkNext(MemoryTransaction later) {
    next = later;
  }

  MemoryTransaction next() {
    return next;
  }

  /** Queues somebody who waits for the end; returns false if that has come. */
  boolean addWaiter(Waiter waiter) {
    synchronized (waiters) {
      if (!ended) {
        waiters.add(waiter);
      }
      return !ended;
    }
  }

  void removeWaiter(Waiter waiter) {
    synchronized (waiters) {
      waiters.remove(waiter);
    }
  }

  boolean hasEnded() {
    synchronized (waiters) {
      return ended;
    }
  }

  /** Lets those look again who wait for something that this transaction did. */
  void wake() {
    synchronized (waiters) {
      for (Waiter waiter : waiters) {
        waiter.signal();
      }
    }
  }

  RowLocks.Token token(RowLockMode mode) {
    if (tokens == null) {
      tokens = new RowLocks.Token[RowLockMode.values().length];
    }
    RowLocks.Token token = tokens[mode.ordinal()];
    if (token == null) {
      token = new RowLocks.Token(this, mode);
      tokens[mode.ordinal()] = token;
    }
    return token;
  }

  /** Notes a row lock that was taken or strengthened, so that it can be given back. */
  void locked(Chunk chunk, int slot, RowLockMode before) {
    if (rowLocks == null) {
      rowLocks = new HeldRowLocks(this);
    }
    rowLocks.add(chunk, slot, before);
  }

  private void releaseLocksTo(int mark) {
    if (rowLocks != null) {
      rowLocks.releaseTo(mark);
    }
  }

  @Override
  public String toString() {
    return "transaction " + id;
  }
}
