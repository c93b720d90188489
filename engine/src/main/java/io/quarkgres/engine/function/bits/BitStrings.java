package io.quarkgres.engine.function.bits;

import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.text.BitType;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;

/** Bit strings as arrays of bits: plain, for functions that are rarely called. Thread: any. */
final class BitStrings {
  private BitStrings() {}

  static boolean[] read(Row r, int i) {
    return read(r.column(i), r.position());
  }

  static boolean[] read(Column column, int position) {
    BytesColumn c = (BytesColumn) column;
    boolean[] bits = new boolean[BitType.bits(c, position)];
    int first = c.starts()[position] + BitType.HEADER_BYTES;
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (c.heap()[first + (i >> 3)] >> (7 - (i & 7)) & 1) != 0;
    }
    return bits;
  }

  static void write(boolean[] bits, Out o) {
    append(bits, o.builder());
  }

  static void append(boolean[] bits, ColumnBuilder out) {
    byte[] value = new byte[BitType.HEADER_BYTES + (bits.length + 7) / 8];
    value[0] = (byte) (bits.length >> 24);
    value[1] = (byte) (bits.length >> 16);
    value[2] = (byte) (bits.length >> 8);
    value[3] = (byte) bits.length;
    for (int i = 0; i < bits.length; i++) {
      if (bits[i]) {
        value[BitType.HEADER_BYTES + (i >> 3)] |= (byte) (0x80 >> (i & 7));
      }
    }
    ((BytesBuilder) out).append(value);
  }
}
