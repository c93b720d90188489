package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.FunctionDef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** The oids of access methods and of built-in operator classes. Thread: any. */
public final class AccessMethods {
  /** Oid of {@code heap}. */
  static final int HEAP = 2;

  private static final Map<String, Integer> OIDS = new HashMap<>();
  private static final Set<String> FROM_START = new HashSet<>();
  private static final Map<String, Integer> CLASSES = new HashMap<>();
  private static final List<BuiltinClass> BUILTIN_CLASSES = new ArrayList<>();

  static {
    for (String line : Facts.lines("pg_am")) {
      String[] f = line.split("\t", -1);
      OIDS.put(f[1], Integer.parseInt(f[0]));
      FROM_START.add(f[1]);
    }
    for (Extension extension : ServiceLoader.load(Extension.class)) {
      for (Extension.OperatorClass c : extension.operatorClasses()) {
        if (!FROM_START.contains(c.method())) {
          OIDS.merge(c.method(), c.oid(), Math::min);
        }
      }
    }
    for (String line : Facts.lines("pg_opclass")) {
      String[] f = line.split("\t", -1);
      CLASSES.put(f[1] + "/" + f[2], Integer.parseInt(f[0]));
      BUILTIN_CLASSES.add(
          new BuiltinClass(Integer.parseInt(f[1]), f[2], Integer.parseInt(f[6]), f[7].equals("t")));
    }
  }

  private AccessMethods() {}

  /** An operator class of PostgreSQL. */
  public record BuiltinClass(int method, String name, int inputType, boolean isDefault) {}

  /** Returns the built-in operator classes of a method. */
  public static List<BuiltinClass> builtinClasses(String method) {
    int oid = oid(method);
    return BUILTIN_CLASSES.stream().filter(c -> c.method() == oid).toList();
  }

  /**
   * Returns the oid of a method, 0 for an unknown one. A method of an extension has none of its
   * own: it goes by the smallest oid of its operator classes.
   */
  public static int oid(String method) {
    return OIDS.getOrDefault(method, 0);
  }

  /** Returns the name of the method with an oid, or {@code null}. */
  public static String name(int oid) {
    for (Map.Entry<String, Integer> method : OIDS.entrySet()) {
      if (method.getValue() == oid) {
        return method.getKey();
      }
    }
    return null;
  }

  /** Returns the handler function of an extension's method, or {@code null}. */
  static FunctionDef handler(CatalogVersion catalog, String method) {
    List<FunctionDef> found = catalog.functions().functions(method + "handler");
    return found.isEmpty() ? null : found.get(0);
  }

  /** Tells whether a method is one of PostgreSQL's. */
  static boolean isBuiltin(String method) {
    return FROM_START.contains(method);
  }

  /** Returns the oid of a built-in operator class, 0 when there is none of that name. */
  static int operatorClass(String method, String name) {
    return CLASSES.getOrDefault(OIDS.get(method) + "/" + name, 0);
  }

  /** Returns name and method of a built-in operator class, {@code null} when there is none. */
  public static String operatorClassName(int oid) {
    for (Map.Entry<String, Integer> entry : CLASSES.entrySet()) {
      if (entry.getValue() == oid) {
        String[] key = entry.getKey().split("/");
        return key[1] + " for access method " + name(Integer.parseInt(key[0]));
      }
    }
    return null;
  }
}
