package io.quarkgres.engine.spill;

import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideColumn;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes rows as a frame, see the package. Used by one thread. */
final class FrameEncoder {
  private ByteBuffer out = buffer(1 << 16);

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  /** Returns the frame of the first columns' selected rows, valid until the next call. */
  ByteBuffer encode(Column[] columns, int width, Selection rows) {
    out.clear();
    reserve(Integer.BYTES).putInt(rows.count());
    for (int i = 0; i < width; i++) {
      boolean hasNulls = nulls(columns[i], rows);
      switch (columns[i]) {
        case BooleanColumn c -> booleans(c.values(), rows);
        case IntColumn c -> ints(c.values(), rows);
        case LongColumn c -> longs(c.values(), rows);
        case DoubleColumn c -> doubles(c.values(), rows);
        case WideColumn c -> {
          longs(c.high(), rows);
          longs(c.low(), rows);
        }
        case DecimalColumn c -> decimals(c, rows);
        case BytesColumn c -> bytes(c, rows, hasNulls);
        case FloatArrayColumn c -> floats(c, rows, hasNulls);
      }
    }
    return out.flip();
  }

  private ByteBuffer reserve(long bytes) {
    long needed = out.position() + bytes;
    if (needed > out.capacity()) {
      if (needed > Integer.MAX_VALUE - 8) {
        throw new OutOfMemoryError("a row of more than 2 GB");
      }
      ByteBuffer larger =
          buffer((int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * out.capacity())));
      out = larger.put(out.flip());
    }
    return out;
  }

  private void skip(int bytes) {
    out.position(out.position() + bytes);
  }

  private boolean nulls(Column column, Selection rows) {
    int n = rows.count();
    boolean hasNulls = column.nulls() != null;
    reserve(1 + 8L * ((n + 63) >> 6)).put((byte) (hasNulls ? 1 : 0));
    if (hasNulls) {
      long[] bits = Nulls.none(n);
      for (int i = 0; i < n; i++) {
        if (column.isNull(rows.position(i))) {
          Nulls.set(bits, i);
        }
      }
      out.asLongBuffer().put(bits);
      skip(8 * bits.length);
    }
    return hasNulls;
  }

  private void booleans(boolean[] values, Selection rows) {
    reserve(rows.count());
    for (int i = 0; i < rows.count(); i++) {
      out.put((byte) (values[rows.position(i)] ? 1 : 0));
    }
  }

  private void ints(int[] values, Selection rows) {
    int n = rows.count();
    reserve(4L * n);
    if (rows.isDense()) {
      out.asIntBuffer().put(values, 0, n);
      skip(4 * n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out.putInt(values[rows.position(i)]);
    }
  }

  private void longs(long[] values, Selection rows) {
    int n = rows.count();
    reserve(8L * n);
    if (rows.isDense()) {
      out.asLongBuffer().put(values, 0, n);
      skip(8 * n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out.putLong(values[rows.position(i)]);
    }
  }

  private void doubles(double[] values, Selection rows) {
    int n = rows.count();
    reserve(8L * n);
    for (int i = 0; i < n; i++) {
      out.putDouble(values[rows.position(i)]);
    }
  }

  private void bytes(BytesColumn column, Selection rows, boolean hasNulls) {
    int[] starts = column.starts();
    int[] lengths = column.lengths();
    byte[] heap = column.heap();
    long total = lengths(lengths, column, rows, hasNulls);
    reserve(total);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      if (!hasNulls || !column.isNull(p)) {
        out.put(heap, starts[p], lengths[p]);
      }
    }
  }

  private void floats(FloatArrayColumn column, Selection rows, boolean hasNulls) {
    int[] starts = column.starts();
    int[] lengths = column.lengths();
    long total = lengths(lengths, column, rows, hasNulls);
    reserve(4 * total);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      if (!hasNulls || !column.isNull(p)) {
        out.asFloatBuffer().put(column.heap(), starts[p], lengths[p]);
        skip(4 * lengths[p]);
      }
    }
  }

  /** Writes the lengths, 0 for NULL; returns their sum. */
  private long lengths(int[] lengths, Column column, Selection rows, boolean hasNulls) {
    int n = rows.count();
    reserve(4L * n);
    long total = 0;
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int length = hasNulls && column.isNull(p) ? 0 : lengths[p];
      total += length;
      out.putInt(length);
    }
    return total;
  }

  private void decimals(DecimalColumn column, Selection rows) {
    longs(column.unscaled(), rows);
    int n = rows.count();
    short[] scales = column.scales();
    reserve(2L * n);
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out.putShort(column.isNull(p) ? 0 : scales[p]);
    }
    for (int i = 0; column.big() != null && i < n; i++) {
      int p = rows.position(i);
      if (!column.isNull(p) && scales[p] == DecimalColumn.BIG) {
        BigDecimal value = column.big()[p];
        byte[] unscaled = value.unscaledValue().toByteArray();
        reserve(8L + unscaled.length).putInt(value.scale()).putInt(unscaled.length).put(unscaled);
      }
    }
  }
}
