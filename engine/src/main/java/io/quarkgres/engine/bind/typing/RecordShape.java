package io.quarkgres.engine.bind.typing;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.CompositeType;
import java.util.ArrayList;
import java.util.List;

/** The fields of a record value, as far as they are known when a statement is bound. */
public record RecordShape(List<Field> fields) {
  /** One field. */
  public record Field(String name, SqlType type, int typmod) {}

  public static RecordShape of(CompositeType type) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < type.size(); i++) {
      fields.add(new Field(type.fieldName(i), type.fieldType(i), type.fieldTypmod(i)));
    }
    return new RecordShape(fields);
  }

  public static RecordShape of(BoundExpr.RowConstructor row) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < row.fields().size(); i++) {
      BoundExpr field = row.fields().get(i);
      fields.add(new Field(row.names().get(i), field.type(), field.typmod()));
    }
    return new RecordShape(fields);
  }

  /**
   * Returns what a function's OUT columns say, or {@code null} when it has none.
   *
   * @param arguments the actual types, for OUT columns of a polymorphic type
   */
  public static RecordShape of(FunctionDef function, SqlType[] arguments, TypeRules rules) {
    if (function.outTypes().isEmpty()) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < function.outTypes().size(); i++) {
      int type = actual(function, function.outTypes().get(i), arguments, rules);
      fields.add(new Field(function.outNames().get(i), rules.type(type), -1));
    }
    return new RecordShape(fields);
  }

  /** Replaces a polymorphic type by what the first argument of its family says. */
  private static int actual(
      FunctionDef function, int declared, SqlType[] arguments, TypeRules rules) {
    boolean wantsArray = declared == Oids.ANYARRAY || declared == Oids.ANYCOMPATIBLEARRAY;
    boolean wantsElement = declared == Oids.ANYELEMENT || declared == Oids.ANYCOMPATIBLE;
    if (!wantsArray && !wantsElement) {
      return declared;
    }
    for (int i = 0; i < function.argumentTypes().size() && i < arguments.length; i++) {
      int parameter = function.argumentTypes().get(i);
      SqlType argument = arguments[i];
      if (parameter == Oids.ANYARRAY || parameter == Oids.ANYCOMPATIBLEARRAY) {
        return wantsArray ? argument.oid() : argument.info().element();
      }
      if (parameter == Oids.ANYELEMENT || parameter == Oids.ANYCOMPATIBLE) {
        return wantsArray ? rules.arrayOf(argument.oid()) : argument.oid();
      }
    }
    return declared;
  }

  /** Returns the number of a field, -1 when there is none of that name. */
  public int find(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
