package io.quarkgres.engine.function.json;

import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.json.JsonbType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.engine.type.nested.RecordValue;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Makes SQL values of JSON: a string stands for the text form of any type, an array for an array,
 * an object for a row. Thread: any.
 *
 * @param isBinary whether the JSON is jsonb
 */
record JsonValues(TypeContext context, boolean isBinary) {

  /** Returns a row of an object's members; what it lacks is taken from a base, if there is one. */
  RecordValue row(JsonSlice object, JsonShape shape, RecordValue base) {
    if (object.kind() != JsonSlice.Kind.OBJECT) {
      throw JsonErrors.parameter(
          "cannot call populate_composite on "
              + (object.kind() == JsonSlice.Kind.ARRAY ? "an array" : "a scalar"));
    }
    Column[] values = new Column[shape.types().length];
    for (int i = 0; i < values.length; i++) {
      byte[] name = shape.names()[i];
      JsonSlice value = object.member(name, 0, name.length);
      if (value == null && base != null) {
        values[i] = base.values()[i];
      } else {
        String key = new String(name, StandardCharsets.UTF_8);
        values[i] = value(value, shape.types()[i], shape.typmods()[i], key);
      }
    }
    return new RecordValue(shape.types(), values);
  }

  private Column value(JsonSlice value, SqlType type, int typmod, String key) {
    ColumnBuilder out = ColumnBuilder.of(type.layout(), 1);
    append(value, type, typmod, key, out);
    return out.build();
  }

  private void append(JsonSlice value, SqlType type, int typmod, String key, ColumnBuilder out) {
    if (type instanceof DomainType domain) {
      Column base = value(value, domain.base(), domain.baseTypmod(), key);
      context.domains().check(domain, base, 1);
      out.append(base, 0);
      return;
    }
    if (value == null || value.kind() == JsonSlice.Kind.NULL) {
      out.appendNull();
    } else if (type.oid() == Oids.JSON) {
      ((BytesBuilder) out).append(value.text(), value.start(), value.length());
    } else if (type.oid() == Oids.JSONB) {
      ByteSink canonical = new ByteSink(value.length() + 16);
      JsonbType.canonical(value.text(), value.start(), value.length(), canonical);
      ((BytesBuilder) out).append(canonical);
    } else if (value.kind() == JsonSlice.Kind.STRING) {
      byte[] text = value.unescaped();
      parsed(text, 0, text.length, type, typmod, out);
    } else if (type instanceof ArrayType array) {
      array(value, array, typmod, key, out);
    } else if (type instanceof CompositeType composite) {
      row(value, JsonShape.of(composite), null).appendTo(out);
    } else {
      parsed(value.text(), value.start(), value.length(), type, typmod, out);
    }
  }

  private void parsed(
      byte[] text, int start, int length, SqlType type, int typmod, ColumnBuilder out) {
    if (!type.coercesLength(typmod)) {
      type.parse(text, start, length, typmod, out, context);
      return;
    }
    ColumnBuilder plain = ColumnBuilder.of(type.layout(), 1);
    type.parse(text, start, length, typmod, plain, context);
    type.coerceLength(plain.build(), 0, typmod, false, out);
  }

  private void array(JsonSlice value, ArrayType type, int typmod, String key, ColumnBuilder out) {
    if (value.kind() != JsonSlice.Kind.ARRAY) {
      throw notAnArray(key, "");
    }
    int[] dims = new int[ArrayValue.DIMENSIONS_MAX];
    int depth = 0;
    for (JsonSlice at = value; at != null && at.kind() == JsonSlice.Kind.ARRAY; depth++) {
      if (depth == dims.length) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "number of array dimensions (%d) exceeds the maximum allowed (%d)"
                .formatted(depth + 1, dims.length));
      }
      List<JsonSlice> elements = at.elements();
      dims[depth] = elements.size();
      at = elements.isEmpty() ? null : elements.get(0);
    }
    int[] shape = Arrays.copyOf(dims, depth);
    ColumnBuilder elements = ColumnBuilder.of(type.element().layout(), 16);
    elements(value, 0, shape, type.element(), typmod, key, "", elements);
    Column all = elements.build();
    if (all.count() == 0) {
      ArrayValue.empty(type.element()).appendTo(out);
      return;
    }
    int[] lowerBounds = new int[depth];
    Arrays.fill(lowerBounds, 1);
    new ArrayValue(type.element().oid(), shape, lowerBounds, all).appendTo(out);
  }

  private void elements(
      JsonSlice array,
      int level,
      int[] shape,
      SqlType element,
      int typmod,
      String key,
      String indexes,
      ColumnBuilder out) {
    List<JsonSlice> parts = array.elements();
    if (parts.size() != shape[level]) {
      throw new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "malformed JSON array",
          "Multidimensional arrays must have sub-arrays with matching dimensions.",
          null);
    }
    for (int i = 0; i < parts.size(); i++) {
      String at = indexes + "[" + i + "]";
      if (level == shape.length - 1) {
        append(parts.get(i), element, typmod, key, out);
      } else if (parts.get(i).kind() == JsonSlice.Kind.ARRAY) {
        elements(parts.get(i), level + 1, shape, element, typmod, key, at, out);
      } else {
        throw notAnArray(key, at);
      }
    }
  }

  private static SqlException notAnArray(String key, String indexes) {
    return new SqlException(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "expected JSON array",
        null,
        indexes.isEmpty()
            ? "See the value of key \"" + key + "\"."
            : "See the array element " + indexes + " of key \"" + key + "\".");
  }
}
