package io.quarkgres.vector.kernel;

/**
 * What a {@link Kernel} adds up over two vectors. The order is the same for all: eight sums, lane i
 * of the elements i, i + 8 and so on, are joined by halves (lane i with i + 4); for single
 * precision four more elements go onto the four sums; these are joined by halves again, and what is
 * left over is added one by one. It is the order of pgvector 0.8 as GCC compiles it for processors
 * with fused multiplication, down to which steps are fused, so results agree to the last digit.
 */
public enum Sum {
  /** {@code (a[i] - b[i])^2}. */
  SQUARED_DIFFERENCES(true, false, false, true),
  /** {@code a[i] * b[i]}. */
  PRODUCTS(false, false, false, true),
  /** {@code a[i] * b[i]}, every step rounded once, as the cosine wants it. */
  FUSED_PRODUCTS(false, false, true, true),
  /** {@code |a[i] - b[i]|}. */
  ABSOLUTE_DIFFERENCES(true, true, false, true),
  /** {@code (a[i] - b[i])^2} of halfvecs, every step rounded once. */
  HALF_SQUARED_DIFFERENCES(true, false, true, false),
  /** {@code a[i] * b[i]} of halfvecs, every step rounded once. */
  HALF_PRODUCTS(false, false, true, false),
  /** {@code |a[i] - b[i]|} of halfvecs. */
  HALF_ABSOLUTE_DIFFERENCES(true, true, false, false);

  /** Whether a term is made of the difference of the elements, or of both. */
  final boolean isOfDifferences;

  /** Whether a term is an absolute value, or a product. */
  final boolean isAbsolute;

  /** Whether products are added without being rounded first. */
  final boolean isFused;

  /** Whether four elements follow the eights. They are always fused. */
  final boolean hasFour;

  Sum(boolean isOfDifferences, boolean isAbsolute, boolean isFused, boolean hasFour) {
    this.isOfDifferences = isOfDifferences;
    this.isAbsolute = isAbsolute;
    this.isFused = isFused;
    this.hasFour = hasFour;
  }
}
