package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.index.DistanceIndex;
import java.util.Arrays;

/**
 * A search through one level of a graph, and the memory for it, which is used again and again: the
 * nodes seen, and the best of them. It can be resumed: then the nodes that were seen but not good
 * enough come into play again. Allocates nothing once it is warm. Used by one thread at a time.
 */
final class Walk {
  private final Nodes nodes;
  private final Distances whole;
  private final Distances guides;

  /** What the search is guided by. */
  private Distances distances;

  private long[] seen = new long[64];
  private int seenCount;

  /** The best found, and what is kept for a walk that is resumed. */
  private final Pool pool = new Pool();

  /** Whether neighbours of what was found are looked at. */
  private boolean followsLinks;

  private final int[] list;
  private final int[] ids;
  private final float[] found;
  private float[] near = {};
  private float[] exact = {};

  Walk(Nodes nodes) {
    this.nodes = nodes;
    this.whole = nodes.vectors().distances();
    this.guides = nodes.vectors().hasGuides() ? nodes.vectors().guides() : whole;
    this.distances = whole;
    int max = Math.max(Nodes.CHUNK, nodes.listMax(0));
    this.list = new int[max];
    this.ids = new int[max];
    this.found = new float[max];
  }

  /** Says whether to be guided by what is shorter to read than vectors, from the next aim on. */
  void guide(boolean isGuided) {
    distances = isGuided ? guides : whole;
  }

  /** Aims at a vector of a caller. */
  void aim(Object key) {
    distances.aim(key);
    if (distances != whole) {
      whole.aim(key);
    }
  }

  /** Aims at the vector of a node. */
  void aim(int node) {
    distances.aim(node);
  }

  /** Aims at the vector of a node to measure by whole vectors what was found. */
  void aimToMeasure(int node) {
    whole.aim(node);
  }

  /**
   * Gives what was found its distances by whole vectors, and orders it by them; returns whether
   * what guided the search told near from far.
   */
  boolean measure(LongList list) {
    int n = list.size();
    if (near.length < n) {
      near = new float[n];
      exact = new float[n];
    }
    for (int from = 0; from < n; from += found.length) {
      int count = Math.min(found.length, n - from);
      for (int i = 0; i < count; i++) {
        long ranked = list.get(from + i);
        ids[i] = Ranked.node(ranked);
        near[from + i] = Ranked.distance(ranked);
      }
      whole.of(ids, count, found);
      System.arraycopy(found, 0, exact, from, count);
      for (int i = 0; i < count; i++) {
        list.set(from + i, Ranked.of(found[i], ids[i]));
      }
    }
    list.sort();
    return Guidance.isSure(near, exact, n);
  }

  /** Puts the distances of nodes from the target into {@code out}. */
  void distances(int[] of, int n, float[] out) {
    distances.of(of, n, out);
  }

  double exact(long ranked) {
    return whole.exact(Ranked.node(ranked), Ranked.distance(ranked));
  }

  /** Returns the node nearest to the target that greedy steps lead to, above {@code level}. */
  long descend(int entry, int fromLevel, int level) {
    ids[0] = entry;
    distances(ids, 1, found);
    long nearest = Ranked.of(found[0], entry);
    for (int l = fromLevel; l > level; l--) {
      nearest = nearestOf(nearest, l);
    }
    return nearest;
  }

  private long nearestOf(long start, int level) {
    long nearest = start;
    long before;
    do {
      before = nearest;
      int n = nodes.readList(Ranked.node(nearest), level, ids);
      for (int i = 0; i < n; i++) {
        ids[i] &= Nodes.NODE;
      }
      distances(ids, n, found);
      for (int i = 0; i < n; i++) {
        nearest = Math.min(nearest, Ranked.of(found[i], ids[i]));
      }
    } while (nearest != before);
    return nearest;
  }

  /** Forgets all that was seen; begins to look for so many. */
  void begin(int ef) {
    Arrays.fill(seen, 0);
    seenCount = 0;
    pool.clear();
    pool.widen(ef);
    followsLinks = true;
  }

  /** Returns how many nodes were looked at. */
  int seenCount() {
    return seenCount;
  }

  /** Notes that a node is seen; returns whether it was not before. */
  boolean mark(int node) {
    int word = node >>> 6;
    if (word >= seen.length) {
      seen = Arrays.copyOf(seen, Math.max(word + 1, Math.max(2 * seen.length, nodes.count() >> 6)));
    }
    long bit = 1L << node;
    boolean isNew = (seen[word] & bit) == 0;
    seen[word] |= bit;
    return isNew;
  }

  /** Adds a node to start from. */
  void start(long ranked) {
    if (mark(Ranked.node(ranked))) {
      seenCount++;
      pool.offer(ranked);
    }
  }

  /**
   * Walks until the {@code ef} best are found that are live and pass the filter, or all there are.
   */
  void run(int level, int ef, DistanceIndex.RowFilter filter) {
    pool.widen(ef);
    do {
      while (pool.hasNext()) {
        int node = pool.next();
        if (counts(node, filter)) {
          pool.take();
        } else {
          pool.drop();
        }
        if (followsLinks) {
          lookAtNeighbours(node, level);
        }
      }
      // What does not count has made room for others.
    } while (pool.refill());
  }

  private boolean counts(int node, DistanceIndex.RowFilter filter) {
    long row = nodes.row(node);
    return row >= 0 && (filter == null || filter.mayAccept(row));
  }

  private void lookAtNeighbours(int node, int level) {
    int n = unseen(node, level);
    distances(ids, n, found);
    seenCount += n;
    for (int i = 0; i < n; i++) {
      pool.offer(Ranked.of(found[i], ids[i]));
    }
  }

  private int unseen(int node, int level) {
    int count = nodes.readList(node, level, list);
    int n = 0;
    for (int i = 0; i < count; i++) {
      int neighbour = list[i] & Nodes.NODE;
      if (mark(neighbour)) {
        ids[n++] = neighbour;
      }
    }
    return n;
  }

  /** Looks at every live node that was not seen, without the graph. */
  void lookAtAll() {
    followsLinks = false;
    int count = nodes.count();
    int n = 0;
    for (int node = 0; node < count; node++) {
      if (mark(node) && nodes.isLive(node)) {
        ids[n++] = node;
      }
      if (n == ids.length || node + 1 == count) {
        lookAtIds(n);
        n = 0;
      }
    }
  }

  /** Looks at some nodes, without the graph. */
  void lookAt(IntList some) {
    followsLinks = false;
    for (int from = 0; from < some.size(); from += ids.length) {
      int n = Math.min(ids.length, some.size() - from);
      for (int i = 0; i < n; i++) {
        ids[i] = some.get(from + i);
      }
      lookAtIds(n);
    }
  }

  private void lookAtIds(int n) {
    distances(ids, n, found);
    for (int i = 0; i < n; i++) {
      pool.offer(Ranked.of(found[i], ids[i]));
    }
    seenCount += n;
  }

  /** Moves the best, nearest first, into a list; the next run looks for others. */
  void drainBest(LongList into) {
    pool.drain(into);
  }

  /** Tells whether another run would find nothing more. */
  boolean isExhausted() {
    return pool.isExhausted();
  }
}
