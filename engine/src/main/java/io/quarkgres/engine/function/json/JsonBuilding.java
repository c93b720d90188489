package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.json.JsonText;
import io.quarkgres.engine.type.json.JsonbType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** JSON made of SQL values. jsonb is made as json and then brought to its canonical text. */
final class JsonBuilding {
  private JsonBuilding() {}

  static void register(KernelTable t) {
    t.row("to_json", (r, o) -> finish(toJson(r), false, o));
    t.row("to_jsonb", (r, o) -> finish(toJson(r), true, o));
    t.row("array_to_json", (r, o) -> array(r, o, false));
    t.row("array_to_json_pretty", (r, o) -> array(r, o, r.bool(1)));
    t.row("row_to_json", (r, o) -> record(r, o, false));
    t.row("row_to_json_pretty", (r, o) -> record(r, o, r.bool(1)));
    for (String type : new String[] {"json", "jsonb"}) {
      boolean isBinary = type.equals("jsonb");
      t.row(type + "_build_array", (r, o) -> buildArray(r, o, isBinary));
      t.row(type + "_build_array_noargs", (r, o) -> o.text("[]"));
      t.row(type + "_build_object", (r, o) -> buildObject(r, o, isBinary));
      t.row(type + "_build_object_noargs", (r, o) -> o.text("{}"));
      t.row(type + "_object", (r, o) -> objectOfPairs(r, o, isBinary));
      t.row(type + "_object_two_arg", (r, o) -> objectOfKeysAndValues(r, o, isBinary));
    }
  }

  /** Writes a document, as canonical text when it is to be jsonb. */
  static void finish(ByteSink document, boolean isBinary, Out o) {
    if (!isBinary) {
      o.bytes(document);
      return;
    }
    ByteSink canonical = new ByteSink(document.size() + 16);
    JsonbType.canonical(document.array(), 0, document.size(), canonical);
    o.bytes(canonical);
  }

  private static ByteSink toJson(Row r) {
    ByteSink sink = new ByteSink(64);
    JsonWriter.value(r.type(0), r.column(0), r.position(), sink, r.context().types());
    return sink;
  }

  private static void array(Row r, Out o, boolean hasLines) {
    ByteSink sink = new ByteSink(64);
    JsonWriter.array(
        (ArrayType) r.type(0), r.column(0), r.position(), hasLines, sink, r.context().types());
    o.bytes(sink);
  }

  private static void record(Row r, Out o, boolean hasLines) {
    ByteSink sink = new ByteSink(64);
    JsonWriter.record(
        (RecordType) r.type(0), r.column(0), r.position(), hasLines, sink, r.context().types());
    o.bytes(sink);
  }

  private static void buildArray(Row r, Out o, boolean isBinary) {
    ByteSink sink = new ByteSink(64);
    sink.put('[');
    for (int i = 0; i < r.count(); i++) {
      if (i > 0) {
        sink.putAscii(", ");
      }
      JsonWriter.value(r.type(i), r.column(i), r.position(), sink, r.context().types());
    }
    sink.put(']');
    finish(sink, isBinary, o);
  }

  private static void buildObject(Row r, Out o, boolean isBinary) {
    if (r.count() % 2 != 0) {
      throw JsonErrors.parameter(
          "argument list must have even number of elements",
          "The arguments of "
              + (isBinary ? "jsonb" : "json")
              + "_build_object() must consist of alternating keys and values.");
    }
    TypeContext context = r.context().types();
    ByteSink sink = new ByteSink(64);
    sink.put('{');
    for (int i = 0; i < r.count(); i += 2) {
      if (i > 0) {
        sink.putAscii(", ");
      }
      if (r.isNull(i)) {
        throw isBinary
            ? JsonErrors.parameter("argument " + (i + 1) + ": key must not be null")
            : new SqlException(
                SqlState.INVALID_PARAMETER_VALUE,
                "argument " + (i + 1) + " cannot be null",
                null,
                "Object keys should be text.");
      }
      JsonWriter.key(r.type(i), r.column(i), r.position(), sink, context);
      sink.putAscii(" : ");
      JsonWriter.value(r.type(i + 1), r.column(i + 1), r.position(), sink, context);
    }
    sink.put('}');
    finish(sink, isBinary, o);
  }

  private static SqlException subscripts(String message) {
    return new SqlException(SqlState.ARRAY_ELEMENT_ERROR, message);
  }

  /** Makes an object of alternating keys and values, or of rows of two. */
  private static void objectOfPairs(Row r, Out o, boolean isBinary) {
    ArrayValue array = ArrayValue.read(r.column(0), r.position(), Layout.BYTES);
    switch (array.dims().length) {
      case 0 -> {}
      case 1 -> {
        if (array.dims()[0] % 2 != 0) {
          throw subscripts("array must have even number of elements");
        }
      }
      case 2 -> {
        if (array.dims()[1] != 2) {
          throw subscripts("array must have two columns");
        }
      }
      default -> throw subscripts("wrong number of array subscripts");
    }
    ByteSink sink = new ByteSink(64);
    sink.put('{');
    BytesColumn elements = (BytesColumn) array.elements();
    for (int i = 0; i < array.cardinality(); i += 2) {
      pair(elements, i, elements, i + 1, i > 0, sink);
    }
    sink.put('}');
    finish(sink, isBinary, o);
  }

  private static void objectOfKeysAndValues(Row r, Out o, boolean isBinary) {
    ArrayValue keys = ArrayValue.read(r.column(0), r.position(), Layout.BYTES);
    ArrayValue values = ArrayValue.read(r.column(1), r.position(), Layout.BYTES);
    if (keys.dims().length > 1 || keys.dims().length != values.dims().length) {
      throw subscripts("wrong number of array subscripts");
    }
    if (keys.cardinality() != values.cardinality()) {
      throw subscripts("mismatched array dimensions");
    }
    ByteSink sink = new ByteSink(64);
    sink.put('{');
    for (int i = 0; i < keys.cardinality(); i++) {
      pair((BytesColumn) keys.elements(), i, (BytesColumn) values.elements(), i, i > 0, sink);
    }
    sink.put('}');
    finish(sink, isBinary, o);
  }

  private static void pair(
      BytesColumn keys, int key, BytesColumn values, int value, boolean hasComma, ByteSink out) {
    if (keys.isNull(key)) {
      throw new SqlException(
          SqlState.NULL_VALUE_NOT_ALLOWED, "null value not allowed for object key");
    }
    if (hasComma) {
      out.putAscii(", ");
    }
    JsonText.putString(keys.heap(), keys.starts()[key], keys.lengths()[key], out);
    out.putAscii(" : ");
    if (values.isNull(value)) {
      out.putAscii("null");
    } else {
      JsonText.putString(values.heap(), values.starts()[value], values.lengths()[value], out);
    }
  }
}
