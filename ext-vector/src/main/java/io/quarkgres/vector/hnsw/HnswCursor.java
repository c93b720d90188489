package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.index.DistanceIndex;
import java.util.Arrays;

/**
 * One search. The first round looks for the {@code hnsw.ef_search} nearest visible entries, and for
 * as many more as the caller is going to drop; each further one goes on where the last stopped and
 * looks for twice as many, as far as a {@link Pool} takes them. When much of the index, or {@code
 * hnsw.max_scan_tuples}, was seen, the rest is looked at without the graph. So a filter that drops
 * most rows never makes the result shorter.
 *
 * <p>Rows come by distance within a round. A later round may find one that is nearer than the last
 * yielded: with {@code hnsw.iterative_scan = relaxed_order} it comes at once, otherwise after all
 * others. Used by one thread.
 */
final class HnswCursor implements DistanceIndex.Cursor {
  /** Below this many times ef_search, looking at every entry costs less than walking the graph. */
  private static final int EXACT_FACTOR = 8;

  /** From this part of the index on, looking at the rest costs less than walking on. */
  private static final int SEEN_PART = 4;

  private final HnswIndex index;

  /** The only nodes to look at, or {@code null} for all. */
  private final IntList some;

  private final Object query;
  private final DistanceIndex.SearchOptions options;
  private final DistanceIndex.RowFilter filter;
  private final double distanceMax;
  private final LongList round = new LongList();
  private final LongList late = new LongList();
  private Walk walk;
  private double[] exact = {};
  private int[] order = {};
  private int at;
  private int ef;
  private int roundCount;
  private boolean isGuided;
  private boolean sawAll;
  private boolean hasPassedMax;
  private long measured;
  private double last = Double.NEGATIVE_INFINITY;

  HnswCursor(
      HnswIndex index,
      Object query,
      DistanceIndex.SearchOptions options,
      DistanceIndex.RowFilter filter) {
    this(index, query, options, filter, null);
  }

  /** Begins a search among some nodes, without the graph. */
  HnswCursor(
      HnswIndex index,
      Object query,
      DistanceIndex.SearchOptions options,
      DistanceIndex.RowFilter filter,
      IntList some) {
    this.index = index;
    this.some = some;
    this.query = query;
    this.options = options;
    this.filter = filter;
    this.distanceMax = index.knowsDistances() ? options.distanceMax() : Double.POSITIVE_INFINITY;
    this.ef = index.candidates(options);
    this.walk = index.graph().takeWalk();
    // Of no more than are looked for, all would be measured by whole vectors after all.
    boolean isSmall =
        some == null ? index.entryCount() <= (long) EXACT_FACTOR * ef : some.size() <= ef;
    boolean needsNoGraph = isSmall || index.isAimless(query);
    aim(!needsNoGraph && index.graph().searchGuidance().isTrusted(1));
    begin(needsNoGraph || some != null);
  }

  private void begin(boolean looksAtAll) {
    if (looksAtAll) {
      walk.begin(ef);
      lookAtAll();
    } else {
      index.graph().start(walk, ef);
    }
  }

  private void aim(boolean byGuides) {
    isGuided = byGuides;
    walk.guide(byGuides);
    walk.aim(query);
  }

  @Override
  public long measuredCount() {
    return measured + (walk == null ? 0 : walk.seenCount());
  }

  @Override
  public boolean hasPassedMax() {
    return hasPassedMax;
  }

  @Override
  public int next(long[] rowIds, double[] distances) {
    int n = 0;
    while (n < rowIds.length && walk != null) {
      if (at < round.size()) {
        n += take(rowIds, distances, n);
      } else if (n > 0 || !search()) {
        // What is there goes out before a longer search begins: the caller may have enough.
        break;
      }
    }
    return n;
  }

  /** Puts the next entry out, if it is still the same; returns how many. */
  private int take(long[] rowIds, double[] distances, int n) {
    int i = order[at++];
    if (exact[i] > distanceMax) {
      hasPassedMax = true;
      close();
      return 0;
    }
    long row = index.nodes().row(Ranked.node(round.get(i)));
    if (row < 0 || !filter.accepts(row)) {
      return 0;
    }
    last = exact[i];
    rowIds[n] = row;
    distances[n] = exact[i];
    return 1;
  }

  /** Fills the next round; false when there is none. */
  private boolean search() {
    round.clear();
    at = 0;
    while (round.size() == 0) {
      if (roundCount > 0) {
        if (walk.isExhausted() && sawAll) {
          return takeLate();
        }
        ef = (int) Math.min(2L * ef, 1 << 20);
        if (!sawAll && isExactCheaper()) {
          lookAtAll();
        }
      }
      roundCount++;
      runRound();
      if (roundCount > 1 && !isRelaxed()) {
        dropLate();
      }
    }
    sortExact();
    return true;
  }

  /** Finds the nearest; if what guided the first round led it astray, it begins anew without. */
  private void runRound() {
    find();
    if (isGuided && !walk.measure(round) && roundCount == 1) {
      index.graph().searchGuidance().lost();
      measured += walk.seenCount();
      aim(false);
      begin(sawAll);
      find();
    }
  }

  private void find() {
    walk.run(0, ef, filter);
    walk.drainBest(round);
  }

  private boolean isExactCheaper() {
    return walk.isExhausted()
        || walk.seenCount() > index.nodes().count() / SEEN_PART
        || walk.seenCount() >= options.integer(HnswIndexMethod.MAX_SCAN_TUPLES);
  }

  private void lookAtAll() {
    if (some == null) {
      walk.lookAtAll();
    } else {
      walk.lookAt(some);
    }
    sawAll = true;
  }

  private boolean isRelaxed() {
    return options.text(HnswIndexMethod.ITERATIVE_SCAN).equals("relaxed_order");
  }

  /** Sets aside what should have come before. */
  private void dropLate() {
    int kept = 0;
    LongList all = new LongList();
    for (int i = 0; i < round.size(); i++) {
      long ranked = round.get(i);
      if (walk.exact(ranked) < last) {
        late.add(ranked);
      } else {
        all.add(ranked);
        kept++;
      }
    }
    round.clear();
    for (int i = 0; i < kept; i++) {
      round.add(all.get(i));
    }
  }

  private boolean takeLate() {
    if (late.size() == 0) {
      close();
      return false;
    }
    late.sort();
    for (int i = 0; i < late.size(); i++) {
      round.add(late.get(i));
    }
    late.clear();
    sortExact();
    return true;
  }

  /** Orders the round by the distances that the operator returns. */
  private void sortExact() {
    int n = round.size();
    if (exact.length < n) {
      exact = new double[n];
      order = new int[n];
    }
    for (int i = 0; i < n; i++) {
      exact[i] = walk.exact(round.get(i));
      int j = i;
      while (j > 0 && Double.compare(exact[order[j - 1]], exact[i]) > 0) {
        order[j] = order[j - 1];
        j--;
      }
      order[j] = i;
    }
  }

  /** Gives the memory of the search back. */
  @Override
  public void close() {
    if (walk != null) {
      measured += walk.seenCount();
      index.graph().giveWalk(walk);
      walk = null;
      exact = Arrays.copyOf(exact, 0);
    }
  }
}
