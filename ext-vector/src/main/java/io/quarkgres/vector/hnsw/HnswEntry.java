package io.quarkgres.vector.hnsw;

import com.github.jelmerk.hnswlib.core.Item;
import io.quarkgres.vector.FloatSums;

/**
 * A vector with the row it belongs to; as an item of the graph it is its own vector. Entries of one
 * row form a chain. Thread: any; {@link #next} belongs to the map that holds the chain.
 */
final class HnswEntry implements Item<Long, HnswEntry> {
  private static final long serialVersionUID = 1L;

  private final long sequence;
  private final long rowId;
  private final float[] values;
  private final double inverseNorm;
  private volatile boolean isRemoved;

  /** The next entry of the same row with another vector. */
  HnswEntry next;

  HnswEntry(long sequence, long rowId, float[] values) {
    this.sequence = sequence;
    this.rowId = rowId;
    this.values = values;
    this.inverseNorm = 1 / FloatSums.norm(values, 0, values.length);
  }

  long rowId() {
    return rowId;
  }

  float[] values() {
    return values;
  }

  /** Returns 1 over the length, infinite for a zero vector. */
  double inverseNorm() {
    return inverseNorm;
  }

  boolean isRemoved() {
    return isRemoved;
  }

  void markRemoved() {
    isRemoved = true;
  }

  /** Returns a number that no other entry ever has; the graph draws its layers from it. */
  @Override
  public Long id() {
    return sequence;
  }

  @Override
  public HnswEntry vector() {
    return this;
  }

  @Override
  public int dimensions() {
    return values.length;
  }
}
