package io.quarkgres.engine.bind.lookup;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.QualifiedName;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Looks up types as written. Used by one thread. */
public final class TypeNames {
  private final Lookup lookup;

  TypeNames(Lookup lookup) {
    this.lookup = lookup;
  }

  /** A type with its modifier. */
  public record Typed(SqlType type, int typmod) {}

  /** Returns the type; raises 42704 when there is none. */
  public Typed resolve(TypeName name) {
    SqlType type = find(name.name());
    if (name.isColumnType()) {
      throw BindErrors.notBuilt("%TYPE", name.position());
    }
    if (type == null) {
      throw undefined(name);
    }
    if (name.isArray()) {
      int array = lookup.rules().arrayOf(type.oid());
      if (array == 0) {
        throw undefined(name);
      }
      int typmod = typmod(name, type);
      return new Typed(lookup.type(array), typmod);
    }
    if (type.info().kind() == 'p' && !isValuePseudoType(type)) {
      // casts to such types fail later by themselves: nothing can be coerced to them
      return new Typed(type, SqlType.NO_TYPMOD);
    }
    return new Typed(type, typmod(name, type));
  }

  private static boolean isValuePseudoType(SqlType type) {
    return type.name().equals("record");
  }

  /** Returns the type of a function-like name, or {@code null} when there is none. */
  SqlType find(QualifiedName name) {
    if (name.schema() != null) {
      return inSchema(lookup.context().schemaName(name.schema()), name.name());
    }
    for (String schema : lookup.relationPath()) {
      SqlType type = inSchema(schema, name.name());
      if (type != null) {
        return type;
      }
    }
    return null;
  }

  private SqlType inSchema(String schema, String name) {
    for (SqlType type : lookup.catalog().types().byName(name)) {
      if (type.info().schema().equals(schema)) {
        return type;
      }
    }
    return null;
  }

  private SqlException undefined(TypeName name) {
    if (name.name().schema() != null
        && lookup.catalog().schema(lookup.context().schemaName(name.name().schema())) == null) {
      return new SqlException(
          SqlState.INVALID_SCHEMA_NAME,
          "schema \"" + name.name().schema() + "\" does not exist",
          name.position());
    }
    return BindErrors.undefinedObject(
        "type \"" + name.name() + (name.isArray() ? "[]" : "") + "\" does not exist",
        name.position());
  }

  private int typmod(TypeName name, SqlType type) {
    if (name.modifiers().isEmpty()) {
      return SqlType.NO_TYPMOD;
    }
    List<String> arguments = new ArrayList<>();
    for (Expression modifier : name.modifiers()) {
      arguments.add(modifierText(modifier, name.position()));
    }
    return type.typmodIn(arguments.toArray(String[]::new), name.position());
  }

  private static String modifierText(Expression modifier, int position) {
    if (modifier instanceof Expression.NumericConstant number) {
      return number.text();
    }
    if (modifier instanceof Expression.StringConstant string) {
      return string.value();
    }
    if (modifier instanceof Expression.ColumnRef ref && ref.parts().size() == 1) {
      return ref.parts().get(0);
    }
    throw BindErrors.syntax("type modifiers must be simple constants or identifiers", position);
  }
}
