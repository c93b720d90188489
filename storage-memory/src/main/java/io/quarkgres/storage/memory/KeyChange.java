package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import java.util.Arrays;

/**
 * How an update changes the keys of one index: the keys of the rows of one call before and after.
 * Used by one thread.
 *
 * @param changed which rows get another key
 */
record KeyChange(MemoryIndex index, KeySet before, KeySet after, boolean[] changed) {
  /** Compares the keys of {@code n} rows; returns {@code null} if all stay. */
  static KeyChange between(MemoryIndex index, KeySet before, KeySet after, int n) {
    boolean[] changed = new boolean[n];
    boolean any = false;
    for (int i = 0; i < n; i++) {
      changed[i] = !index.sameKey(before, after, i);
      any |= changed[i];
    }
    return any ? new KeyChange(index, before, after, changed) : null;
  }

  /** Returns what a batch of some rows keeps of this; {@code null} if their keys all stay. */
  IndexChange of(Chunk chunk, int from, int n) {
    int count = 0;
    for (int i = from; i < from + n; i++) {
      count += changed[i] ? 1 : 0;
    }
    if (count == 0) {
      return null;
    }
    Column[] old = index.kept(before, changed, from, n);
    Column[] fresh = index.kept(after, changed, from, n);
    Column[] keys = Arrays.copyOf(old, old.length + fresh.length);
    System.arraycopy(fresh, 0, keys, old.length, fresh.length);
    return new IndexChange(
        index,
        new UndoValues(chunk, keys),
        count == n ? null : Arrays.copyOfRange(changed, from, from + n),
        index instanceof DistanceMemoryIndex ? new int[n] : null);
  }
}
