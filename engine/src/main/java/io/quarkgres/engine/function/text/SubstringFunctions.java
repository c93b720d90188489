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

/**
 * Parts of texts and byte strings by position. A part of a text lies in the heap of the text.
 * Thread: any.
 */
final class SubstringFunctions {
  private SubstringFunctions() {}

  static void register(KernelTable t) {
    t.scalar("text_substr", (c, a, s, n, x) -> substring(a, s, n, true));
    t.scalar("text_substr_no_len", (c, a, s, n, x) -> substring(a, s, n, true));
    t.scalar("bytea_substr", (c, a, s, n, x) -> substring(a, s, n, false));
    t.scalar("bytea_substr_no_len", (c, a, s, n, x) -> substring(a, s, n, false));
    t.row("text_left", SubstringFunctions::left);
    t.row("text_right", SubstringFunctions::right);
    t.row("textoverlay", (r, o) -> overlay(r, o, true, r.int32(3)));
    t.row(
        "textoverlay_no_len",
        (r, o) -> overlay(r, o, true, Utf8.count(r.heap(1), r.start(1), r.length(1))));
    t.row("byteaoverlay", (r, o) -> overlay(r, o, false, r.int32(3)));
    t.row("byteaoverlay_no_len", (r, o) -> overlay(r, o, false, r.length(1)));
  }

  static SqlException negativeLength() {
    return new SqlException(SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
  }

  private static Column substring(Column[] arguments, Selection rows, int size, boolean isText) {
    BytesColumn texts = Columns.bytes(arguments[0]);
    int[] firsts = Columns.ints(arguments[1]);
    int[] counts = arguments.length > 2 ? Columns.ints(arguments[2]) : null;
    int[] starts = new int[size];
    int[] lengths = new int[size];
    byte[] heap = texts.heap();
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      long first = firsts[p];
      long end = counts == null ? Long.MAX_VALUE : first + counts[p];
      if (counts != null && counts[p] < 0) {
        throw negativeLength();
      }
      int start = texts.starts()[p];
      int limit = start + texts.lengths()[p];
      int skipped = (int) Math.min(Integer.MAX_VALUE, Math.max(first, 1) - 1);
      int kept = (int) Math.min(Integer.MAX_VALUE, Math.max(0, end - Math.max(first, 1)));
      int from = isText ? Utf8.offset(heap, start, limit, skipped) : clamp(start, skipped, limit);
      int to = isText ? Utf8.offset(heap, from, limit, kept) : clamp(from, kept, limit);
      starts[p] = from;
      lengths[p] = to - from;
    }
    return new BytesColumn(heap, starts, lengths, null, size);
  }

  private static int clamp(int start, int more, int limit) {
    return (int) Math.min(limit, (long) start + more);
  }

  private static void left(Row r, Out o) {
    int count = r.int32(1);
    int end = r.start(0) + r.length(0);
    int kept =
        count >= 0 ? count : Math.max(0, Utf8.count(r.heap(0), r.start(0), r.length(0)) + count);
    int stop = Utf8.offset(r.heap(0), r.start(0), end, kept);
    o.bytes(r.heap(0), r.start(0), stop - r.start(0));
  }

  private static void right(Row r, Out o) {
    int count = r.int32(1);
    // the least number has no positive twin: as in PostgreSQL, nothing is left out
    long skipped =
        count >= 0
            ? Math.max(0, Utf8.count(r.heap(0), r.start(0), r.length(0)) - count)
            : Math.max(0, -count);
    int end = r.start(0) + r.length(0);
    int from = Utf8.offset(r.heap(0), r.start(0), end, (int) Math.min(Integer.MAX_VALUE, skipped));
    o.bytes(r.heap(0), from, end - from);
  }

  /** Replaces {@code count} characters from a position on. */
  private static void overlay(Row r, Out o, boolean isText, int count) {
    int first = r.int32(2);
    if (first <= 0) {
      throw negativeLength();
    }
    long behind = (long) first + count;
    if (behind != (int) behind) {
      throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
    }
    byte[] heap = r.heap(0);
    int start = r.start(0);
    int limit = start + r.length(0);
    int skipped = (int) Math.max(0, behind - 1);
    int head = isText ? Utf8.offset(heap, start, limit, first - 1) : clamp(start, first - 1, limit);
    int tail = isText ? Utf8.offset(heap, start, limit, skipped) : clamp(start, skipped, limit);
    ByteSink sink = new ByteSink(r.length(0) + r.length(1));
    sink.put(heap, start, head - start);
    sink.put(r.heap(1), r.start(1), r.length(1));
    sink.put(heap, tail, limit - tail);
    o.bytes(sink);
  }
}
