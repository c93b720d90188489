package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.index.Keys;
import io.quarkgres.vector.kernel.Kernel;

/** The access method {@code hnsw}. Thread: any. */
public final class HnswIndexMethod implements IndexMethod {
  /** The setting that says how many neighbours the first round of a search asks for. */
  public static final String EF_SEARCH = "hnsw.ef_search";

  static final String ITERATIVE_SCAN = "hnsw.iterative_scan";
  static final String MAX_SCAN_TUPLES = "hnsw.max_scan_tuples";

  private static final int DIMENSIONS_MAX = 2000;
  private static final int SPARSE_DIMENSIONS_MAX = 1_000_000_000;

  /** Makes the method. */
  public HnswIndexMethod() {}

  @Override
  public String name() {
    return "hnsw";
  }

  @Override
  public DistanceIndex create(IndexSpec spec) {
    Keys.checkShape(spec);
    KeySpace space =
        switch (spec.operatorClasses().get(0)) {
          case "vector_l2_ops" -> dense(spec, Metric.L2, false);
          case "vector_ip_ops" -> dense(spec, Metric.NEGATIVE_INNER_PRODUCT, false);
          case "vector_cosine_ops" -> dense(spec, Metric.COSINE, false);
          case "vector_l1_ops" -> dense(spec, Metric.L1, false);
          case "halfvec_l2_ops" -> dense(spec, Metric.L2, true);
          case "halfvec_ip_ops" -> dense(spec, Metric.NEGATIVE_INNER_PRODUCT, true);
          case "halfvec_cosine_ops" -> dense(spec, Metric.COSINE, true);
          case "halfvec_l1_ops" -> dense(spec, Metric.L1, true);
          case "bit_hamming_ops" -> bits(spec, false);
          case "bit_jaccard_ops" -> bits(spec, true);
          case "sparsevec_l2_ops" -> sparse(spec, Metric.L2);
          case "sparsevec_ip_ops" -> sparse(spec, Metric.NEGATIVE_INNER_PRODUCT);
          case "sparsevec_cosine_ops" -> sparse(spec, Metric.COSINE);
          case "sparsevec_l1_ops" -> sparse(spec, Metric.L1);
          default -> throw Keys.missing(spec);
        };
    HnswOptions options = HnswOptions.of(spec.options());
    return new HnswIndex(spec.name(), space, vectors(space, options.quantization()), options);
  }

  /** A halfvec may have twice the dimensions of a vector, a bit string as many bits as it has. */
  private static KeySpace dense(IndexSpec spec, Metric metric, boolean isHalf) {
    int maximum = isHalf ? 2 * DIMENSIONS_MAX : DIMENSIONS_MAX;
    return new KeySpace.Dense(metric, isHalf, Keys.dimensions(spec, Layout.FLOAT_ARRAY, maximum));
  }

  private static KeySpace bits(IndexSpec spec, boolean isJaccard) {
    int maximum = Integer.SIZE * DIMENSIONS_MAX;
    return new KeySpace.Bits(isJaccard, Keys.dimensions(spec, Layout.BYTES, maximum));
  }

  private static KeySpace sparse(IndexSpec spec, Metric metric) {
    return new KeySpace.Sparse(metric, Keys.dimensions(spec, Layout.BYTES, SPARSE_DIMENSIONS_MAX));
  }

  /** Makes an empty place for what an index keeps of its keys. */
  static Vectors vectors(KeySpace space, Quantization quantization) {
    return switch (space) {
      case KeySpace.Dense dense ->
          new PackedVectors(
              Codec.of(quantization, dense, Kernel.of(dense.metric().sum(dense.isHalf()))));
      case KeySpace.Bits bits -> new PackedVectors(new BitCodec(whole(bits, quantization)));
      case KeySpace.Sparse sparse -> new SparseVectors(whole(sparse, quantization));
    };
  }

  private static <S extends KeySpace> S whole(S space, Quantization quantization) {
    if (quantization != Quantization.NONE) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "quantization is supported for vector and halfvec only");
    }
    return space;
  }
}
