package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.vector.index.Parallel;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** Shared by those who add and mend; held alone by whoever takes places back. */
  private final ReentrantReadWriteLock places = new ReentrantReadWriteLock();

  /** The node where searches begin and its level; replaced under the monitor. */
  private volatile Entry entry = new Entry(-1, -1);

  /** Where searches begin. */
  private record Entry(int node, int level) {}

  Graph(Nodes nodes, HnswOptions options) {
    this.nodes = nodes;
    this.options = options;
  }

  ReentrantReadWriteLock places() {
    return places;
  }

  /**
   * Adds nodes that have a place. Called with {@link #places} shared.
   *
   * @return whether most of them could tell near from far by what guided them
   */
  boolean add(int[] batch, int count, int threads) {
    if (entry.node >= 0) {
      return add(batch, count, threads, entry);
    }
    // Of two who begin a graph at once, the second has to find the first.
    synchronized (this) {
      return add(batch, count, threads, entry);
    }
  }

  private boolean add(int[] batch, int count, int threads, Entry from) {
    LongList[] links = new LongList[count];
    AtomicInteger lost = new AtomicInteger();
    Parallel.run(
        threads,
        count,
        1,
        this::takeLinker,
        (linker, begin, end) -> {
          for (int i = begin; i < end; i++) {
            links[i] = new LongList();
            if (!linker.findNeighbours(batch, i, from.node, from.level, links[i])) {
              lost.incrementAndGet();
            }
          }
        },
        this::giveLinker);
    long[] sorted = sorted(links);
    Parallel.run(
        threads,
        sorted.length,
        SLICE,
        this::takeLinker,
        (linker, begin, end) -> linkBack(linker, batch, sorted, begin, end),
        this::giveLinker);
    for (int i = 0; i < count; i++) {
      raiseEntry(batch[i]);
    }
    return 2 * lost.get() <= count;
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
  void start(Walk walk, int ef, DistanceIndex.RowFilter filter) {
    Entry from = entry;
    walk.begin(true);
    if (from.node >= 0) {
      walk.start(walk.descend(from.node, from.level, 0), ef, filter);
    }
  }

  /** Mends the lists of nodes. Called with {@link #places} shared. */
  void mend(int from, int to) {
    Linker linker = takeLinker();
    for (int node = from; node < to; node++) {
      linker.mend(node);
    }
    giveLinker(linker);
  }

  private Linker takeLinker() {
    Linker linker = linkers.poll();
    return linker != null ? linker : new Linker(nodes, options);
  }

  private void giveLinker(Linker linker) {
    if (linkers.size() < POOLED_MAX) {
      linkers.add(linker);
    }
  }

  /** Lets go of linkers that were guided by a draft. Called with the places held alone. */
  void forgetLinkers() {
    linkers.clear();
  }

  Walk takeWalk() {
    Walk walk = walks.poll();
    return walk != null ? walk : new Walk(nodes, nodes.vectors());
  }

  void giveWalk(Walk walk) {
    if (walks.size() < POOLED_MAX) {
      walks.add(walk);
    }
  }
}
