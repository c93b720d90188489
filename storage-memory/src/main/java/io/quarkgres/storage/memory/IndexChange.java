package io.quarkgres.storage.memory;

/**
 * How an update changed the keys of one index, aligned with the rows of an undo batch. Thread: what
 * is written after the constructor is written under the chunk's lock.
 */
final class IndexChange {
  private final MemoryIndex index;
  private final KeySet before;
  private final KeySet after;
  private final boolean[] changed;

  /** Where the batch's first row lies in the key sets. */
  private final int offset;

  /** Entry generations before and after, for an index by distance. */
  private final int[] oldGenerations;

  private final int[] newGenerations;

  private IndexChange(
      MemoryIndex index,
      KeySet before,
      KeySet after,
      boolean[] changed,
      int offset,
      int[] oldGenerations,
      int[] newGenerations) {
    this.index = index;
    this.before = before;
    this.after = after;
    this.changed = changed;
    this.offset = offset;
    this.oldGenerations = oldGenerations;
    this.newGenerations = newGenerations;
  }

  /** Compares the keys of {@code n} rows; returns {@code null} if all stay. */
  static IndexChange between(MemoryIndex index, KeySet before, KeySet after, int n) {
    boolean[] changed = new boolean[n];
    boolean any = false;
    for (int i = 0; i < n; i++) {
      changed[i] = !index.sameKey(before, after, i);
      any |= changed[i];
    }
    if (!any) {
      return null;
    }
    boolean generations = index instanceof DistanceMemoryIndex;
    return new IndexChange(
        index,
        before,
        after,
        changed,
        0,
        generations ? new int[n] : null,
        generations ? new int[n] : null);
  }

  /** Returns the change for a batch whose first row is row {@code from} of this one. */
  IndexChange from(int from) {
    return new IndexChange(
        index, before, after, changed, offset + from, oldGenerations, newGenerations);
  }

  MemoryIndex index() {
    return index;
  }

  KeySet before() {
    return before;
  }

  KeySet after() {
    return after;
  }

  boolean isChanged(int position) {
    return changed[offset + position];
  }

  /** Returns the position of a batch's row in the key sets. */
  int at(int position) {
    return offset + position;
  }

  PackedKey oldKey(int position) {
    return before.key(offset + position);
  }

  PackedKey newKey(int position) {
    return after.key(offset + position);
  }

  int oldGeneration(int position) {
    return oldGenerations[offset + position];
  }

  int newGeneration(int position) {
    return newGenerations[offset + position];
  }

  void setGenerations(int position, int old, int fresh) {
    oldGenerations[offset + position] = old;
    newGenerations[offset + position] = fresh;
  }
}
