package io.quarkgres.vector.hnsw;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.SearchResult;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.vector.FloatSums;
import io.quarkgres.vector.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The graph, over the library. The library has a fixed capacity and never reuses the place of a
 * removed item; so the graph is resized when it is full, and made anew when most of it is removed
 * items. Both shut out all others, everything else runs side by side. Thread: any.
 */
final class HnswGraph {
  private static final int CAPACITY_FIRST = 64;

  /** Below this many places a graph is not made anew for the sake of removed items. */
  private static final int REMOVED_MIN = 1024;

  private final Metric metric;
  private final int dimensions;
  private final HnswOptions options;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Places given out, removed items included; at most the capacity when nobody is adding. */
  private final AtomicInteger places = new AtomicInteger();

  private final AtomicInteger removed = new AtomicInteger();

  /** Guarded by {@link #lock}: replaced under the write lock only. */
  private com.github.jelmerk.hnswlib.core.hnsw.HnswIndex<Long, HnswEntry, HnswEntry, Float> items;

  HnswGraph(Metric metric, int dimensions, HnswOptions options) {
    this.metric = metric;
    this.dimensions = dimensions;
    this.options = options;
    this.items = empty(CAPACITY_FIRST);
  }

  private com.github.jelmerk.hnswlib.core.hnsw.HnswIndex<Long, HnswEntry, HnswEntry, Float> empty(
      int capacity) {
    return com.github.jelmerk.hnswlib.core.hnsw.HnswIndex.newBuilder(
            dimensions, distance(metric), capacity)
        .withM(options.m())
        .withEfConstruction(options.efConstruction())
        // The library looks at max(ef, k) candidates, and k is asked for each time.
        .withEf(1)
        .withRemoveEnabled()
        .build();
  }

  /** Returns a distance that orders as the metric does and is cheaper. */
  private static DistanceFunction<HnswEntry, Float> distance(Metric metric) {
    return switch (metric) {
      case L2, L2_SQUARED ->
          (a, b) -> FloatSums.squaredDifferences(a.values(), 0, b.values(), 0, a.dimensions());
      case INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> (a, b) -> -product(a, b);
      case COSINE, SPHERICAL ->
          (a, b) -> (float) (-product(a, b) * a.inverseNorm() * b.inverseNorm());
      case L1 ->
          (a, b) -> FloatSums.absoluteDifferences(a.values(), 0, b.values(), 0, a.dimensions());
    };
  }

  private static float product(HnswEntry a, HnswEntry b) {
    return FloatSums.products(a.values(), 0, b.values(), 0, a.dimensions());
  }

  /** Adds an entry. */
  void add(HnswEntry entry) {
    while (!addIfRoom(entry)) {
      makeRoom();
    }
  }

  private boolean addIfRoom(HnswEntry entry) {
    lock.readLock().lock();
    try {
      if (places.incrementAndGet() > items.getMaxItemCount()) {
        places.decrementAndGet();
        return false;
      }
      items.add(entry);
      return true;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void makeRoom() {
    lock.writeLock().lock();
    try {
      int capacity = items.getMaxItemCount();
      if (places.get() < capacity) {
        return;
      }
      if (capacity > Integer.MAX_VALUE / 2) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED, "an hnsw index cannot have more entries");
      }
      items.resize(2 * capacity);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Removes an entry; one that is not there is a no-op. */
  void remove(HnswEntry entry) {
    lock.readLock().lock();
    try {
      if (items.remove(entry.id(), 0)) {
        removed.incrementAndGet();
      }
    } finally {
      lock.readLock().unlock();
    }
    if (isMostlyRemoved()) {
      makeAnew();
    }
  }

  private boolean isMostlyRemoved() {
    return removed.get() > REMOVED_MIN && removed.get() > places.get() / 2;
  }

  private void makeAnew() {
    lock.writeLock().lock();
    try {
      if (!isMostlyRemoved()) {
        return;
      }
      Collection<HnswEntry> live = items.items();
      var fresh = empty(Math.max(CAPACITY_FIRST, 2 * live.size()));
      for (HnswEntry entry : live) {
        fresh.add(entry);
      }
      items = fresh;
      places.set(live.size());
      removed.set(0);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Returns about the {@code k} nearest entries; fewer only when the graph has no more to reach.
   */
  List<HnswEntry> nearest(HnswEntry query, int k) {
    lock.readLock().lock();
    try {
      List<SearchResult<HnswEntry, Float>> found = items.findNearest(query, k);
      List<HnswEntry> result = new ArrayList<>(found.size());
      for (SearchResult<HnswEntry, Float> one : found) {
        result.add(one.item());
      }
      return result;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns the memory of links and places, estimated. */
  long memoryBytes() {
    // Twice m links of 4 bytes in the lowest layer, and the objects around them.
    return places.get() * (8L * options.m() + 120);
  }
}
