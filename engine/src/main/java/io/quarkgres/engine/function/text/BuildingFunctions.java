package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Texts put together: concatenation, padding, repetition. Thread: any. */
final class BuildingFunctions {
  /** The most bytes that one value may have. */
  static final int VALUE_BYTES_MAX = 0x3fffffff;

  private static final byte[] BLANK = {' '};

  private BuildingFunctions() {}

  static void register(KernelTable t) {
    t.scalar("textcat", (c, a, s, n, x) -> joined(Columns.bytes(a[0]), Columns.bytes(a[1]), s, n));
    t.scalar("byteacat", (c, a, s, n, x) -> joined(Columns.bytes(a[0]), Columns.bytes(a[1]), s, n));
    t.row(
        "textanycat(text,anynonarray)",
        (r, o) -> {
          ByteSink sink = new ByteSink(r.length(0) + 16);
          sink.put(r.heap(0), r.start(0), r.length(0));
          TextForms.cast(r, 1, sink);
          o.bytes(sink);
        });
    t.row(
        "anytextcat(anynonarray,text)",
        (r, o) -> {
          ByteSink sink = new ByteSink(r.length(1) + 16);
          TextForms.cast(r, 0, sink);
          sink.put(r.heap(1), r.start(1), r.length(1));
          o.bytes(sink);
        });
    t.row("text_concat", (r, o) -> concatenate(r, o, -1));
    t.row("text_concat_ws", (r, o) -> concatenate(r, o, 0));
    t.row("repeat", BuildingFunctions::repeat);
    t.row("lpad", (r, o) -> pad(r, o, r.heap(2), r.start(2), r.length(2), true));
    t.row("rpad", (r, o) -> pad(r, o, r.heap(2), r.start(2), r.length(2), false));
    t.row("lpad(text,int4)", (r, o) -> pad(r, o, BLANK, 0, 1, true));
    t.row("rpad(text,int4)", (r, o) -> pad(r, o, BLANK, 0, 1, false));
    t.row("text_reverse", BuildingFunctions::reverse);
  }

  private static Column joined(BytesColumn left, BytesColumn right, Selection rows, int size) {
    long total = 0;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      total += left.lengths()[p] + right.lengths()[p];
    }
    if (total > Integer.MAX_VALUE - 8) {
      throw tooLong();
    }
    byte[] heap = new byte[(int) total];
    int[] starts = new int[size];
    int[] lengths = new int[size];
    int at = 0;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      int leftLength = left.lengths()[p];
      int rightLength = right.lengths()[p];
      System.arraycopy(left.heap(), left.starts()[p], heap, at, leftLength);
      System.arraycopy(right.heap(), right.starts()[p], heap, at + leftLength, rightLength);
      starts[p] = at;
      lengths[p] = leftLength + rightLength;
      at += lengths[p];
    }
    return new BytesColumn(heap, starts, lengths, null, size);
  }

  static SqlException tooLong() {
    return new SqlException(SqlState.PROGRAM_LIMIT_EXCEEDED, "requested length too large");
  }

  /** Joins the arguments that are not NULL, with the separator argument between them, if any. */
  private static void concatenate(Row r, Out o, int separator) {
    if (separator >= 0 && r.isNull(separator)) {
      o.sqlNull();
      return;
    }
    ByteSink sink = new ByteSink(64);
    boolean isFirst = true;
    for (int i = separator + 1; i < r.count(); i++) {
      if (r.isNull(i)) {
        continue;
      }
      if (separator >= 0 && !isFirst) {
        sink.put(r.heap(separator), r.start(separator), r.length(separator));
      }
      isFirst = false;
      r.type(i).print(r.column(i), r.position(), sink, r.context().types());
    }
    o.bytes(sink);
  }

  private static void repeat(Row r, Out o) {
    int count = Math.max(0, r.int32(1));
    int length = r.length(0);
    if ((long) count * length > VALUE_BYTES_MAX) {
      throw tooLong();
    }
    byte[] result = new byte[count * length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(r.heap(0), r.start(0), result, i * length, length);
    }
    o.bytes(result);
  }

  private static void pad(
      Row r, Out o, byte[] fill, int fillStart, int fillLength, boolean isLeft) {
    int wanted = Math.max(0, r.int32(1));
    byte[] heap = r.heap(0);
    int start = r.start(0);
    int end = start + r.length(0);
    int present = Utf8.count(heap, start, r.length(0));
    if (present >= wanted || fillLength == 0) {
      int stop = Utf8.offset(heap, start, end, wanted);
      o.bytes(heap, start, stop - start);
      return;
    }
    if ((long) wanted * 4 > VALUE_BYTES_MAX) {
      throw tooLong();
    }
    ByteSink padding = new ByteSink(wanted - present);
    int fillCharacters = Utf8.count(fill, fillStart, fillLength);
    int missing = wanted - present;
    while (missing >= fillCharacters) {
      padding.put(fill, fillStart, fillLength);
      missing -= fillCharacters;
    }
    int stop = Utf8.offset(fill, fillStart, fillStart + fillLength, missing);
    padding.put(fill, fillStart, stop - fillStart);
    ByteSink sink = new ByteSink(padding.size() + r.length(0));
    if (isLeft) {
      sink.put(padding.array(), 0, padding.size());
    }
    sink.put(heap, start, r.length(0));
    if (!isLeft) {
      sink.put(padding.array(), 0, padding.size());
    }
    o.bytes(sink);
  }

  private static void reverse(Row r, Out o) {
    byte[] heap = r.heap(0);
    int length = r.length(0);
    byte[] result = new byte[length];
    int at = r.start(0);
    int end = at + length;
    int to = length;
    while (at < end) {
      int next = Utf8.offset(heap, at, end, 1);
      to -= next - at;
      System.arraycopy(heap, at, result, to, next - at);
      at = next;
    }
    o.bytes(result);
  }
}
