package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.index.BuildProgress;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexNotice;
import io.quarkgres.vector.index.KeySpace;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * One hnsw index: its nodes, the map that finds the nodes of a row, and the graph.
 *
 * <p>A removed entry is marked, so that no search yields it, and stays in the graph until all lists
 * that lead to it are mended. Removals do that work in small parts, so that it is done soon and
 * none takes long; then the places are free for new entries. Thread: any.
 */
final class HnswIndex implements DistanceIndex {
  private static final System.Logger LOG = System.getLogger(HnswIndex.class.getName());

  /** New nodes that are linked together; each is a candidate for those after it. */
  private static final int BATCH = 256;

  /** Entries that are looked up without letting others in between. */
  private static final int LOCKED_EACH = 1_024;

  /** A load tells after so many rows how far it is. */
  private static final int LOGGED_EACH = 10_000;

  /** Mending begins when this part of the nodes is removed, and at least so many. */
  private static final int REMOVED_PART = 32;

  private static final int REMOVED_MIN = 16;

  /**
   * Shares are estimates, and a second round costs more than looking for some more in the first.
   */
  private static final double SPARE = 1.2;

  /**
   * With a filter the nearest that pass are some of the nearest of all, and those farther off are
   * found less surely. By measuring, this power of the share makes the recall that of a search
   * without one, unless the filter drops more near the query than elsewhere: the caller notices.
   */
  private static final double SHARE_POWER = -0.55;

  /**
   * A search looks for this part more than it was told to: two graphs of the same vectors differ by
   * some thousandths in recall, and ours is to have at least what pgvector has at the same setting.
   */
  private static final int MORE_PART = 16;

  /** About so many distances are measured for a candidate that a search looks for. */
  private static final double MEASURED_EACH = 20;

  private final String name;
  private final KeySpace space;
  private final HnswLevels levels;
  private final Nodes nodes;
  private final Graph graph;
  private final RowMap rows;

  /** Removed nodes that stand in no list to take back yet; guarded by the monitor of nodes. */
  private IntList removed = new IntList();

  /** Removed nodes that lists are being cleared of. */
  private IntList going = new IntList();

  private final AtomicBoolean isMending = new AtomicBoolean();
  private int mended;
  private int mendedEach;
  private volatile int count;

  /** While the index is built from what was written down: that, and the nodes it does not have. */
  private SavedGraph saved;

  private final IntList unlinked = new IntList();

  HnswIndex(String name, KeySpace space, Vectors vectors, HnswOptions options) {
    this.name = name;
    this.space = space;
    this.levels = new HnswLevels(options.m(), HnswLevels.SEED);
    this.nodes = new Nodes(vectors, options.m());
    this.graph = new Graph(nodes, options);
    this.rows = new RowMap(nodes);
  }

  @Override
  public void insert(Block keys, int position, long rowId) {
    insertAll(keys, new int[] {position}, new long[] {rowId}, 1, 1, new BuildProgress());
  }

  @Override
  public void insertAll(Block keys, int[] positions, long[] rowIds, int n, BuildProgress progress) {
    if (saved == null && nodes.count() == 0 && !nodes.vectors().isBuilding()) {
      nodes.vectors().beginBuild();
    }
    insertAll(keys, positions, rowIds, n, progress.threads(), progress);
  }

  private void insertAll(
      Block keys, int[] positions, long[] rowIds, int n, int threads, BuildProgress progress) {
    Column column = keys.column(0);
    int[] batch = new int[Math.min(BATCH, n)];
    int done = 0;
    while (done < n) {
      int before = done;
      Lock lock = graph.places().readLock();
      lock.lock();
      try {
        int inBatch = 0;
        for (; done < n && inBatch < batch.length; done++) {
          int node = place(column, positions[done], rowIds[done]);
          if (node >= 0) {
            batch[inBatch++] = node;
          }
        }
        if (saved == null) {
          graph.add(batch, inBatch, threads);
        }
      } finally {
        lock.unlock();
      }
      progress.advance(done - before);
    }
    if (saved == null && n > 1 && count / LOGGED_EACH != (count - n) / LOGGED_EACH) {
      LOG.log(System.Logger.Level.INFO, "index {0}: {1} vectors linked", name, count);
    }
  }

