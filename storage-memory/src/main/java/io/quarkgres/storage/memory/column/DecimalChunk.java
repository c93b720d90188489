package io.quarkgres.storage.memory.column;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.storage.memory.cold.FrameInput;
import io.quarkgres.storage.memory.cold.FrameOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
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

  @Override
  long valueBytes() {
    long bytes = 2L * Integer.BYTES + 10L * unscaled.length;
    for (int i = 0; big != null && i < big.length; i++) {
      if (big[i] != null) {
        bytes += 3L * Integer.BYTES + big[i].unscaledValue().bitLength() / 8 + 1;
      }
    }
    return bytes;
  }

  /** The big values follow, each with its slot, scale and length, behind how many there are. */
  @Override
  void saveValues(FrameOutput out) throws IOException {
    out.putInt(unscaled.length);
    out.put(unscaled, 0, unscaled.length);
    out.put(scales, 0, scales.length);
    int count = 0;
    for (int i = 0; big != null && i < big.length; i++) {
      count += big[i] == null ? 0 : 1;
    }
    out.putInt(count);
    for (int i = 0; count > 0 && i < big.length; i++) {
      if (big[i] != null) {
        byte[] digits = big[i].unscaledValue().toByteArray();
        out.putInt(i);
        out.putInt(big[i].scale());
        out.putInt(digits.length);
        out.put(digits, 0, digits.length);
      }
    }
  }

  @Override
  void loadValues(FrameInput in) throws IOException {
    int capacity = in.getInt();
    unscaled = in.getLongs(capacity);
    scales = in.getShorts(capacity);
    int count = in.getInt();
    big = count == 0 ? null : new BigDecimal[capacity];
    for (int i = 0; i < count; i++) {
      int slot = in.getInt();
      int scale = in.getInt();
      big[slot] = new BigDecimal(new BigInteger(in.getBytes(in.getInt())), scale);
    }
  }

  @Override
  void drop() {
    unscaled = null;
    scales = null;
    big = null;
  }
}
