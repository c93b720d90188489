package io.quarkgres.engine.function;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeRegistry;
import java.util.List;

/** Matches actual argument types with a declaration: enough of the binder's rules for tests. */
final class PolymorphicMatch {
  private PolymorphicMatch() {}

  /** Returns the actual return type, or {@code null} when the function does not match. */
  static SqlType match(
      FunctionDef function, SqlType[] types, boolean isPolymorphic, TypeRegistry registry) {
    List<Integer> declared = function.argumentTypes();
    boolean isVariadicAny = function.variadicElement() == Oids.ANY;
    if (isVariadicAny ? types.length < declared.size() : types.length != declared.size()) {
      return null;
    }
    SqlType element = null;
    for (int i = 0; i < types.length; i++) {
      int want = declared.get(Math.min(i, declared.size() - 1));
      if (want == types[i].oid()) {
        continue;
      }
      if (!isPolymorphic) {
        return null;
      }
      switch (want) {
        case Oids.ANY -> {}
        case Oids.ANYELEMENT, Oids.ANYNONARRAY, Oids.ANYCOMPATIBLE, Oids.ANYCOMPATIBLENONARRAY ->
            element = types[i];
        case Oids.ANYARRAY, Oids.ANYCOMPATIBLEARRAY -> {
          if (types[i].info().element() == 0) {
            return null;
          }
          element = registry.byOid(types[i].info().element());
        }
        default -> {
          return null;
        }
      }
    }
    return switch (function.returnType()) {
      case Oids.ANYELEMENT, Oids.ANYNONARRAY, Oids.ANYCOMPATIBLE -> element;
      case Oids.ANYARRAY, Oids.ANYCOMPATIBLEARRAY ->
          element == null ? null : registry.byOid(element.info().array());
      default -> registry.byOid(function.returnType());
    };
  }
}
