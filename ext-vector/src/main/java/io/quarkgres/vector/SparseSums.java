package io.quarkgres.vector;

import io.quarkgres.vector.kernel.Sum;

/**
 * The loops behind the distances of sparse vectors: both index lists are walked side by side, and
 * floats are added in ascending order of the indices. Which steps are fused is pgvector's, as for
 * {@link FloatSums}. Thread: any.
 */
final class SparseSums {
  private SparseSums() {}

  /** Returns the distance of two vectors of the same dimensions. */
  static double distance(Metric metric, SparseVector a, SparseVector b) {
    return switch (metric) {
      case L2 -> Math.sqrt((double) squaredDifferences(a, b));
      case L2_SQUARED -> squaredDifferences(a, b);
      case INNER_PRODUCT -> products(a, b);
      case NEGATIVE_INNER_PRODUCT -> -(double) products(a, b);
      case COSINE -> 1 - cosine(a, b);
      case L1 -> absoluteDifferences(a, b);
      case SPHERICAL -> Math.acos(Metric.clamped(products(a, b))) / Math.PI;
    };
  }

  private static double cosine(SparseVector a, SparseVector b) {
    double product = products(a, b);
    return Metric.clamped(product / Math.sqrt((double) squares(a) * (double) squares(b)));
  }

  private static float squares(SparseVector a) {
    return FloatSums.sum(Sum.PRODUCTS, a.values(), 0, a.values(), 0, a.count());
  }

  private static float squaredDifferences(SparseVector a, SparseVector b) {
    float sum = 0;
    int j = 0;
    for (int i = 0; i < a.count(); i++) {
      int index = a.indices()[i];
      for (; j < b.count() && b.indices()[j] < index; j++) {
        sum += b.values()[j] * b.values()[j];
      }
      float value = a.values()[i];
      if (j < b.count() && b.indices()[j] == index) {
        value -= b.values()[j++];
        sum += value * value;
      } else {
        sum = Math.fma(value, value, sum);
      }
    }
    for (; j < b.count(); j++) {
      sum += b.values()[j] * b.values()[j];
    }
    return sum;
  }

  private static float products(SparseVector a, SparseVector b) {
    float sum = 0;
    int j = 0;
    for (int i = 0; i < a.count(); i++) {
      int index = a.indices()[i];
      while (j < b.count() && b.indices()[j] < index) {
        j++;
      }
      if (j < b.count() && b.indices()[j] == index) {
        sum = Math.fma(a.values()[i], b.values()[j++], sum);
      }
    }
    return sum;
  }

  private static float absoluteDifferences(SparseVector a, SparseVector b) {
    float sum = 0;
    int j = 0;
    for (int i = 0; i < a.count(); i++) {
      int index = a.indices()[i];
      for (; j < b.count() && b.indices()[j] < index; j++) {
        sum += Math.abs(b.values()[j]);
      }
      float value = a.values()[i];
      if (j < b.count() && b.indices()[j] == index) {
        value -= b.values()[j++];
      }
      sum += Math.abs(value);
    }
    int whole = (b.count() - j) & -4;
    sum += FloatSums.sum(Sum.ABSOLUTE_DIFFERENCES, b.values(), j, new float[whole], 0, whole);
    for (j += whole; j < b.count(); j++) {
      sum += Math.abs(b.values()[j]);
    }
    return sum;
  }
}
