package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
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
        chunk.setUndo(batch.slot(i), null);
        chunk.clearLive(batch.slot(i));
      }
      if (isFree) {
        chunk.free(batch.slots, batch.from, batch.count);
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
            versions.addNewest(batch.chunk, batch.slot(i));
          }
          return true;
        }
      }
    } while (ReadBack.moreOrLost(missing));
    return false;
  }

  private static void undoUpdate(UndoBatch batch) {
    ReadBack missing = null;
    Column[][] keys = new Column[batch.changes.length][];
    do {
      synchronized (batch.chunk) {
        missing = batch.chunk.missing(batch.changed, into -> needValues(into, batch), missing);
        if (missing == null) {
          for (int x = 0; x < keys.length; x++) {
            keys[x] = batch.changes[x].keys().columns();
          }
          putBack(batch.chunk, batch);
        }
      }
    } while (ReadBack.moreOrLost(missing));
    for (int x = 0; x < keys.length; x++) {
      if (batch.changes[x].index() instanceof DistanceMemoryIndex index && !index.isDropped()) {
        removeVersions(index, batch, batch.changes[x], keys[x]);
      }
    }
  }

  private static void needValues(ReadBack missing, UndoBatch batch) {
    missing.need(batch.old);
    for (IndexChange change : batch.changes) {
      missing.need(change.keys());
      for (int i = 0; change.index() instanceof OrderedMemoryIndex && i < batch.count; i++) {
        int slot = batch.slot(i);
        for (UndoBatch older = batch.older(slot);
            older != null && !older.reclaimed;
            older = older.older(slot)) {
          IndexChange other = older.changeOf(change.index());
          if (other != null) {
            missing.need(other.keys());
          }
        }
      }
    }
  }

  private static void removeVersions(
      DistanceMemoryIndex index, UndoBatch batch, IndexChange change, Column[] keys) {
    if (keys == null) {
      index.spoil();
      return;
    }
    Block after = IndexChange.after(keys);
    for (int i = 0; i < batch.count; i++) {
      if (change.isChanged(i)) {
        index.removeVersion(after, i, batch.rowId(i), change.newGeneration(i));
      }
    }
  }

  /** Puts the old values in place of the new ones. Called under the chunk's lock. */
  private static void putBack(Chunk chunk, UndoBatch batch) {
    for (IndexChange change : batch.changes) {
      undoEntries(batch, change);
    }
    Selection all = Selection.dense(batch.count);
    Column[] old = batch.old.columns();
    for (int j = 0; j < batch.changed.length; j++) {
      int column = batch.changed[j];
      if (old == null || chunk.column(column).isAbsent()) {
        chunk.spoil(column); // rather an error for ever than a value that was undone
      } else {
        chunk.write(column, batch.slots, batch.from, batch.count, old[j], all, 0);
      }
    }
    for (int i = 0; i < batch.count; i++) {
      pop(batch, i);
    }
    batch.dropValues(true);
    chunk.trimUndo(batch.count);
  }

  private static void undoEntries(UndoBatch batch, IndexChange change) {
    for (int i = 0; i < batch.count; i++) {
      if (change.isChanged(i)) {
        switch (change.index()) {
          case OrderedMemoryIndex index -> index.undo(batch, change, batch.slot(i));
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
        chunk.setLive(batch.slot(i));
      }
      chunk.trimUndo(batch.count);
    }
  }

  /** Takes the newest change off a row's chain, and the rest with it if nobody needs that. */
  private static void pop(UndoBatch batch, int position) {
    int slot = batch.slot(position);
    UndoBatch older = batch.older(slot);
    boolean isNeeded = older != null && !older.reclaimed;
    batch.chunk.setUndo(slot, isNeeded ? older : null);
  }
}
