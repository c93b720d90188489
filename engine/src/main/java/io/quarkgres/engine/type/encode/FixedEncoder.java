package io.quarkgres.engine.type.encode;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import java.util.Arrays;

/** Binary numbers of one width, most significant byte first. Used by one thread. */
final class FixedEncoder extends ColumnEncoder {
  private final int width;
  private final long[] bits = new long[VALUES_MAX];

  FixedEncoder(int width) {
    this.width = width;
  }

  @Override
  void measureAll() {
    Arrays.fill(lengths, 0, count, width);
    bits(column, positions, count, bits);
  }

  private static void bits(Column column, int[] positions, int n, long[] bits) {
    if (column instanceof IntColumn ints) {
      int[] values = ints.values();
      for (int i = 0; i < n; i++) {
        bits[i] = values[positions[i]];
      }
    } else if (column instanceof LongColumn longs) {
      long[] values = longs.values();
      for (int i = 0; i < n; i++) {
        bits[i] = values[positions[i]];
      }
    } else {
      double[] values = ((DoubleColumn) column).values();
      for (int i = 0; i < n; i++) {
        bits[i] = Double.doubleToLongBits(values[positions[i]]);
      }
    }
  }

  @Override
  public void write(byte[] target, int[] offsets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (lengths[i] >= 0) {
        put(bits[i], width, target, offsets[i]);
        offsets[i] += width;
      }
    }
  }

  private static void put(long value, int width, byte[] target, int offset) {
    for (int b = 0, shift = 8 * width - 8; b < width; b++, shift -= 8) {
      target[offset + b] = (byte) (value >> shift);
    }
  }
}
