package io.quarkgres.bench.vector;

import com.github.jelmerk.hnswlib.core.Item;

/** A vector of the port's index. Thread: any. */
record PortItem(Integer id, float[] vector) implements Item<Integer, float[]> {
  private static final long serialVersionUID = 1L;

  @Override
  public int dimensions() {
    return vector.length;
  }
}
