package io.quarkgres.vector.ivfflat;

import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.index.DistanceIndex;
import io.quarkgres.spi.index.IndexMethod;
import io.quarkgres.spi.index.IndexSpec;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.index.KeySpace;
import io.quarkgres.vector.index.Keys;
import java.util.Map;

/** The access method {@code ivfflat}. Thread: any. */
public final class IvfflatIndexMethod implements IndexMethod {
  /** The setting that says how many lists one round of a search reads. */
  public static final String PROBES = "ivfflat.probes";

  private static final String NAME = "ivfflat";
  private static final int DIMENSIONS_MAX = 2000;
  private static final int LISTS_DEFAULT = 100;
  private static final int LISTS_MAX = 32768;

  /** Makes the method. */
  public IvfflatIndexMethod() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DistanceIndex create(IndexSpec spec) {
    Keys.checkShape(spec);
    int lists = lists(spec.options());
    String operatorClass = spec.operatorClasses().get(0);
    KeySpace space =
        switch (operatorClass) {
          case "vector_l2_ops" -> dense(spec, Metric.L2, false);
          case "vector_ip_ops" -> dense(spec, Metric.NEGATIVE_INNER_PRODUCT, false);
          case "vector_cosine_ops" -> dense(spec, Metric.COSINE, false);
          case "halfvec_l2_ops" -> dense(spec, Metric.L2, true);
          case "halfvec_ip_ops" -> dense(spec, Metric.NEGATIVE_INNER_PRODUCT, true);
          case "halfvec_cosine_ops" -> dense(spec, Metric.COSINE, true);
          case "bit_hamming_ops" ->
              new KeySpace.Bits(false, Keys.dimensions(spec, Layout.BYTES, 32 * DIMENSIONS_MAX));
          default -> throw Keys.missing(spec);
        };
    return new ListIndex(spec.name(), space, lists);
  }

  private static KeySpace dense(IndexSpec spec, Metric metric, boolean isHalf) {
    int maximum = isHalf ? 2 * DIMENSIONS_MAX : DIMENSIONS_MAX;
    int dimensions = Keys.dimensions(spec, Layout.FLOAT_ARRAY, maximum);
    if (dimensions == 1 && metric != Metric.L2) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "dimensions must be greater than one for this opclass");
    }
    return new KeySpace.Dense(metric, isHalf, dimensions);
  }

  private static int lists(Map<String, String> options) {
    int lists = LISTS_DEFAULT;
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (!option.getKey().equals("lists")) {
        throw Keys.invalid("unrecognized parameter \"" + option.getKey() + "\"");
      }
      lists = Keys.integer(option.getKey(), option.getValue(), 1, LISTS_MAX);
    }
    return lists;
  }
}
