package io.quarkgres.vector.index;

import io.quarkgres.engine.type.text.BitType;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.vector.BitSums;
import io.quarkgres.vector.FloatSums;
import io.quarkgres.vector.Metric;
import io.quarkgres.vector.SparseVector;
import io.quarkgres.vector.VectorErrors;
import java.util.Arrays;

/** What the keys of an index are, and how far two of them are from each other. Thread: any. */
public sealed interface KeySpace {
  /**
   * Copies a key to be added out of a column; {@code null} when the index does not hold such
   * values, which are no errors. Raises an error when it must not be there.
   */
  default Object key(Column column, int position) {
    requireFit(column, position);
    return stored(column, position);
  }

  /** Raises an error when a value is none of this space. */
  void requireFit(Column column, int position);

  /** Copies a key that may be there out of a column; {@code null} when it cannot be. */
  Object stored(Column column, int position);

  /** Copies the value to search for out of a column; raises an error when it does not go along. */
  Object query(Column column, int position, boolean isEmpty);

  /** Tells whether two keys are the same. */
  boolean same(Object a, Object b);

  /** Returns a number that is the same for the same keys, today and by what is written down. */
  int hash(Object key);

  /** Returns the distance as the operator gives it. */
  double distance(Object query, Object key);

  /** Returns what is searched for in place of NULL, from which nothing is nearer than other. */
  Object zero();

  /** Tells whether nothing is near to a query, so that order among the entries has no meaning. */
  boolean isNowhere(Object query);

  /** Returns where a key lies among points of as many dimensions. */
  float[] coordinates(Object key);

  /** Returns the memory of a key. */
  long bytes(Object key);

  /**
   * Vectors and halfvecs.
   *
   * @param isHalf whether distances add up as those of halfvecs do
   */
  record Dense(Metric metric, boolean isHalf, int dimensions) implements KeySpace {
    @Override
    public void requireFit(Column column, int position) {
      int length = ((FloatArrayColumn) column).lengths()[position];
      if (length != dimensions) {
        throw VectorErrors.differentDimensions(dimensions, length);
      }
    }

    @Override
    public Object stored(Column column, int position) {
      float[] values = ((FloatArrayColumn) column).copy(position);
      boolean isNowhere = metric == Metric.COSINE && isZero(values);
      return values.length != dimensions || isNowhere ? null : values;
    }

    @Override
    public Object query(Column column, int position, boolean isEmpty) {
      float[] values = ((FloatArrayColumn) column).copy(position);
      if (values.length != dimensions && !isEmpty) {
        throw isHalf
            ? VectorErrors.differentHalfvecDimensions(values.length, dimensions)
            : VectorErrors.differentDimensions(values.length, dimensions);
      }
      return values;
    }

