package io.quarkgres.vector.hnsw;

/**
 * What one thread needs to change a graph: it links new nodes and mends the lists of those that
 * point to removed ones. It is guided to what may be near by the vectors, or by a draft of them,
 * and chooses by the vectors. Allocates nothing once it is warm. Used by one thread at a time.
 */
final class Linker {
  /**
   * A draft is of use as long as it is off by less than this part of the range of distances among
   * the candidates: what is nearest of all is a candidate then all the same.
   */
  private static final double ERROR_MAX = 0.25;

  /** Fewer candidates than this say nothing about a draft. */
  private static final int JUDGED_MIN = 16;

  private final Nodes nodes;
  private final HnswOptions options;
  private final Walk walk;
  private final boolean isDraft;
  private final Distances distances;
  private final NeighbourChoice choice;
  private final LongList candidates = new LongList();
  private final LongList merged = new LongList();
  private final LongList measured = new LongList();
  private final int[] out;
  private final int[] list;
  private final int[] second;
  private final int[] near;
  private final float[] nearDistances;
  private int[] peers = {};
  private float[] peerDistances = {};

  Linker(Nodes nodes, HnswOptions options) {
    this.nodes = nodes;
    this.options = options;
    this.isDraft = nodes.hasDraft();
    this.walk = new Walk(nodes, nodes.guides());
    this.distances = nodes.vectors().distances();
    int max = nodes.listMax(0);
    int candidatesMax = Math.max(options.efConstruction(), max * (max + 1));
    this.choice = new NeighbourChoice(distances, nodes, candidatesMax);
    this.near = new int[candidatesMax];
    this.nearDistances = new float[candidatesMax];
    this.out = new int[max];
    this.list = new int[max];
    this.second = new int[max];
  }

  /**
   * Finds the neighbours of a new node and writes its lists; nobody points to it yet.
   *
   * @param batch new nodes, of which those before {@code index} are candidates although the graph
   *     does not lead to them yet
   * @param links takes what has to be linked back, as {@link BackLinks} has it
   * @return whether what guided it could tell near from far
   */
  boolean findNeighbours(int[] batch, int index, int entry, int entryLevel, LongList links) {
    int node = batch[index];
    int level = nodes.level(node);
    boolean isSure = true;
    walk.aim(node);
    measurePeers(batch, index);
    candidates.clear();
    if (entry >= 0) {
      candidates.add(walk.descend(entry, entryLevel, level));
    }
    for (int l = level; l >= 0; l--) {
      if (entry >= 0 && l <= entryLevel) {
        walk.aim(node);
        walk.begin(false);
        int ef = options.efConstruction();
        for (int i = 0; i < candidates.size(); i++) {
          walk.start(candidates.get(i), ef, null);
        }
        walk.run(l, ef, null);
        walk.drainBest(merged);
        if (merged.size() > 0) {
          candidates.copy(merged);
        }
        // Else all that can be reached is removed: linked to that, the node is reachable too, and
        // mending will lead the links on.
      }
      mergePeers(index, l, l <= entryLevel);
      if (isDraft) {
        isSure = measure(node);
      }
      int n = choice.choose(isDraft ? measured : merged, nodes.listMax(l), out);
      synchronized (nodes.lock(node)) {
        nodes.writeList(node, l, out, n);
      }
      for (int i = 0; i < n; i++) {
        links.add(BackLinks.of(l, out[i] & Nodes.NODE, index));
      }
    }
    return isSure;
  }

  /** Measures the candidates that a draft led to; returns whether it was right about them. */
  private boolean measure(int node) {
    int n = merged.size();
    for (int i = 0; i < n; i++) {
      near[i] = Ranked.node(merged.get(i));
    }
    distances.aim(node);
    distances.of(near, n, nearDistances);
    measured.clear();
    double error = 0;
    for (int i = 0; i < n; i++) {
      measured.add(Ranked.of(nearDistances[i], near[i]));
      error += Math.abs((double) nearDistances[i] - Ranked.distance(merged.get(i)));
    }
    measured.sort();
    if (n < JUDGED_MIN) {
      return true;
    }
    double range = (double) Ranked.distance(measured.get(n - 1)) - Ranked.distance(measured.get(0));
    return error <= ERROR_MAX * range * n;
  }

