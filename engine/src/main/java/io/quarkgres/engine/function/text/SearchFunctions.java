package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Finding, replacing and splitting by fixed texts. Thread: any. */
final class SearchFunctions {
  private SearchFunctions() {}

  static void register(KernelTable t) {
    t.row("textpos", (r, o) -> o.int32(position(r, true)));
    t.row("byteapos", (r, o) -> o.int32(position(r, false)));
    t.row(
        "text_starts_with",
        (r, o) ->
            o.bool(
                r.length(1) <= r.length(0)
                    && ByteSearch.matchesAt(
                        r.heap(0), r.start(0), r.heap(1), r.start(1), r.length(1))));
    t.row("replace_text", SearchFunctions::replace);
    t.row("translate", SearchFunctions::translate);
    t.row("split_part", SearchFunctions::splitPart);
  }

  private static int find(Row r, int from) {
    int end = r.start(0) + r.length(0);
    return ByteSearch.find(r.heap(0), from, end, r.heap(1), r.start(1), r.length(1));
  }

  private static int position(Row r, boolean isText) {
    int found = find(r, r.start(0));
    if (found < 0) {
      return 0;
    }
    int before = found - r.start(0);
    return 1 + (isText ? Utf8.count(r.heap(0), r.start(0), before) : before);
  }

  private static void replace(Row r, Out o) {
    int from = r.start(0);
    int end = from + r.length(0);
    int found = r.length(1) == 0 ? -1 : find(r, from);
    if (found < 0) {
      o.bytes(r.heap(0), from, r.length(0));
      return;
    }
    ByteSink sink = new ByteSink(r.length(0) + r.length(2));
    while (found >= 0) {
      sink.put(r.heap(0), from, found - from);
      sink.put(r.heap(2), r.start(2), r.length(2));
      from = found + r.length(1);
      found = find(r, from);
    }
    sink.put(r.heap(0), from, end - from);
    o.bytes(sink);
  }

  /** Replaces characters by those at the same place; those without a counterpart go. */
  private static void translate(Row r, Out o) {
    int[] from = r.text(1).codePoints().toArray();
    int[] to = r.text(2).codePoints().toArray();
    StringBuilder out = new StringBuilder(r.length(0));
    r.text(0)
        .codePoints()
        .forEach(c -> {
          int i = 0;
          while (i < from.length && from[i] != c) {
            i++;
          }
          if (i == from.length) {
            out.appendCodePoint(c);
          } else if (i < to.length) {
            out.appendCodePoint(to[i]);
          }
        });
    o.text(out.toString());
  }

  private static void splitPart(Row r, Out o) {
    int field = r.int32(2);
    if (field == 0) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "field position must not be zero");
    }
    if (r.length(1) == 0) {
      o.bytes(r.heap(0), r.start(0), field == 1 || field == -1 ? r.length(0) : 0);
      return;
    }
    long wanted = field > 0 ? field : (long) count(r) + 1 + field;
    int from = r.start(0);
    int end = from + r.length(0);
    int found = find(r, from);
    for (long i = 1; i < wanted && found >= 0; i++) {
      from = found + r.length(1);
      found = find(r, from);
      if (i + 1 == wanted) {
        o.bytes(r.heap(0), from, (found < 0 ? end : found) - from);
        return;
      }
    }
    if (wanted == 1) {
      o.bytes(r.heap(0), from, (found < 0 ? end : found) - from);
    } else {
      o.bytes(r.heap(0), from, 0);
    }
  }

  private static int count(Row r) {
    int fields = 1;
    for (int found = find(r, r.start(0)); found >= 0; found = find(r, found + r.length(1))) {
      fields++;
    }
    return fields;
  }
}
