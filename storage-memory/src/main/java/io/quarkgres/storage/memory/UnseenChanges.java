package io.quarkgres.storage.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes changes out of the chains of their rows that no snapshot tells from those before them, as
 * it sees both or neither. So a row that is updated again and again beside an old snapshot keeps
 * the versions that snapshots see, and few others.
 *
 * <p>A change may go if, for each of its rows, changes below it that no snapshot tells from it keep
 * the old values of all of its columns: whoever goes back before it goes back before these, too,
 * and takes the values from there. Nothing has to be moved. What stays is a change of index keys,
 * since entries belong to it, and one of a serializable transaction, since readers are told of the
 * transaction by it.
 *
 * <p>Scans that follow links without the chunk's lock may still meet a change that goes; it leads
 * on as it did, and its values stay with it. Thread: the reclaimer's of the moment.
 */
final class UnseenChanges {
  /** So far from the newest change of a row one is looked for. */
  private static final int DEPTH_MAX = 256;

  /** So many changes below one are looked at. */
  private static final int BELOW_MAX = 8;

  /**
   * The timestamps of live snapshots, ascending. The last is at or below that of every other one,
   * now in the making or taken later.
   */
  private final long[] snapshots;

  private UnseenChanges(long[] snapshots) {
    this.snapshots = snapshots;
  }

  /** Does it for all transactions linked after one; those of which nothing is left go as well. */
  static void removeAfter(MemoryTransaction first, SnapshotRegistry registry, Reclaimer reclaimer) {
    UnseenChanges unseen = new UnseenChanges(registry.timestamps());
    List<MemoryTransaction> shown = new ArrayList<>();
    for (MemoryTransaction t = first.next(); t != null && unseen.isShown(t); t = t.next()) {
      shown.add(t);
    }
    // the newest first: so each is found near the head of its rows' chains
    for (int i = shown.size() - 1; i >= 0; i--) {
      unseen.removeFrom(shown.get(i).log(), reclaimer);
    }
    unlinkEmpty(first, shown);
  }

  private boolean isShown(MemoryTransaction transaction) {
    long timestamp = transaction.commitTimestamp();
    return timestamp != 0 && timestamp <= snapshots[snapshots.length - 1];
  }

  private void removeFrom(List<LogEntry> log, Reclaimer reclaimer) {
    for (int i = log.size() - 1; i >= 0; i--) {
      if (log.get(i) instanceof UndoBatch batch && remove(batch)) {
        log.set(i, null);
        reclaimer.dropped(batch);
      }
    }
  }

  /** The last transaction stays, as the clock links the next one to it. */
  private static void unlinkEmpty(MemoryTransaction first, List<MemoryTransaction> shown) {
    MemoryTransaction last = first;
    for (MemoryTransaction t : shown) {
      MemoryTransaction next = t.next();
      if (next != null && t.log().stream().noneMatch(entry -> entry instanceof UndoBatch)) {
        last.linkNext(next);
      } else {
        last = t;
      }
    }
  }

  private boolean remove(UndoBatch batch) {
    if (batch.kind != UndoBatch.Kind.UPDATE
        || batch.changes.length > 0
        || batch.transaction.snapshots().serial() != null) {
      return false;
    }
    synchronized (batch.chunk) {
      UndoBatch[] above = new UndoBatch[batch.count];
      for (int i = 0; i < batch.count; i++) {
        int slot = batch.slot(i);
        if (!isKeptBelow(batch, slot) || !isFound(batch, slot, i, above)) {
          return false;
        }
      }
      for (int i = 0; i < batch.count; i++) {
        int slot = batch.slot(i);
        if (above[i] == null) {
          batch.chunk.setUndo(slot, batch.older(slot));
        } else if (above[i].older(slot) == batch) {
          above[i].leaveOut(batch);
        }
      }
      batch.dropValues(true);
    }
    return true;
  }

  /** Finds the change above one of a row, {@code null} for none. */
  private static boolean isFound(UndoBatch batch, int slot, int position, UndoBatch[] above) {
    UndoBatch link = batch.chunk.undo(slot);
    for (int depth = 0; link != batch; depth++) {
      if (link == null || depth == DEPTH_MAX) {
        return false;
      }
      above[position] = link;
      link = link.older(slot);
    }
    return true;
  }

  private boolean isKeptBelow(UndoBatch batch, int slot) {
    for (int column : batch.changed) {
      if (!isKeptBelow(batch, slot, column)) {
        return false;
      }
    }
    return true;
  }

  private boolean isKeptBelow(UndoBatch batch, int slot, int column) {
    UndoBatch link = batch.older(slot);
    for (int i = 0; i < BELOW_MAX && isUntold(link, batch); i++) {
      boolean isKept =
          switch (link.kind) {
            case INSERT -> true; // before it there is no row
            case UPDATE -> link.find(column) >= 0;
            case DELETE -> false;
          };
      if (isKept) {
        return true;
      }
      link = link.older(slot);
    }
    return false;
  }

  /** Tells whether every snapshot sees both of two changes, or neither. */
  private boolean isUntold(UndoBatch older, UndoBatch newer) {
    if (older == null || older.reclaimed) {
      return false;
    }
    int from = Arrays.binarySearch(snapshots, older.transaction.commitTimestamp());
    int next = from < 0 ? -from - 1 : from;
    return snapshots[next] >= newer.transaction.commitTimestamp();
  }
}
