package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.index.DistanceIndex;
import java.util.Arrays;

/**
 * A search through one level of a graph, and the memory for it, which is used again and again: the
 * nodes seen, those to go on from, and the best found. It can be resumed: then the nodes that were
 * seen but not good enough come into play again. Allocates nothing once it is warm. Used by one
 * thread at a time.
 */
final class Walk {
  private final Nodes nodes;
  private final Distances whole;
  private final Distances guides;

  /** What the search is guided by. */
  private Distances distances;

  private long[] seen = new long[64];
  private int seenCount;

  /** Where to go on from, nearest first. */
  private final LongHeap open = new LongHeap();

  /** The best found, as complements, so that the worst is on top. */
  private final LongHeap best = new LongHeap();

  /** Nodes that were too far to go on from; kept if the walk may be resumed. */
  private final LongList beyond = new LongList();

  /** Nodes that were among the best and are no longer; kept if the walk may be resumed. */
  private final LongList surpassed = new LongList();

  /** Nodes seen and not yet yielded, nearest first. */
  private final LongHeap pending = new LongHeap();

  private final int[] list;
  private final int[] ids;
  private final float[] found;
  private float[] near = {};
  private float[] exact = {};

  private boolean canResume;

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

  /** Forgets all that was seen. */
  void begin(boolean resumable) {
    Arrays.fill(seen, 0);
    seenCount = 0;
    open.clear();
    best.clear();
    beyond.clear();
    surpassed.clear();
    pending.clear();
    canResume = resumable;
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
  void start(long ranked, int ef, DistanceIndex.RowFilter filter) {
    if (mark(Ranked.node(ranked))) {
      seenCount++;
      open.add(ranked);
      offer(ranked, ef, filter);
    }
  }

  /** Walks until the {@code ef} best are found that are live and pass the filter. */
  void run(int level, int ef, DistanceIndex.RowFilter filter) {
    while (!open.isEmpty()) {
      long nearest = open.least();
      if (best.size() >= ef && nearest > ~best.least()) {
        break;
      }
      open.removeLeast();
      int n = unseen(Ranked.node(nearest), level);
      distances(ids, n, found);
      seenCount += n;
      for (int i = 0; i < n; i++) {
        long ranked = Ranked.of(found[i], ids[i]);
        if (best.size() < ef || ranked < ~best.least()) {
          open.add(ranked);
          offer(ranked, ef, filter);
        } else if (canResume) {
          beyond.add(ranked);
        }
      }
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

  private void offer(long ranked, int ef, DistanceIndex.RowFilter filter) {
    long row = nodes.row(Ranked.node(ranked));
    if (row < 0 || filter != null && !filter.mayAccept(row)) {
      return;
    }
    if (best.size() < ef) {
      best.add(~ranked);
    } else {
      long out = ~best.least();
      best.replaceLeast(~ranked);
      if (canResume) {
        surpassed.add(out);
      }
    }
  }

  /** Prepares for looking further: what was not good enough before may be now. */
  void resume(int ef, DistanceIndex.RowFilter filter) {
    best.clear();
    for (int i = 0; i < beyond.size(); i++) {
      open.add(beyond.get(i));
      pending.add(beyond.get(i));
    }
    beyond.clear();
    for (int i = 0; i < surpassed.size(); i++) {
      pending.add(surpassed.get(i));
    }
    surpassed.clear();
    takePending(ef, filter);
  }

  /** Makes the nearest pending nodes the best. */
  private void takePending(int ef, DistanceIndex.RowFilter filter) {
    while (best.size() < ef && !pending.isEmpty()) {
      offer(pending.removeLeast(), ef, filter);
    }
  }

  /** Looks at every live node that was not seen, without the graph. */
  void lookAtAll() {
    open.clear();
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
    open.clear();
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
      pending.add(Ranked.of(found[i], ids[i]));
    }
    seenCount += n;
  }

  /** Moves the best, nearest first, into a list. */
  void drainBest(LongList into) {
    into.clear();
    for (int i = 0; i < best.size(); i++) {
      into.add(~best.values()[i]);
    }
    best.clear();
    into.sort();
  }

  /** Tells whether {@link #resume} would find nothing more. */
  boolean isExhausted() {
    return open.isEmpty() && beyond.size() == 0 && surpassed.size() == 0 && pending.isEmpty();
  }
}
