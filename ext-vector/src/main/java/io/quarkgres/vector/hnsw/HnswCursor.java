package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.vector.Metric;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * One search. It asks the graph for the {@code ef_search} nearest entries, and for twice as many
 * each time the caller wants more; when that nears the size of the index it looks at all entries
 * that are left, exactly. So a filter that drops most rows never makes the result shorter. Used by
 * one thread.
 */
final class HnswCursor implements DistanceIndex.Cursor {
  /** From this part of the index on, looking at every entry costs less than walking the graph. */
  private static final int EXACT_PART = 8;

  private final HnswIndex index;
  private final float[] query;
  private final HnswEntry queryEntry;
  private final DistanceIndex.RowFilter filter;
  private final Set<HnswEntry> seen = new HashSet<>();
  private Found[] round = {};
  private int at;
  private long wanted;
  private boolean isFirst = true;
  private boolean isLast;

  /** An entry and how far it is. */
  private record Found(HnswEntry entry, double distance) implements Comparable<Found> {
    @Override
    public int compareTo(Found other) {
      int order = Double.compare(distance, other.distance);
      return order != 0 ? order : Long.compare(entry.rowId(), other.entry.rowId());
    }
  }

  HnswCursor(HnswIndex index, float[] query, int efSearch, DistanceIndex.RowFilter filter) {
    this.index = index;
    this.query = query;
    this.queryEntry = new HnswEntry(-1, -1, query);
    this.filter = filter;
    this.wanted = efSearch;
  }

  @Override
  public int next(long[] rowIds, double[] distances) {
    int n = 0;
    while (n < rowIds.length) {
      if (at == round.length) {
        // What is there goes out before a longer search begins: the caller may have enough.
        if (n > 0 || isLast) {
          break;
        }
        search();
        continue;
      }
      Found found = round[at++];
      if (filter.accepts(found.entry.rowId())) {
        rowIds[n] = found.entry.rowId();
        distances[n++] = found.distance;
      }
    }
    return n;
  }

  private void search() {
    Collection<HnswEntry> candidates;
    if (isExactCheaper()) {
      candidates = index.entries();
      isLast = true;
    } else {
      candidates = index.graph().nearest(queryEntry, (int) wanted);
      // Fewer than asked for: the rest, if there is any, cannot be reached through the graph.
      wanted = candidates.size() < wanted ? Integer.MAX_VALUE : 2 * wanted;
    }
    isFirst = false;
    take(candidates);
  }

  /** Tells whether to look at every entry. By cosine nothing is near to a zero vector. */
  private boolean isExactCheaper() {
    long count = index.entryCount();
    return wanted >= count / (isFirst ? 1 : EXACT_PART)
        || (index.metric() == Metric.COSINE && HnswIndex.isZero(query));
  }

  private void take(Collection<HnswEntry> candidates) {
    Found[] found = new Found[candidates.size()];
    int n = 0;
    for (HnswEntry entry : candidates) {
      if (!entry.isRemoved() && seen.add(entry)) {
        found[n++] = new Found(entry, distance(entry));
      }
    }
    round = Arrays.copyOf(found, n);
    Arrays.sort(round);
    at = 0;
  }

  private double distance(HnswEntry entry) {
    return index.metric().distance(query, 0, entry.values(), 0, query.length);
  }
}
