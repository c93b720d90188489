package io.quarkgres.vector.hnsw;

import java.util.Arrays;

/**
 * The nearest nodes of a walk, in order, at most so many; each is taken once to go on from. What is
 * too far is set aside, and comes back when there is room for it. One sorted array does what the
 * algorithm's two queues do, and branches less. Used by one thread.
 */
final class Pool {
  /** The most that a pool holds: with more, keeping the order would cost too much. */
  private static final int CAPACITY_MAX = 4_096;

  /** Marks a node that was taken; a node's number has no such bit. */
  private static final long TAKEN = 1L << 30;

  private static final int DOUBLINGS_MAX = 12;

  private long[] values = new long[64];
  private int size;
  private int capacity;
  private int wanted;
  private int refills;

  /** All before this place were taken. */
  private int next;

  private LongList aside = new LongList();
  private LongList other = new LongList();

  /** Forgets all. */
  void clear() {
    size = 0;
    next = 0;
    aside.clear();
  }

  /** Makes room for so many, and takes the nearest back that were set aside. */
  void widen(int count) {
    wanted = Math.min(count, CAPACITY_MAX);
    refills = 0;
    makeRoom(wanted);
  }

  private void makeRoom(int count) {
    capacity = Math.min(count, CAPACITY_MAX);
    if (values.length < capacity) {
      values = Arrays.copyOf(values, capacity);
    }
    if (size < capacity && aside.size() > 0) {
      LongList before = aside;
      aside = other;
      other = before;
      for (int i = 0; i < before.size(); i++) {
        offer(before.get(i));
      }
      before.clear();
    }
  }

  /** Takes a node in if it is near enough. */
  void offer(long ranked) {
    if (size == capacity) {
      if (size == 0 || ranked >= values[size - 1]) {
        aside.add(ranked);
        return;
      }
      aside.add(values[--size]);
    }
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = from + to >>> 1;
      if (values[middle] < ranked) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    System.arraycopy(values, from, values, from + 1, size - from);
    values[from] = ranked;
    size++;
    next = Math.min(next, from);
  }

  /** Tells whether there is a node left to take. */
  boolean hasNext() {
    while (next < size && (values[next] & TAKEN) != 0) {
      next++;
    }
    return next < size;
  }

  /** Returns the nearest that was not taken yet. */
  int next() {
    return Ranked.node(values[next]);
  }

  /** Takes the next. */
  void take() {
    values[next] |= TAKEN;
  }

  /** Takes the next and drops it. What is as far as the last is still too far, until a refill. */
  void drop() {
    size--;
    capacity--;
    System.arraycopy(values, next + 1, values, next, size - next);
  }

  /** Takes nodes back for those that were dropped; false when there are none. */
  boolean refill() {
    if (capacity >= wanted || aside.size() == 0) {
      return false;
    }
    // Where much is dropped, more and more room is made: most of that will be dropped, too.
    makeRoom(size + (wanted - capacity << Math.min(refills++, DOUBLINGS_MAX)));
    return true;
  }

  /** Moves the nodes, nearest first, into a list. */
  void drain(LongList into) {
    into.clear();
    for (int i = 0; i < size; i++) {
      into.add(values[i] & ~TAKEN);
    }
    // Of equally far nodes one that was taken may stand behind one with a greater number.
    into.sort();
    size = 0;
    next = 0;
  }

  /** Tells whether nothing is left, neither here nor aside. */
  boolean isExhausted() {
    return size == 0 && aside.size() == 0;
  }
}
