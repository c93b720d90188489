package io.quarkgres.engine.deparse;

import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.builtin.FormatType;
import java.util.List;

/**
 * Names of objects, with the schema where a search path would not find them. Thread: any.
 *
 * @param path the schemas that are searched, those that are implied included
 */
public record ObjectNames(Catalog catalog, List<String> path) {
  /** Quotes an identifier if it has to be. */
  static String quote(String name) {
    return ObjectNaming.quote(name);
  }

  /** Returns a relation's name. */
  public String relation(RelationEntry relation) {
    for (String schema : path) {
      RelationEntry found = catalog.relation(schema, relation.name());
      if (found != null) {
        return found.oid() == relation.oid() ? quote(relation.name()) : qualified(relation);
      }
    }
    return qualified(relation);
  }

  private static String qualified(RelationEntry relation) {
    return quote(relation.schema()) + "." + quote(relation.name());
  }

  String type(SqlType type, int typmod) {
    boolean isArray = type.info().element() != 0 && type.name().startsWith("_");
    SqlType element = isArray ? catalog.types().byOid(type.info().element()) : type;
    String schema = element.info().schema();
    if (schema.equals("pg_catalog")) {
      return FormatType.format(type, typmod);
    }
    String name = quote(element.name());
    String modifier = typmod < 0 ? "" : element.typmodOut(typmod);
    return (path.contains(schema) ? "" : quote(schema) + ".")
        + name
        + modifier
        + (isArray ? "[]" : "");
  }

  String function(FunctionDef function) {
    return path.contains(function.schema())
        ? quote(function.name())
        : quote(function.schema()) + "." + quote(function.name());
  }

  String operator(OperatorDef operator) {
    return path.contains(operator.schema())
        ? operator.name()
        : "OPERATOR(" + quote(operator.schema()) + "." + operator.name() + ")";
  }
}
