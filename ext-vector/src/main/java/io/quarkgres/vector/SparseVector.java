package io.quarkgres.vector;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Datums;
import java.util.Arrays;

/**
 * A sparse vector, unpacked. In columns it is int32 dimensions, int32 count, then the indices
 * (int32, counted from 0, ascending) and the values (float4, none of them 0), all big endian.
 * Thread: any.
 *
 * @param count how many elements are not 0; the arrays may be longer
 */
public record SparseVector(int dimensions, int count, int[] indices, float[] values) {
  static final int DIMENSIONS_MAX = 1_000_000_000;
  static final int COUNT_MAX = 16000;

  private static final int HEADER_BYTES = 8;

  /** Unpacks a value. */
  public static SparseVector read(Column column, int position) {
    BytesColumn c = (BytesColumn) column;
    byte[] heap = c.heap();
    int start = c.starts()[position];
    int count = Datums.readInt(heap, start + 4);
    int[] indices = new int[count];
    float[] values = new float[count];
    int at = start + HEADER_BYTES;
    int valuesAt = at + 4 * count;
    for (int i = 0; i < count; i++) {
      indices[i] = Datums.readInt(heap, at + 4 * i);
      values[i] = Float.intBitsToFloat(Datums.readInt(heap, valuesAt + 4 * i));
    }
    return new SparseVector(Datums.readInt(heap, start), count, indices, values);
  }

  /** Returns the dimensions of a packed value. */
  static int dimensions(BytesColumn column, int position) {
    return Datums.readInt(column.heap(), column.starts()[position]);
  }

  /** Makes one of the elements of a dense vector that are not 0. */
  static SparseVector ofDense(float[] dense) {
    int[] indices = new int[dense.length];
    float[] values = new float[dense.length];
    int count = 0;
    for (int i = 0; i < dense.length; i++) {
      if (dense[i] != 0) {
        indices[count] = i;
        values[count++] = dense[i];
      }
    }
    return new SparseVector(dense.length, count, indices, values);
  }

  /** Appends the packed form. */
  void write(ByteSink out) {
    out.ensure(HEADER_BYTES + 8 * count);
    out.putInt(dimensions);
    out.putInt(count);
    for (int i = 0; i < count; i++) {
      out.putInt(indices[i]);
    }
    for (int i = 0; i < count; i++) {
      out.putInt(Float.floatToRawIntBits(values[i]));
    }
  }

  /** Returns the distance to one of the same dimensions. */
  public double distance(Metric metric, SparseVector other) {
    return SparseSums.distance(metric, this, other);
  }

  /** Orders as the dense vectors would be: element by element, then the shorter first. */
  public int compareTo(SparseVector other) {
    int n = Math.min(count, other.count);
    for (int i = 0; i < n; i++) {
      if (indices[i] < other.indices[i]) {
        return values[i] < 0 ? -1 : 1;
      }
      if (indices[i] > other.indices[i]) {
        return other.values[i] < 0 ? 1 : -1;
      }
      if (values[i] != other.values[i]) {
        return values[i] < other.values[i] ? -1 : 1;
      }
    }
    if (count < other.count && other.indices[n] < dimensions) {
      return other.values[n] < 0 ? 1 : -1;
    }
    if (count > other.count && indices[n] < other.dimensions) {
      return values[n] < 0 ? -1 : 1;
    }
    return Integer.compare(dimensions, other.dimensions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseVector o && compareTo(o) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * dimensions + Arrays.hashCode(Arrays.copyOf(indices, count));
  }

  @Override
  public String toString() {
    return count + " of " + dimensions;
  }
}
