package io.quarkgres.vector;

/**
 * The distances between vectors: added up in floats by {@link FloatSums}, then turned into a
 * double. Thread: any.
 */
public enum Metric {
  /** {@code <->}. */
  L2,
  /** The square of {@link #L2}. */
  L2_SQUARED,
  /** The inner product. */
  INNER_PRODUCT,
  /** {@code <#>}. */
  NEGATIVE_INNER_PRODUCT,
  /** {@code <=>}; NaN when a vector is zero. */
  COSINE,
  /** {@code <+>}. */
  L1,
  /** The angle over pi, of vectors of length 1. */
  SPHERICAL;

  /** Returns the distance of two slices of the same length. */
  public double distance(float[] a, int aStart, float[] b, int bStart, int n) {
    return switch (this) {
      case L2 -> Math.sqrt((double) FloatSums.squaredDifferences(a, aStart, b, bStart, n));
      case L2_SQUARED -> FloatSums.squaredDifferences(a, aStart, b, bStart, n);
      case INNER_PRODUCT -> FloatSums.products(a, aStart, b, bStart, n);
      case NEGATIVE_INNER_PRODUCT -> -(double) FloatSums.products(a, aStart, b, bStart, n);
      case COSINE -> cosine(a, aStart, b, bStart, n);
      case L1 -> FloatSums.absoluteDifferences(a, aStart, b, bStart, n);
      case SPHERICAL -> spherical(FloatSums.products(a, aStart, b, bStart, n));
    };
  }

  /** Returns the distance of two slices of halfvecs of the same length. */
  public double halfDistance(float[] a, int aStart, float[] b, int bStart, int n) {
    return switch (this) {
      case L2 -> Math.sqrt((double) HalfSums.squaredDifferences(a, aStart, b, bStart, n));
      case L2_SQUARED -> HalfSums.squaredDifferences(a, aStart, b, bStart, n);
      case INNER_PRODUCT -> HalfSums.products(a, aStart, b, bStart, n);
      case NEGATIVE_INNER_PRODUCT -> -(double) HalfSums.products(a, aStart, b, bStart, n);
      case COSINE -> halfCosine(a, aStart, b, bStart, n);
      case L1 -> HalfSums.absoluteDifferences(a, aStart, b, bStart, n);
      case SPHERICAL -> spherical(HalfSums.products(a, aStart, b, bStart, n));
    };
  }

  private static double halfCosine(float[] a, int aStart, float[] b, int bStart, int n) {
    double product = HalfSums.products(a, aStart, b, bStart, n);
    double aSquare = HalfSums.products(a, aStart, a, aStart, n);
    double bSquare = HalfSums.products(b, bStart, b, bStart, n);
    return 1 - clamped(product / Math.sqrt(aSquare * bSquare));
  }

  private static double cosine(float[] a, int aStart, float[] b, int bStart, int n) {
    double product = FloatSums.fusedProducts(a, aStart, b, bStart, n);
    double aSquare = FloatSums.fusedProducts(a, aStart, a, aStart, n);
    double bSquare = FloatSums.fusedProducts(b, bStart, b, bStart, n);
    return cosineDistance(product, aSquare, bSquare);
  }

  /** Returns {@link #COSINE} from the product of two vectors and the products with themselves. */
  public static double cosineDistance(double product, double aSquare, double bSquare) {
    return 1 - clamped(product / Math.sqrt(aSquare * bSquare));
  }

  private static double spherical(double product) {
    return Math.acos(clamped(product)) / Math.PI;
  }

  /** Returns a cosine within its bounds, which float sums may leave; NaN stays. */
  static double clamped(double cosine) {
    return cosine > 1 ? 1 : cosine < -1 ? -1 : cosine;
  }
}
