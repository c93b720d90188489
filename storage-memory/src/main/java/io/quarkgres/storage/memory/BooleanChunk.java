package io.quarkgres.storage.memory;

import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.Column;
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
}
