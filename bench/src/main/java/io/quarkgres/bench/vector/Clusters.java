package io.quarkgres.bench.vector;

import java.util.Random;

/**
 * Vectors like embeddings: clusters in a space of fewer dimensions, projected, with noise, of
 * length 1. Thread: one.
 */
final class Clusters {
  private static final int CLUSTERS = 1000;
  private static final int LATENT = 40;
  private static final double SPREAD = 1.3;
  private static final double NOISE = 0.05;

  private final Random random;
  private final int dimensions;
  private final float[][] centres = new float[CLUSTERS][LATENT];
  private final float[][] projection;

  Clusters(int dimensions, long seed) {
    this.dimensions = dimensions;
    this.random = new Random(seed);
    this.projection = new float[LATENT][dimensions];
    for (float[] centre : centres) {
      fill(centre);
    }
    for (float[] row : projection) {
      fill(row);
    }
  }

  private void fill(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  float[][] next(int count) {
    float[][] result = new float[count][];
    for (int i = 0; i < count; i++) {
      result[i] = next();
    }
    return result;
  }

  private float[] next() {
    float[] centre = centres[random.nextInt(CLUSTERS)];
    float[] result = new float[dimensions];
    for (int l = 0; l < LATENT; l++) {
      float value = (float) (centre[l] + SPREAD * random.nextGaussian());
      for (int i = 0; i < dimensions; i++) {
        result[i] += value * projection[l][i];
      }
    }
    double square = 0;
    for (int i = 0; i < dimensions; i++) {
      result[i] += (float) (NOISE * Math.sqrt(LATENT) * random.nextGaussian());
      square += (double) result[i] * result[i];
    }
    for (int i = 0; i < dimensions; i++) {
      result[i] /= (float) Math.sqrt(square);
    }
    return result;
  }
}
