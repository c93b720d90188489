package io.quarkgres.engine.function.json;

import static io.quarkgres.engine.function.kernel.Columns.bytes;

import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.Nulls;
import io.quarkgres.spi.data.Selection;

/**
 * Members, elements and paths of json and jsonb. A value taken out lies in the heap of the
 * document. Thread: any.
 */
final class JsonAccess {
  private JsonAccess() {}

  static void register(KernelTable t) {
    for (String type : new String[] {"json", "jsonb"}) {
      t.scalar(type + "_object_field", members(false));
      t.scalar(type + "_object_field_text", members(true));
      t.row(type + "_array_element", (r, o) -> append(element(r), false, o));
      t.row(type + "_array_element_text", (r, o) -> append(element(r), true, o));
      t.row(type + "_extract_path", (r, o) -> append(path(r), false, o));
      t.row(type + "_extract_path_text", (r, o) -> append(path(r), true, o));
      t.row(type + "_typeof", (r, o) -> o.text(JsonSlice.of(r, 0).kind().typeName()));
      t.row(type + "_array_length", JsonAccess::arrayLength);
    }
  }

  private static ScalarKernel members(boolean isText) {
    return (c, a, s, n, x) -> members(bytes(a[0]), bytes(a[1]), isText, s, n);
  }

  private static Column members(
      BytesColumn documents, BytesColumn keys, boolean isText, Selection rows, int size) {
    int[] starts = new int[size];
    int[] lengths = new int[size];
    long[] nulls = null;
    byte[] heap = documents.heap();
    ByteSink unescaped = null;
    boolean[] isElsewhere = null;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      JsonSlice document = JsonSlice.of(heap, documents.starts()[p], documents.lengths()[p]);
      JsonSlice found =
          document.kind() == JsonSlice.Kind.OBJECT
              ? document.member(keys.heap(), keys.starts()[p], keys.lengths()[p])
              : null;
      if (found == null || isText && found.kind() == JsonSlice.Kind.NULL) {
        nulls = nulls == null ? Nulls.none(size) : nulls;
        Nulls.set(nulls, p);
      } else if (!isText || found.kind() != JsonSlice.Kind.STRING) {
        starts[p] = found.start();
        lengths[p] = found.length();
      } else if (!hasEscape(found)) {
        starts[p] = found.start() + 1;
        lengths[p] = found.length() - 2;
      } else {
        if (unescaped == null) {
          unescaped = new ByteSink(256);
          isElsewhere = new boolean[size];
        }
        byte[] text = found.unescaped();
        isElsewhere[p] = true;
        starts[p] = unescaped.size();
        lengths[p] = text.length;
        unescaped.put(text, 0, text.length);
      }
    }
    if (unescaped == null) {
      return new BytesColumn(heap, starts, lengths, nulls, size);
    }
    return joined(heap, unescaped, isElsewhere, starts, lengths, nulls, rows, size);
  }

  /** Copies the values into one heap, since some of them lie in another. */
  private static Column joined(
      byte[] heap,
      ByteSink other,
      boolean[] isElsewhere,
      int[] starts,
      int[] lengths,
      long[] nulls,
      Selection rows,
      int size) {
    ByteSink all = new ByteSink(other.size() * 2);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.position(i);
      int start = all.size();
      all.put(isElsewhere[p] ? other.array() : heap, starts[p], lengths[p]);
      starts[p] = start;
    }
    return new BytesColumn(all.array(), starts, lengths, nulls, size);
  }

  private static boolean hasEscape(JsonSlice string) {
    for (int i = string.start(); i < string.end(); i++) {
      if (string.text()[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** Writes a value, or its text: a string without quotes, NULL for null. */
  static void append(JsonSlice value, boolean isText, Out o) {
    if (value == null || isText && value.kind() == JsonSlice.Kind.NULL) {
      o.sqlNull();
    } else if (isText && value.kind() == JsonSlice.Kind.STRING) {
      o.bytes(value.unescaped());
    } else {
      o.bytes(value.text(), value.start(), value.length());
    }
  }

  private static JsonSlice element(Row r) {
    JsonSlice document = JsonSlice.of(r, 0);
    if (r.type(0).oid() == Oids.JSONB && document.kind().isScalar()) {
      // jsonb takes a lone scalar for an array of one
      return r.int32(1) == 0 || r.int32(1) == -1 ? document : null;
    }
    return document.kind() == JsonSlice.Kind.ARRAY ? document.element(r.int32(1)) : null;
  }

  /** Follows a path of keys and numbers; {@code null} where it leads nowhere. */
  private static JsonSlice path(Row r) {
    ArrayValue path = ArrayValue.read(r.column(1), r.position(), Layout.BYTES);
    if (path.hasNulls()) {
      return null;
    }
    JsonSlice value = JsonSlice.of(r, 0);
    for (int i = 0; i < path.cardinality() && value != null; i++) {
      BytesColumn steps = Columns.bytes(path.elements());
      value =
          switch (value.kind()) {
            case OBJECT -> value.member(steps.heap(), steps.starts()[i], steps.lengths()[i]);
            case ARRAY -> element(value, steps.string(i));
            case STRING, NUMBER, BOOLEAN, NULL -> null;
          };
    }
    return value;
  }

  private static JsonSlice element(JsonSlice array, String step) {
    Integer number = JsonPaths.number(step);
    return number == null ? null : array.element(number);
  }

  private static void arrayLength(Row r, Out o) {
    JsonSlice document = JsonSlice.of(r, 0);
    switch (document.kind()) {
      case ARRAY -> o.int32(document.elements().size());
      case OBJECT -> throw JsonErrors.parameter("cannot get array length of a non-array");
      case STRING, NUMBER, BOOLEAN, NULL ->
          throw JsonErrors.parameter("cannot get array length of a scalar");
    }
  }
}
