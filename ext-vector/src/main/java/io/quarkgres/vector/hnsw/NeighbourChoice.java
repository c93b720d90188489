package io.quarkgres.vector.hnsw;

/**
 * Chooses neighbours: algorithm 4 of Malkov and Yashunin, "Efficient and robust approximate nearest
 * neighbor search using hierarchical navigable small world graphs" (2016), with pruned candidates
 * kept to fill the list up. A candidate is diverse if it is nearer to the node than to every
 * diverse one before it.
 *
 * <p>A copy of the node, with the same vector, is as near to all others as the node is: it would
 * leave none of them diverse, and many copies would link to nothing but each other. So one copy
 * counts as diverse, and none keeps another candidate from being so. Used by one thread.
 */
final class NeighbourChoice {
  /** The most neighbours that m = 100 allows in the lowest level. */
  private static final int LIST_MAX = 200;

  private final Distances distances;
  private final Nodes nodes;
  private final int[] diverse = new int[LIST_MAX];
  private final int[] four = new int[4];
  private final float[] fourFound = new float[4];
  private final boolean[] isDiverse;

  NeighbourChoice(Distances distances, Nodes nodes, int candidatesMax) {
    this.distances = distances;
    this.nodes = nodes;
    this.isDiverse = new boolean[candidatesMax];
  }

  /**
   * Puts the list of a node, nearest first, into {@code out} and returns its length.
   *
   * @param candidates other nodes, nearest first
   */
  int choose(int node, LongList candidates, int max, int[] out) {
    distances.aim(node);
    float self = distanceOf(node);
    int diverseCount = 0;
    int copies = 0;
    int looked = 0;
    for (; looked < candidates.size() && diverseCount + copies < max; looked++) {
      long candidate = candidates.get(looked);
      int other = Ranked.node(candidate);
      if (Ranked.distance(candidate) == self) {
        isDiverse[looked] = copies == 0;
        copies = 1;
        continue;
      }
      distances.aim(other);
      isDiverse[looked] = isNearerThan(Ranked.distance(candidate), diverse, diverseCount);
      if (isDiverse[looked]) {
        diverse[diverseCount++] = other;
      }
    }
    int pruned = max - diverseCount - copies;
    int n = 0;
    for (int i = 0; i < candidates.size() && n < max; i++) {
      int other = Ranked.node(candidates.get(i));
      if (i < looked && isDiverse[i]) {
        out[n++] = other | Nodes.DIVERSE;
      } else if (pruned > 0) {
        out[n++] = other;
        pruned--;
      }
    }
    return n;
  }

  /** Tells whether the target is farther than {@code distance} from each of some nodes. */
  private boolean isNearerThan(float distance, int[] others, int n) {
    for (int i = 0; i < n; i += 4) {
      int count = Math.min(4, n - i);
      System.arraycopy(others, i, four, 0, count);
      distances.of(four, count, fourFound);
      for (int j = 0; j < count; j++) {
        if (fourFound[j] <= distance) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the distance of the target to a node. */
  private float distanceOf(int node) {
    four[0] = node;
    distances.of(four, 1, fourFound);
    return fourFound[0];
  }

  /** Leaves out of some nodes the copies of the target; returns how many are left. */
  private int withoutCopies(float self, int[] others, int n) {
    distances.of(others, n, fromNode);
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if (fromNode[i] != self) {
        others[kept++] = others[i];
      }
    }
    return kept;
  }

  private final int[] list = new int[LIST_MAX + 1];
  private final int[] plain = new int[LIST_MAX + 1];
  private final int[] probes = new int[4];
  private final float[] fromNode = new float[LIST_MAX + 1];
  private final float[] fromFresh = new float[LIST_MAX + 1];

  /**
   * Adds a neighbour to a node's list; when that is full, the farthest goes that is not diverse, or
   * the farthest of all. The list's order and marks save most of the distances that a choice from
   * nothing would cost: its place is found by some ten, and only diverse ones are asked after that.
   */
  void link(int node, int level, int fresh) {
    synchronized (nodes.lock(node)) {
      int n = nodes.readList(node, level, list);
      for (int i = 0; i < n; i++) {
        plain[i] = list[i] & Nodes.NODE;
        if (plain[i] == fresh) {
          return;
        }
      }
      int max = nodes.listMax(level);
      distances.aim(node);
      float self = distanceOf(node);
      float distance = distanceOf(fresh);
      boolean isCopy = distance == self;
      int at = place(Ranked.of(distance, fresh), n);
      int before = 0;
      for (int i = 0; i < at; i++) {
        if (list[i] < 0) {
          diverse[before++] = plain[i];
        }
      }
      if (!isCopy && before > 0 && distanceOf(diverse[0]) <= self) {
        before = withoutCopies(self, diverse, before);
      }
      distances.aim(fresh);
      boolean isDiverseFresh = isNearerThan(distance, diverse, before);
      if (isDiverseFresh && !isCopy) {
        demote(node, at, n);
      } else if (!isDiverseFresh && n == max && !hasPruned(at, n)) {
        return;
      }
      System.arraycopy(list, at, list, at + 1, n - at);
      list[at] = isDiverseFresh ? fresh | Nodes.DIVERSE : fresh;
      n++;
      if (n > max) {
        int victim = n - 1;
        while (victim > 0 && list[victim] < 0) {
          victim--;
        }
        if (list[victim] < 0) {
          victim = n - 1;
        }
        n--;
        System.arraycopy(list, victim + 1, list, victim, n - victim);
      }
      nodes.writeList(node, level, list, n);
    }
  }

  /** Returns where in a list of the target a neighbour belongs; four are asked at once. */
  private int place(long ranked, int n) {
    int from = 0;
    int to = n;
    while (from < to) {
      int count = Math.min(four.length, to - from);
      for (int i = 0; i < count; i++) {
        probes[i] = from + (to - from) * (i + 1) / (count + 1);
        four[i] = plain[probes[i]];
      }
      distances.of(four, count, fourFound);
      int nearer = 0;
      while (nearer < count && Ranked.of(fourFound[nearer], four[nearer]) < ranked) {
        nearer++;
      }
      to = nearer < count ? probes[nearer] : to;
      from = nearer > 0 ? probes[nearer - 1] + 1 : from;
    }
    return from;
  }

  /** Takes the mark from farther neighbours that are nearer to the fresh one than to the node. */
  private void demote(int node, int from, int n) {
    int count = 0;
    for (int i = from; i < n; i++) {
      if (list[i] < 0) {
        diverse[count++] = plain[i];
      }
    }
    distances.of(diverse, count, fromFresh);
    distances.aim(node);
    distances.of(diverse, count, fromNode);
    int asked = 0;
    for (int i = from; i < n; i++) {
      if (list[i] < 0) {
        list[i] = fromFresh[asked] <= fromNode[asked] ? plain[i] : list[i];
        asked++;
      }
    }
  }

  private boolean hasPruned(int from, int n) {
    for (int i = from; i < n; i++) {
      if (list[i] >= 0) {
        return true;
      }
    }
    return false;
  }
}
