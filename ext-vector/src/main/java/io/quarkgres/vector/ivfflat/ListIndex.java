package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexNotice;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.ivfflat.EntryList.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * Entries in lists, each around a centre. Centres are found when the index is built, and again when
 * it has grown several times; a list that grows out of proportion before is split. So lists stay
 * about equally long and near, whatever is inserted. Thread: any.
 */
final class ListIndex implements DistanceIndex {
  private static final System.Logger LOG = System.getLogger(ListIndex.class.getName());

  /**
   * So many entries a list are looked at to find centres, but no fewer than {@link #SAMPLE_MIN}.
   */
  private static final int SAMPLE_LIST = 50;

  private static final int SAMPLE_MIN = 10_000;
  private static final long SEED = 42;

  /** The index finds new centres when it has so many times the entries it had. */
  private static final int GROWTH = 4;

  /**
   * A list is split when it has so many times the entries of an average one, and at least so many.
   */
  private static final int SPLIT_FACTOR = 4;

  private static final int SPLIT_MIN = 200;

  /** All centres are found again when splits have made so many times the lists wanted. */
  private static final int SPLITS_MAX = 2;

  private final String name;
  private final KeySpace space;
  private final int listCount;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Guarded by {@link #lock}, as is all below. */
  private final Map<Long, Entry> rows = new HashMap<>();

  private Lists lists = Lists.single();
  private long entryCount;
  private long keyBytes;
  private boolean isBuilt;
  private long trainedCount;

  /** While the index is built from what was written down: that. */
  private SavedLists saved;

  /** How many entries came back to the lists that they were in. */
  private long cameBack;

  /**
   * Makes an empty index.
   *
   * @param listCount how many lists there will be; 1 makes searches exact
   */
  ListIndex(String name, KeySpace space, int listCount) {
    this.name = name;
    this.space = space;
    this.listCount = listCount;
  }

  @Override
  public void insert(Block keys, int position, long rowId) {
    Column column = keys.column(0);
    Object key = column.isNull(position) ? null : space.key(column, position);
    if (key == null) {
      return;
    }
    lock.writeLock().lock();
    try {
      Entry head = rows.get(rowId);
      for (Entry e = head; e != null; e = e.next) {
        if (space.same(e.key, key)) {
          return;
        }
      }
      Entry entry = new Entry(rowId, key);
      entry.next = head;
      rows.put(rowId, entry);
      int list = add(entry);
      entryCount++;
      keyBytes += space.bytes(key);
      if (isBuilt && isOutgrown()) {
        train(new BuildProgress(), 1);
      } else if (isBuilt && isTooLong(lists.lists()[list])) {
        split(list);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Puts an entry into the list that it was in, or the one that it is nearest to. */
  private int add(Entry entry) {
    int list = saved == null ? -1 : saved.find(entry.rowId, space.hash(entry.key));
    if (list < 0) {
      return lists.add(space, entry);
    }
    cameBack++;
    lists.lists()[list].add(entry);
    return list;
  }

  @Override
  public boolean isSaved() {
    return true;
  }

  @Override
  public void save(Consumer<ByteSink> pages) {
    Lists now;
    long trained;
    lock.readLock().lock();
    try {
      now = lists;
      trained = trainedCount;
    } finally {
      lock.readLock().unlock();
    }
    SavedLists.write(now, trained, space, lock.readLock(), pages);
  }

  @Override
  public void restore(List<byte[]> pages, LongUnaryOperator rowOf) {
    lock.writeLock().lock();
    try {
      saved = SavedLists.read(pages, rowOf);
      lists = Lists.of(saved.centres());
      trainedCount = saved.trainedCount();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean isOutgrown() {
    return listCount > 1
        && entryCount >= (long) SAMPLE_LIST * listCount
        && (entryCount >= GROWTH * trainedCount || lists.count() >= SPLITS_MAX * listCount);
  }

  private boolean isTooLong(EntryList list) {
    return lists.count() > 1
        && list.count() >= Math.max(SPLIT_MIN, SPLIT_FACTOR * entryCount / lists.count())
        && list.isWorthSplitting();
  }

  private void split(int list) {
    EntryList old = lists.lists()[list];
    List<Entry> entries = new ArrayList<>();
    old.addTo(entries);
    float[][] centres = KMeans.centres(sample(entries), 2, SEED, 1, new BuildProgress());
    if (centres.length < 2) {
      old.splitLater();
      return;
    }
    lists = lists.replacing(list, centres);
    for (Entry entry : replaced(entries)) {
      int near = KMeans.nearest(centres, space.coordinates(entry.key));
      lists.lists()[lists.count() - centres.length + near].add(entry);
    }
  }

  @Override
  public void remove(Block keys, int position, long rowId) {
    Column column = keys.column(0);
    Object key = column.isNull(position) ? null : space.stored(column, position);
    if (key == null) {
      return;
    }
    lock.writeLock().lock();
    try {
      Entry before = null;
      Entry entry = rows.get(rowId);
      while (entry != null && !space.same(entry.key, key)) {
        before = entry;
        entry = entry.next;
      }
      if (entry != null) {
        unlink(before, entry);
        entry.leave();
        entryCount--;
        keyBytes -= space.bytes(key);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void unlink(Entry before, Entry entry) {
    if (before != null) {
      before.next = entry.next;
    } else if (entry.next != null) {
      rows.put(entry.rowId, entry.next);
    } else {
      rows.remove(entry.rowId);
    }
  }

  @Override
  public IndexNotice finishBuild(BuildProgress progress) {
    lock.writeLock().lock();
    try {
      boolean hasLists = saved != null && !isOutgrown();
      if (saved != null) {
        LOG.log(
            System.Logger.Level.INFO,
            "index {0}: {1} vectors in their lists, {2} in the nearest",
            name,
            cameBack,
            entryCount - cameBack);
        saved = null;
      }
      isBuilt = true;
      if (listCount > 1 && !hasLists) {
        train(progress, progress.threads());
      }
      return entryCount >= listCount
          ? null
          : new IndexNotice(
              "ivfflat index created with little data",
              "This will cause low recall.",
              "Drop the index until the table has more data.");
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void train(BuildProgress progress, int threads) {
    trainedCount = entryCount;
    if (entryCount == 0) {
      return;
    }
    List<Entry> all = new ArrayList<>((int) entryCount);
    for (EntryList list : lists.lists()) {
      list.addTo(all);
    }
    progress.begin("performing k-means", 0, 0);
    Lists fresh = Lists.of(KMeans.centres(sample(all), listCount, SEED, threads, progress));
    progress.begin("assigning tuples", 0, all.size());
    fresh.addAll(space, replaced(all), threads);
    lists = fresh;
  }

  /** Puts copies in the places of entries: a search may still walk the lists that they are in. */
  private List<Entry> replaced(List<Entry> entries) {
    List<Entry> result = new ArrayList<>(entries.size());
    for (Entry old : entries) {
      Entry entry = new Entry(old.rowId, old.key);
      replace(old, entry);
      result.add(entry);
    }
    return result;
  }

  private void replace(Entry old, Entry entry) {
    entry.next = old.next;
    Entry head = rows.get(old.rowId);
    if (head == old) {
      rows.put(old.rowId, entry);
      return;
    }
    while (head.next != old) {
      head = head.next;
    }
    head.next = entry;
  }

  /** Takes every so manyth entry. */
  private float[][] sample(List<Entry> all) {
    int wanted = (int) Math.min(all.size(), Math.max(SAMPLE_MIN, (long) SAMPLE_LIST * listCount));
    float[][] result = new float[wanted][];
    for (int i = 0; i < wanted; i++) {
      result[i] = space.coordinates(all.get((int) ((long) i * all.size() / wanted)).key);
    }
    return result;
  }

  @Override
  public Cursor search(Column query, SearchOptions options, RowFilter filter) {
    lock.readLock().lock();
    try {
      Object value = query.isNull(0) ? null : space.query(query, 0, entryCount == 0);
      int probes = probes(options.integer(IvfflatIndexMethod.PROBES));
      return new ListCursor(space, lists, lock.readLock(), value, probes, filter);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Returns how many lists to read for a number of those wanted; splits make more, of less each.
   */
  private int probes(int wanted) {
    return (int) Math.max(wanted, (long) wanted * lists.count() / listCount);
  }

  /** Returns how long the lists are, for tests. */
  int[] listLengths() {
    return Arrays.stream(lists.lists()).mapToInt(EntryList::count).toArray();
  }

  @Override
  public double searchCost(SearchOptions options) {
    int probes = options.integer(IvfflatIndexMethod.PROBES);
    double part = Math.min(1, probes / (listCount * options.share()));
    return part * entryCount();
  }

  @Override
  public long entryCount() {
    lock.readLock().lock();
    try {
      return entryCount;
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public long memoryBytes() {
    lock.readLock().lock();
    try {
      return keyBytes + 120 * entryCount;
    } finally {
      lock.readLock().unlock();
    }
  }
}
