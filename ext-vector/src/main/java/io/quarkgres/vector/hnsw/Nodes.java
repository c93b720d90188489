package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The nodes of a graph: {@link Vectors}, row ids, and neighbour lists, all in chunks of {@link
 * #CHUNK} nodes that never move. A node is its number.
 *
 * <p>A list is an int of state and then the neighbours, nearest first; the top bit of a neighbour
 * says that the selection took it for its direction ({@link #DIVERSE}) and not to fill the list up.
 * The state holds the count, a bit that is set while a writer is at it, and a version, so that a
 * reader without a lock can tell that it copied one whole list. A writer of a list holds the lock
 * of its node ({@link #lock}).
 *
 * <p>Places are given out and taken back under the monitor of this object. A place that was taken
 * back may be read for a while yet; what is found there is a row id, which the reader's snapshot
 * judges, and a vector whose distance is then of no account. Thread: any.
 */
final class Nodes {
  static final int CHUNK_SHIFT = 8;
  static final int CHUNK = 1 << CHUNK_SHIFT;
  static final int IN_CHUNK = CHUNK - 1;

  static final int DIVERSE = Integer.MIN_VALUE;
  static final int NODE = Integer.MAX_VALUE;

  /** The row id of a place that no node has. */
  static final long FREE = Long.MIN_VALUE;

  private static final int LEVEL_MAX = 15;
  private static final int NODES_MAX = 1 << 30;
  private static final int LOCKS = 256;

  private static final int COUNT = 0xff;
  private static final int WRITING = 0x100;
  private static final int VERSION = 0x200;

  private static final int PAGE_SHIFT = 12;
  private static final int IN_PAGE = (1 << PAGE_SHIFT) - 1;

  private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);

  private final Vectors vectors;

  private final int listSizeLowest;
  private final int listSize;

  private final Object[] locks = new Object[LOCKS];

  /** Replaced as a whole when it grows. */
  private volatile Chunks chunks = new Chunks(0);

  /** Lists of upper levels: for a node of level n, n, and then n lists. */
  private volatile int[][] pages = {};

  private int pageUsed = 1 << PAGE_SHIFT;
  private int pageCount;

  /** Records of upper levels that are free, by level. */
  private final IntList[] freeRecords = new IntList[LEVEL_MAX + 1];

  private final IntList freePlaces = new IntList();
  private volatile int count;

  /** Guarded by the monitor. */
  private long bytes;

  /** The arrays of all chunks; a place in an array is set once. */
  private static final class Chunks {
    final int[][] lists;
    final long[][] rows;
    final int[][] records;

    Chunks(int n) {
      lists = new int[n][];
      rows = new long[n][];
      records = new int[n][];
    }

    Chunks grown() {
      int n = lists.length;
      Chunks result = new Chunks(Math.max(4, n + (n >> 1)));
      System.arraycopy(lists, 0, result.lists, 0, n);
      System.arraycopy(rows, 0, result.rows, 0, n);
      System.arraycopy(records, 0, result.records, 0, n);
      return result;
    }
  }

  /**
   * Makes an empty set.
   *
   * @param vectors where vectors are kept
   * @param m the most neighbours in an upper level; twice as many in the lowest
   */
  Nodes(Vectors vectors, int m) {
    this.vectors = vectors;
    this.listSizeLowest = 1 + 2 * m;
    this.listSize = 1 + m;
    Arrays.setAll(locks, i -> new Object());
  }

  Vectors vectors() {
    return vectors;
  }

  /** Returns how many places were ever given out; every node is below it. */
  int count() {
    return count;
  }

  long memoryBytes() {
    return bytes;
  }

  /** Ends what {@link Vectors#beginBuild} began. */
  synchronized void endBuild() {
    bytes -= vectors.endBuild();
  }

  /** Returns the lock that a writer of the node's lists holds. */
  Object lock(int node) {
    return locks[node & LOCKS - 1];
  }

  /** Returns the most neighbours of a list. */
  int listMax(int level) {
    return (level == 0 ? listSizeLowest : listSize) - 1;
  }

  /** Gives a place to a vector. Raises 53200 when no memory is left. Called under the monitor. */
  int add(Object key, long row, int level) {
    int node = freePlaces.isEmpty() ? count : freePlaces.last();
    int chunk = node >>> CHUNK_SHIFT;
    if (node == count) {
      requireChunk(chunk);
    }
    int top = Math.min(level, LEVEL_MAX);
    int record = top == 0 ? 0 : newRecord(top);
    Chunks all = chunks;
    bytes += vectors.put(node, key);
    all.records[chunk][node & IN_CHUNK] = record;
    LONG.setRelease(all.rows[chunk], node & IN_CHUNK, row);
    if (node == count) {
      count = node + 1;
    } else {
      freePlaces.removeLast();
    }
    return node;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
  private void requireChunk(int chunk) {
    if (count >= NODES_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "an hnsw index cannot have more entries");
    }
    Chunks all = chunks;
    if (chunk == all.lists.length) {
      all = all.grown();
    }
    bytes += vectors.requireChunk(chunk);
    if (all.lists[chunk] == null) {
      try {
        all.rows[chunk] = new long[CHUNK];
        all.records[chunk] = new int[CHUNK];
        all.lists[chunk] = new int[listSizeLowest << CHUNK_SHIFT];
      } catch (OutOfMemoryError e) {
        throw new SqlException(
            SqlState.OUT_OF_MEMORY,
            "out of memory",
            "Failed while the lists of an hnsw index grew.",
            "Memory on the heap is limited by -Xmx.");
      }
      bytes += (4L * listSizeLowest + Long.BYTES + Integer.BYTES) * CHUNK;
      chunks = all;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
  private int newRecord(int level) {
    if (freeRecords[level] != null && !freeRecords[level].isEmpty()) {
      return freeRecords[level].removeLast();
    }
    int size = 1 + level * listSize;
    if (pageUsed + size > IN_PAGE + 1) {
      int[][] all = pageCount == pages.length ? Arrays.copyOf(pages, pageCount * 3 / 2 + 1) : pages;
      all[pageCount++] = new int[IN_PAGE + 1];
      bytes += 4L * (IN_PAGE + 1);
      pages = all;
      // Record 0 stands for none.
      pageUsed = pageCount == 1 ? 1 : 0;
    }
    int record = pageCount - 1 << PAGE_SHIFT | pageUsed;
    pageUsed += size;
    pages[record >>> PAGE_SHIFT][record & IN_PAGE] = level;
    return record;
  }

  /** Says that a node is to be found no more; others may still point to it. Under the monitor. */
  void remove(int node) {
    long[] rows = chunks.rows[node >>> CHUNK_SHIFT];
    LONG.setRelease(rows, node & IN_CHUNK, ~rows[node & IN_CHUNK]);
  }

  /** Takes the place of a removed node back, to which no other points. Under the monitor. */
  void free(int node) {
    int level = level(node);
    for (int i = 0; i <= level; i++) {
      synchronized (lock(node)) {
        writeList(node, i, null, 0);
      }
    }
    Chunks all = chunks;
    int chunk = node >>> CHUNK_SHIFT;
    LONG.setRelease(all.rows[chunk], node & IN_CHUNK, FREE);
    if (level > 0) {
      if (freeRecords[level] == null) {
        freeRecords[level] = new IntList();
      }
      freeRecords[level].add(all.records[chunk][node & IN_CHUNK]);
      all.records[chunk][node & IN_CHUNK] = 0;
    }
    bytes -= vectors.clear(node);
    freePlaces.add(node);
  }

  /** Returns the row id of a node; a negative number when it is removed. */
  long row(int node) {
    return (long) LONG.getAcquire(chunks.rows[node >>> CHUNK_SHIFT], node & IN_CHUNK);
  }

  boolean isLive(int node) {
    return row(node) >= 0;
  }

  int level(int node) {
    int record = chunks.records[node >>> CHUNK_SHIFT][node & IN_CHUNK];
    return record == 0 ? 0 : pages[record >>> PAGE_SHIFT][record & IN_PAGE];
  }

  private int[] listArray(int node, int level) {
    if (level == 0) {
      return chunks.lists[node >>> CHUNK_SHIFT];
    }
    int record = chunks.records[node >>> CHUNK_SHIFT][node & IN_CHUNK];
    int[] page = pages[record >>> PAGE_SHIFT];
    // A place that was given to another meanwhile may have fewer levels now.
    return record == 0 || page[record & IN_PAGE] < level ? null : page;
  }

  private int listAt(int node, int level) {
    if (level == 0) {
      return (node & IN_CHUNK) * listSizeLowest;
    }
    int record = chunks.records[node >>> CHUNK_SHIFT][node & IN_CHUNK];
    return (record & IN_PAGE) + 1 + (level - 1) * listSize;
  }

  /** Copies a list, as it was at one moment, and returns how long it is. */
  int readList(int node, int level, int[] into) {
    int[] array = listArray(node, level);
    if (array == null) {
      return 0;
    }
    int at = listAt(node, level);
    while (true) {
      int state = (int) INT.getAcquire(array, at);
      if ((state & WRITING) == 0) {
        int n = Math.min(state & COUNT, into.length);
        System.arraycopy(array, at + 1, into, 0, n);
        VarHandle.loadLoadFence();
        if ((int) INT.getOpaque(array, at) == state) {
          return n;
        }
      }
      Thread.onSpinWait();
    }
  }

  /** Tells whether a list is still the one that had this state. */
  int listState(int node, int level) {
    int[] array = listArray(node, level);
    return array == null ? 0 : (int) INT.getAcquire(array, listAt(node, level));
  }

  /** Replaces a list. Called under the lock of the node. */
  void writeList(int node, int level, int[] from, int n) {
    int[] array = listArray(node, level);
    if (array == null) {
      return;
    }
    int at = listAt(node, level);
    int state = array[at];
    INT.setOpaque(array, at, state | WRITING);
    VarHandle.storeStoreFence();
    if (n > 0) {
      System.arraycopy(from, 0, array, at + 1, n);
    }
    INT.setRelease(array, at, (state & -VERSION) + VERSION | n);
  }
}
