package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.index.KeyRange;
import io.quarkgres.spi.store.BlockCursor;
import io.quarkgres.storage.memory.tree.PackedKey;
import io.quarkgres.storage.memory.tree.TreeCursor;
import java.util.Arrays;

/**
 * Yields the rows of a range of an ordered index. An entry counts if the version that the snapshot
 * sees has the entry's key; that is computed only where there may be others: for rows whose chain
 * changes the key, and for all when an entry went since the batch was read. Used by one thread.
 */
final class IndexScan implements BlockCursor {
  private final OrderedMemoryIndex index;
  private final MemorySnapshot snapshot;
  private final int[] projection;
  private final TreeCursor cursor;

  private long[] rows = {};
  private PackedKey[] keys;
  private boolean isFirst = true;

  IndexScan(
      OrderedMemoryIndex index,
      MemorySnapshot snapshot,
      KeyRange range,
      boolean backward,
      int[] projection) {
    this.index = index;
    this.snapshot = snapshot;
    this.projection = projection;
    snapshot.reading(index, range);
    cursor = index.tree().cursor(range, backward);
  }

  @Override
  public Block next() {
    while (cursor.advance()) {
      Block block = isFirst ? readBatch() : readMany();
      isFirst = false;
      if (block.rowCount() > 0) {
        return block;
      }
    }
    return null;
  }

  /** Reads the rows of one batch of the cursor: all there is to a point look-up. */
  private Block readBatch() {
    int n = cursor.count();
    boolean[] doubtful = new boolean[n];
    Block block =
        RowReader.fetch(index.table(), snapshot, cursor.rows(), n, projection, index, doubtful);
    if (!mayHaveStale(doubtful, cursor.removals())) {
      return block;
    }
    keep(0);
    return recheck(block, cursor.rows(), doubtful, cursor.removals());
  }

  /** Reads the rows of several batches in one block. */
  private Block readMany() {
    int n = 0;
    long removals = cursor.removals();
    if (rows.length < Block.ROWS_MAX) {
      rows = new long[Block.ROWS_MAX];
    }
    do {
      System.arraycopy(cursor.rows(), 0, rows, n, cursor.count());
      keep(n);
      n += cursor.count();
    } while (n + TreeCursor.BATCH_MAX <= Block.ROWS_MAX && cursor.advance());
    boolean[] doubtful = new boolean[n];
    Block block = RowReader.fetch(index.table(), snapshot, rows, n, projection, index, doubtful);
    return mayHaveStale(doubtful, removals) ? recheck(block, rows, doubtful, removals) : block;
  }

  /** Keeps the keys of the cursor's batch, which the next one overwrites. */
  private void keep(int at) {
    if (keys == null || keys.length < at + cursor.count()) {
      PackedKey[] more = new PackedKey[at == 0 ? cursor.count() : Block.ROWS_MAX];
      if (keys != null) {
        System.arraycopy(keys, 0, more, 0, at);
      }
      keys = more;
    }
    for (int i = 0; i < cursor.count(); i++) {
      keys[at + i] = cursor.key(i);
    }
  }

  private boolean mayHaveStale(boolean[] doubtful, long removals) {
    for (boolean isDoubtful : doubtful) {
      if (isDoubtful) {
        return true;
      }
    }
    return index.tree().removals() != removals || index.isInDoubt();
  }

  /** Drops the rows whose visible version has another key than their entry. */
  private Block recheck(Block block, long[] rowIds, boolean[] doubtful, long removals) {
    boolean all = index.tree().removals() != removals || index.isInDoubt();
    Selection selection = block.selection();
    long[] checked = new long[selection.count()];
    int[] at = new int[selection.count()];
    int n = 0;
    for (int i = 0; i < selection.count(); i++) {
      int position = selection.position(i);
      if (all || doubtful[position]) {
        checked[n] = rowIds[position];
        at[n++] = position;
      }
    }
    if (n == 0) {
      return block;
    }
    KeySet seen =
        index.keysOf(RowReader.fetchWide(index.table(), snapshot, checked, n, index.columns()));
    boolean[] drop = new boolean[block.positionCount()];
    boolean any = false;
    for (int i = 0; i < n; i++) {
      drop[at[i]] = !keys[at[i]].matches(seen.key(i));
      any |= drop[at[i]];
    }
    return any ? without(block, drop) : block;
  }

  private static Block without(Block block, boolean[] drop) {
    Selection selection = block.selection();
    int[] kept = new int[selection.count()];
    int n = 0;
    for (int i = 0; i < selection.count(); i++) {
      int position = selection.position(i);
      kept[n] = position;
      n += drop[position] ? 0 : 1;
    }
    return block.select(new Selection(Arrays.copyOf(kept, n), n));
  }
}
