package io.quarkgres.storage.memory.serial;

import static io.quarkgres.storage.memory.serial.SerializableTransaction.NEVER;

import io.quarkgres.spi.lock.LockOwner;
import io.quarkgres.storage.memory.serial.SerializableTransaction.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The serializable transactions of a storage, what they have read, and which must come before which
 * (see the package). Thread: any; its monitor is the innermost lock.
 */
public final class ConflictGraph {
  /** How many marks there may be before those of ended transactions become coarser. */
  static final int MARKS_MAX = 1 << 16;

  /** So many transactions before an open one are kept before those that have ended are folded. */
  private static final int BEFORE_MAX = 64;

  private final int marksMax;

  /** Counts prepares and commits. */
  private long number;

  /** Those that are open and may write, by the order of their snapshots. */
  private final Set<SerializableTransaction> writers = new LinkedHashSet<>();

  /** Those that have committed and whose marks are kept, by the order of their commits. */
  private final ArrayDeque<SerializableTransaction> committed = new ArrayDeque<>();

  private final ReadMarks marks = new ReadMarks();

  /** Makes the graph of a storage. */
  public ConflictGraph() {
    this(MARKS_MAX);
  }

  /** Makes the graph of a storage with another limit than {@link #MARKS_MAX}. */
  public ConflictGraph(int marksMax) {
    this.marksMax = marksMax;
  }

  /**
   * Takes in a transaction.
   *
   * @param owner the transaction, for waits
   * @param id its id, for messages
   * @param isReadOnly whether it is declared READ ONLY
   * @param takeSnapshot takes the snapshot that it is to read from
   */
  public synchronized SerializableTransaction begin(
      LockOwner owner, long id, boolean isReadOnly, Runnable takeSnapshot) {
    takeSnapshot.run();
    SerializableTransaction result =
        new SerializableTransaction(this, owner, id, isReadOnly, number);
    if (!isReadOnly) {
      writers.add(result);
    } else if (writers.isEmpty()) {
      result.untrack();
    } else {
      result.unsettled = new HashSet<>(writers);
      for (SerializableTransaction writer : writers) {
        if (writer.watchers.isEmpty()) {
          writer.watchers = new ArrayList<>(2);
        }
        writer.watchers.add(result);
      }
    }
    return result;
  }

  synchronized void readTable(SerializableTransaction reader, long table) {
    if (isMarking(reader)) {
      marks.addTable(reader, table);
    }
  }

  synchronized void readKeys(SerializableTransaction reader, long table, Object index, Span span) {
    if (isMarking(reader)) {
      marks.addSpan(reader, table, index, span);
    }
  }

  private boolean isMarking(SerializableTransaction reader) {
    if (reader.isDoomed) {
      throw SerializationErrors.pivotFoundReading();
    }
    return reader.isTracked() && reader.isOpen();
  }

  /** Notes a write; returns the indexes of the table whose written keys are to be looked at. */
  synchronized List<Object> wroteRows(SerializableTransaction writer, long table) {
    beginWrite(writer);
    marks.eachOfWhole(
        table,
        of -> {
          of.whole.forEach(reader -> conflict(reader, writer, writer));
          if (of.forgottenCommit > writer.snapshotNumber) {
            forgottenBefore(of.forgottenEnd, writer);
          }
        });
    return marks.indexes(table, writer);
  }

  /** Notes what was written as the keys of an index; {@code null} if they cannot be told. */
  synchronized void wroteKeys(
      SerializableTransaction writer, long table, Object index, List<byte[]> keys) {
    IndexMarks ofIndex = marks.ofIndex(table, index);
    if (ofIndex == null) {
      return;
    }
    if (keys == null) {
      ofIndex.eachReader(reader -> conflict(reader, writer, writer));
    } else {
      for (byte[] key : keys) {
        ofIndex.eachReader(key, reader -> conflict(reader, writer, writer));
      }
    }
  }

  synchronized void wroteAll(SerializableTransaction writer, long table) {
    beginWrite(writer);
    marks.eachOfWhole(
        table,
        of -> {
          of.eachReader(reader -> conflict(reader, writer, writer));
          if (of.forgottenCommit > writer.snapshotNumber) {
            forgottenBefore(of.forgottenEnd, writer);
          }
        });
  }

  private static void beginWrite(SerializableTransaction writer) {
    if (writer.isDoomed) {
      throw SerializationErrors.pivotFoundWriting();
    }
    writer.hasWritten = true;
  }

  /** Says that a table takes another's place: what was read of it is found by writes of any. */
  public synchronized void replaced(long table) {
    marks.replaced(table);
  }

  /**
   * Notes that one transaction must come before another; ends one if that, with what must come
   * before or after these, cannot be serialized.
   *
   * @param me the one of the two that is running
   */
  synchronized void conflict(
      SerializableTransaction first, SerializableTransaction second, SerializableTransaction me) {
    if (me.isDoomed) {
      throw me == first
          ? SerializationErrors.pivotFoundReading()
          : SerializationErrors.pivotFoundWriting();
    }
    if (first == second || isOut(first) || isOut(second) || !areConcurrent(first, second)) {
      return;
    }
    boolean isDangerous = isPivotBefore(second, first.end());
    if (second.prepareNumber != 0) {
      first.firstOut = Math.min(first.firstOut, second.prepareNumber);
      isDangerous |= !first.isReadOnly && isPivotAfter(first, second.prepareNumber);
    }
    if (second.isOpen()) {
      addBefore(first, second);
    }
    if (isDangerous) {
      endOne(second, me);
    }
  }

  synchronized void noticed(SerializableTransaction me, SerializableTransaction writer) {
    if (isOut(me) || isOut(writer) || !areConcurrent(writer, me)) {
      return;
    }
    addBefore(writer, me);
    me.isDoomed = isPivotBefore(me, writer.end());
  }

