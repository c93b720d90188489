package io.quarkgres.engine.type.encode;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;

/**
 * Values that only their type can write: they are written one behind the other, and copied from
 * there. Used by one thread.
 */
final class SinkEncoder extends ColumnEncoder {
  private final ValueForm form;
  private final TypeContext context;
  private final ByteSink sink = new ByteSink(1024);
  private final int[] starts = new int[VALUES_MAX];

  /** A type's text or binary form. */
  @FunctionalInterface
  interface ValueForm {
    /** Appends a value that is not NULL. */
    void put(Column column, int position, ByteSink out, TypeContext context);
  }

  SinkEncoder(ValueForm form, TypeContext context) {
    this.form = form;
    this.context = context;
  }

  @Override
  void measureAll() {
    sink.truncate(0);
    for (int i = 0; i < count; i++) {
      int start = sink.size();
      starts[i] = start;
      if (!column.isNull(positions[i])) {
        form.put(column, positions[i], sink, context);
      }
      lengths[i] = sink.size() - start;
    }
  }

  @Override
  public void write(byte[] target, int[] offsets, int from, int to) {
    byte[] heap = sink.array();
    for (int i = from; i < to; i++) {
      int length = lengths[i];
      if (length >= 0) {
        copy(heap, starts[i], length, target, offsets[i]);
        offsets[i] += length;
      }
    }
  }
}
