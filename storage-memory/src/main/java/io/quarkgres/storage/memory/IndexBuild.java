package io.quarkgres.storage.memory;

import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.store.UniqueConflict;
import io.quarkgres.storage.memory.tree.PackedKey;
import io.quarkgres.storage.memory.tree.SortedEntries;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Fills a new index from the rows of a table, and from their older versions, so that snapshots from
 * before can use it. Writers are kept out by the caller's lock and the reclaimer is paused; readers
 * go on. Thread: the one that adds the index.
 */
final class IndexBuild {
  private static final int[] NO_COLUMNS = {};

  private final MemoryTable table;
  private final MemoryIndex index;
  private final MemoryTransaction transaction;
  private final BuildProgress progress;

  /** The rows of the chunk whose keys were computed last. */
  private final int[] slots = new int[Chunk.ROWS];

  private int slotCount;

  IndexBuild(
      MemoryTable table, MemoryIndex index, MemoryTransaction transaction, BuildProgress progress) {
    this.table = table;
    this.index = index;
    this.transaction = transaction;
    this.progress = progress;
  }

  /** Returns whether the rows keep uniqueness; otherwise tells which two do not. */
  boolean run(UniqueConflict conflict, long[] duplicateRowId) {
    int count = table.chunkCount();
    boolean isDone =
        switch (index) {
          case OrderedMemoryIndex ordered -> load(ordered, count, conflict, duplicateRowId);
          case DistanceMemoryIndex distance -> insert(distance, count);
        };
    for (int i = 0; isDone && i < count; i++) {
      addOlder(table.chunk(i));
    }
    if (isDone && index instanceof DistanceMemoryIndex distance) {
      distance.finishBuild(progress);
    }
    return isDone;
  }

  /** Sorts the keys of all rows first, so that the tree is filled from left to right. */
  private boolean load(
      OrderedMemoryIndex ordered, int count, UniqueConflict conflict, long[] duplicateRowId) {
    SortedEntries entries = new SortedEntries(table.rowCountEstimate());
    progress.begin("scanning table", count, 0);
    for (int c = 0; c < count; c++) {
      Chunk chunk = table.chunk(c);
      KeySet keys = keys(chunk, true);
      for (int i = 0; i < slotCount; i++) {
        PackedKey key = keys.key(i);
        if (key != null) {
          entries.add(key, chunk.firstRow() + slots[i], ordered.isUnique(keys, i));
        }
      }
      progress.advanceBlock();
    }
    progress.begin("sorting live tuples", 0, 0);
    entries.sort(transaction.interruption());
    int duplicate = entries.firstDuplicate();
    if (duplicate >= 0) {
      conflict.set(index, 0, entries.row(duplicate - 1));
      duplicateRowId[0] = entries.row(duplicate);
      return false;
    }
    progress.begin("loading tuples in tree", 0, table.rowCountEstimate());
    ordered.tree().load(entries);
    return true;
  }

