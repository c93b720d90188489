package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.index.Parallel;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The links between nodes. A batch of new nodes is added in two steps: each finds its neighbours in
 * the graph as it was before the batch and among the batch's nodes before it; then the neighbours
 * get their links back, list by list. Threads share both steps and the graph does not depend on how
 * many there are. Searches, and other batches, run beside it. Thread: any.
 */
final class Graph {
  private static final int POOLED_MAX = 16;

  /** Links a thread takes at once. */
  private static final int SLICE = 128;

  private final Nodes nodes;
  private final HnswOptions options;
  private final ConcurrentLinkedQueue<Linker> linkers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Walk> walks = new ConcurrentLinkedQueue<>();
  private final Guidance guidance;
  private final Guidance searchGuidance;

  /** Shared by those who add and mend; held alone by whoever takes places back. */
  private final ReentrantReadWriteLock places = new ReentrantReadWriteLock();

  /** The node where searches begin and its level; replaced under the monitor. */
  private volatile Entry entry = new Entry(-1, -1);

  /** Where searches begin. */
  private record Entry(int node, int level) {}

  Graph(Nodes nodes, HnswOptions options) {
    this.nodes = nodes;
    this.options = options;
    this.guidance = new Guidance(nodes.vectors());
    this.searchGuidance = new Guidance(nodes.vectors());
  }

  /** Returns whether searches are to be guided by what is shorter to read than vectors. */
  Guidance searchGuidance() {
    return searchGuidance;
  }

  ReentrantReadWriteLock places() {
    return places;
  }

  /** Adds nodes that have a place. Called with {@link #places} shared. */
  void add(int[] batch, int count, int threads) {
    if (entry.node >= 0) {
      add(batch, count, threads, entry);
      return;
    }
    // Of two who begin a graph at once, the second has to find the first.
    synchronized (this) {
      add(batch, count, threads, entry);
    }
  }

  private void add(int[] batch, int count, int threads, Entry from) {
    LongList[] links = new LongList[count];
    boolean isGuided = guidance.isTrusted(count);
    while (!findNeighbours(batch, threads, from, isGuided, links)) {
      if (nodes.vectors().isBuilding()) {
        endBuild();
      } else {
        guidance.lost();
      }
      isGuided = guidance.isTrusted(count);
    }
    linkBack(batch, count, threads, isGuided, sorted(links));
  }

  /** Leaves alone what was there for a build only. Called by the one who builds. */
  void endBuild() {
    nodes.endBuild();
    linkers.clear();
    walks.clear();
  }

  /** Finds the neighbours of new nodes; returns false when those that guided led them astray. */
  private boolean findNeighbours(
      int[] batch, int threads, Entry from, boolean isGuided, LongList[] links) {
    AtomicBoolean isLost = new AtomicBoolean();
    Parallel.run(
        threads,
        links.length,
        1,
        () -> takeLinker(isGuided),
        (linker, begin, end) -> {
          for (int i = begin; i < end; i++) {
            links[i] = new LongList();
            if (!linker.findNeighbours(batch, i, from.node, from.level, links[i])) {
              isLost.set(true);
            }
          }
        },
        this::giveLinker);
    return !isLost.get();
  }

  private void linkBack(int[] batch, int count, int threads, boolean isGuided, long[] sorted) {
    Parallel.run(
        threads,
        sorted.length,
        SLICE,
        () -> takeLinker(isGuided),
        (linker, begin, end) -> linkBack(linker, batch, sorted, begin, end),
        this::giveLinker);
    for (int i = 0; i < count; i++) {
      raiseEntry(batch[i]);
    }
  }

  private static long[] sorted(LongList[] lists) {
    int n = 0;
    for (LongList list : lists) {
      n += list.size();
    }
    long[] result = new long[n];
    n = 0;
    for (LongList list : lists) {
      for (int i = 0; i < list.size(); i++) {
        result[n++] = list.get(i);
      }
    }
    Arrays.sort(result);
    return result;
  }

  /** Links a slice back; a list belongs to the slice that its first link is in. */
  private static void linkBack(Linker linker, int[] batch, long[] links, int begin, int end) {
    int i = begin;
    while (i > 0 && i < end && BackLinks.areOfOneList(links[i - 1], links[i])) {
      i++;
    }
    if (i == end) {
      return;
    }
    for (; i < links.length; i++) {
      if (i >= end && !BackLinks.areOfOneList(links[i - 1], links[i])) {
        return;
      }
      long link = links[i];
      linker.link(BackLinks.node(link), BackLinks.level(link), batch[BackLinks.index(link)]);
    }
  }

  /** Begins searches at a node if it is on a higher level than where they began. */
  void raiseEntry(int node) {
    int level = nodes.level(node);
    if (level > entry.level) {
      synchronized (this) {
        if (level > entry.level) {
          entry = new Entry(node, level);
        }
      }
    }
  }

  /** Chooses another entry if the one there is was removed. Called with the places held alone. */
  void replaceEntry() {
    synchronized (this) {
      if (entry.node >= 0 && nodes.isLive(entry.node)) {
        return;
      }
      Entry found = new Entry(-1, -1);
      for (int node = 0; node < nodes.count(); node++) {
        if (nodes.isLive(node) && nodes.level(node) > found.level) {
          found = new Entry(node, nodes.level(node));
        }
      }
      entry = found;
    }
  }

  int entryNode() {
    return entry.node;
  }

  /** Begins a walk of the lowest level from where the upper levels lead to. */
  void start(Walk walk, int ef) {
    Entry from = entry;
    walk.begin(ef);
    if (from.node >= 0) {
      walk.start(walk.descend(from.node, from.level, 0));
    }
  }

  /** Mends the lists of nodes. Called with {@link #places} shared. */
  void mend(int from, int to) {
    Linker linker = takeLinker(guidance.isTrusted(to - from));
    for (int node = from; node < to; node++) {
      linker.mend(node);
    }
    giveLinker(linker);
  }

  private Linker takeLinker(boolean isGuided) {
    Linker pooled = linkers.poll();
    Linker linker = pooled != null ? pooled : new Linker(nodes, options);
    linker.guide(isGuided);
    return linker;
  }

  private void giveLinker(Linker linker) {
    if (linkers.size() < POOLED_MAX) {
      linkers.add(linker);
    }
  }

  Walk takeWalk() {
    Walk walk = walks.poll();
    return walk != null ? walk : new Walk(nodes);
  }

  void giveWalk(Walk walk) {
    if (walks.size() < POOLED_MAX) {
      walks.add(walk);
    }
  }
}