  private static boolean isOut(SerializableTransaction one) {
    return one.isDoomed || one.state == State.ROLLED_BACK || !one.isTracked();
  }

  /** Tells whether neither committed before the other's snapshot. */
  private static boolean areConcurrent(SerializableTransaction a, SerializableTransaction b) {
    return (a.state != State.COMMITTED || a.commitNumber > b.snapshotNumber)
        && (b.state != State.COMMITTED || b.commitNumber > a.snapshotNumber);
  }

  private static void addBefore(SerializableTransaction first, SerializableTransaction second) {
    if (!first.isOpen()) {
      second.lastIn = Math.max(second.lastIn, first.end());
    } else if (second.before.add(first) && second.before.size() > BEFORE_MAX) {
      second.foldBefore();
    }
  }

  private static void forgottenBefore(long end, SerializableTransaction writer) {
    writer.lastIn = Math.max(writer.lastIn, end);
    if (isPivotBefore(writer, end)) {
      throw SerializationErrors.pivotByWrite();
    }
  }

  /**
   * Tells whether a transaction lies between one that comes before it, up to some number, and one
   * after it that was the first of the three to commit.
   */
  private static boolean isPivotBefore(SerializableTransaction pivot, long firstEnd) {
    return pivot.firstOut != NEVER && pivot.firstOut <= firstEnd;
  }

  /** The same for one that is known to commit, and all that come before the pivot. */
  private static boolean isPivotAfter(SerializableTransaction pivot, long thirdPrepared) {
    if (pivot.lastIn >= thirdPrepared) {
      return true;
    }
    for (SerializableTransaction one : pivot.before) {
      if (!isOut(one) && one.end() >= thirdPrepared) {
        return true;
      }
    }
    return false;
  }

  private static void endOne(SerializableTransaction second, SerializableTransaction me) {
    if (me == second) {
      throw SerializationErrors.pivotByWrite();
    }
    if (second.prepareNumber != 0) {
      throw SerializationErrors.outToPivot(second.id);
    }
    second.isDoomed = true;
  }

  synchronized void prepare(SerializableTransaction transaction) {
    if (transaction.isDoomed) {
      throw SerializationErrors.pivotByCommit();
    }
    for (SerializableTransaction pivot : transaction.before) {
      if (pivot.isOpen() && !pivot.isDoomed) {
        if (wouldBeFirstOf(transaction, pivot)) {
          if (pivot.state == State.PREPARED) {
            throw SerializationErrors.pivotByCommit();
          }
          pivot.isDoomed = true;
        }
        pivot.firstOut = Math.min(pivot.firstOut, number + 1);
      }
    }
    transaction.prepareNumber = ++number;
    transaction.state = State.PREPARED;
  }

  /** Tells whether a commit is the first of three that come one before the other. */
  private static boolean wouldBeFirstOf(
      SerializableTransaction third, SerializableTransaction pivot) {
    for (SerializableTransaction first : pivot.before) {
      boolean matters = first.isOpen() && !first.isReadOnly && !first.isDoomed;
      if (first == third || matters) {
        return true;
      }
    }
    return false;
  }

  synchronized void ended(SerializableTransaction transaction, State how) {
    transaction.state = how;
    writers.remove(transaction);
    transaction.before = null;
    boolean isCommit = how == State.COMMITTED;
    if (isCommit) {
      transaction.commitNumber = ++number;
      transaction.isReadOnly |= !transaction.hasWritten;
    }
    for (SerializableTransaction watcher : transaction.watchers) {
      settle(watcher, transaction, isCommit);
    }
    transaction.watchers = List.of();
    if (transaction.unsettled != null) {
      transaction.unsettled.forEach(writer -> writer.watchers.remove(transaction));
      transaction.unsettled = null;
    }
    if (isCommit && !transaction.reads.isEmpty()) {
      committed.add(transaction);
    } else {
      marks.remove(transaction);
    }
    clear();
  }

  /** Lets go of the marks that no open transaction can run into, and of some that it could. */
  private void clear() {
    Iterator<SerializableTransaction> oldest = writers.iterator();
    long needed = oldest.hasNext() ? oldest.next().snapshotNumber : number;
    while (!committed.isEmpty() && committed.peek().commitNumber <= needed) {
      marks.remove(committed.poll());
    }
    marks.clearForgotten(needed);
    while (marks.count() > marksMax && !committed.isEmpty()) {
      marks.forget(committed.poll());
    }
  }

  /** Notes that a transaction ended which a READ ONLY one's snapshot has to do with. */
  private void settle(
      SerializableTransaction reader, SerializableTransaction ended, boolean isCommit) {
    reader.unsettled.remove(ended);
    if (isCommit && !ended.isReadOnly && ended.firstOut <= reader.snapshotNumber) {
      reader.isUnsafe = true;
      reader.unsettled.forEach(writer -> writer.watchers.remove(reader));
      reader.unsettled = null;
    } else if (reader.unsettled.isEmpty()) {
      reader.unsettled = null;
      reader.untrack();
      marks.remove(reader);
    }
    if (reader.unsettled == null && reader.onSettled != null) {
      reader.onSettled.run();
    }
  }

  synchronized boolean isSettled(SerializableTransaction reader, Runnable whenSettled) {
    reader.onSettled = whenSettled;
    return reader.unsettled == null;
  }

  synchronized List<LockOwner> settlers(SerializableTransaction reader) {
    List<LockOwner> result = new ArrayList<>();
    if (reader.unsettled != null) {
      reader.unsettled.forEach(writer -> result.add(writer.owner));
    }
    return result;
  }

  /** Returns how many marks there are. */
  public synchronized int markCount() {
    return marks.count();
  }
}
