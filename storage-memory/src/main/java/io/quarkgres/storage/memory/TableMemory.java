package io.quarkgres.storage.memory;

import io.quarkgres.storage.memory.cold.ColdPlace;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one table takes: memory for columns, and places in the cold file. A table that nobody holds
 * any more just goes; then all of this is given back. Thread: any.
 */
final class TableMemory implements Runnable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final ColumnMemory memory;
  private final AtomicLong bytes = new AtomicLong();
  private ColdPlace[] places = {};
  private int placeCount;

  private TableMemory(ColumnMemory memory) {
    this.memory = memory;
  }

  /** Makes that of a table, which it does not hold. */
  static TableMemory of(MemoryTable table, ColumnMemory memory) {
    TableMemory result = new TableMemory(memory);
    CLEANER.register(table, result);
    return result;
  }

  /** Counts memory that was taken, or given back. */
  void grown(long growth) {
    bytes.addAndGet(growth);
    memory.grown(growth);
  }

  /** Keeps a place that has values of the table. */
  synchronized void keep(ColdPlace place) {
    if (placeCount == places.length) {
      places = Arrays.copyOf(places, Math.max(16, placeCount * 2));
    }
    place.setListIndex(placeCount);
    places[placeCount++] = place;
  }

  /** Gives a place back, if anything lies there. */
  synchronized void free(ColdPlace place) {
    if (place.listIndex() < 0) {
      return;
    }
    ColdPlace last = places[--placeCount];
    places[placeCount] = null;
    if (last != place) {
      places[place.listIndex()] = last;
      last.setListIndex(place.listIndex());
    }
    place.setListIndex(-1);
    memory.file().free(place);
  }

  /** Returns how large values of undo must be to be worth a place in the cold file. */
  long undoBytesMin() {
    return memory.undoBytesMin();
  }

  /** Gives everything back, as the table is gone. */
  @Override
  public synchronized void run() {
    memory.grown(-bytes.getAndSet(0));
    while (placeCount > 0) {
      memory.file().free(places[--placeCount]);
    }
    places = null;
  }
}
