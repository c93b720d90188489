package io.quarkgres.vector.hnsw;

import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import io.quarkgres.vector.Metric;
import java.util.HashSet;
import java.util.Set;

/** The Java port of hnswlib, the reference for recall. */
final class PortIndex {
  private final com.github.jelmerk.hnswlib.core.hnsw.HnswIndex<Long, float[], Row, Float> index;

  /** A vector of the port. */
  private record Row(Long id, float[] vector) implements Item<Long, float[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  PortIndex(Metric metric, int dimensions, int capacity) {
    index =
        com.github.jelmerk.hnswlib.core.hnsw.HnswIndex.newBuilder(
                dimensions,
                (float[] a, float[] b) -> (float) metric.distance(a, 0, b, 0, dimensions),
                capacity)
            .withM(16)
            .withEfConstruction(64)
            .build();
  }

  void insert(long row, float[] values) {
    index.add(new Row(row, values));
  }

  Set<Long> search(float[] query, int ef, int k) {
    index.setEf(ef);
    Set<Long> result = new HashSet<>();
    for (SearchResult<Row, Float> one : index.findNearest(query, k)) {
      result.add(one.item().id());
    }
    return result;
  }
}