  private void measurePeers(int[] batch, int index) {
    if (peers.length < index) {
      peers = new int[Math.max(index, batch.length)];
      peerDistances = new float[peers.length];
    }
    System.arraycopy(batch, 0, peers, 0, index);
    walk.distances(peers, index, peerDistances);
  }

  private void mergePeers(int index, int level, boolean withCandidates) {
    merged.clear();
    for (int i = 0; withCandidates && i < candidates.size(); i++) {
      merged.add(candidates.get(i));
    }
    for (int i = 0; i < index; i++) {
      if (level == 0 || nodes.level(peers[i]) >= level) {
        merged.add(Ranked.of(peerDistances[i], peers[i]));
      }
    }
    merged.sort();
    merged.cut(options.efConstruction());
  }

  /** Makes a node a neighbour of another. */
  void link(int node, int level, int fresh) {
    if (nodes.isLive(fresh)) {
      choice.link(node, level, fresh);
    }
  }

  /**
   * Replaces removed neighbours of a node by live neighbours of theirs. A removed node only loses
   * them: its own list is there for those who replace it.
   */
  void mend(int node) {
    boolean isLive = nodes.isLive(node);
    for (int level = nodes.level(node); level >= 0; level--) {
      if (isLive) {
        mend(node, level);
      } else {
        dropRemoved(node, level);
      }
    }
  }

  private void dropRemoved(int node, int level) {
    synchronized (nodes.lock(node)) {
      int n = nodes.readList(node, level, list);
      int kept = 0;
      for (int i = 0; i < n; i++) {
        if (nodes.isLive(list[i] & Nodes.NODE)) {
          list[kept++] = list[i];
        }
      }
      if (kept < n) {
        nodes.writeList(node, level, list, kept);
      }
    }
  }

  private void mend(int node, int level) {
    while (true) {
      int state = nodes.listState(node, level);
      int n = nodes.readList(node, level, list);
      if (!hasRemoved(n)) {
        return;
      }
      collect(node, level, n);
      int chosen = choice.choose(candidates, nodes.listMax(level), out);
      boolean isWritten = false;
      synchronized (nodes.lock(node)) {
        if (nodes.listState(node, level) == state) {
          nodes.writeList(node, level, out, chosen);
          isWritten = true;
        }
      }
      if (isWritten) {
        for (int i = 0; i < chosen; i++) {
          if (!contains(n, out[i] & Nodes.NODE)) {
            link(out[i] & Nodes.NODE, level, node);
          }
        }
        return;
      }
    }
  }

  private boolean hasRemoved(int n) {
    for (int i = 0; i < n; i++) {
      if (!nodes.isLive(list[i] & Nodes.NODE)) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(int n, int node) {
    for (int i = 0; i < n; i++) {
      if ((list[i] & Nodes.NODE) == node) {
        return true;
      }
    }
    return false;
  }

  /** Makes the live neighbours, and those of removed neighbours, the candidates. */
  private void collect(int node, int level, int n) {
    distances.aim(node);
    walk.begin(false);
    walk.mark(node);
    merged.clear();
    for (int i = 0; i < n; i++) {
      int neighbour = list[i] & Nodes.NODE;
      addIfLive(neighbour);
      if (!nodes.isLive(neighbour)) {
        int count = nodes.readList(neighbour, level, second);
        for (int j = 0; j < count; j++) {
          addIfLive(second[j] & Nodes.NODE);
        }
      }
    }
    candidates.clear();
    int[] one = new int[1];
    float[] found = new float[1];
    for (int i = 0; i < merged.size(); i++) {
      one[0] = (int) merged.get(i);
      distances.of(one, 1, found);
      candidates.add(Ranked.of(found[0], one[0]));
    }
    candidates.sort();
  }

  private void addIfLive(int node) {
    if (walk.mark(node) && nodes.isLive(node)) {
      merged.add(node);
    }
  }
}
