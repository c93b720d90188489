package io.quarkgres.vector.hnsw;

import io.quarkgres.vector.index.Keys;
import java.util.Locale;
import java.util.Map;

/**
 * The storage parameters of an hnsw index. Thread: any.
 *
 * @param m the most links of a node in an upper layer; twice as many in the lowest
 * @param efConstruction how many candidates an insertion looks at
 * @param quantization what is kept of a vector
 */
record HnswOptions(int m, int efConstruction, Quantization quantization) {
  private static final int M_DEFAULT = 16;
  private static final int M_MIN = 2;
  private static final int M_MAX = 100;
  private static final int EF_CONSTRUCTION_DEFAULT = 64;
  private static final int EF_CONSTRUCTION_MIN = 4;
  private static final int EF_CONSTRUCTION_MAX = 1000;

  /** Reads the parameters of WITH; raises 22023 for unknown ones and those out of range. */
  static HnswOptions of(Map<String, String> options) {
    int m = M_DEFAULT;
    int efConstruction = EF_CONSTRUCTION_DEFAULT;
    Quantization quantization = Quantization.NONE;
    for (Map.Entry<String, String> option : options.entrySet()) {
      String name = option.getKey();
      switch (name) {
        case "m" -> m = Keys.integer(name, option.getValue(), M_MIN, M_MAX);
        case "ef_construction" ->
            efConstruction =
                Keys.integer(name, option.getValue(), EF_CONSTRUCTION_MIN, EF_CONSTRUCTION_MAX);
        case "quantization" -> quantization = quantization(option.getValue());
        default -> throw Keys.invalid("unrecognized parameter \"" + name + "\"");
      }
    }
    if (efConstruction < 2 * m) {
      throw Keys.invalid("ef_construction must be greater than or equal to 2 * m");
    }
    return new HnswOptions(m, efConstruction, quantization);
  }

  private static Quantization quantization(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none" -> Quantization.NONE;
      case "sq8" -> Quantization.SQ8;
      case "bq" -> Quantization.BQ;
      default ->
          throw Keys.invalid("invalid value for enum option \"quantization\": " + text)
              .withDetail("Valid values are \"none\", \"sq8\", and \"bq\".");
    };
  }
}
