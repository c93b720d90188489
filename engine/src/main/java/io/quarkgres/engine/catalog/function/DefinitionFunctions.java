package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.ObjectDefinitions;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.builtin.FormatType;
import java.util.List;

/** SQL text of types, expressions, indexes, constraints and views. Thread: any. */
final class DefinitionFunctions {
  private DefinitionFunctions() {}

  static void register(KernelTable t) {
    t.row("format_type", DefinitionFunctions::formatType);
    t.row("pg_get_expr", (r, o) -> expression(r, false, o));
    t.row("pg_get_expr_ext", (r, o) -> expression(r, r.bool(2), o));
    t.row("pg_get_indexdef", (r, o) -> index(r, 0, false, o));
    t.row("pg_get_indexdef_ext", (r, o) -> index(r, r.int32(1), r.bool(2), o));
    t.row("pg_get_constraintdef", (r, o) -> constraint(r, false, o));
    t.row("pg_get_constraintdef_ext", (r, o) -> constraint(r, r.bool(1), o));
    t.row("pg_get_viewdef", (r, o) -> view(r, byOid(r), false, 0, o));
    t.row("pg_get_viewdef_ext", (r, o) -> view(r, byOid(r), r.bool(1), 0, o));
    t.row("pg_get_viewdef_wrap", (r, o) -> view(r, byOid(r), true, r.int32(1), o));
    t.row("pg_get_viewdef_name", (r, o) -> view(r, byName(r), false, 0, o));
    t.row("pg_get_viewdef_name_ext", (r, o) -> view(r, byName(r), r.bool(1), 0, o));
    t.row("pg_relation_is_updatable", (r, o) -> o.int32(events(services(r), byOid(r))));
    t.row("pg_column_is_updatable", DefinitionFunctions::columnIsUpdatable);
    // there are no rules, triggers, partitions or extended statistics yet
    for (String key :
        List.of(
            "pg_get_ruledef",
            "pg_get_ruledef_ext",
            "pg_get_triggerdef",
            "pg_get_triggerdef_ext",
            "pg_get_partkeydef",
            "pg_get_partition_constraintdef",
            "pg_get_statisticsobjdef",
            "pg_get_statisticsobjdef_columns",
            "pg_get_function_sqlbody")) {
      t.row(key, (r, o) -> o.sqlNull());
    }
  }

  private static void formatType(Row row, Out out) {
    if (row.isNull(0)) {
      out.sqlNull();
      return;
    }
    int oid = row.int32(0);
    SqlType type = services(row).catalog().types().byOid(oid);
    if (type == null) {
      out.text(oid == 0 ? "-" : "???");
    } else {
      Integer typmod = row.isNull(1) ? null : (Integer) row.int32(1);
      out.text(typeName(services(row), type, typmod));
    }
  }

  /** Returns a type's name with a modifier; {@code null} is not the same as -1. */
  static String typeName(CatalogServices services, SqlType type, Integer typmod) {
    if (type.info().schema().equals("pg_catalog")) {
      return typmod == null ? FormatType.format(type) : FormatType.format(type, typmod);
    }
    String name = ObjectNaming.typeName(services, type);
    if (typmod == null || typmod < 0) {
      return name;
    }
    boolean isArray = name.endsWith("[]");
    SqlType element = isArray ? services.catalog().types().byOid(type.info().element()) : type;
    String modifier = element.typmodOut(typmod);
    return isArray ? name.substring(0, name.length() - 2) + modifier + "[]" : name + modifier;
  }

  private static void index(Row row, int column, boolean isPretty, Out out) {
    CatalogServices services = services(row);
    if (!(services.catalog().relationByOid(row.int32(0)) instanceof IndexEntry index)) {
      out.sqlNull();
      return;
    }
    if (column != 0) {
      out.text(ObjectDefinitions.indexColumn(services, index, column, isPretty));
      return;
    }
    RelationEntry table = services.catalog().relationByOid(index.tableOid());
    String name =
        isPretty
            ? ObjectNaming.relationName(services, table)
            : ObjectNaming.quote(table.schema()) + "." + ObjectNaming.quote(table.name());
    out.text(ObjectDefinitions.index(services, index, name, isPretty));
  }

  private static void constraint(Row row, boolean isPretty, Out out) {
    CatalogServices services = services(row);
    for (RelationEntry relation : services.catalog().relations()) {
      if (relation instanceof TableEntry table) {
        for (ConstraintEntry constraint : table.constraints()) {
          if (constraint.oid() == row.int32(0)) {
            out.text(ObjectDefinitions.constraint(services, constraint, isPretty));
            return;
          }
        }
      }
    }
    for (TypeEntry type : services.catalog().userTypes()) {
      if (type instanceof TypeEntry.Domain domain) {
        for (TypeEntry.Check check : domain.checks()) {
          if (check.oid() == row.int32(0)) {
            out.text(ObjectDefinitions.constraint(services, domain, check, isPretty));
            return;
          }
        }
      }
    }
    out.sqlNull();
  }

  private static int events(CatalogServices services, RelationEntry relation) {
    if (relation instanceof ViewEntry view) {
      return services.definitions().events(view);
    }
    return relation != null && relation.kind() == 'r' ? 28 : 0;
  }

  private static void columnIsUpdatable(Row row, Out out) {
    RelationEntry relation = byOid(row);
    int column = row.int32(1);
    out.bool(
        relation instanceof ViewEntry view && column > 0
            ? services(row).definitions().isUpdatable(view, column)
            : events(services(row), relation) != 0);
  }

  private static RelationEntry byOid(Row row) {
    return services(row).catalog().relationByOid(row.int32(0));
  }

  private static RelationEntry byName(Row row) {
    return RegFunctions.requireRelation(services(row), row.text(0));
  }

  private static void view(Row row, RelationEntry relation, boolean isPretty, int wrap, Out out) {
    if (relation instanceof ViewEntry view) {
      out.text(services(row).definitions().view(view, isPretty, wrap));
    } else {
      out.sqlNull();
    }
  }

  private static void expression(Row row, boolean isPretty, Out out) {
    CatalogServices services = services(row);
    RelationEntry relation = services.catalog().relationByOid(row.int32(1));
    if (relation == null && row.int32(1) != 0) {
      out.sqlNull();
      return;
    }
    RelationEntry over =
        relation instanceof IndexEntry index
            ? services.catalog().relationByOid(index.tableOid())
            : relation;
    out.text(services.definitions().expression(row.text(0), over, isPretty).text());
  }
}
