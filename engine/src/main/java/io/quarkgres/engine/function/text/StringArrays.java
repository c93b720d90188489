package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.set.ColumnsCursor;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import java.util.Arrays;

/** Texts split into arrays and sets, and arrays joined to texts. Thread: any. */
final class StringArrays {
  private StringArrays() {}

  static void register(KernelTable t) {
    t.row("text_to_array", StringArrays::toArray);
    t.row("text_to_array_null", StringArrays::toArray);
    t.set("text_to_table", (c, a, p, x) -> new ColumnsCursor(split(new Row(c, a, x), p)));
    t.set("text_to_table_null", (c, a, p, x) -> new ColumnsCursor(split(new Row(c, a, x), p)));
    t.row("array_to_text", (r, o) -> join(r, o, -1));
    t.row("array_to_text_null", (r, o) -> join(r, o, 2));
  }

  private static void toArray(Row r, Out o) {
    Column parts = split(r, r.position());
    if (parts == null) {
      o.sqlNull();
    } else {
      ArrayValue.of(Oids.TEXT, parts).appendTo(o.builder());
    }
  }

  /**
   * Returns the parts between delimiters: characters where the delimiter is NULL, the whole where
   * it is empty. A part that equals the third argument is NULL. Returns {@code null} for a NULL
   * text.
   */
  private static Column split(Row r, int position) {
    r.moveTo(position);
    if (r.isNull(0)) {
      return r.call().function().returnsSet() ? new BytesBuilder(1).build() : null;
    }
    BytesBuilder parts = new BytesBuilder(8);
    byte[] heap = r.heap(0);
    int from = r.start(0);
    int end = from + r.length(0);
    if (r.isNull(1)) {
      while (from < end) {
        int next = Utf8.offset(heap, from, end, 1);
        append(r, heap, from, next, parts);
        from = next;
      }
    } else if (r.length(1) == 0) {
      if (from < end) {
        append(r, heap, from, end, parts);
      }
    } else if (from < end) {
      int found = ByteSearch.find(heap, from, end, r.heap(1), r.start(1), r.length(1));
      while (found >= 0) {
        append(r, heap, from, found, parts);
        from = found + r.length(1);
        found = ByteSearch.find(heap, from, end, r.heap(1), r.start(1), r.length(1));
      }
      append(r, heap, from, end, parts);
    }
    return parts.build();
  }

  private static void append(Row r, byte[] heap, int from, int to, BytesBuilder parts) {
    boolean isNull =
        r.count() > 2
            && !r.isNull(2)
            && Arrays.equals(heap, from, to, r.heap(2), r.start(2), r.start(2) + r.length(2));
    if (isNull) {
      parts.appendNull();
    } else {
      parts.append(heap, from, to - from);
    }
  }

  /** Joins the elements' texts; NULLs are left out, or stand as the given argument. */
  private static void join(Row r, Out o, int nullText) {
    if (r.isNull(0) || r.isNull(1)) {
      o.sqlNull();
      return;
    }
    ArrayType type = (ArrayType) r.type(0);
    ArrayValue array = type.value(r.column(0), r.position());
    ByteSink sink = new ByteSink(64);
    boolean isFirst = true;
    for (int i = 0; i < array.cardinality(); i++) {
      boolean isNull = array.elements().isNull(i);
      if (isNull && (nullText < 0 || r.isNull(nullText))) {
        continue;
      }
      if (!isFirst) {
        sink.put(r.heap(1), r.start(1), r.length(1));
      }
      isFirst = false;
      if (isNull) {
        BytesColumn text = (BytesColumn) r.column(nullText);
        sink.put(text.heap(), r.start(nullText), r.length(nullText));
      } else {
        type.element().print(array.elements(), i, sink, r.context().types());
      }
    }
    o.bytes(sink);
  }
}
