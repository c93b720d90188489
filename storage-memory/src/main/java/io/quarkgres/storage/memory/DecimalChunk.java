package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;
import java.util.Arrays;

/** A chunk's decimal numbers. Thread: under the chunk's lock. */
final class DecimalChunk extends ChunkColumn {
  private long[] unscaled;
  private short[] scales;
  private BigDecimal[] big;

  DecimalChunk(int capacity) {
    unscaled = new long[capacity];
    scales = new short[capacity];
  }

  @Override
  int capacity() {
    return unscaled.length;
  }

  @Override
  void resize(int capacity) {
    unscaled = Arrays.copyOf(unscaled, capacity);
    scales = Arrays.copyOf(scales, capacity);
    big = big == null ? null : Arrays.copyOf(big, capacity);
  }

  @Override
  void detach() {
    unscaled = unscaled.clone();
    scales = scales.clone();
    big = big == null ? null : big.clone();
  }

  @Override
  void put(int slot, Column source, int position) {
    DecimalColumn decimal = (DecimalColumn) source;
    short scale = decimal.scales()[position];
    unscaled[slot] = decimal.unscaled()[position];
    scales[slot] = scale;
    if (scale == DecimalColumn.BIG) {
      if (big == null) {
        big = new BigDecimal[unscaled.length];
        replaced();
      }
      big[slot] = decimal.big()[position];
    } else if (big != null) {
      big[slot] = null;
    }
  }

  @Override
  void putNull(int slot) {
    unscaled[slot] = 0;
    scales[slot] = 0;
    if (big != null) {
      big[slot] = null;
    }
  }

  @Override
  Column make(int count, long[] nullBits) {
    return new DecimalColumn(unscaled, scales, big, nullBits, count);
  }

  @Override
  long memoryBytes() {
    return 10L * unscaled.length + (big == null ? 0 : 64L * big.length);
  }
}
