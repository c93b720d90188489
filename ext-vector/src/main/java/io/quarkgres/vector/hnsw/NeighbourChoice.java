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
  private final int[] diverse = new int[LIST_MAX + 2];
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

  private final int[] list = new int[LIST_MAX + 1];
  private final int[] plain = new int[LIST_MAX + 1];
  private final int[] places = new int[LIST_MAX];
  private final int[] some = new int[LIST_MAX];
  private final int[] probes = new int[4];
  private final float[] fromNode = new float[LIST_MAX + 2];
  private final float[] fromFresh = new float[LIST_MAX];

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
      int marked = measureDiverse(node, fresh, n);
      float distance = fromNode[marked];
      float self = fromNode[marked + 1];
      long ranked = Ranked.of(distance, fresh);
      int before = 0;
      while (before < marked && Ranked.of(fromNode[before], diverse[before]) < ranked) {
        before++;
      }
      int from = before == 0 ? 0 : places[before - 1] + 1;
      int at = place(ranked, from, before == marked ? n : places[before]);
      boolean isCopy = distance == self;
      int nearerCount = 0;
      for (int i = 0; i < before; i++) {
        if (isCopy || fromNode[i] != self) {
          some[nearerCount++] = diverse[i];
        }
      }
      distances.aim(fresh);
      boolean isDiverseFresh = isNearerThan(distance, some, nearerCount);
      if (isDiverseFresh && !isCopy) {
        demote(before, marked);
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

  /**
   * Measures, from a node, the neighbours in its list that are diverse, the fresh one and the node
   * itself: all at once, since each is likely to have to come from memory. Returns how many diverse
   * ones there are.
   */
  private int measureDiverse(int node, int fresh, int n) {
    int marked = 0;
    for (int i = 0; i < n; i++) {
      if (list[i] < 0) {
        places[marked] = i;
        diverse[marked++] = plain[i];
      }
    }
    diverse[marked] = fresh;
    diverse[marked + 1] = node;
    distances.aim(node);
    distances.of(diverse, marked + 2, fromNode);
    return marked;
  }

  /**
   * Returns where in a part of a list of the target a neighbour belongs; four are asked at once.
   */
  private int place(long ranked, int first, int end) {
    int from = first;
    int to = end;
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
  private void demote(int from, int marked) {
    for (int i = from; i < marked; i++) {
      some[i - from] = diverse[i];
    }
    distances.of(some, marked - from, fromFresh);
    for (int i = from; i < marked; i++) {
      if (fromFresh[i - from] <= fromNode[i]) {
        list[places[i]] = diverse[i];
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
