package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;

/**
 * {@code information_schema}: the types of columns and of the elements of arrays; and the views
 * that are there but have nobody to fill them. Thread: any.
 */
final class InformationTypes {
  /** Empty they would say that there is nothing. */
  static final List<String> NOT_BUILT =
      List.of(
          "collation_character_set_applicability",
          "collations",
          "data_type_privileges",
          "parameters",
          "role_routine_grants",
          "role_udt_grants",
          "role_usage_grants",
          "routine_privileges",
          "routine_routine_usage",
          "routines",
          "udt_privileges",
          "usage_privileges",
          "view_column_usage",
          "view_routine_usage",
          "view_table_usage");

  private InformationTypes() {}

  static void register(SystemTables t) {
    t.rows("information_schema.element_types", InformationTypes::elements);
    t.rows("information_schema.column_udt_usage", InformationTypes::columns);
    for (String name : NOT_BUILT) {
      t.live(
          "information_schema." + name,
          (catalog, context, out) -> {
            throw new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "view information_schema." + name + " is not supported yet");
          });
    }
  }

  /** Returns the type that a column is of below its domain. */
  private static SqlType type(ColumnEntry column) {
    return column.type() instanceof DomainType domain ? domain.base() : column.type();
  }

  private static void elements(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (!InformationSchema.isTableLike(relation)) {
        continue;
      }
      for (ColumnEntry column : relation.columns()) {
        SqlType type = column.type();
        if (column.isDropped() || !TypeFacts.isArray(type)) {
          continue;
        }
        SqlType element = catalog.types().byOid(type.info().element());
        String number = Integer.toString(column.number());
        out.set("object_catalog", catalog.databaseName())
            .set("object_schema", relation.schema())
            .set("object_name", relation.name())
            .set("object_type", "TABLE")
            .set("collection_type_identifier", number)
            .set("data_type", InformationSchema.dataType(element))
            .set("udt_catalog", catalog.databaseName())
            .set("udt_schema", element.info().schema())
            .set("udt_name", element.name())
            .set("dtd_identifier", "a" + number);
        InformationSchema.collation(catalog, column.collation(), out);
        out.end();
      }
    }
  }

  private static void columns(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (!InformationSchema.isTableLike(relation)) {
        continue;
      }
      for (ColumnEntry column : relation.columns()) {
        if (!column.isDropped()) {
          SqlType type = type(column);
          out.set("udt_catalog", catalog.databaseName())
              .set("udt_schema", type.info().schema())
              .set("udt_name", type.name())
              .set("table_catalog", catalog.databaseName())
              .set("table_schema", relation.schema())
              .set("table_name", relation.name())
              .set("column_name", column.name())
              .end();
        }
      }
    }
  }
}
