package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.store.TableIndex;

/**
 * An index of a table: keeps entries for every row version that some snapshot can see, by being
 * told of each change, of changes undone, and of versions nobody sees any more. Thread: any.
 */
abstract sealed class MemoryIndex implements TableIndex
    permits OrderedMemoryIndex, DistanceMemoryIndex {
  private final MemoryTable table;
  private final IndexSpec spec;
  private final int[] columns;
  private volatile boolean dropped;

  MemoryIndex(MemoryTable table, IndexSpec spec) {
    this.table = table;
    this.spec = spec;
    columns = spec.keys().columns();
  }

  final MemoryTable table() {
    return table;
  }

  @Override
  public final IndexSpec spec() {
    return spec;
  }

  /** Returns the table columns that keys are computed from; {@code null} means all. */
  final int[] columns() {
    return columns;
  }

  final boolean isDropped() {
    return dropped;
  }

  final void drop() {
    dropped = true;
  }

  /** Tells whether changing these columns may change a key. */
  final boolean dependsOn(int[] changed) {
    if (columns == null) {
      return true;
    }
    for (int column : changed) {
      for (int mine : columns) {
        if (column == mine) {
          return true;
        }
      }
    }
    return false;
  }

  /** Computes the keys of a block of rows. */
  abstract KeySet keysOf(Block rows);

  /** Tells whether the index holds the same for a position of two key sets. */
  abstract boolean sameKey(KeySet a, KeySet b, int position);

  /**
   * Adds the entry of a row just inserted or updated, waiting for open transactions if the key must
   * be unique; returns the row that has the key already, or {@link #NO_ROW}.
   */
  abstract long enter(MemoryTransaction transaction, KeySet keys, int position, long row);

  /** Adds the entry of a row that is known not to break uniqueness. */
  abstract void insert(KeySet keys, int position, long row);

  /**
   * Returns what a change of rows keeps of their keys, with NULL where the index holds none or they
   * stay.
   */
  abstract Column[] kept(KeySet keys, boolean[] changed, int from, int n);

  /** Removes the entry of the only version of a row. */
  abstract void remove(KeySet keys, int position, long row);

  /** What {@link #enter} returns when the entry is in. */
  static final long NO_ROW = -1;
}
