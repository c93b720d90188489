package io.quarkgres.engine.bind;

import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The fields of a record value, as far as they are known when a statement is bound. */
record RecordShape(List<Field> fields) {
  /** One field. */
  record Field(String name, SqlType type, int typmod) {}

  static RecordShape of(BoundExpr.RowConstructor row) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < row.fields().size(); i++) {
      BoundExpr field = row.fields().get(i);
      fields.add(new Field(row.names().get(i), field.type(), field.typmod()));
    }
    return new RecordShape(fields);
  }

  /** Returns what a function's OUT columns say, or {@code null} when it has none. */
  static RecordShape of(FunctionDef function, TypeRules rules) {
    if (function.outTypes().isEmpty()) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < function.outTypes().size(); i++) {
      fields.add(new Field(function.outNames().get(i), rules.type(function.outTypes().get(i)), -1));
    }
    return new RecordShape(fields);
  }

  /** Returns the number of a field, -1 when there is none of that name. */
  int find(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
