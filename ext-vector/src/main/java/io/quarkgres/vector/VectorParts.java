package io.quarkgres.vector;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.ByteSink;
import java.util.Arrays;

/** Functions of one vector. Thread: any. */
final class VectorParts {
  private VectorParts() {}

  static void dimensions(Row row, Out out) {
    out.int32(row.floatCount(0));
  }

  static void send(Row row, Out out) {
    ByteSink bytes = new ByteSink(64);
    VectorType.INSTANCE.send(row.column(0), row.position(), bytes, row.context().types());
    out.bytes(bytes);
  }

  static void norm(Row row, Out out) {
    float[] a = row.floats(0);
    out.float64(FloatSums.norm(a, 0, a.length));
  }

  /** Scales to length 1; the zero vector stays. */
  static void normalize(Row row, Out out) {
    float[] a = row.floats(0);
    double norm = FloatSums.norm(a, 0, a.length);
    if (norm > 0) {
      for (int i = 0; i < a.length; i++) {
        a[i] = (float) (a[i] / norm);
      }
    }
    out.floats(a);
  }

  /** Returns {@code count} elements from a position that counts from 1, cut to what there is. */
  static void subvector(Row row, Out out) {
    float[] a = row.floats(0);
    int start = row.int32(1);
    int count = row.int32(2);
    if (count < 1) {
      throw VectorErrors.noDimension();
    }
    int end = start > a.length - count ? a.length + 1 : start + count;
    int from = Math.max(1, start);
    if (from > a.length) {
      throw VectorErrors.noDimension();
    }
    VectorType.checkDimensions(end - from);
    out.floats(Arrays.copyOfRange(a, from - 1, end - 1));
  }
}
