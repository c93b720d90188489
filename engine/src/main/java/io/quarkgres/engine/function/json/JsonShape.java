package io.quarkgres.engine.function.json;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.engine.type.nested.RecordValue;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields that objects are read into. Not to be changed. Thread: any. */
record JsonShape(byte[][] names, SqlType[] types, int[] typmods) {
  static JsonShape of(CompositeType type) {
    int n = type.size();
    byte[][] names = new byte[n][];
    SqlType[] types = new SqlType[n];
    int[] typmods = new int[n];
    for (int i = 0; i < n; i++) {
      names[i] = type.fieldName(i).getBytes(StandardCharsets.UTF_8);
      types[i] = type.fieldType(i);
      typmods[i] = type.fieldTypmod(i);
    }
    return new JsonShape(names, types, typmods);
  }

  /** Returns the fields of a row without a named type, which are f1, f2 and so on. */
  static JsonShape of(RecordValue value) {
    byte[][] names = new byte[value.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = ("f" + (i + 1)).getBytes(StandardCharsets.UTF_8);
    }
    int[] typmods = new int[names.length];
    Arrays.fill(typmods, SqlType.NO_TYPMOD);
    return new JsonShape(names, value.types(), typmods);
  }

  /** Returns a row of NULLs. */
  RecordValue nulls() {
    Column[] values = new Column[types.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ColumnBuilder.nulls(types[i].layout(), 1);
    }
    return new RecordValue(types, values);
  }
}