  /** Gives a vector a place; returns -1 for one that is not indexed or is there already. */
  private int place(Column column, int position, long row) {
    Object key = column.isNull(position) ? null : space.key(column, position);
    if (key == null) {
      return -1;
    }
    synchronized (nodes) {
      if (rows.find(row, key) >= 0) {
        return -1;
      }
      int known = saved == null ? -1 : saved.find(nodes, row, key);
      int level = known < 0 ? levels.next() : saved.level(known);
      int node = add(key, row, level);
      rows.add(node);
      count++;
      if (known >= 0) {
        saved.cameBack(known, node);
      } else if (saved != null) {
        unlinked.add(node);
      }
      return node;
    }
  }

  private int add(Object key, long row, int level) {
    try {
      return nodes.add(key, row, level);
    } catch (SqlException e) {
      if (!nodes.vectors().isBuilding()) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "index {0}: built slower, for lack of memory", name);
      graph.endBuild();
      return nodes.add(key, row, level);
    }
  }

  @Override
  public boolean isSaved() {
    return true;
  }

  @Override
  public void save(Consumer<ByteSink> pages) {
    SavedGraph.write(nodes, pages);
  }

  @Override
  public void restore(List<byte[]> pages, LongUnaryOperator rowOf) {
    saved = SavedGraph.read(pages, rowOf);
  }

  /** Gives nodes that were written down the links they had, and links the others. */
  @Override
  public IndexNotice finishBuild(BuildProgress progress) {
    graph.endBuild();
    if (saved != null) {
      LOG.log(
          System.Logger.Level.INFO,
          "index {0}: {1} vectors with their links, {2} to be linked",
          name,
          count - unlinked.size(),
          unlinked.size());
      saved.link(nodes, progress.threads(), graph::raiseEntry);
      saved = null;
      linkOthers(progress);
    }
    return null;
  }

  private void linkOthers(BuildProgress progress) {
    progress.begin("loading tuples", 0, unlinked.size());
    int[] batch = new int[BATCH];
    Lock lock = graph.places().readLock();
    lock.lock();
    try {
      while (!unlinked.isEmpty()) {
        int n = 0;
        while (n < BATCH && !unlinked.isEmpty()) {
          batch[n++] = unlinked.removeLast();
        }
        graph.add(batch, n, progress.threads());
        progress.advance(n);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void remove(Block keys, int position, long rowId) {
    Column column = keys.column(0);
    Object key = column.isNull(position) ? null : space.stored(column, position);
    if (key == null) {
      return;
    }
    synchronized (nodes) {
      int node = rows.find(rowId, key);
      if (node < 0) {
        return;
      }
      rows.remove(node);
      nodes.remove(node);
      removed.add(node);
      count--;
    }
    mendSome();
  }

  /** Does a part of the mending, unless another thread is at it. */
  private void mendSome() {
    if (!isMending.compareAndSet(false, true)) {
      return;
    }
    try {
      if (going.isEmpty() && !beginMending()) {
        return;
      }
      int end = Math.min(nodes.count(), mended + mendedEach);
      graph.places().readLock().lock();
      try {
        graph.mend(mended, end);
      } finally {
        graph.places().readLock().unlock();
      }
      mended = end;
      if (mended == nodes.count()) {
        endMending();
      }
    } finally {
      isMending.set(false);
    }
  }

  private boolean beginMending() {
    synchronized (nodes) {
      if (removed.size() < Math.max(REMOVED_MIN, count / REMOVED_PART)) {
        return false;
      }
      IntList empty = going;
      going = removed;
      removed = empty;
      mended = 0;
      // Done when as many again are removed.
      mendedEach = 1 + nodes.count() / going.size();
      return true;
    }
  }

  private void endMending() {
    graph.places().writeLock().lock();
    try {
      graph.replaceEntry();
      synchronized (nodes) {
        while (!going.isEmpty()) {
          nodes.free(going.removeLast());
        }
      }
    } finally {
      graph.places().writeLock().unlock();
    }
  }

  @Override
  public Cursor search(Column query, SearchOptions options, RowFilter filter) {
    Object key = query.isNull(0) ? space.zero() : space.query(query, 0, count == 0);
    return count == 0 ? (rowIds, distances) -> 0 : new HnswCursor(this, key, options, filter);
  }

  @Override
  public boolean canSearchAmong() {
    return true;
  }

  @Override
  public Cursor searchAmong(Column query, SearchOptions options, long[] rowIds, int n) {
    long[] wanted = Arrays.copyOf(rowIds, n);
    Arrays.sort(wanted);
    IntList found = new IntList();
    int node = 0;
    for (int from = 0; from < n; from += LOCKED_EACH) {
      synchronized (nodes) {
        for (int i = from; i < Math.min(n, from + LOCKED_EACH); i++) {
          // Rows that were there when the index was built are nodes in the same order.
          long guess = i == 0 ? wanted[0] : node + (wanted[i] - wanted[i - 1]);
          int next = rows.find(wanted[i], guess);
          if (next >= 0) {
            found.add(next);
            node = next;
          } else {
            node = (int) Math.min(guess, nodes.count());
          }
        }
      }
    }
    if (found.isEmpty()) {
      return (ids, distances) -> 0;
    }
    Object key = query.isNull(0) ? space.zero() : space.query(query, 0, false);
    return new HnswCursor(this, key, options, row -> Arrays.binarySearch(wanted, row) >= 0, found);
  }

  /** Returns how many of the nearest entries a search looks for at first. */
  int candidates(SearchOptions options) {
    int ef = options.integer(HnswIndexMethod.EF_SEARCH);
    int all = ef + ef / MORE_PART;
    int most = Math.max(all, options.integer(HnswIndexMethod.MAX_SCAN_TUPLES));
    double share = options.share();
    if (share >= 1) {
      return all;
    }
    double enough = Math.max(ef * Math.pow(share, SHARE_POWER), SPARE * options.wanted());
    return (int) Math.min(most, Math.ceil(enough));
  }

  /** Tells whether distances are those of the operator. */
  boolean knowsDistances() {
    return nodes.vectors().isExact();
  }

  @Override
  public int rerankCount(SearchOptions options) {
    return knowsDistances() ? 0 : options.integer(HnswIndexMethod.EF_SEARCH);
  }

  @Override
  public double searchCost(SearchOptions options) {
    return Math.min(count, MEASURED_EACH * candidates(options));
  }

  Graph graph() {
    return graph;
  }

  Nodes nodes() {
    return nodes;
  }

  /** Tells whether all entries are equally far, so that the graph leads nowhere. */
  boolean isAimless(Object query) {
    return space.isNowhere(query);
  }

  @Override
  public long entryCount() {
    return count;
  }

  @Override
  public long memoryBytes() {
    synchronized (nodes) {
      return nodes.memoryBytes() + rows.memoryBytes();
    }
  }

  /** Returns all lists, for tests: a node's lists, lowest level first. */
  int[][][] lists() {
    int[][][] result = new int[nodes.count()][][];
    for (int node = 0; node < result.length; node++) {
      result[node] = new int[nodes.level(node) + 1][];
      for (int level = 0; level < result[node].length; level++) {
        int[] list = new int[nodes.listMax(level)];
        result[node][level] = Arrays.copyOf(list, nodes.readList(node, level, list));
        System.arraycopy(list, 0, result[node][level], 0, result[node][level].length);
      }
    }
    return result;
  }
}
