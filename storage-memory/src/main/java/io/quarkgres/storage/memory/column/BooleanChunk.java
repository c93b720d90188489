package io.quarkgres.storage.memory.column;

import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.storage.memory.cold.FrameInput;
import io.quarkgres.storage.memory.cold.FrameOutput;
import java.io.IOException;
import java.util.Arrays;

/** A chunk's booleans. Thread: under the chunk's lock. */
final class BooleanChunk extends ChunkColumn {
  private boolean[] values;

  BooleanChunk(int capacity) {
    values = new boolean[capacity];
  }

  @Override
  int capacity() {
    return values.length;
  }

  @Override
  void resize(int capacity) {
    values = Arrays.copyOf(values, capacity);
  }

  @Override
  void detach() {
    values = values.clone();
  }

  @Override
  void put(int slot, Column source, int position) {
    values[slot] = ((BooleanColumn) source).values()[position];
  }

  @Override
  Column make(int count, long[] nullBits) {
    return new BooleanColumn(values, nullBits, count);
  }

  @Override
  long memoryBytes() {
    return 1L * values.length;
  }

  @Override
  long valueBytes() {
    return Integer.BYTES + 1L * values.length;
  }

  @Override
  void saveValues(FrameOutput out) throws IOException {
    out.putInt(values.length);
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    out.put(bytes, 0, bytes.length);
  }

  @Override
  void loadValues(FrameInput in) throws IOException {
    byte[] bytes = in.getBytes(in.getInt());
    values = new boolean[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] != 0;
    }
  }

  @Override
  void drop() {
    values = null;
  }
}
