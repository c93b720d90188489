package io.quarkgres.storage.memory.column;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.WideColumn;
import io.quarkgres.storage.memory.cold.FrameInput;
import io.quarkgres.storage.memory.cold.FrameOutput;
import java.io.IOException;
import java.util.Arrays;

/** A chunk's 128-bit values. Thread: under the chunk's lock. */
final class WideChunk extends ChunkColumn {
  private long[] high;
  private long[] low;

  WideChunk(int capacity) {
    high = new long[capacity];
    low = new long[capacity];
  }

  @Override
  int capacity() {
    return high.length;
  }

  @Override
  void resize(int capacity) {
    high = Arrays.copyOf(high, capacity);
    low = Arrays.copyOf(low, capacity);
  }

  @Override
  void detach() {
    high = high.clone();
    low = low.clone();
  }

  @Override
  void put(int slot, Column source, int position) {
    WideColumn wide = (WideColumn) source;
    high[slot] = wide.high()[position];
    low[slot] = wide.low()[position];
  }

  @Override
  Column make(int count, long[] nullBits) {
    return new WideColumn(high, low, nullBits, count);
  }

  @Override
  long memoryBytes() {
    return 16L * high.length;
  }

  @Override
  long valueBytes() {
    return Integer.BYTES + 16L * high.length;
  }

  @Override
  void saveValues(FrameOutput out) throws IOException {
    out.putInt(high.length);
    out.put(high, 0, high.length);
    out.put(low, 0, low.length);
  }

  @Override
  void loadValues(FrameInput in) throws IOException {
    int capacity = in.getInt();
    high = in.getLongs(capacity);
    low = in.getLongs(capacity);
  }

  @Override
  void drop() {
    high = null;
    low = null;
  }
}
