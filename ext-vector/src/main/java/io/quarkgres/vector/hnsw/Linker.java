package io.quarkgres.vector.hnsw;

/**
 * What one thread needs to change a graph: it links new nodes and mends the lists of those that
 * point to removed ones. Allocates nothing once it is warm. Used by one thread at a time.
 */
final class Linker {
  /** Of new nodes one in so many is judged. */
  private static final int JUDGED_EACH = 16;

  private final Nodes nodes;
  private final HnswOptions options;
  private final Walk walk;
  private final Distances whole;
  private final Distances guides;
  private final NeighbourChoice wholeChoice;
  private final NeighbourChoice guidedChoice;
  private final LongList candidates = new LongList();
  private final LongList merged = new LongList();
  private final LongList judged = new LongList();
  private final int[] out;
  private final int[] list;
  private final int[] second;
  private int[] peers = {};
  private float[] peerDistances = {};
  private int[] collected = {};
  private float[] collectedDistances = {};

  /** Whether what is shorter to read than vectors guides and chooses. */
  private boolean isGuided;

  Linker(Nodes nodes, HnswOptions options) {
    this.nodes = nodes;
    this.options = options;
    this.walk = new Walk(nodes);
    this.whole = nodes.vectors().distances();
    this.guides = nodes.vectors().hasGuides() ? nodes.vectors().guides() : whole;
    int max = nodes.listMax(0);
    int candidatesMax = Math.max(options.efConstruction(), max * (max + 1));
    this.wholeChoice = new NeighbourChoice(whole, nodes, candidatesMax);
    this.guidedChoice = new NeighbourChoice(guides, nodes, candidatesMax);
    this.out = new int[max];
    this.list = new int[max];
    this.second = new int[max];
  }

  /** Says whether what is shorter to read than vectors guides and chooses from now on. */
  void guide(boolean byGuides) {
    isGuided = byGuides;
    walk.guide(byGuides);
  }

  private NeighbourChoice choice() {
    return isGuided ? guidedChoice : wholeChoice;
  }

  /**
   * Finds the neighbours of a new node and writes its lists; nobody points to it yet.
   *
   * @param batch new nodes, of which those before {@code index} are candidates although the graph
   *     does not lead to them yet
   * @param links takes what has to be linked back, as {@link BackLinks} has it
   * @return false if it turned out that what guided it could not tell near from far
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
        int ef = options.efConstruction();
        walk.begin(ef);
        for (int i = 0; i < candidates.size(); i++) {
          walk.start(candidates.get(i));
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
      if (isGuided && node % JUDGED_EACH == 0) {
        isSure &= isSure(node);
      }
      int n = choice().choose(node, merged, nodes.listMax(l), out);
      synchronized (nodes.lock(node)) {
        nodes.writeList(node, l, out, n);
      }
      for (int i = 0; i < n; i++) {
        links.add(BackLinks.of(l, out[i] & Nodes.NODE, index));
      }
    }
    return isSure;
  }

  private boolean isSure(int node) {
    judged.copy(merged);
    walk.aimToMeasure(node);
    return walk.measure(judged);
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
      choice().link(node, level, fresh);
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
      int chosen = choice().choose(node, candidates, nodes.listMax(level), out);
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
    walk.begin(0);
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
    int count = merged.size();
    if (collected.length < count) {
      collected = new int[2 * count];
      collectedDistances = new float[collected.length];
    }
    for (int i = 0; i < count; i++) {
      collected[i] = (int) merged.get(i);
    }
    Distances distances = isGuided ? guides : whole;
    distances.aim(node);
    distances.of(collected, count, collectedDistances);
    for (int i = 0; i < count; i++) {
      candidates.add(Ranked.of(collectedDistances[i], collected[i]));
    }
    candidates.sort();
  }

  private void addIfLive(int node) {
    if (walk.mark(node) && nodes.isLive(node)) {
      merged.add(node);
    }
  }
}
