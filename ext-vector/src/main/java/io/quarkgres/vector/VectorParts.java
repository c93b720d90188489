package io.quarkgres.vector;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.text.BitType;
import io.quarkgres.spi.data.ByteSink;
import java.util.Arrays;

/** Functions of one vector or halfvec. Thread: any. */
record VectorParts(Precision precision) {
  void dimensions(Row row, Out out) {
    out.int32(row.floatCount(0));
  }

  void send(Row row, Out out) {
    ByteSink bytes = new ByteSink(64);
    VectorType.of(precision).send(row.column(0), row.position(), bytes, row.context().types());
    out.bytes(bytes);
  }

  void norm(Row row, Out out) {
    float[] a = row.floats(0);
    out.float64(FloatSums.norm(a, 0, a.length));
  }

  /** Scales to length 1; the zero vector becomes one without signs. */
  void normalize(Row row, Out out) {
    float[] a = row.floats(0);
    double norm = FloatSums.norm(a, 0, a.length);
    if (norm > 0) {
      for (int i = 0; i < a.length; i++) {
        a[i] = precision.rounded((float) (a[i] / norm));
      }
      VectorArithmetic.checkOverflow(a, 0, a.length);
    } else {
      Arrays.fill(a, 0);
    }
    out.floats(a);
  }

  /** Returns {@code count} elements from a position that counts from 1, cut to what there is. */
  void subvector(Row row, Out out) {
    float[] a = row.floats(0);
    int start = row.int32(1);
    int count = row.int32(2);
    if (count < 1) {
      throw VectorErrors.noDimension(precision.typeName());
    }
    int end = start > a.length - count ? a.length + 1 : start + count;
    int from = Math.max(1, start);
    if (from > a.length) {
      throw VectorErrors.noDimension(precision.typeName());
    }
    precision.checkDimensions(end - from);
    out.floats(Arrays.copyOfRange(a, from - 1, end - 1));
  }

  /** Returns a bit for each element: whether it is greater than 0. */
  void binaryQuantize(Row row, Out out) {
    float[] a = row.floats(0);
    byte[] value = new byte[BitType.HEADER_BYTES + (a.length + 7) / 8];
    for (int i = 0; i < BitType.HEADER_BYTES; i++) {
      value[i] = (byte) (a.length >> 8 * (BitType.HEADER_BYTES - 1 - i));
    }
    for (int i = 0; i < a.length; i++) {
      if (a[i] > 0) {
        value[BitType.HEADER_BYTES + (i >> 3)] |= (byte) (0x80 >> (i & 7));
      }
    }
    out.bytes(value);
  }
}
