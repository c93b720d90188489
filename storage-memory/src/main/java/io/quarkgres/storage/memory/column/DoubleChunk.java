package io.quarkgres.storage.memory.column;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.storage.memory.cold.FrameInput;
import io.quarkgres.storage.memory.cold.FrameOutput;
import java.io.IOException;
import java.util.Arrays;

/** A chunk's 64-bit floating point numbers. Thread: under the chunk's lock. */
final class DoubleChunk extends ChunkColumn {
  private double[] values;

  DoubleChunk(int capacity) {
    values = new double[capacity];
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
    values[slot] = ((DoubleColumn) source).values()[position];
  }

  @Override
  Column make(int count, long[] nullBits) {
    return new DoubleColumn(values, nullBits, count);
  }

  @Override
  long memoryBytes() {
    return 8L * values.length;
  }

  @Override
  long valueBytes() {
    return Integer.BYTES + 8L * values.length;
  }

  @Override
  void saveValues(FrameOutput out) throws IOException {
    out.putInt(values.length);
    out.put(values, 0, values.length);
  }

  @Override
  void loadValues(FrameInput in) throws IOException {
    values = in.getDoubles(in.getInt());
  }

  @Override
  void drop() {
    values = null;
  }
}
