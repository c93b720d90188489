package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.set.ColumnsCursor;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.BlockCursor;

/** The elements of arrays, and the keys and members of objects, as rows. Thread: any. */
final class JsonSets {
  private JsonSets() {}

  static void register(KernelTable t) {
    for (String type : new String[] {"json", "jsonb"}) {
      t.set(
          type + "_array_elements",
          (c, a, p, x) -> elements(at(new Row(c, a, x), p), false, type + "_array_elements"));
      t.set(
          type + "_array_elements_text",
          (c, a, p, x) -> elements(at(new Row(c, a, x), p), true, type + "_array_elements_text"));
      t.set(
          type + "_each", (c, a, p, x) -> members(at(new Row(c, a, x), p), false, type + "_each"));
      t.set(
          type + "_each_text",
          (c, a, p, x) -> members(at(new Row(c, a, x), p), true, type + "_each_text"));
      t.set(
          type + "_object_keys",
          (c, a, p, x) -> keys(at(new Row(c, a, x), p), type + "_object_keys"));
    }
  }

  private static Row at(Row row, int position) {
    row.moveTo(position);
    return row;
  }

  private static void append(JsonSlice value, boolean isText, BytesBuilder out) {
    if (isText && value.kind() == JsonSlice.Kind.NULL) {
      out.appendNull();
    } else if (isText && value.kind() == JsonSlice.Kind.STRING) {
      out.append(value.unescaped());
    } else {
      out.append(value.text(), value.start(), value.length());
    }
  }

  private static BlockCursor elements(Row r, boolean isText, String function) {
    JsonSlice document = JsonSlice.of(r, 0);
    boolean isBinary = function.startsWith("jsonb");
    switch (document.kind()) {
      case ARRAY -> {}
      case OBJECT ->
          throw JsonErrors.parameter(
              isBinary
                  ? "cannot extract elements from an object"
                  : "cannot call " + function + " on a non-array");
      case STRING, NUMBER, BOOLEAN, NULL ->
          throw JsonErrors.parameter(
              isBinary
                  ? "cannot extract elements from a scalar"
                  : "cannot call " + function + " on a scalar");
    }
    BytesBuilder out = new BytesBuilder(16);
    for (JsonSlice element : document.elements()) {
      append(element, isText, out);
    }
    return new ColumnsCursor(out.build());
  }

  private static SqlException notAnObject(JsonSlice document, String function, String jsonError) {
    boolean isArray = document.kind() == JsonSlice.Kind.ARRAY;
    return JsonErrors.parameter(
        function.endsWith("_object_keys")
            ? "cannot call " + function + " on " + (isArray ? "an array" : "a scalar")
            : jsonError);
  }

  private static BlockCursor members(Row r, boolean isText, String function) {
    JsonSlice document = JsonSlice.of(r, 0);
    if (document.kind() != JsonSlice.Kind.OBJECT) {
      boolean isScalar = document.kind().isScalar();
      throw notAnObject(
          document,
          function,
          function.startsWith("jsonb")
              ? "cannot call " + function + " on a non-object"
              : isScalar
                  ? "cannot deconstruct a scalar"
                  : "cannot deconstruct an array as an object");
    }
    BytesBuilder keys = new BytesBuilder(16);
    BytesBuilder values = new BytesBuilder(16);
    for (JsonSlice.Member member : document.members()) {
      keys.append(member.key());
      append(member.value(), isText, values);
    }
    return new ColumnsCursor(keys.build(), values.build());
  }

  private static BlockCursor keys(Row r, String function) {
    JsonSlice document = JsonSlice.of(r, 0);
    if (document.kind() != JsonSlice.Kind.OBJECT) {
      throw notAnObject(document, function, "");
    }
    BytesBuilder keys = new BytesBuilder(16);
    for (JsonSlice.Member member : document.members()) {
      keys.append(member.key());
    }
    return new ColumnsCursor(keys.build());
  }
}
