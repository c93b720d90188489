package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.SqlType;
import java.util.List;

/** Whether a name without a schema finds an object. Thread: any. */
final class VisibilityFunctions {
  /** Kinds of objects that only {@code pg_catalog} and extensions have. */
  private static final List<String> BUILTIN_KINDS =
      List.of(
          "opclass",
          "opfamily",
          "collation",
          "conversion",
          "ts_parser",
          "ts_dict",
          "ts_config",
          "ts_template");

  private VisibilityFunctions() {}

  static void register(KernelTable t) {
    t.row("pg_table_is_visible", VisibilityFunctions::table);
    t.row("pg_type_is_visible", VisibilityFunctions::type);
    t.row("pg_function_is_visible", VisibilityFunctions::function);
    t.row("pg_operator_is_visible", VisibilityFunctions::operator);
    for (String kind : BUILTIN_KINDS) {
      t.row("pg_" + kind + "_is_visible", (r, o) -> o.bool(true));
    }
    t.row("pg_statistics_obj_is_visible", (r, o) -> o.sqlNull());
    t.row("pg_relation_is_publishable", VisibilityFunctions::isPublishable);
    // no table is a partition yet
    t.set("pg_partition_ancestors", (c, a, p, x) -> () -> null);
  }

  private static void table(Row row, Out out) {
    CatalogServices services = services(row);
    RelationEntry relation = services.catalog().relationByOid(row.int32(0));
    if (relation == null) {
      out.sqlNull();
    } else {
      out.bool(ObjectNaming.isVisible(services, relation));
    }
  }

  private static void type(Row row, Out out) {
    CatalogServices services = services(row);
    SqlType type = services.catalog().types().byOid(row.int32(0));
    if (type == null) {
      out.sqlNull();
      return;
    }
    for (String schema : services.searchPathWithImplied()) {
      for (SqlType other : services.catalog().types().byName(type.name())) {
        if (other.info().schema().equals(schema)) {
          out.bool(other.oid() == type.oid());
          return;
        }
      }
    }
    out.bool(false);
  }

  private static void function(Row row, Out out) {
    CatalogServices services = services(row);
    FunctionDef function = services.catalog().functions().function(row.int32(0));
    if (function == null) {
      out.sqlNull();
      return;
    }
    for (String schema : services.searchPathWithImplied()) {
      for (FunctionDef other : services.catalog().functions().functions(function.name())) {
        boolean isSame =
            other.schema().equals(schema) && other.argumentTypes().equals(function.argumentTypes());
        if (isSame) {
          out.bool(other.oid() == function.oid());
          return;
        }
      }
    }
    out.bool(false);
  }

  private static void operator(Row row, Out out) {
    CatalogServices services = services(row);
    OperatorDef operator = services.catalog().functions().operator(row.int32(0));
    if (operator == null) {
      out.sqlNull();
    } else {
      out.bool(services.searchPathWithImplied().contains(operator.schema()));
    }
  }

  private static void isPublishable(Row row, Out out) {
    RelationEntry relation = services(row).catalog().relationByOid(row.int32(0));
    if (relation == null) {
      out.sqlNull();
    } else {
      out.bool(relation instanceof TableEntry table && table.persistence() == 'p');
    }
  }
}
