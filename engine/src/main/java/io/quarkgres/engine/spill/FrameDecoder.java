package io.quarkgres.engine.spill;

import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.WideColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a frame, see the package. Used by one thread. */
final class FrameDecoder {
  private final ByteBuffer in;
  private final int n;

  private FrameDecoder(ByteBuffer frame) {
    in = frame.order(ByteOrder.nativeOrder());
    n = in.getInt();
  }

  /** Returns the rows of a frame. */
  static Block decode(ByteBuffer frame, Layout[] layouts) {
    FrameDecoder decoder = new FrameDecoder(frame);
    Column[] columns = new Column[layouts.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = decoder.column(layouts[i]);
    }
    return new Block(decoder.n, columns);
  }

  private Column column(Layout layout) {
    long[] nulls = in.get() == 0 ? null : longs(Nulls.none(n).length);
    return switch (layout) {
      case BOOLEAN -> booleans(nulls);
      case INT32 -> new IntColumn(ints(n), nulls, n);
      case INT64 -> new LongColumn(longs(n), nulls, n);
      case FLOAT64 -> doubles(nulls);
      case INT128 -> new WideColumn(longs(n), longs(n), nulls, n);
      case DECIMAL -> decimals(nulls);
      case BYTES -> bytes(nulls);
      case FLOAT_ARRAY -> floats(nulls);
    };
  }

  private void skip(int bytes) {
    in.position(in.position() + bytes);
  }

  private long[] longs(int count) {
    long[] values = new long[count];
    in.asLongBuffer().get(values);
    skip(8 * count);
    return values;
  }

  private int[] ints(int count) {
    int[] values = new int[count];
    in.asIntBuffer().get(values);
    skip(4 * count);
    return values;
  }

  private Column booleans(long[] nulls) {
    boolean[] values = new boolean[n];
    for (int i = 0; i < n; i++) {
      values[i] = in.get() != 0;
    }
    return new BooleanColumn(values, nulls, n);
  }

  private Column doubles(long[] nulls) {
    double[] values = new double[n];
    in.asDoubleBuffer().get(values);
    skip(8 * n);
    return new DoubleColumn(values, nulls, n);
  }

  private Column bytes(long[] nulls) {
    int[] lengths = ints(n);
    int[] starts = new int[n];
    byte[] heap = new byte[starts(lengths, starts)];
    in.get(heap);
    return new BytesColumn(heap, starts, lengths, nulls, n);
  }

  private Column floats(long[] nulls) {
    int[] lengths = ints(n);
    int[] starts = new int[n];
    float[] heap = new float[starts(lengths, starts)];
    in.asFloatBuffer().get(heap);
    skip(4 * heap.length);
    return new FloatArrayColumn(heap, starts, lengths, nulls, n);
  }

  private static int starts(int[] lengths, int[] starts) {
    int sum = 0;
    for (int i = 0; i < lengths.length; i++) {
      starts[i] = sum;
      sum += lengths[i];
    }
    return sum;
  }

  private Column decimals(long[] nulls) {
    long[] unscaled = longs(n);
    short[] scales = new short[n];
    in.asShortBuffer().get(scales);
    skip(2 * n);
    BigDecimal[] big = null;
    for (int i = 0; i < n; i++) {
      if (scales[i] == DecimalColumn.BIG) {
        big = big == null ? new BigDecimal[n] : big;
        int scale = in.getInt();
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        big[i] = new BigDecimal(new BigInteger(bytes), scale);
      }
    }
    return new DecimalColumn(unscaled, scales, big, nulls, n);
  }
}
