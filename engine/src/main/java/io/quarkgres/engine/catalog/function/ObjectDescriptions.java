package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.ExtensionEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.catalog.system.AccessMethods;
import io.quarkgres.engine.extension.Extension;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ServiceLoader;

/** {@code pg_describe_object}. Thread: any. */
final class ObjectDescriptions {
  private ObjectDescriptions() {}

  static void describe(Row row, Out out) {
    String text = describe(services(row), row.int32(0), row.int32(1), row.int32(2));
    if (text == null) {
      out.sqlNull();
    } else {
      out.text(text);
    }
  }

  private static String describe(CatalogServices services, int classOid, int oid, int part) {
    CatalogVersion catalog = services.catalog();
    return switch (classOid) {
      case 1259 -> relation(services, catalog.relationByOid(oid), part);
      case 1247 -> {
        SqlType type = catalog.types().byOid(oid);
        yield prefixed("type ", ObjectNaming.typeName(services, type));
      }
      case 1255 -> {
        FunctionDef function = catalog.functions().function(oid);
        yield prefixed(
            "function ",
            function == null ? null : ObjectNaming.name(services, "regprocedure", oid));
      }
      case 2617 -> operator(services, catalog.functions().operator(oid));
      case 2615 -> {
        SchemaEntry schema = catalog.schemaByOid(oid);
        yield prefixed("schema ", schema == null ? null : ObjectNaming.quote(schema.name()));
      }
      case 3079 -> extension(catalog, oid);
      case 2606 -> constraint(services, oid);
      case 2601 -> {
        String method = AccessMethods.name(oid);
        yield prefixed("access method ", method);
      }
      case 2616 -> operatorClass(services, "operator class ", oid);
      // a class of an extension is a family of its own
      case 2753 -> operatorClass(services, "operator family ", oid);
      default ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "pg_describe_object for catalog " + classOid + " is not supported yet");
    };
  }

  private static String relation(CatalogServices services, RelationEntry relation, int part) {
    if (relation == null) {
      return null;
    }
    String kind =
        switch (relation.kind()) {
          case 'i' -> "index ";
          case 'S' -> "sequence ";
          case 'v' -> "view ";
          default -> "table ";
        };
    String name = kind + ObjectNaming.relationName(services, relation);
    if (part == 0) {
      return name;
    }
    for (ColumnEntry column : relation.columns()) {
      if (column.number() == part) {
        return "column " + ObjectNaming.quote(column.name()) + " of " + name;
      }
    }
    return null;
  }

  private static String operator(CatalogServices services, OperatorDef operator) {
    if (operator == null) {
      return null;
    }
    boolean isVisible = services.searchPathWithImplied().contains(operator.schema());
    String schema = isVisible ? "" : ObjectNaming.quote(operator.schema()) + ".";
    return "operator "
        + schema
        + operator.name()
        + "("
        + type(services, operator.left())
        + ","
        + type(services, operator.right())
        + ")";
  }

  private static String type(CatalogServices services, int oid) {
    return oid == 0
        ? "NONE"
        : ObjectNaming.typeName(services, services.catalog().types().byOid(oid));
  }

  private static String extension(CatalogVersion catalog, int oid) {
    for (ExtensionEntry extension : catalog.extensions()) {
      if (extension.oid() == oid) {
        return "extension " + ObjectNaming.quote(extension.name());
      }
    }
    return null;
  }

  private static String operatorClass(CatalogServices services, String kind, int oid) {
    for (Extension extension : ServiceLoader.load(Extension.class)) {
      for (Extension.OperatorClass c : extension.operatorClasses()) {
        ExtensionEntry created = services.catalog().extension(extension.name());
        if (c.oid() == oid && created != null) {
          SchemaEntry schema = services.catalog().schemaByOid(created.schemaOid());
          boolean isVisible = services.searchPathWithImplied().contains(schema.name());
          String prefix = isVisible ? "" : ObjectNaming.quote(schema.name()) + ".";
          return kind + prefix + c.name() + " for access method " + c.method();
        }
      }
    }
    String found = AccessMethods.operatorClassName(oid);
    if (found == null || kind.equals("operator family ")) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "pg_describe_object for this operator class is not supported yet");
    }
    return kind + found;
  }

  private static String constraint(CatalogServices services, int oid) {
    for (RelationEntry relation : services.catalog().relations()) {
      if (relation instanceof TableEntry table) {
        for (ConstraintEntry c : table.constraints()) {
          if (c.oid() == oid) {
            return "constraint "
                + ObjectNaming.quote(c.name())
                + " on "
                + relation(services, table, 0);
          }
        }
      }
    }
    for (TypeEntry type : services.catalog().userTypes()) {
      if (type instanceof TypeEntry.Domain domain) {
        for (TypeEntry.Check check : domain.checks()) {
          if (check.oid() == oid) {
            return "constraint " + ObjectNaming.quote(check.name());
          }
        }
      }
    }
    return null;
  }

  /** Returns a name behind its kind, {@code null} for no name. */
  private static String prefixed(String kind, String name) {
    return name == null ? null : kind + name;
  }
}
