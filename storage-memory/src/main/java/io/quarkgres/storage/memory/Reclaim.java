package io.quarkgres.storage.memory;

/**
 * Frees what a committed change kept for snapshots that are all gone: the chain links, the index
 * entries of versions before it, the slots of rows it deleted.
 *
 * <p>A change is marked as reclaimed under its chunk's lock, together with the freeing: a rollback
 * that came between would cut the chain that tells scans of entries which are still there. Thread:
 * the reclaimer's of the moment.
 */
final class Reclaim {
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
        Undo head = chunk.undo(batch.slots[i]);
        if (head != null && head.batch == batch) {
          chunk.setUndo(batch.slots[i], null);
        }
      }
      chunk.trimUndo(batch.count);
    }
  }

  private static void reclaimUpdate(UndoBatch batch, long horizon) {
    Chunk chunk = batch.chunk;
    synchronized (chunk) {
      batch.reclaimed = true;
      for (int i = 0; i < batch.count; i++) {
        Undo link = batch.links[i];
        Undo head = chunk.undo(batch.slots[i]);
        for (IndexChange change : batch.changes) {
          if (change.isChanged(i)
              && change.index() instanceof OrderedMemoryIndex index
              && !index.isDropped()) {
            index.forget(head, link, change, batch.rowId(i), horizon);
          }
        }
        link.next = null;
        if (head == link) {
          chunk.setUndo(batch.slots[i], null);
        }
      }
      chunk.trimUndo(batch.count);
    }
    for (IndexChange change : batch.changes) {
      if (change.index() instanceof DistanceMemoryIndex index && !index.isDropped()) {
        for (int i = 0; i < batch.count; i++) {
          if (change.isChanged(i)) {
            index.removeBefore(change, i, batch.rowId(i));
          }
        }
      }
    }
  }

  private static void reclaimDelete(UndoBatch batch) {
    boolean isFree = Rollback.removeEntries(batch);
    Chunk chunk = batch.chunk;
    synchronized (chunk) {
      batch.reclaimed = true;
      for (int i = 0; i < batch.count; i++) {
        batch.links[i].next = null;
        chunk.setUndo(batch.slots[i], null);
      }
      if (isFree) {
        chunk.free(batch.slots, batch.count);
      }
      chunk.trimUndo(batch.count);
      if (chunk.wantsListing()) {
        chunk.table().listFree(chunk);
      }
    }
  }
}
