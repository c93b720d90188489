package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Selection;

/** Undoes a change of a transaction that is rolling back, newest change first. Thread: its own. */
final class Rollback {
  private Rollback() {}

  static void undo(UndoBatch batch) {
    switch (batch.kind) {
      case INSERT -> undoInsert(batch);
      case UPDATE -> undoUpdate(batch);
      case DELETE -> undoDelete(batch);
    }
    batch.chunk.table().storage().reclaimer().dropped(batch);
  }

  private static void undoInsert(UndoBatch batch) {
    boolean isFree = removeEntries(batch);
    Chunk chunk = batch.chunk;
    synchronized (chunk) {
      for (int i = 0; i < batch.count; i++) {
        chunk.setUndo(batch.slots[i], null);
        chunk.clearLive(batch.slots[i]);
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

  /**
   * Removes the index entries of rows whose newest version is their only one. Returns whether their
   * slots can be used again: where values cannot be read, entries stay that nobody may mistake for
   * those of other rows.
   */
  static boolean removeEntries(UndoBatch batch) {
    MemoryTable table = batch.chunk.table();
    for (MemoryIndex index : table.indexArray()) {
      RowReader.Versions versions = new RowReader.Versions(table, index.columns(), batch.count);
      if (!readNewest(batch, versions)) {
        return false;
      }
      KeySet keys = index.keysOf(versions.block());
      for (int i = 0; i < batch.count; i++) {
        index.remove(keys, i, batch.rowId(i));
      }
    }
    return true;
  }

  private static boolean readNewest(UndoBatch batch, RowReader.Versions versions) {
    ReadBack missing = null;
    do {
      synchronized (batch.chunk) {
        missing = batch.chunk.missing(versions.needed(), missing);
        if (missing == null && batch.chunk.hasAll(versions.needed())) {
          for (int i = 0; i < batch.count; i++) {
            versions.addNewest(batch.chunk, batch.slots[i]);
          }
          return true;
        }
      }
    } while (ReadBack.moreOrLost(missing));
    return false;
  }

  private static void undoUpdate(UndoBatch batch) {
    ReadBack missing = null;
    do {
      synchronized (batch.chunk) {
        missing = batch.chunk.missing(batch.changed, missing);
        if (missing == null) {
          putBack(batch.chunk, batch);
        }
      }
    } while (ReadBack.moreOrLost(missing));
    for (IndexChange change : batch.changes) {
      if (change.index() instanceof DistanceMemoryIndex index && !index.isDropped()) {
        for (int i = 0; i < batch.count; i++) {
          if (change.isChanged(i)) {
            index.removeAfter(change, i, batch.rowId(i));
          }
        }
      }
    }
  }

  /** Puts the old values in place of the new ones. Called under the chunk's lock. */
  private static void putBack(Chunk chunk, UndoBatch batch) {
    for (IndexChange change : batch.changes) {
      undoEntries(batch, change);
    }
    Selection all = Selection.dense(batch.count);
    for (int j = 0; j < batch.changed.length; j++) {
      ChunkColumn column = chunk.column(batch.changed[j]);
      if (column.isAbsent()) {
        column.place().spoil(); // rather an error for ever than a value that was undone
      } else {
        chunk.write(batch.changed[j], batch.slots, 0, batch.count, batch.old[j], all, 0);
      }
    }
    for (int i = 0; i < batch.count; i++) {
      pop(batch, i);
    }
    chunk.trimUndo(batch.count);
  }

  private static void undoEntries(UndoBatch batch, IndexChange change) {
    for (int i = 0; i < batch.count; i++) {
      if (change.isChanged(i)) {
        switch (change.index()) {
          case OrderedMemoryIndex index -> index.undo(batch.links[i], change, batch.rowId(i));
          case DistanceMemoryIndex index -> index.lower(change, i, batch.rowId(i));
        }
      }
    }
  }

  private static void undoDelete(UndoBatch batch) {
    Chunk chunk = batch.chunk;
    synchronized (chunk) {
      for (int i = 0; i < batch.count; i++) {
        pop(batch, i);
        chunk.setLive(batch.slots[i]);
      }
      chunk.trimUndo(batch.count);
    }
  }

  /** Takes the newest change off a row's chain, and the rest with it if nobody needs that. */
  private static void pop(UndoBatch batch, int position) {
    Undo older = batch.links[position].next;
    boolean isNeeded = older != null && !older.batch.reclaimed;
    batch.chunk.setUndo(batch.slots[position], isNeeded ? older : null);
  }
}