    private static boolean isZero(float[] values) {
      for (float value : values) {
        if (value != 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean same(Object a, Object b) {
      return Arrays.equals((float[]) a, (float[]) b);
    }

    @Override
    public int hash(Object key) {
      return Arrays.hashCode((float[]) key);
    }

    @Override
    public double distance(Object query, Object key) {
      float[] a = (float[]) query;
      float[] b = (float[]) key;
      return metric.distance(isHalf, a, 0, b, 0, a.length);
    }

    @Override
    public Object zero() {
      return new float[dimensions];
    }

    @Override
    public boolean isNowhere(Object query) {
      return metric == Metric.COSINE && isZero((float[]) query);
    }

    /** By angle and inner product, lists are of directions. */
    @Override
    public float[] coordinates(Object key) {
      float[] values = (float[]) key;
      return switch (metric) {
        case L2, L2_SQUARED, L1 -> values;
        case COSINE, SPHERICAL, INNER_PRODUCT, NEGATIVE_INNER_PRODUCT -> normalized(values);
      };
    }

    private static float[] normalized(float[] values) {
      double norm = FloatSums.norm(values, 0, values.length);
      float[] result = values.clone();
      for (int i = 0; norm > 0 && i < result.length; i++) {
        result[i] = (float) (result[i] / norm);
      }
      return result;
    }

    @Override
    public long bytes(Object key) {
      return 16 + 4L * dimensions;
    }
  }

  /**
   * Bit strings.
   *
   * @param isJaccard whether by Jaccard distance, not Hamming
   */
  record Bits(boolean isJaccard, int length) implements KeySpace {
    @Override
    public void requireFit(Column column, int position) {
      int bits = BitType.bits((BytesColumn) column, position);
      if (bits != length) {
        throw new SqlException(
            SqlState.DATA_EXCEPTION, "different bit lengths " + bits + " and " + length);
      }
    }

    @Override
    public Object stored(Column column, int position) {
      BytesColumn c = (BytesColumn) column;
      return BitType.bits(c, position) == length ? bytes(c, position) : null;
    }

    private static byte[] bytes(BytesColumn column, int position) {
      int start = column.starts()[position];
      return Arrays.copyOfRange(
          column.heap(), start + BitType.HEADER_BYTES, start + column.lengths()[position]);
    }

    @Override
    public Object query(Column column, int position, boolean isEmpty) {
      if (!isEmpty) {
        requireFit(column, position);
      }
      return bytes((BytesColumn) column, position);
    }

    @Override
    public boolean same(Object a, Object b) {
      return Arrays.equals((byte[]) a, (byte[]) b);
    }

    @Override
    public int hash(Object key) {
      return Arrays.hashCode((byte[]) key);
    }

    @Override
    public double distance(Object query, Object key) {
      byte[] a = (byte[]) query;
      byte[] b = (byte[]) key;
      return isJaccard
          ? BitSums.jaccard(a, 0, b, 0, a.length)
          : BitSums.differing(a, 0, b, 0, a.length);
    }

    @Override
    public Object zero() {
      return new byte[(length + 7) / 8];
    }

    @Override
    public boolean isNowhere(Object query) {
      return false;
    }

    @Override
    public float[] coordinates(Object key) {
      byte[] bits = (byte[]) key;
      float[] result = new float[length];
      for (int i = 0; i < length; i++) {
        result[i] = bits[i >> 3] >> (7 - (i & 7)) & 1;
      }
      return result;
    }

    @Override
    public long bytes(Object key) {
      return 16 + (length + 7L) / 8;
    }
  }

  /** Sparse vectors; they are never put into lists of their own. */
  record Sparse(Metric metric, int dimensions) implements KeySpace {
    private static final int COUNT_MAX = 1000;

    @Override
    public void requireFit(Column column, int position) {
      if (SparseVector.read(column, position).count() > COUNT_MAX) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "sparsevec cannot have more than " + COUNT_MAX + " non-zero elements for hnsw index");
      }
    }

    @Override
    public Object stored(Column column, int position) {
      SparseVector vector = SparseVector.read(column, position);
      boolean isNowhere = metric == Metric.COSINE && vector.count() == 0;
      return vector.count() > COUNT_MAX || isNowhere ? null : vector;
    }

    @Override
    public Object query(Column column, int position, boolean isEmpty) {
      SparseVector vector = SparseVector.read(column, position);
      if (vector.dimensions() != dimensions && !isEmpty) {
        throw new SqlException(
            SqlState.DATA_EXCEPTION,
            "different sparsevec dimensions " + vector.dimensions() + " and " + dimensions);
      }
      return vector;
    }

    @Override
    public boolean same(Object a, Object b) {
      return a.equals(b);
    }

    @Override
    public int hash(Object key) {
      SparseVector v = (SparseVector) key;
      return 31 * Arrays.hashCode(Arrays.copyOf(v.indices(), v.count()))
          + Arrays.hashCode(Arrays.copyOf(v.values(), v.count()));
    }

    @Override
    public double distance(Object query, Object key) {
      return ((SparseVector) query).distance(metric, (SparseVector) key);
    }

    @Override
    public Object zero() {
      return new SparseVector(dimensions, 0, new int[0], new float[0]);
    }

    @Override
    public boolean isNowhere(Object query) {
      return metric == Metric.COSINE && ((SparseVector) query).count() == 0;
    }

    @Override
    public float[] coordinates(Object key) {
      throw new IllegalStateException("no lists of sparse vectors");
    }

    @Override
    public long bytes(Object key) {
      return 80 + 8L * ((SparseVector) key).count();
    }
  }
}
