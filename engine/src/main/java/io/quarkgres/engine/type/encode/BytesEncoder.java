package io.quarkgres.engine.type.encode;

import io.quarkgres.spi.data.BytesColumn;

/** Values that go out as they are kept: text, json, bytea in binary. Used by one thread. */
final class BytesEncoder extends ColumnEncoder {
  @Override
  void measureAll() {
    int[] from = ((BytesColumn) column).lengths();
    for (int i = 0; i < count; i++) {
      lengths[i] = from[positions[i]];
    }
  }

  @Override
  public void write(byte[] target, int[] offsets, int from, int to) {
    BytesColumn bytes = (BytesColumn) column;
    byte[] heap = bytes.heap();
    int[] starts = bytes.starts();
    for (int i = from; i < to; i++) {
      int length = lengths[i];
      if (length >= 0) {
        copy(heap, starts[positions[i]], length, target, offsets[i]);
        offsets[i] += length;
      }
    }
  }
}
