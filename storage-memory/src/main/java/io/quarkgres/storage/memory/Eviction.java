package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.storage.memory.cold.ColdFile;
import io.quarkgres.storage.memory.cold.ColdPlace;
import io.quarkgres.storage.memory.column.ChunkColumn;

/**
 * Lets columns leave memory, and values of undo. What the cold file has already just goes; other
 * columns are frozen under the chunk's lock, written without it, and go if nobody wrote to them
 * meanwhile. Used under a lock.
 */
final class Eviction {
  /** Turns of the hand after which chunks with few versions go as well, and the newest. */
  private static final int POLITE_TURNS = 3;

  private static final int TURNS_MAX = 5;

  /** A chunk with fewer old versions is likely to be changed or committed soon. */
  private static final int VERSIONS_FEW = 64;

  private final ColumnMemory memory;
  private final ClockHand hand;

  Eviction(ColumnMemory memory, ClockHand hand) {
    this.memory = memory;
    this.hand = hand;
  }

  /**
   * Evicts until columns take no more than so many bytes, or nothing more can go.
   *
   * @param mayWrite whether columns may go that have to be written before
   */
  void run(long bytes, boolean mayWrite) {
    int from = hand.turns();
    while (memory.used() > bytes && hand.turns() - from < TURNS_MAX) {
      Chunk chunk = hand.next();
      if (chunk == null) {
        return;
      }
      boolean isPolite = hand.turns() - from < POLITE_TURNS;
      for (int c = 0; c < chunk.columnCount(); c++) {
        evict(chunk, c, isPolite, mayWrite);
      }
      while (memory.used() > bytes && evictUndo(chunk, isPolite, mayWrite)) {
        // until none is left
      }
    }
  }

  private void evict(Chunk chunk, int c, boolean isPolite, boolean mayWrite) {
    ChunkColumn column;
    ChunkColumn frozen;
    synchronized (chunk) {
      column = chunk.column(c);
      if (column.isAbsent() || isPolite && (!column.isDue() || isBusy(chunk))) {
        return;
      }
      if (column.place() != null) {
        chunk.leave(c);
        return;
      }
      if (!mayWrite) {
        return;
      }
      frozen = column.frozen();
    }
    ColdFile file = memory.file();
    ColdPlace place = file.write(frozen);
    synchronized (chunk) {
      if (chunk.column(c) == column && column.isSameAs(frozen)) {
        column.setPlace(place);
        chunk.table().memory().keep(place);
        chunk.leave(c);
        return;
      }
    }
    file.free(place);
  }

  /** Evicts the values of undo that have been there for the longest time; false if none can go. */
  private boolean evictUndo(Chunk chunk, boolean isPolite, boolean mayWrite) {
    UndoValues values;
    Column[] columns;
    synchronized (chunk) {
      values = chunk.kept().first();
      if (values == null || isPolite && isBusy(chunk)) {
        return false;
      }
      if (values.place() != null) {
        chunk.kept().leave(values, values.place());
        return true;
      }
      columns = values.columns();
    }
    if (!mayWrite) {
      return false;
    }
    ColdPlace place = UndoFrame.write(memory.file(), columns);
    synchronized (chunk) {
      if (!values.isGone()) {
        chunk.kept().leave(values, place);
        return true;
      }
    }
    memory.file().free(place);
    return true;
  }

  private static boolean isBusy(Chunk chunk) {
    int versions = chunk.versionCount();
    boolean isGrowing = chunk.room() > 0 && chunk.table().isLast(chunk);
    return isGrowing || versions > 0 && versions < VERSIONS_FEW;
  }
}