  private boolean insert(DistanceMemoryIndex distance, int count) {
    List<byte[]> pages = table.storage().savedIndexes().take(table.id(), distance.spec());
    if (pages != null) {
      distance.structure().restore(pages, DistanceMemoryIndex::rowOf);
    }
    progress.begin("loading tuples", count, table.rowCountEstimate());
    for (int c = 0; c < count; c++) {
      Chunk chunk = table.chunk(c);
      KeySet keys = keys(chunk, true);
      long[] rows = new long[slotCount];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = chunk.firstRow() + slots[i];
      }
      distance.insertAll(keys, rows, progress);
      progress.advanceBlock();
    }
    return true;
  }

  /** Computes the keys of the rows that are live, or of those that are not but have versions. */
  private KeySet keys(Chunk chunk, boolean live) {
    slotCount = 0;
    RowReader.Versions versions = new RowReader.Versions(table, index.columns(), Chunk.ROWS);
    ReadBack missing = null;
    do {
      synchronized (chunk) {
        missing = chunk.missing(versions.needed(), missing);
        for (int slot = 0; missing == null && slot < chunk.used(); slot++) {
          if (chunk.isLive(slot) == live && (live || chunk.undo(slot) != null)) {
            slots[slotCount++] = slot;
            versions.addNewest(chunk, slot);
          }
        }
      }
    } while (ReadBack.more(missing, transaction.interruption()));
    return index.keysOf(versions.block());
  }

  private void addOlder(Chunk chunk) {
    synchronized (chunk) {
      if (!chunk.hasVersions()) {
        return;
      }
    }
    KeySet keys = keys(chunk, false);
    for (int i = 0; i < slotCount; i++) {
      index.insert(keys, i, chunk.firstRow() + slots[i]);
    }
    for (UndoBatch batch : updates(chunk)) {
      IndexChange change = changeOf(batch);
      if (change != null) {
        synchronized (chunk) {
          batch.changes = Arrays.copyOf(batch.changes, batch.changes.length + 1);
          batch.changes[batch.changes.length - 1] = change;
          chunk.kept().add(change.keys());
        }
      }
    }
    addEntries(chunk);
  }

  private static Set<UndoBatch> updates(Chunk chunk) {
    Set<UndoBatch> result = Collections.newSetFromMap(new IdentityHashMap<>());
    synchronized (chunk) {
      for (int slot = 0; slot < chunk.used(); slot++) {
        for (UndoBatch link = chunk.undo(slot);
            link != null && !link.reclaimed;
            link = link.older(slot)) {
          if (link.kind == UndoBatch.Kind.UPDATE) {
            result.add(link);
          }
        }
      }
    }
    return result;
  }

  private IndexChange changeOf(UndoBatch batch) {
    RowReader.Versions before = new RowReader.Versions(table, index.columns(), batch.count);
    RowReader.Versions after = new RowReader.Versions(table, index.columns(), batch.count);
    ReadBack missing = null;
    do {
      synchronized (batch.chunk) {
        missing =
            batch.chunk.missing(
                before.needed(), into -> needVersions(into, batch, before), missing);
        for (int i = 0; missing == null && i < batch.count; i++) {
          int slot = batch.slot(i);
          before.add(batch.chunk, slot, batch.older(slot));
          after.add(batch.chunk, slot, batch);
        }
      }
    } while (ReadBack.more(missing, transaction.interruption()));
    KeyChange change =
        KeyChange.between(
            index, index.keysOf(before.block()), index.keysOf(after.block()), batch.count);
    return change == null ? null : change.of(batch.chunk, 0, batch.count);
  }

  private static void needVersions(ReadBack missing, UndoBatch batch, RowReader.Versions versions) {
    for (int i = 0; i < batch.count; i++) {
      int slot = batch.slot(i);
      versions.need(missing, batch.chunk, slot, batch.older(slot));
      versions.need(missing, batch.chunk, slot, batch);
    }
  }

  /** Adds the entries of older versions, numbering the generations back from the newest, 0. */
  private void addEntries(Chunk chunk) {
    ReadBack missing = null;
    do {
      synchronized (chunk) {
        missing = chunk.missing(NO_COLUMNS, into -> needKeys(into, chunk), missing);
        for (int slot = 0; missing == null && slot < chunk.used(); slot++) {
          addEntries(chunk, slot);
        }
      }
    } while (ReadBack.more(missing, transaction.interruption()));
  }

  private void needKeys(ReadBack missing, Chunk chunk) {
    for (UndoBatch batch : updates(chunk)) {
      IndexChange change = batch.changeOf(index);
      if (change != null) {
        missing.need(change.keys());
      }
    }
  }

  private void addEntries(Chunk chunk, int slot) {
    int steps = 0;
    for (UndoBatch link = chunk.undo(slot);
        link != null && !link.reclaimed;
        link = link.older(slot)) {
      IndexChange change = link.changeOf(index);
      int position = change == null ? 0 : link.position(slot);
      if (change == null || !change.isChanged(position)) {
        continue;
      }
      long row = chunk.firstRow() + slot;
      switch (index) {
        case OrderedMemoryIndex ordered -> {
          if (change.oldKey(position) != null) {
            ordered.tree().insert(change.oldKey(position), row);
          }
        }
        case DistanceMemoryIndex distance -> {
          int generation = DistanceMemoryIndex.older(steps + 1);
          change.setOldGeneration(position, generation);
          distance.insertVersion(
              IndexChange.before(change.keys().columns()), position, row, generation);
        }
      }
      steps++;
    }
  }
}
