package io.quarkgres.vector.ivfflat;

import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.index.Parallel;
import io.quarkgres.vector.ivfflat.EntryList.Entry;
import java.util.Arrays;
import java.util.List;

/**
 * The lists of an index, each with its centre, until some are replaced: then there is another
 * object of this class, and a search keeps to the one it began with. Guarded by the index's lock.
 *
 * @param centres one a list; none when there is only one list
 */
record Lists(float[][] centres, EntryList[] lists) {
  private static final int SLICE = 256;

  static Lists single() {
    return of(new float[0][]);
  }

  static Lists of(float[][] centres) {
    EntryList[] lists = new EntryList[Math.max(1, centres.length)];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = new EntryList();
    }
    return new Lists(centres, lists);
  }

  int count() {
    return lists.length;
  }

  /** Adds an entry to the list that it is nearest to, and returns that. */
  int add(KeySpace space, Entry entry) {
    int list = lists.length == 1 ? 0 : KMeans.nearest(centres, space.coordinates(entry.key));
    lists[list].add(entry);
    return list;
  }

  /** Adds many entries, which threads share. */
  void addAll(KeySpace space, List<Entry> entries, int threads) {
    int[] nearest = new int[entries.size()];
    if (lists.length > 1) {
      Parallel.run(
          threads,
          nearest.length,
          SLICE,
          () -> space,
          (each, begin, end) -> {
            for (int i = begin; i < end; i++) {
              nearest[i] = KMeans.nearest(centres, each.coordinates(entries.get(i).key));
            }
          },
          each -> {});
    }
    for (int i = 0; i < nearest.length; i++) {
      lists[nearest[i]].add(entries.get(i));
    }
  }

  /**
   * Returns lists with others, still empty, around some centres in place of one of these. Empty
   * ones go.
   */
  Lists replacing(int old, float[][] fresh) {
    float[][] moreCentres = new float[lists.length - 1 + fresh.length][];
    EntryList[] more = new EntryList[moreCentres.length];
    int n = 0;
    for (int i = 0; i < lists.length; i++) {
      if (i != old && lists[i].count() > 0) {
        moreCentres[n] = centres[i];
        more[n++] = lists[i];
      }
    }
    for (float[] centre : fresh) {
      moreCentres[n] = centre;
      more[n++] = new EntryList();
    }
    return new Lists(Arrays.copyOf(moreCentres, n), Arrays.copyOf(more, n));
  }
}
