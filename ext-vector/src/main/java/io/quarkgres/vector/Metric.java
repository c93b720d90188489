package io.quarkgres.vector;

import io.quarkgres.vector.kernel.Sum;

/**
 * The distances between vectors: added up in floats by a {@link io.quarkgres.vector.kernel.Kernel},
 * then turned into a double. Thread: any.
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

  /** Returns what is added up for the metric. */
  public Sum sum(boolean isHalf) {
    return switch (this) {
      case L2, L2_SQUARED -> isHalf ? Sum.HALF_SQUARED_DIFFERENCES : Sum.SQUARED_DIFFERENCES;
      case INNER_PRODUCT, NEGATIVE_INNER_PRODUCT, SPHERICAL ->
          isHalf ? Sum.HALF_PRODUCTS : Sum.PRODUCTS;
      case COSINE -> isHalf ? Sum.HALF_PRODUCTS : Sum.FUSED_PRODUCTS;
      case L1 -> isHalf ? Sum.HALF_ABSOLUTE_DIFFERENCES : Sum.ABSOLUTE_DIFFERENCES;
    };
  }

  /** Returns the distance of two slices of the same length. */
  public double distance(float[] a, int aStart, float[] b, int bStart, int n) {
    return distance(false, a, aStart, b, bStart, n);
  }

  /**
   * Returns the distance of two slices of the same length.
   *
   * @param isHalf whether they are of halfvecs
   */
  public double distance(boolean isHalf, float[] a, int aStart, float[] b, int bStart, int n) {
    Sum sum = sum(isHalf);
    float value = FloatSums.sum(sum, a, aStart, b, bStart, n);
    return this == COSINE
        ? cosineDistance(
            value,
            FloatSums.sum(sum, a, aStart, a, aStart, n),
            FloatSums.sum(sum, b, bStart, b, bStart, n))
        : ofSum(value);
  }

  /** Returns the distance that a sum stands for; for {@link #COSINE} a sum is not enough. */
  public double ofSum(float sum) {
    return switch (this) {
      case L2 -> Math.sqrt((double) sum);
      case L2_SQUARED, INNER_PRODUCT, L1 -> sum;
      case NEGATIVE_INNER_PRODUCT -> -(double) sum;
      case SPHERICAL -> Math.acos(clamped(sum)) / Math.PI;
      case COSINE -> throw new IllegalStateException("a cosine needs the lengths");
    };
  }

  /** Returns {@link #COSINE} from the product of two vectors and the products with themselves. */
  public static double cosineDistance(double product, double aSquare, double bSquare) {
    return 1 - clamped(product / Math.sqrt(aSquare * bSquare));
  }

  /** Returns a cosine within its bounds, which float sums may leave; NaN stays. */
  static double clamped(double cosine) {
    return cosine > 1 ? 1 : cosine < -1 ? -1 : cosine;
  }
}
