package io.quarkgres.engine.function.json;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.DefinedRows;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.set.ColumnsCursor;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.engine.type.nested.RecordType;
import io.quarkgres.engine.type.nested.RecordValue;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.BlockCursor;
import java.util.List;

/** Rows of named types made of JSON objects: the populate and to_record functions. Thread: any. */
final class JsonPopulation {
  private JsonPopulation() {}

  static void register(KernelTable t) {
    for (String type : new String[] {"json", "jsonb"}) {
      boolean isBinary = type.equals("jsonb");
      String populate = type + "_populate_record";
      t.row(populate, (r, o) -> record(r, o, populate, isBinary));
      t.set(populate + "set", (c, a, p, x) -> records(c, a, p, x, populate + "set", isBinary));
      t.defined(type + "_to_record", new ToRecord(isBinary));
      t.set(type + "_to_recordset", new ToRecordSet(isBinary));
    }
  }

  private static SqlException unknownShape(String function) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "could not determine row type for result of " + function,
        null,
        "Provide a non-null record argument, or call the function in the FROM clause using a"
            + " column definition list.");
  }

  /** The row type to make, and the row that gives what the object does not have. */
  private record Base(JsonShape shape, RecordValue values) {}

  private static Base base(Row r, String function) {
    if (!(r.type(0) instanceof RecordType type)) {
      throw new SqlException(
          SqlState.DATATYPE_MISMATCH, "first argument of " + function + " must be a row type");
    }
    RecordValue values = r.isNull(0) ? null : type.value(r.column(0), r.position());
    if (type instanceof CompositeType composite) {
      return new Base(JsonShape.of(composite), values);
    }
    if (values == null) {
      throw unknownShape(function);
    }
    return new Base(JsonShape.of(values), values);
  }

  private static void record(Row r, Out o, String function, boolean isBinary) {
    Base base = base(r, function);
    if (r.isNull(1)) {
      if (r.isNull(0)) {
        o.sqlNull();
      } else {
        o.copy(r.column(0), r.position());
      }
      return;
    }
    JsonValues values = new JsonValues(r.context().types(), isBinary);
    values.row(JsonSlice.of(r, 1), base.shape(), base.values()).appendTo(o.builder());
  }

  private static BlockCursor records(
      Call call, Column[] arguments, int p, EvalContext x, String function, boolean isBinary) {
    Row r = new Row(call, arguments, x);
    r.moveTo(p);
    Base base = base(r, function);
    ColumnBuilder out = ColumnBuilder.of(call.returnType().layout(), 16);
    if (!r.isNull(1)) {
      JsonValues values = new JsonValues(x.types(), isBinary);
      for (JsonSlice object : objects(JsonSlice.of(r, 1), function, isBinary)) {
        values.row(object, base.shape(), base.values()).appendTo(out);
      }
    }
    return new ColumnsCursor(out.build());
  }

  private static List<JsonSlice> objects(JsonSlice document, String function, boolean isBinary) {
    if (document.kind() != JsonSlice.Kind.ARRAY) {
      String what = document.kind() == JsonSlice.Kind.OBJECT ? "an object" : "a scalar";
      throw JsonErrors.parameter(
          "cannot call " + function + " on " + (isBinary ? "a non-array" : what));
    }
    List<JsonSlice> elements = document.elements();
    for (JsonSlice element : elements) {
      if (element.kind() != JsonSlice.Kind.OBJECT) {
        throw JsonErrors.parameter("argument of " + function + " must be an array of objects");
      }
    }
    return elements;
  }

  private static JsonShape shape(Call call) {
    if (call.returnType() instanceof CompositeType composite) {
      return JsonShape.of(composite);
    }
    throw unknownShape(call.function().name());
  }

  private static BlockCursor rows(JsonShape shape, List<RecordValue> records) {
    Column[] columns = new Column[shape.types().length];
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder builder = ColumnBuilder.of(shape.types()[i].layout(), records.size());
      for (RecordValue record : records) {
        builder.append(record.values()[i], 0);
      }
      columns[i] = builder.build();
    }
    return new ColumnsCursor(columns);
  }

  /** {@code json_to_record}, which makes one row in FROM and has no row type elsewhere. */
  private record ToRecord(boolean isBinary) implements DefinedRows, ScalarKernel {
    @Override
    public BlockCursor open(Call call, Column[] arguments, int position, EvalContext context) {
      JsonShape shape = shape(call);
      if (arguments[0].isNull(position)) {
        return rows(shape, List.of(shape.nulls()));
      }
      Row r = new Row(call, arguments, context);
      r.moveTo(position);
      JsonValues values = new JsonValues(context.types(), isBinary);
      return rows(shape, List.of(values.row(JsonSlice.of(r, 0), shape, null)));
    }

    @Override
    public Column apply(
        Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
      throw unknownShape(call.function().name());
    }
  }

  /** {@code json_to_recordset}. */
  private record ToRecordSet(boolean isBinary) implements DefinedRows {
    @Override
    public BlockCursor open(Call call, Column[] arguments, int position, EvalContext context) {
      JsonShape shape = shape(call);
      if (arguments[0].isNull(position)) {
        return rows(shape, List.of());
      }
      Row r = new Row(call, arguments, context);
      r.moveTo(position);
      JsonValues values = new JsonValues(context.types(), isBinary);
      List<RecordValue> records =
          objects(JsonSlice.of(r, 0), call.function().name(), isBinary).stream()
              .map(object -> values.row(object, shape, null))
              .toList();
      return rows(shape, records);
    }
  }
}
