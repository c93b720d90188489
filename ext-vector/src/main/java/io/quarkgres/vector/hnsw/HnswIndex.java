package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.VectorErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The entries of one hnsw index: by row, to find an entry again, and in the graph. Thread: any. */
final class HnswIndex implements DistanceIndex {
  private final Metric metric;
  private final int dimensions;
  private final HnswGraph graph;
  private final ConcurrentHashMap<Long, HnswEntry> rows = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong count = new AtomicLong();

  HnswIndex(Metric metric, int dimensions, HnswOptions options) {
    this.metric = metric;
    this.dimensions = dimensions;
    this.graph = new HnswGraph(metric, dimensions, options);
  }

  @Override
  public void insert(Block keys, int position, long rowId) {
    float[] values = key(keys, position);
    if (values == null) {
      return;
    }
    if (values.length != dimensions) {
      throw VectorErrors.differentDimensions(dimensions, values.length);
    }
    HnswEntry entry = new HnswEntry(sequence.getAndIncrement(), rowId, values);
    HnswEntry head = rows.compute(rowId, (row, chain) -> withEntry(chain, entry));
    if (head == entry) {
      count.incrementAndGet();
      graph.add(entry);
      if (entry.isRemoved()) {
        // Removed by another thread before it was in the graph.
        graph.remove(entry);
      }
    }
  }

  private static HnswEntry withEntry(HnswEntry chain, HnswEntry entry) {
    for (HnswEntry e = chain; e != null; e = e.next) {
      if (Arrays.equals(e.values(), entry.values())) {
        return chain;
      }
    }
    entry.next = chain;
    return entry;
  }

  @Override
  public void remove(Block keys, int position, long rowId) {
    float[] values = key(keys, position);
    if (values == null) {
      return;
    }
    HnswEntry[] found = new HnswEntry[1];
    rows.computeIfPresent(rowId, (row, chain) -> withoutEntry(chain, values, found));
    if (found[0] != null) {
      count.decrementAndGet();
      found[0].markRemoved();
      graph.remove(found[0]);
    }
  }

  private static HnswEntry withoutEntry(HnswEntry chain, float[] values, HnswEntry[] found) {
    if (Arrays.equals(chain.values(), values)) {
      found[0] = chain;
      return chain.next;
    }
    for (HnswEntry e = chain; e.next != null; e = e.next) {
      if (Arrays.equals(e.next.values(), values)) {
        found[0] = e.next;
        e.next = e.next.next;
        break;
      }
    }
    return chain;
  }

  /** Returns the vector to index, or {@code null} when it is none that is indexed. */
  private float[] key(Block keys, int position) {
    Column column = keys.column(0);
    if (column.isNull(position)) {
      return null;
    }
    float[] values = ((FloatArrayColumn) column).copy(position);
    return metric == Metric.COSINE && isZero(values) ? null : values;
  }

  static boolean isZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Cursor search(Column query, SearchOptions options, RowFilter filter) {
    float[] values = ((FloatArrayColumn) query).copy(0);
    if (values.length != dimensions && entryCount() > 0) {
      throw VectorErrors.differentDimensions(values.length, dimensions);
    }
    return new HnswCursor(this, values, options.integer(HnswIndexMethod.EF_SEARCH), filter);
  }

  Metric metric() {
    return metric;
  }

  HnswGraph graph() {
    return graph;
  }

  /** Returns all entries, as they are at about this moment. */
  Collection<HnswEntry> entries() {
    List<HnswEntry> result = new ArrayList<>();
    for (Long row : rows.keySet()) {
      // The chain is walked under the map's lock, as a removal may change it.
      rows.computeIfPresent(
          row,
          (id, chain) -> {
            for (HnswEntry e = chain; e != null; e = e.next) {
              result.add(e);
            }
            return chain;
          });
    }
    return result;
  }

  @Override
  public long entryCount() {
    return count.get();
  }

  @Override
  public long memoryBytes() {
    return graph.memoryBytes() + count.get() * (Float.BYTES * (long) dimensions + 136);
  }
}
