package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.function.FunctionDef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The oids of access methods and of built-in operator classes. Thread: any. */
final class AccessMethods {
  /** Oid of {@code heap}. */
  static final int HEAP = 2;

  private static final Map<String, Integer> BUILTIN = new HashMap<>();
  private static final Map<String, Integer> CLASSES = new HashMap<>();

  static {
    for (String line : Facts.lines("pg_am")) {
      String[] f = line.split("\t", -1);
      BUILTIN.put(f[1], Integer.parseInt(f[0]));
    }
    for (String line : Facts.lines("pg_opclass")) {
      String[] f = line.split("\t", -1);
      CLASSES.put(f[1] + "/" + f[2], Integer.parseInt(f[0]));
    }
  }

  private AccessMethods() {}

  /** Returns the oid of a method; one of an extension goes by the oid of its handler function. */
  static int oid(CatalogVersion catalog, String method) {
    Integer builtin = BUILTIN.get(method);
    if (builtin != null) {
      return builtin;
    }
    FunctionDef handler = handler(catalog, method);
    return handler == null ? 0 : handler.oid();
  }

  /** Returns the handler function of an extension's method, or {@code null}. */
  static FunctionDef handler(CatalogVersion catalog, String method) {
    List<FunctionDef> found = catalog.functions().functions(method + "handler");
    return found.isEmpty() ? null : found.get(0);
  }

  /** Tells whether a method is one of PostgreSQL's. */
  static boolean isBuiltin(String method) {
    return BUILTIN.containsKey(method);
  }

  /** Returns the oid of a built-in operator class, 0 when there is none of that name. */
  static int operatorClass(String method, String name) {
    return CLASSES.getOrDefault(BUILTIN.get(method) + "/" + name, 0);
  }
}
