package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import java.util.HashMap;
import java.util.Map;

/** How values of types lie in PostgreSQL's pages, which catalogs show. Thread: any. */
final class TypeFacts {
  /** Places of columns in {@code pg_type.tsv}. */
  private static final int OID = 0;

  private static final int ALIGN = 22;
  private static final int STORAGE = 23;

  private static final Map<Integer, String> BUILTIN = read();

  private TypeFacts() {}

  private static Map<Integer, String> read() {
    Map<Integer, String> result = new HashMap<>();
    for (String line : Facts.lines("pg_type")) {
      String[] f = line.split("\t", -1);
      result.put(Integer.parseInt(f[OID]), f[ALIGN] + f[STORAGE]);
    }
    return result;
  }

  /** Tells whether a type has a recorded row. */
  static boolean isBuiltin(int oid) {
    return BUILTIN.containsKey(oid);
  }

  /** Returns {@code typalign}. */
  static char align(SqlType written) {
    SqlType type = written.base();
    return BUILTIN.getOrDefault(type.oid(), isRow(type) ? "dx" : "ie").charAt(0);
  }

  /** Returns {@code typstorage}: outside of the row, uncompressed, for vectors. */
  static char storage(SqlType written) {
    SqlType type = written.base();
    if (type.info().kind() == 'e') {
      return 'p';
    }
    return BUILTIN.getOrDefault(type.oid(), isRow(type) || isArray(type) ? "ix" : "ie").charAt(1);
  }

  private static boolean isRow(SqlType type) {
    return type instanceof CompositeType
        || type instanceof ArrayType array && array.element() instanceof CompositeType;
  }

  /** Tells whether values are passed in a machine word. */
  static boolean isByValue(SqlType type) {
    int length = type.info().typlen();
    return length == 1 || length == 2 || length == 4 || length == 8;
  }

  /** Tells whether a type is an array of variable length. */
  static boolean isArray(SqlType type) {
    return type.info().element() != 0
        && type.info().typlen() == -1
        && type.info().category() == 'A'
        && type.info().name().startsWith("_");
  }
}
