package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexNotice;
import io.quarkgres.vector.ivfflat.EntryList.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Entries in lists, each around a centre. Centres are found when the index is built, and again when
 * it has grown several times, so that lists stay about equally long and near. Thread: any.
 */
final class ListIndex implements DistanceIndex {
  /**
   * So many entries a list are looked at to find centres, but no fewer than {@link #SAMPLE_MIN}.
   */
  private static final int SAMPLE_LIST = 50;

  private static final int SAMPLE_MIN = 10_000;
  private static final long SEED = 42;

  /** The index finds new centres when it has so many times the entries it had. */
  private static final int GROWTH = 4;

  private final KeySpace space;
  private final int listCount;
  private final boolean saysLittleData;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Guarded by {@link #lock}, as is all below. */
  private final Map<Long, Entry> rows = new HashMap<>();

  private Lists lists = Lists.single();
  private long entryCount;
  private long keyBytes;
  private boolean isBuilt;
  private long trainedCount;

  /**
   * The lists of one training. A search keeps to those it began with.
   *
   * @param centres one a list; none when there is only one list
   */
  record Lists(float[][] centres, EntryList[] lists) {
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

    void add(KeySpace space, Entry entry) {
      int list = lists.length == 1 ? 0 : KMeans.nearest(centres, space.coordinates(entry.key));
      lists[list].add(entry);
    }
  }

  /**
   * Makes an empty index.
   *
   * @param listCount how many lists there will be; 1 makes searches exact
   * @param saysLittleData whether the user is told when there are fewer rows than lists
   */
  ListIndex(KeySpace space, int listCount, boolean saysLittleData) {
    this.saysLittleData = saysLittleData;
    this.space = space;
    this.listCount = listCount;
  }

  @Override
  public void insert(Block keys, int position, long rowId) {
    Object key = key(keys, position);
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
      lists.add(space, entry);
      entryCount++;
      keyBytes += space.bytes(key);
      if (isBuilt && isOutgrown()) {
        train();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean isOutgrown() {
    return listCount > 1
        && entryCount >= (long) SAMPLE_LIST * listCount
        && entryCount >= GROWTH * trainedCount;
  }

  @Override
  public void remove(Block keys, int position, long rowId) {
    Object key = key(keys, position);
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

  private Object key(Block keys, int position) {
    Column column = keys.column(0);
    return column.isNull(position) ? null : space.key(column, position);
  }

  @Override
  public IndexNotice finishBuild() {
    lock.writeLock().lock();
    try {
      isBuilt = true;
      if (listCount > 1) {
        train();
      }
      return entryCount >= listCount || !saysLittleData
          ? null
          : new IndexNotice(
              "ivfflat index created with little data",
              "This will cause low recall.",
              "Drop the index until the table has more data.");
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void train() {
    trainedCount = entryCount;
    if (entryCount == 0) {
      return;
    }
    List<Entry> all = new ArrayList<>((int) entryCount);
    for (EntryList list : lists.lists()) {
      for (int i = 0; i < list.count(); i++) {
        all.add(list.entry(i));
      }
    }
    lists = Lists.of(KMeans.centres(sample(all), listCount, SEED));
    for (Entry old : all) {
      // A search may still walk the old lists, so their entries stay as they are.
      Entry entry = new Entry(old.rowId, old.key);
      lists.add(space, entry);
      replace(old, entry);
    }
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
      int probes = listCount == 1 ? 1 : Math.max(1, options.integer(IvfflatIndexMethod.PROBES));
      return new ListCursor(space, lists, lock.readLock(), value, probes, filter);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public double searchCost(SearchOptions options) {
    int probes = listCount == 1 ? 1 : options.integer(IvfflatIndexMethod.PROBES);
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
