package io.quarkgres.engine.function.json;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.json.JsonText;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.engine.type.nested.RecordValue;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import java.nio.charset.StandardCharsets;

/** Writes SQL values as JSON text (manual, section 9.16, to_json). Thread: any. */
final class JsonWriter {
  private JsonWriter() {}

  /** Appends a value; NULL is null. */
  static void value(SqlType type, Column column, int position, ByteSink out, TypeContext context) {
    if (column.isNull(position)) {
      out.putAscii("null");
      return;
    }
    switch (type.base().oid()) {
      case Oids.BOOL ->
          out.putAscii(((BooleanColumn) column).values()[position] ? "true" : "false");
      case Oids.INT2, Oids.INT4, Oids.INT8, Oids.FLOAT4, Oids.FLOAT8, Oids.NUMERIC ->
          number(type, column, position, out, context);
      case Oids.JSON, Oids.JSONB -> type.print(column, position, out, context);
      case Oids.DATE, Oids.TIMESTAMP, Oids.TIMESTAMPTZ ->
          time(type, column, position, out, context);
      default -> other(type, column, position, out, context);
    }
  }

  private static void other(
      SqlType type, Column column, int position, ByteSink out, TypeContext context) {
    switch (type.base()) {
      case ArrayType array -> array(array, column, position, false, out, context);
      case RecordType record -> record(record, column, position, false, out, context);
      default -> text(type, column, position, out, context);
    }
  }

  private static void number(
      SqlType type, Column column, int position, ByteSink out, TypeContext context) {
    int start = out.size();
    type.print(column, position, out, context);
    byte last = out.array()[out.size() - 1];
    if (last < '0' || last > '9') {
      out.truncate(start);
      text(type, column, position, out, context);
    }
  }

  /** Appends what the type prints as a string. */
  static void text(SqlType type, Column column, int position, ByteSink out, TypeContext context) {
    ByteSink printed = new ByteSink(32);
    type.print(column, position, printed, context);
    JsonText.putString(printed.array(), 0, printed.size(), out);
  }

  /** Appends ISO 8601 with a T, whatever the session's date style. */
  private static void time(
      SqlType type, Column column, int position, ByteSink out, TypeContext context) {
    TypeContext iso =
        new TypeContext(
            new TypeContext.DateStyle(TypeContext.DateFormat.ISO, context.dateStyle().order()),
            context.intervalStyle(),
            context.zone(),
            context.extraFloatDigits(),
            context.byteaHex(),
            context.transactionMicros(),
            context.objects(),
            context.domains());
    ByteSink printed = new ByteSink(32);
    type.print(column, position, printed, iso);
    String text = printed.toString();
    int blank = text.indexOf(' ');
    boolean hasTime = type.oid() != Oids.DATE && blank > 0;
    if (hasTime) {
      text = text.substring(0, blank) + 'T' + text.substring(blank + 1);
    }
    if (type.oid() == Oids.TIMESTAMPTZ && hasTime) {
      text = withMinutes(text);
    }
    out.put('"');
    out.putAscii(text);
    out.put('"');
  }

  /** Writes a zone of whole hours with its minutes. */
  private static String withMinutes(String text) {
    int blank = text.indexOf(' ');
    int end = blank < 0 ? text.length() : blank;
    int sign = Math.max(text.lastIndexOf('+', end), text.lastIndexOf('-', end));
    return end - sign == 3 ? text.substring(0, end) + ":00" + text.substring(end) : text;
  }

  /** Appends an array, of several dimensions as arrays of arrays. */
  static void array(
      ArrayType type,
      Column column,
      int position,
      boolean hasLines,
      ByteSink out,
      TypeContext context) {
    ArrayValue array = type.value(column, position);
    if (array.dims().length == 0) {
      out.putAscii("[]");
      return;
    }
    dimension(type.element(), array, 0, 0, hasLines, out, context);
  }

  /** Appends one dimension's slice; returns the number of the element behind it. */
  private static int dimension(
      SqlType element,
      ArrayValue array,
      int dimension,
      int first,
      boolean hasLines,
      ByteSink out,
      TypeContext context) {
    int next = first;
    out.put('[');
    for (int i = 0; i < array.dims()[dimension]; i++) {
      if (i > 0) {
        out.putAscii(hasLines ? ",\n " : ",");
      }
      if (dimension + 1 < array.dims().length) {
        next = dimension(element, array, dimension + 1, next, false, out, context);
      } else {
        value(element, array.elements(), next++, out, context);
      }
    }
    out.put(']');
    return next;
  }

  /** Appends a record as an object; fields without names are f1, f2 and so on. */
  static void record(
      RecordType type,
      Column column,
      int position,
      boolean hasLines,
      ByteSink out,
      TypeContext context) {
    RecordValue record = type.value(column, position);
    out.put('{');
    for (int i = 0; i < record.size(); i++) {
      if (i > 0) {
        out.putAscii(hasLines ? ",\n " : ",");
      }
      String name =
          type instanceof CompositeType composite && i < composite.size()
              ? composite.fieldName(i)
              : "f" + (i + 1);
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      JsonText.putString(bytes, 0, bytes.length, out);
      out.put(':');
      value(record.types()[i], record.values()[i], 0, out, context);
    }
    out.put('}');
  }

  /** Appends a value as an object's key; 22023 when it is no scalar. */
  static void key(SqlType type, Column column, int position, ByteSink out, TypeContext context) {
    boolean isScalar =
        !(type instanceof ArrayType)
            && !(type instanceof RecordType)
            && type.oid() != Oids.JSON
            && type.oid() != Oids.JSONB;
    if (!isScalar) {
      throw JsonErrors.parameter("key value must be scalar, not array, composite, or json");
    }
    switch (type.oid()) {
      case Oids.BOOL, Oids.DATE, Oids.TIMESTAMP, Oids.TIMESTAMPTZ -> {
        int start = out.size();
        value(type, column, position, out, context);
        if (out.array()[start] != '"') {
          ByteSink quoted = new ByteSink(8);
          quoted.put(out.array(), start, out.size() - start);
          out.truncate(start);
          JsonText.putString(quoted.array(), 0, quoted.size(), out);
        }
      }
      default -> text(type, column, position, out, context);
    }
  }
}
