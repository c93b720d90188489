package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionKind;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;
import java.util.ArrayList;
import java.util.List;

/** The signatures of functions as text. Thread: any. */
final class SignatureFunctions {
  private SignatureFunctions() {}

  static void register(KernelTable t) {
    t.row("pg_get_function_arguments", (r, o) -> arguments(r, true, o));
    t.row("pg_get_function_identity_arguments", (r, o) -> arguments(r, false, o));
    t.row("pg_get_function_result", SignatureFunctions::result);
    t.row("pg_get_function_arg_default", SignatureFunctions::argumentDefault);
    t.row("oidvectortypes", SignatureFunctions::vectorTypes);
  }

  private static FunctionDef function(Row row) {
    return services(row).catalog().functions().function(row.int32(0));
  }

  private static String typeName(CatalogServices services, int oid) {
    SqlType type = services.catalog().types().byOid(oid);
    return type == null ? "???" : ObjectNaming.typeName(services, type);
  }

  private static void arguments(Row row, boolean withDefaults, Out out) {
    FunctionDef f = function(row);
    if (f == null) {
      out.sqlNull();
      return;
    }
    CatalogServices services = services(row);
    List<String> defaults = services.catalog().functions().defaults(f.oid());
    int inputs = f.argumentTypes().size();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      boolean isVariadic = f.variadicElement() != 0 && i == inputs - 1;
      String part = isVariadic ? "VARIADIC " : "";
      part += name(f, i) + typeName(services, f.argumentTypes().get(i));
      int fromEnd = i - (inputs - defaults.size());
      parts.add(withDefaults && fromEnd >= 0 ? part + " DEFAULT " + defaults.get(fromEnd) : part);
    }
    for (int i = 0; i < f.outTypes().size(); i++) {
      String name = ObjectNaming.quote(f.outNames().get(i));
      parts.add("OUT " + name + " " + typeName(services, f.outTypes().get(i)));
    }
    if (f.outTypes().isEmpty() && f.argumentNames().size() == inputs + 1) {
      // a single OUT column is the result itself
      String name = ObjectNaming.quote(f.argumentNames().get(inputs));
      parts.add("OUT " + name + " " + typeName(services, f.returnType()));
    }
    out.text(String.join(", ", parts));
  }

  private static String name(FunctionDef f, int i) {
    String name = i < f.argumentNames().size() ? f.argumentNames().get(i) : "";
    return name.isEmpty() ? "" : ObjectNaming.quote(name) + " ";
  }

  private static void result(Row row, Out out) {
    FunctionDef f = function(row);
    if (f == null || f.kind() == FunctionKind.PROCEDURE) {
      out.sqlNull();
    } else {
      String type = typeName(services(row), f.returnType());
      out.text(f.returnsSet() ? "SETOF " + type : type);
    }
  }

  private static void argumentDefault(Row row, Out out) {
    FunctionDef f = function(row);
    List<String> defaults =
        f == null ? List.of() : services(row).catalog().functions().defaults(f.oid());
    int i = f == null ? -1 : row.int32(1) - 1 - (f.argumentTypes().size() - defaults.size());
    if (i < 0 || i >= defaults.size()) {
      out.sqlNull();
    } else {
      out.text(defaults.get(i));
    }
  }

  private static void vectorTypes(Row row, Out out) {
    ArrayValue vector = ArrayValue.read(row.heap(0), row.start(0), Layout.INT32);
    IntColumn oids = (IntColumn) vector.elements();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < vector.cardinality(); i++) {
      names.add(typeName(services(row), oids.values()[i]));
    }
    out.text(String.join(", ", names));
  }
}
