package io.quarkgres.storage.memory.serial;

import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.lock.LockOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the conflict graph knows of one transaction. Its fields are guarded by the graph, but for
 * those that say otherwise; its methods may be called by any thread.
 *
 * <p>"Number" is a place in the order of prepares and commits, which the graph counts.
 */
public final class SerializableTransaction {
  /** How far a transaction is. */
  enum State {
    OPEN,
    /** Certain to commit, unless the disk fails; can no longer be told to give up. */
    PREPARED,
    COMMITTED,
    ROLLED_BACK
  }

  /** The number of what has not happened, in {@link #firstOut}. */
  static final long NEVER = Long.MAX_VALUE;

  /** The number before which a transaction ends that is open. */
  private static final long OPEN_END = Long.MAX_VALUE - 1;

  final ConflictGraph graph;
  final LockOwner owner;

  /** The transaction's id, for messages. */
  final long id;

  /** The newest number when the snapshot was taken. */
  final long snapshotNumber;

  State state = State.OPEN;

  /** Declared so, or has written nothing when it commits. */
  boolean isReadOnly;

  boolean hasWritten;

  /** Told to give up by another. Volatile: looked at without the graph's monitor, too. */
  volatile boolean isDoomed;

  /** 0 before. */
  long prepareNumber;

  /** 0 before. */
  long commitNumber;

  /** Those that must come before this one; only while it is open. */
  Set<SerializableTransaction> before = new HashSet<>(4);

  /** The last {@link #end} of those that must come before this one and have committed. */
  long lastIn;

  /** The first prepare number of those that must come after this one, if before its own commit. */
  long firstOut = NEVER;

  /** What it has read. */
  final Map<Long, TableReads> reads = new HashMap<>(4);

  /** Of a READ ONLY transaction: those open at its snapshot that may yet make it unsafe. */
  Set<SerializableTransaction> unsettled;

  /** The READ ONLY transactions that have this one in {@link #unsettled}. */
  List<SerializableTransaction> watchers = List.of();

  /** Of a READ ONLY transaction: whether a conflict out to before its snapshot was committed. */
  boolean isUnsafe;

  /** Called when it is known whether the snapshot is safe. */
  Runnable onSettled;

  /** False once nothing it reads can matter. Volatile: read without the graph's monitor. */
  private volatile boolean isTracked = true;

  SerializableTransaction(
      ConflictGraph graph, LockOwner owner, long id, boolean isReadOnly, long snapshotNumber) {
    this.graph = graph;
    this.owner = owner;
    this.id = id;
    this.isReadOnly = isReadOnly;
    this.snapshotNumber = snapshotNumber;
  }

  /**
   * Returns the number up to which another's commit is no sooner than this one's place in a serial
   * order: its commit; its snapshot, if it only reads.
   */
  long end() {
    if (isReadOnly) {
      return snapshotNumber;
    }
    return state == State.COMMITTED ? commitNumber : OPEN_END;
  }

  boolean isOpen() {
    return state == State.OPEN || state == State.PREPARED;
  }

  /** Tells whether what it reads matters; not so for a READ ONLY one with a safe snapshot. */
  public boolean isTracked() {
    return isTracked;
  }

  void untrack() {
    isTracked = false;
  }

  /** Marks a whole table as read, before it is. Raises 40001 if the transaction has to give up. */
  public void readTable(long table) {
    if (isTracked) {
      graph.readTable(this, table);
    }
  }

  /** Marks a range of an index's keys as read, before it is. Raises 40001. */
  public void readKeys(long table, Object index, KeyRange range) {
    if (isTracked) {
      graph.readKeys(this, table, index, Span.of(range));
    }
  }

  /** Says that it passes over a change by another, which it does not see. Raises 40001. */
  public void passedOver(SerializableTransaction writer) {
    if (isTracked && writer != this) {
      graph.conflict(this, writer, this);
    }
  }

  /**
   * Says that it goes by a change which another has committed since its snapshot, as the checks of
   * constraints do. Raises 40001.
   */
  public void followed(SerializableTransaction writer) {
    if (isTracked && writer != this) {
      graph.conflict(writer, this, this);
    }
  }

  /**
   * The same for a change that it has learned of by an error, which it may survive: if that cannot
   * be serialized, it fails with what it does next.
   */
  public void noticed(SerializableTransaction writer) {
    if (isTracked && writer != this) {
      graph.noticed(this, writer);
    }
  }

  /** The keys of rows that were written, before and after. */
  @FunctionalInterface
  public interface WrittenKeys {
    /** Returns the keys in an index; {@code null} if the index is gone. */
    List<byte[]> of(Object index);
  }

  /** Says that rows of a table were written. Raises 40001. */
  public void wrote(long table, WrittenKeys keys) {
    if (isTracked) {
      for (Object index : graph.wroteRows(this, table)) {
        // outside of the monitor: keys are computed by the engine
        graph.wroteKeys(this, table, index, keys.of(index));
      }
    }
  }

  /** Says that all of a table is gone or replaced, as by TRUNCATE. Raises 40001. */
  public void wroteAll(long table) {
    if (isTracked) {
      graph.wroteAll(this, table);
    }
  }

  /** Raises 40001 if it cannot commit; otherwise it can no longer be told to give up. */
  public void prepare() {
    if (isTracked) {
      graph.prepare(this);
    }
  }

  /** Says that it has committed. */
  public void committed() {
    graph.ended(this, State.COMMITTED);
  }

  /** Says that it has been rolled back. */
  public void rolledBack() {
    graph.ended(this, State.ROLLED_BACK);
  }

  /**
   * Tells whether it is known if the snapshot is safe; otherwise has something called when it is.
   */
  public boolean isSettled(Runnable whenSettled) {
    return graph.isSettled(this, whenSettled);
  }

  /** Returns those on whose ends it depends whether the snapshot is safe. */
  public List<LockOwner> settlers() {
    return graph.settlers(this);
  }

  /** Folds those before this one that have ended, which may be many. */
  void foldBefore() {
    List<SerializableTransaction> ended = new ArrayList<>();
    for (SerializableTransaction one : before) {
      if (!one.isOpen()) {
        ended.add(one);
        if (one.state == State.COMMITTED) {
          lastIn = Math.max(lastIn, one.end());
        }
      }
    }
    ended.forEach(before::remove);
  }
}
