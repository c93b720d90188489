package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.index.IndexStructure;
import io.quarkgres.vector.Metric;
import java.util.List;

/**
 * The access method {@code hnsw} over all its types: float arrays go to the method of graphs; bit
 * strings and sparse vectors, for which there is no graph, into one list that is searched exactly.
 * Thread: any.
 */
public final class ExactIndexes implements IndexMethod {
  private static final int DIMENSIONS_MAX = 2000;
  private static final int SPARSE_DIMENSIONS_MAX = 1_000_000_000;

  private final IndexMethod graphs;

  /** Makes the method over the one for float arrays. */
  public ExactIndexes(IndexMethod graphs) {
    this.graphs = graphs;
  }

  @Override
  public String name() {
    return graphs.name();
  }

  @Override
  public IndexStructure create(IndexSpec spec) {
    Keys.checkShape(spec);
    return switch (spec.operatorClasses().get(0)) {
      case "halfvec_l2_ops" -> half(spec, Metric.L2, "vector_l2_ops");
      case "halfvec_ip_ops" -> half(spec, Metric.NEGATIVE_INNER_PRODUCT, "vector_ip_ops");
      case "halfvec_cosine_ops" -> half(spec, Metric.COSINE, "vector_cosine_ops");
      case "halfvec_l1_ops" -> half(spec, Metric.L1, "vector_l1_ops");
      case "bit_hamming_ops" -> bits(spec, false);
      case "bit_jaccard_ops" -> bits(spec, true);
      case "sparsevec_l2_ops" -> sparse(spec, Metric.L2);
      case "sparsevec_ip_ops" -> sparse(spec, Metric.NEGATIVE_INNER_PRODUCT);
      case "sparsevec_cosine_ops" -> sparse(spec, Metric.COSINE);
      case "sparsevec_l1_ops" -> sparse(spec, Metric.L1);
      default -> graph(spec);
    };
  }

  private IndexStructure graph(IndexSpec spec) {
    return new DenseSearch((DistanceIndex) graphs.create(spec), spec.keyTypmods().get(0));
  }

  private static IndexStructure exact(KeySpace space) {
    return new ListIndex(space, 1, false);
  }

  /** A halfvec may have twice the dimensions of a vector; graphs take those of a vector. */
  private IndexStructure half(IndexSpec spec, Metric metric, String graphClass) {
    int dimensions = Keys.dimensions(spec, Layout.FLOAT_ARRAY, 2 * DIMENSIONS_MAX);
    if (dimensions <= DIMENSIONS_MAX) {
      return graph(as(spec, dimensions, graphClass));
    }
    checkOptions(spec);
    return exact(new KeySpace.Dense(metric, true, dimensions));
  }

  private IndexStructure bits(IndexSpec spec, boolean isJaccard) {
    int length = Keys.dimensions(spec, Layout.BYTES, 32 * DIMENSIONS_MAX);
    checkOptions(spec);
    return exact(new KeySpace.Bits(isJaccard, length));
  }

  private IndexStructure sparse(IndexSpec spec, Metric metric) {
    int dimensions = Keys.dimensions(spec, Layout.BYTES, SPARSE_DIMENSIONS_MAX);
    checkOptions(spec);
    return exact(new KeySpace.Sparse(metric, dimensions));
  }

  /** Raises the errors that a graph with these options would raise. */
  private void checkOptions(IndexSpec spec) {
    graphs.create(as(spec, 1, "vector_l2_ops"));
  }

  private static IndexSpec as(IndexSpec spec, int dimensions, String operatorClass) {
    return new IndexSpec(
        spec.name(),
        spec.method(),
        List.of(Layout.FLOAT_ARRAY),
        List.of(dimensions),
        List.of(operatorClass),
        spec.keys(),
        spec.encoder(),
        spec.unique(),
        spec.nullsNotDistinct(),
        spec.deferrable(),
        spec.options());
  }
}
