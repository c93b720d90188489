package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;
import java.util.List;

/** Changed copies of jsonb documents: concatenation, deletion, and values set at a path. */
final class JsonbEditing {
  private JsonbEditing() {}

  static void register(KernelTable t) {
    t.row("jsonb_concat", JsonbEditing::concatenate);
    t.row("jsonb_delete", (r, o) -> deleteKeys(r, o, new byte[][] {r.bytes(1)}));
    t.row("jsonb_delete_array", JsonbEditing::deleteKeys);
    t.row("jsonb_delete_idx", JsonbEditing::deleteElement);
    t.row("jsonb_delete_path", JsonbEditing::deletePath);
    t.row(
        "jsonb_set",
        (r, o) -> set(r, o, r.bool(3) ? JsonbPathEdit.Kind.SET : JsonbPathEdit.Kind.REPLACE));
    t.row(
        "jsonb_insert",
        (r, o) ->
            set(
                r,
                o,
                r.bool(3) ? JsonbPathEdit.Kind.INSERT_AFTER : JsonbPathEdit.Kind.INSERT_BEFORE));
    t.row("jsonb_set_lax", JsonbEditing::setLax);
  }

  private static void concatenate(Row r, Out o) {
    JsonSlice left = JsonSlice.of(r, 0);
    JsonSlice right = JsonSlice.of(r, 1);
    ByteSink out = new ByteSink(left.length() + right.length() + 4);
    if (left.kind() == JsonSlice.Kind.OBJECT && right.kind() == JsonSlice.Kind.OBJECT) {
      merge(left.members(), right.members(), out);
    } else {
      out.put('[');
      boolean isFirst = appendElements(left, true, out);
      appendElements(right, isFirst, out);
      out.put(']');
    }
    o.bytes(out);
  }

  /** Appends the elements of an array, or the value itself; tells whether none was there yet. */
  private static boolean appendElements(JsonSlice value, boolean isFirst, ByteSink out) {
    if (value.kind() == JsonSlice.Kind.ARRAY) {
      if (value.length() == 2) {
        return isFirst;
      }
      comma(isFirst, out);
      out.put(value.text(), value.start() + 1, value.length() - 2);
    } else {
      comma(isFirst, out);
      value.append(out);
    }
    return false;
  }

  static void comma(boolean isFirst, ByteSink out) {
    if (!isFirst) {
      out.put(',');
      out.put(' ');
    }
  }

  /** The order of keys in jsonb: shorter ones first. */
  static int compareKeys(byte[] a, byte[] b) {
    return a.length != b.length
        ? Integer.compare(a.length, b.length)
        : Arrays.compareUnsigned(a, b);
  }

  private static void merge(
      List<JsonSlice.Member> left, List<JsonSlice.Member> right, ByteSink out) {
    out.put('{');
    int i = 0;
    int j = 0;
    boolean isFirst = true;
    while (i < left.size() || j < right.size()) {
      int order =
          i == left.size()
              ? 1
              : j == right.size() ? -1 : compareKeys(left.get(i).key(), right.get(j).key());
      JsonSlice.Member next = order < 0 ? left.get(i) : right.get(j);
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
      comma(isFirst, out);
      isFirst = false;
      append(next, out);
    }
    out.put('}');
  }

  static void append(JsonSlice.Member member, ByteSink out) {
    member.quotedKey().append(out);
    out.put(':');
    out.put(' ');
    member.value().append(out);
  }

  private static void deleteKeys(Row r, Out o) {
    ArrayValue keys = ArrayValue.read(r.column(1), r.position(), Layout.BYTES);
    if (keys.dims().length > 1) {
      throw wrongSubscripts();
    }
    BytesColumn texts = Columns.bytes(keys.elements());
    byte[][] bytes = new byte[keys.cardinality()][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = texts.isNull(i) ? null : texts.copy(i);
    }
    deleteKeys(r, o, bytes);
  }

  static SqlException wrongSubscripts() {
    return new SqlException(SqlState.ARRAY_ELEMENT_ERROR, "wrong number of array subscripts");
  }

  /** Leaves out an object's members with the keys, or an array's strings that equal one. */
  private static void deleteKeys(Row r, Out o, byte[][] keys) {
    JsonSlice document = JsonSlice.of(r, 0);
    ByteSink out = new ByteSink(document.length());
    boolean isFirst = true;
    switch (document.kind()) {
      case OBJECT -> {
        out.put('{');
        for (JsonSlice.Member member : document.members()) {
          if (!contains(keys, member.key())) {
            comma(isFirst, out);
            isFirst = false;
            append(member, out);
          }
        }
        out.put('}');
      }
      case ARRAY -> {
        out.put('[');
        for (JsonSlice element : document.elements()) {
          boolean isDeleted =
              element.kind() == JsonSlice.Kind.STRING && contains(keys, element.unescaped());
          if (!isDeleted) {
            comma(isFirst, out);
            isFirst = false;
            element.append(out);
          }
        }
        out.put(']');
      }
      case STRING, NUMBER, BOOLEAN, NULL -> throw JsonErrors.parameter("cannot delete from scalar");
    }
    o.bytes(out);
  }

