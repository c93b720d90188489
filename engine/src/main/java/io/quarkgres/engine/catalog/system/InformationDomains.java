package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.DefinitionPrinter;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.TypeEntry;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The domains that {@code information_schema} has of its own, and its views about domains. Thread:
 * any.
 */
public final class InformationDomains {
  private static final int SUPERUSER = 10;
  private static final int C_COLLATION = 950;

  private InformationDomains() {}

  /** Returns the domains that the columns of {@code information_schema} are of. */
  public static List<TypeEntry.Domain> all() {
    return List.of(
        domain(
            13_221,
            "cardinal_number",
            Oids.INT4,
            -1,
            0,
            null,
            List.of(
                new TypeEntry.Check(13_222, "cardinal_number_domain_check", "VALUE >= 0", true))),
        domain(13_224, "character_data", Oids.VARCHAR, -1, C_COLLATION, null, List.of()),
        domain(13_226, "sql_identifier", Oids.NAME, -1, C_COLLATION, null, List.of()),
        domain(13_232, "time_stamp", Oids.TIMESTAMPTZ, 2, 0, "CURRENT_TIMESTAMP(2)", List.of()),
        domain(
            13_234,
            "yes_or_no",
            Oids.VARCHAR,
            7,
            C_COLLATION,
            null,
            List.of(
                new TypeEntry.Check(13_235, "yes_or_no_check", "VALUE IN ('YES', 'NO')", true))));
  }

  private static TypeEntry.Domain domain(
      int oid,
      String name,
      int parent,
      int typmod,
      int collation,
      String defaultSql,
      List<TypeEntry.Check> checks) {
    return new TypeEntry.Domain(
        oid,
        SystemCatalog.INFORMATION_SCHEMA,
        "information_schema",
        name,
        SUPERUSER,
        parent,
        typmod,
        collation,
        false,
        defaultSql,
        checks);
  }

  static void register(SystemTables t) {
    t.live("information_schema.domains", InformationDomains::domains);
    t.rows("information_schema.domain_constraints", InformationDomains::constraints);
    t.rows("information_schema.column_domain_usage", InformationDomains::columnUsage);
    t.rows("information_schema.domain_udt_usage", InformationDomains::typeUsage);
  }

  private static void each(
      CatalogVersion catalog, BiConsumer<TypeEntry.Domain, DomainType> action) {
    for (TypeEntry entry : catalog.userTypes()) {
      if (entry instanceof TypeEntry.Domain domain
          && catalog.types().byOid(domain.oid()) instanceof DomainType type) {
        action.accept(domain, type);
      }
    }
  }

  /** Sets the columns that name a domain. */
  static RowSink named(CatalogVersion catalog, SqlType domain, RowSink out) {
    return out.set("domain_catalog", catalog.databaseName())
        .set("domain_schema", domain.info().schema())
        .set("domain_name", domain.name());
  }

  private static void domains(CatalogVersion catalog, EvalContext context, RowSink out) {
    DefinitionPrinter definitions = context.service(CatalogServices.class).definitions();
    each(
        catalog,
        (domain, type) -> {
          named(catalog, type, out)
              .set(
                  "domain_default",
                  domain.defaultSql() == null
                      ? null
                      : definitions.expression(domain.defaultSql(), null, false).text())
              .set("dtd_identifier", "1");
          InformationSchema.type(catalog, type.parent(), domain.parentTypmod(), out);
          if (TypeFacts.isArray(type.parent())) {
            out.set("data_type", type.parent().info().sqlName());
          }
          InformationSchema.collation(catalog, domain.collation(), out);
          out.end();
        });
  }

  private static void constraints(CatalogVersion catalog, EvalContext context, RowSink out) {
    each(
        catalog,
        (domain, type) -> {
          for (TypeEntry.Check check : domain.checks()) {
            constraintNamed(catalog, domain, check, out);
            named(catalog, type, out)
                .set("is_deferrable", "NO")
                .set("initially_deferred", "NO")
                .end();
          }
        });
  }

  private static RowSink constraintNamed(
      CatalogVersion catalog, TypeEntry.Domain domain, TypeEntry.Check check, RowSink out) {
    return out.set("constraint_catalog", catalog.databaseName())
        .set("constraint_schema", domain.schema())
        .set("constraint_name", check.name());
  }

  /** Adds what {@code check_constraints} says of the constraints of domains. */
  static void checks(CatalogVersion catalog, DefinitionPrinter definitions, RowSink out) {
    each(
        catalog,
        (domain, type) -> {
          for (TypeEntry.Check check : domain.checks()) {
            String sql = definitions.domainCondition(check.conditionSql(), type, false).text();
            constraintNamed(catalog, domain, check, out).set("check_clause", "(" + sql + ")").end();
          }
        });
  }

  private static void columnUsage(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation.kind() != 'r' && relation.kind() != 'v') {
        continue;
      }
      for (ColumnEntry column : relation.columns()) {
        if (!column.isDropped() && column.type() instanceof DomainType type) {
          named(catalog, type, out)
              .set("table_catalog", catalog.databaseName())
              .set("table_schema", relation.schema())
              .set("table_name", relation.name())
              .set("column_name", column.name())
              .end();
        }
      }
    }
  }

  private static void typeUsage(CatalogVersion catalog, EvalContext context, RowSink out) {
    each(
        catalog,
        (domain, type) -> {
          SqlType parent = type.parent();
          named(catalog, type, out)
              .set("udt_catalog", catalog.databaseName())
              .set("udt_schema", parent.info().schema())
              .set("udt_name", parent.name())
              .end();
        });
  }
}
