package io.quarkgres.storage.memory;

import java.lang.ref.WeakReference;
import java.util.List;

/** Goes round over the chunks of all tables, again and again. Used under a lock. */
final class ClockHand {
  /** Who knows the tables there are. */
  interface Tables {
    /** Returns the tables, in an order that stays as tables come and go. */
    List<WeakReference<MemoryTable>> all();
  }

  private final Tables tables;

  /** The tables of this turn, the one after the hand's, and the chunk after the hand's. */
  private List<WeakReference<MemoryTable>> all = List.of();

  private int nextTable;
  private WeakReference<MemoryTable> table = new WeakReference<>(null);
  private int nextChunk;
  private int turns;

  ClockHand(Tables tables) {
    this.tables = tables;
  }

  /** Returns the next chunk, or {@code null} if there is none at all. */
  Chunk next() {
    int turn = turns;
    while (turns - turn < 2) {
      MemoryTable current = table.get();
      if (current != null && nextChunk < current.chunkCount()) {
        return current.chunk(nextChunk++);
      }
      if (nextTable == all.size()) {
        all = tables.all();
        nextTable = 0;
        turns++;
      }
      table = all.isEmpty() ? new WeakReference<>(null) : all.get(nextTable++);
      nextChunk = 0;
    }
    return null;
  }

  /** Returns how many times the hand has begun anew. */
  int turns() {
    return turns;
  }
}