  private static boolean contains(byte[][] keys, byte[] key) {
    for (byte[] candidate : keys) {
      if (candidate != null && Arrays.equals(candidate, key)) {
        return true;
      }
    }
    return false;
  }

  private static void deleteElement(Row r, Out o) {
    JsonSlice document = JsonSlice.of(r, 0);
    if (document.kind() == JsonSlice.Kind.OBJECT) {
      throw JsonErrors.parameter("cannot delete from object using integer index");
    }
    if (document.kind() != JsonSlice.Kind.ARRAY) {
      throw JsonErrors.parameter("cannot delete from scalar");
    }
    List<JsonSlice> elements = document.elements();
    long index = r.int32(1) < 0 ? (long) elements.size() + r.int32(1) : r.int32(1);
    ByteSink out = new ByteSink(document.length());
    out.put('[');
    boolean isFirst = true;
    for (int i = 0; i < elements.size(); i++) {
      if (i != index) {
        comma(isFirst, out);
        isFirst = false;
        elements.get(i).append(out);
      }
    }
    out.put(']');
    o.bytes(out);
  }

  private static void deletePath(Row r, Out o) {
    JsonSlice document = JsonSlice.of(r, 0);
    ArrayValue path = path(r);
    if (document.kind().isScalar()) {
      throw JsonErrors.parameter("cannot delete path in scalar");
    }
    edit(document, path, JsonbPathEdit.Kind.DELETE, null, o);
  }

  private static ArrayValue path(Row r) {
    ArrayValue path = ArrayValue.read(r.column(1), r.position(), Layout.BYTES);
    if (path.dims().length > 1) {
      throw wrongSubscripts();
    }
    return path;
  }

  private static void set(Row r, Out o, JsonbPathEdit.Kind kind) {
    JsonSlice document = JsonSlice.of(r, 0);
    ArrayValue path = path(r);
    if (document.kind().isScalar()) {
      throw JsonErrors.parameter("cannot set path in scalar");
    }
    edit(document, path, kind, JsonSlice.of(r, 2), o);
  }

  private static void edit(
      JsonSlice document, ArrayValue path, JsonbPathEdit.Kind kind, JsonSlice value, Out o) {
    boolean adds = kind != JsonbPathEdit.Kind.REPLACE && kind != JsonbPathEdit.Kind.DELETE;
    boolean isEmpty = document.length() == 2;
    if (path.cardinality() == 0 || isEmpty && !adds) {
      o.bytes(document.text(), document.start(), document.length());
      return;
    }
    ByteSink out = new ByteSink(document.length() + 32);
    new JsonbPathEdit(Columns.bytes(path.elements()), kind, value, out).apply(document, 0);
    o.bytes(out);
  }

  /** jsonb_set with a choice of what a NULL value does. */
  private static void setLax(Row r, Out o) {
    if (r.isNull(0) || r.isNull(1) || r.isNull(3)) {
      o.sqlNull();
      return;
    }
    if (r.isNull(4)) {
      throw nullTreatment();
    }
    if (!r.isNull(2)) {
      set(r, o, r.bool(3) ? JsonbPathEdit.Kind.SET : JsonbPathEdit.Kind.REPLACE);
      return;
    }
    JsonSlice document = JsonSlice.of(r, 0);
    switch (r.text(4)) {
      case "raise_exception" ->
          throw new SqlException(
              SqlState.NULL_VALUE_NOT_ALLOWED,
              "JSON value must not be null",
              "Exception was raised because null_value_treatment is \"raise_exception\".",
              "To avoid, either change the null_value_treatment argument or ensure that an SQL"
                  + " NULL is not passed.");
      case "use_json_null" -> {
        if (document.kind().isScalar()) {
          throw JsonErrors.parameter("cannot set path in scalar");
        }
        byte[] text = {'n', 'u', 'l', 'l'};
        JsonSlice value = new JsonSlice(text, 0, text.length);
        JsonbPathEdit.Kind kind = r.bool(3) ? JsonbPathEdit.Kind.SET : JsonbPathEdit.Kind.REPLACE;
        edit(document, path(r), kind, value, o);
      }
      case "delete_key" -> deletePath(r, o);
      case "return_target" -> o.bytes(document.text(), document.start(), document.length());
      default -> throw nullTreatment();
    }
  }

  private static SqlException nullTreatment() {
    return JsonErrors.parameter(
        "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or"
            + " \"raise_exception\"");
  }
}
