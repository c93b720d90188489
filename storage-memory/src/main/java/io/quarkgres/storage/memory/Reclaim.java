package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;

/**
 * Frees what a committed change kept for snapshots that are all gone: the chain links, the index
 * entries of versions before it, the slots of rows it deleted.
 *
 * <p>A change is marked as reclaimed under its chunk's lock, together with the freeing: a rollback
 * that came between would cut the chain that tells scans of entries which are still there. Thread:
 * the reclaimer's of the moment.
 */
final class Reclaim {
  private static final int[] NO_COLUMNS = {};

  private Reclaim() {}

  static void batch(UndoBatch batch, long horizon) {
    switch (batch.kind) {
      case INSERT -> reclaimInsert(batch);
      case UPDATE -> reclaimUpdate(batch, horizon);
      case DELETE -> reclaimDelete(batch);
    }
  }

  private static void reclaimInsert(UndoBatch batch) {
    Chunk chunk = batch.chunk;
    synchronized (chunk) {
      batch.reclaimed = true;
      for (int i = 0; i < batch.count; i++) {
        if (chunk.undo(batch.slot(i)) == batch) {
          chunk.setUndo(batch.slot(i), null);
        }
      }
      chunk.trimUndo(batch.count);
    }
  }

  private static void reclaimUpdate(UndoBatch batch, long horizon) {
    Chunk chunk = batch.chunk;
    if (batch.changes.length == 0) {
      synchronized (chunk) {
        cut(batch, horizon);
      }
      return;
    }
    ReadBack missing = null;
    Column[][] keys = null;
    do {
      synchronized (chunk) {
        missing = chunk.missing(NO_COLUMNS, into -> needKeys(into, batch), missing);
        if (missing == null) {
          keys = new Column[batch.changes.length][];
          for (int x = 0; x < keys.length; x++) {
            keys[x] = batch.changes[x].keys().columns();
          }
          cut(batch, horizon);
        }
      }
    } while (ReadBack.moreOrLost(missing));
    for (int x = 0; x < keys.length; x++) {
      if (batch.changes[x].index() instanceof DistanceMemoryIndex index && !index.isDropped()) {
        removeVersions(index, batch, batch.changes[x], keys[x]);
      }
    }
  }

  private static void needKeys(ReadBack missing, UndoBatch batch) {
    for (IndexChange change : batch.changes) {
      missing.need(change.keys());
      for (int i = 0; change.index() instanceof OrderedMemoryIndex && i < batch.count; i++) {
        int slot = batch.slot(i);
        for (UndoBatch newer = batch.chunk.undo(slot); newer != batch; newer = newer.older(slot)) {
          IndexChange other = newer.changeOf(change.index());
          if (other != null) {
            missing.need(other.keys());
          }
        }
      }
    }
  }

  /** Cuts the chains behind a change that has its keys. Called under the chunk's lock. */
  private static void cut(UndoBatch batch, long horizon) {
    Chunk chunk = batch.chunk;
    batch.reclaimed = true;
    for (int i = 0; i < batch.count; i++) {
      int slot = batch.slot(i);
      for (IndexChange change : batch.changes) {
        if (change.isChanged(i)
            && change.index() instanceof OrderedMemoryIndex index
            && !index.isDropped()) {
          index.forget(batch, change, slot, horizon);
        }
      }
      if (chunk.undo(slot) == batch) {
        chunk.setUndo(slot, null);
      }
    }
    batch.cutOlder();
    batch.dropValues(false);
    chunk.trimUndo(batch.count);
  }

  private static void removeVersions(
      DistanceMemoryIndex index, UndoBatch batch, IndexChange change, Column[] keys) {
    if (keys == null) {
      index.spoil();
      return;
    }
    Block before = IndexChange.before(keys);
    for (int i = 0; i < batch.count; i++) {
      if (change.isChanged(i)) {
        index.removeVersion(before, i, batch.rowId(i), change.oldGeneration(i));
      }
    }
  }

  private static void reclaimDelete(UndoBatch batch) {
    boolean isFree = Rollback.removeEntries(batch);
    Chunk chunk = batch.chunk;
    synchronized (chunk) {
      batch.reclaimed = true;
      for (int i = 0; i < batch.count; i++) {
        chunk.setUndo(batch.slot(i), null);
      }
      batch.cutOlder();
      if (isFree) {
        chunk.free(batch.slots, batch.from, batch.count);
      }
      chunk.trimUndo(batch.count);
      if (chunk.wantsListing()) {
        chunk.table().listFree(chunk);
      }
    }
  }
}
