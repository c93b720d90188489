package io.quarkgres.vector.hnsw;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.spi.index.IndexStructure;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.kernel.Kernel;

/** The access method {@code hnsw}. Thread: any. */
public final class HnswIndexMethod implements IndexMethod {
  /** The setting that says how many neighbours the first round of a search asks for. */
  public static final String EF_SEARCH = "hnsw.ef_search";

  static final String ITERATIVE_SCAN = "hnsw.iterative_scan";
  static final String MAX_SCAN_TUPLES = "hnsw.max_scan_tuples";

  private static final String NAME = "hnsw";
  private static final int DIMENSIONS_MAX = 2000;

  /** Makes the method. */
  public HnswIndexMethod() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public IndexStructure create(IndexSpec spec) {
    if (spec.keyLayouts().size() != 1) {
      throw notSupported("multicolumn indexes");
    }
    if (spec.unique()) {
      throw notSupported("unique indexes");
    }
    if (spec.keyLayouts().get(0) != Layout.FLOAT_ARRAY) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "type not supported for hnsw index");
    }
    Metric metric = metric(spec.operatorClasses().get(0));
    HnswOptions options = HnswOptions.of(spec.options());
    int dimensions = spec.keyTypmods().get(0);
    if (dimensions < 0) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "column does not have dimensions");
    }
    if (dimensions > DIMENSIONS_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "column cannot have more than " + DIMENSIONS_MAX + " dimensions for hnsw index");
    }
    return new HnswIndex(
        spec.name(), metric, dimensions, options, Kernel.ofNative(metric.sum(false)));
  }

  private static SqlException notSupported(String what) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "access method \"" + NAME + "\" does not support " + what);
  }

  private static Metric metric(String operatorClass) {
    return switch (operatorClass) {
      case "vector_l2_ops" -> Metric.L2;
      case "vector_ip_ops" -> Metric.NEGATIVE_INNER_PRODUCT;
      case "vector_cosine_ops" -> Metric.COSINE;
      case "vector_l1_ops" -> Metric.L1;
      default ->
          throw new SqlException(
              SqlState.UNDEFINED_OBJECT,
              "operator class \""
                  + operatorClass
                  + "\" does not exist for access method \""
                  + NAME
                  + "\"");
    };
  }
}
