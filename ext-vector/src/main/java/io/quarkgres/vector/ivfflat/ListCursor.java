package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.ivfflat.EntryList.Entry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.locks.Lock;

/**
 * One search: lists by the distance of their centres, so many a round, the entries of a round by
 * exact distance. It goes on until the caller has enough. Used by one thread.
 */
final class ListCursor implements DistanceIndex.Cursor {
  private final KeySpace space;
  private final EntryList[] lists;
  private final Lock lock;
  private final Object query;
  private final int probes;
  private final DistanceIndex.RowFilter filter;
  private int nextList;
  private double[] distances = {};
  private long[] rows = {};

  /** A heap of what the round found, the nearest on top. */
  private int[] heap = {};

  private int heapSize;

  ListCursor(
      KeySpace space,
      Lists lists,
      Lock lock,
      Object query,
      int probes,
      DistanceIndex.RowFilter filter) {
    this.space = space;
    this.lock = lock;
    this.query = query;
    this.filter = filter;
    this.lists = ordered(space, lists, query);
    this.probes = query == null || space.isNowhere(query) ? this.lists.length : probes;
  }

  private static EntryList[] ordered(KeySpace space, Lists lists, Object query) {
    float[][] centres = lists.centres();
    if (centres.length <= 1 || query == null) {
      return lists.lists();
    }
    float[] at = space.coordinates(query);
    if (at.length != centres[0].length) {
      return lists.lists();
    }
    float[] squares = new float[centres.length];
    Integer[] order = new Integer[centres.length];
    for (int c = 0; c < centres.length; c++) {
      squares[c] = KMeans.square(centres[c], at);
      order[c] = c;
    }
    Arrays.sort(order, Comparator.comparingDouble(c -> squares[c]));
    EntryList[] result = new EntryList[centres.length];
    for (int c = 0; c < result.length; c++) {
      result[c] = lists.lists()[order[c]];
    }
    return result;
  }

  @Override
  public int next(long[] rowIds, double[] found) {
    int n = 0;
    while (n < rowIds.length) {
      if (heapSize == 0) {
        // What is there goes out before more lists are read: the caller may have enough.
        if (n > 0 || nextList == lists.length) {
          break;
        }
        probe();
        continue;
      }
      int nearest = pop();
      if (filter.accepts(rows[nearest])) {
        rowIds[n] = rows[nearest];
        found[n++] = distances[nearest];
      }
    }
    return n;
  }

  private void probe() {
    lock.lock();
    try {
      int end = Math.min(lists.length, nextList + probes);
      int total = 0;
      for (int l = nextList; l < end; l++) {
        total += lists[l].count();
      }
      rows = new long[total];
      distances = new double[total];
      int n = 0;
      for (int l = nextList; l < end; l++) {
        for (int i = 0; i < lists[l].count(); i++) {
          Entry entry = lists[l].entry(i);
          rows[n] = entry.rowId;
          distances[n++] = query == null ? 0 : space.distance(query, entry.key);
        }
      }
      nextList = end;
    } finally {
      lock.unlock();
    }
    heapSize = rows.length;
    heap = new int[heapSize];
    for (int i = 0; i < heapSize; i++) {
      heap[i] = i;
    }
    for (int i = heapSize / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  private int pop() {
    int top = heap[0];
    heap[0] = heap[--heapSize];
    sink(0);
    return top;
  }

  private void sink(int from) {
    int at = from;
    while (2 * at + 1 < heapSize) {
      int child = 2 * at + 1;
      if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], heap[at])) {
        return;
      }
      int swap = heap[at];
      heap[at] = heap[child];
      heap[child] = swap;
      at = child;
    }
  }

  /** NaN comes last; rows of the same distance come by their ids. */
  private boolean isBefore(int a, int b) {
    int order = Double.compare(distances[a], distances[b]);
    return order != 0 ? order < 0 : rows[a] < rows[b];
  }
}
