package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.kernel.RowFunction;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Casts among text types, and to a type's length. Thread: any. */
final class TextCasts {
  private static final int NAME_BYTES_MAX = 63;
  private static final int PRECISION_MAX = 6;
  private static final int BYTE_MAX = 127;

  private TextCasts() {}

  static void register(KernelTable t) {
    RowFunction byPrinting =
        (r, o) -> {
          ByteSink sink = new ByteSink(8);
          TextForms.cast(r, 0, sink);
          o.bytes(sink);
        };
    t.row("booltext", byPrinting);
    t.row("char_text", byPrinting);
    t.row("char_bpchar", byPrinting);
    t.scalar("name_text", (c, a, s, n, x) -> a[0]);
    t.scalar("name_bpchar", (c, a, s, n, x) -> a[0]);
    t.row("text_name", TextCasts::toName);
    t.row("bpchar_name", TextCasts::toName);
    t.row("text_char", (r, o) -> o.int32(firstByte(r)));
    t.row("chartoi4", (r, o) -> o.int32((byte) r.int32(0)));
    t.row(
        "i4tochar",
        (r, o) -> {
          if (r.int32(0) < -BYTE_MAX - 1 || r.int32(0) > BYTE_MAX) {
            throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "\"char\" out of range");
          }
          o.int32(r.int32(0) & 0xff);
        });
    RowFunction toLength =
        (r, o) ->
            r.type(0)
                .coerceLength(
                    r.column(0), r.position(), r.int32(1), r.count() > 2 && r.bool(2), o.builder());
    for (String key :
        new String[] {
          "varchar",
          "bpchar",
          "numeric",
          "bit",
          "varbit",
          "time_scale",
          "timetz_scale",
          "interval_scale"
        }) {
      t.row(key, toLength);
    }
    RowFunction toPrecision =
        (r, o) -> {
          int precision = r.int32(1);
          if (precision != SqlType.NO_TYPMOD && (precision < 0 || precision > PRECISION_MAX)) {
            throw new SqlException(
                SqlState.INVALID_PARAMETER_VALUE,
                "timestamp(" + precision + ") precision must be between 0 and 6");
          }
          toLength.apply(r, o);
        };
    t.row("timestamp_scale", toPrecision);
    t.row("timestamptz_scale", toPrecision);
  }

  private static int firstByte(Row r) {
    byte[] heap = r.heap(0);
    int start = r.start(0);
    if (r.length(0) == 4
        && heap[start] == '\\'
        && isOctal(heap[start + 1])
        && isOctal(heap[start + 2])
        && isOctal(heap[start + 3])) {
      return ((heap[start + 1] - '0') << 6 | (heap[start + 2] - '0') << 3 | heap[start + 3] - '0')
          & 0xff;
    }
    return r.length(0) == 0 ? 0 : heap[start] & 0xff;
  }

  private static boolean isOctal(byte b) {
    return b >= '0' && b <= '7';
  }

  /** Cuts to the 63 bytes a name may have, at a character; blanks at the end of bpchar go. */
  private static void toName(Row r, Out o) {
    byte[] heap = r.heap(0);
    int start = r.start(0);
    int length = r.length(0);
    if (length > NAME_BYTES_MAX) {
      int end = start + NAME_BYTES_MAX;
      while (end > start && (heap[end] & 0xc0) == 0x80) {
        end--;
      }
      length = end - start;
    }
    while (r.type(0).oid() == Oids.BPCHAR && length > 0 && heap[start + length - 1] == ' ') {
      length--;
    }
    o.bytes(heap, start, length);
  }
}
