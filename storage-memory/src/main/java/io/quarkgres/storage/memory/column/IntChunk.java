package io.quarkgres.storage.memory.column;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.store.RangeFilter;
import io.quarkgres.storage.memory.cold.FrameInput;
import io.quarkgres.storage.memory.cold.FrameOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A chunk's 32-bit integers, with the least and greatest value that ever lay in place (a zone map):
 * old versions once did, so that it holds for every snapshot. Thread: under the chunk's lock.
 */
final class IntChunk extends ChunkColumn {
  private int[] values;
  private int least = Integer.MAX_VALUE;
  private int greatest = Integer.MIN_VALUE;

  IntChunk(int capacity) {
    values = new int[capacity];
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
    int value = ((IntColumn) source).values()[position];
    values[slot] = value;
    if (value < least || value > greatest) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      replaced();
    }
  }

  @Override
  public boolean excludes(RangeFilter filter) {
    return least > filter.high() || greatest < filter.low();
  }

  @Override
  Column make(int count, long[] nullBits) {
    return new IntColumn(values, nullBits, count, least, greatest);
  }

  @Override
  long memoryBytes() {
    return 4L * values.length;
  }

  @Override
  long valueBytes() {
    return Integer.BYTES + (Integer.BYTES * (2L + values.length));
  }

  @Override
  void saveValues(FrameOutput out) throws IOException {
    out.putInt(values.length);
    out.putInt(least);
    out.putInt(greatest);
    out.put(values, 0, values.length);
  }

  @Override
  void loadValues(FrameInput in) throws IOException {
    int capacity = in.getInt();
    least = in.getInt();
    greatest = in.getInt();
    values = in.getInts(capacity);
  }

  @Override
  void drop() {
    values = null;
  }
}
