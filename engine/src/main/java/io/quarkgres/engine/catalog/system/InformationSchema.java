package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.ViewEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.type.DomainType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.builtin.FormatType;
import java.util.Locale;

/** {@code information_schema}: schemas, tables, columns, views, sequences, roles. Thread: any. */
final class InformationSchema {
  /** Added to a length by char(n) and numeric(p,s) in their modifiers. */
  private static final int MODIFIER_OFFSET = 4;

  /** The most bytes a text value may have, as PostgreSQL says it. */
  private static final int OCTETS_MAX = 1_073_741_824;

  private InformationSchema() {}

  static void register(SystemTables t) {
    t.rows("information_schema.schemata", InformationSchema::schemata);
    t.rows("information_schema.tables", InformationSchema::tables);
    t.fixed("information_schema.columns", (c, context, out) -> columns(c, null, true, out));
    // defaults are printed under the search path
    t.live(
        "information_schema.columns",
        (c, context, out) -> columns(c, context.service(CatalogServices.class), false, out));
    t.live("information_schema.views", InformationSchema::views);
    t.rows("information_schema.sequences", InformationSchema::sequences);
    t.rows(
        "information_schema.information_schema_catalog_name",
        (catalog, context, out) -> out.set("catalog_name", catalog.databaseName()).end());
    t.live(
        "information_schema.enabled_roles",
        (catalog, context, out) -> {
          int me = context.service(CatalogServices.class).currentRole();
          for (RoleEntry role : catalog.roles().all()) {
            if (catalog.roles().hasRightsOf(me, role.oid(), catalog.databaseOid())) {
              out.set("role_name", role.name()).end();
            }
          }
        });
    t.rows(
        "information_schema.character_sets",
        (catalog, context, out) ->
            out.set("character_set_name", "UTF8")
                .set("character_repertoire", "UCS")
                .set("form_of_use", "UTF8")
                .set("default_collate_catalog", catalog.databaseName())
                .set("default_collate_schema", "pg_catalog")
                .set("default_collate_name", "C.UTF-8")
                .end());
  }

  private static void schemata(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (SchemaEntry schema : catalog.schemas()) {
      out.set("catalog_name", catalog.databaseName())
          .set("schema_name", schema.name())
          .set("schema_owner", catalog.roles().name(schema.owner()))
          .end();
    }
  }

  static boolean isTableLike(RelationEntry relation) {
    return relation.kind() == 'r' || relation.kind() == 'v';
  }

  private static void tables(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (isTableLike(relation)) {
        boolean isTemporary = relation instanceof TableEntry t && t.persistence() == 't';
        String type = relation.kind() == 'v' ? "VIEW" : "BASE TABLE";
        out.set("table_catalog", catalog.databaseName())
            .set("table_schema", relation.schema())
            .set("table_name", relation.name())
            .set("table_type", isTemporary ? "LOCAL TEMPORARY" : type)
            .set("is_insertable_into", yes((events(context, relation) & 8) != 0))
            .set("is_typed", "NO")
            .end();
      }
    }
  }

  private static void views(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (relation.kind() == 'v') {
        out.set("table_catalog", catalog.databaseName())
            .set("table_schema", relation.schema())
            .set("table_name", relation.name())
            .set(
                "view_definition",
                relation instanceof ViewEntry view
                    ? context.service(CatalogServices.class).definitions().view(view, false, 0)
                    : null)
            .set(
                "check_option",
                relation instanceof ViewEntry view ? view.checkOption().name() : "NONE")
            .set("is_updatable", yes((events(context, relation) & 20) == 20))
            .set("is_insertable_into", yes((events(context, relation) & 8) != 0))
            .set("is_trigger_updatable", "NO")
            .set("is_trigger_deletable", "NO")
            .set("is_trigger_insertable_into", "NO")
            .end();
      }
    }
  }

  /** Returns what may be done with a relation, as bits: 4 UPDATE, 8 INSERT, 16 DELETE. */
  private static int events(EvalContext context, RelationEntry relation) {
    if (relation instanceof ViewEntry view) {
      return context.service(CatalogServices.class).definitions().events(view);
    }
    return relation.kind() == 'r' ? 28 : 0;
  }

  private static void sequences(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (!(relation instanceof SequenceEntry s) || isOfIdentity(catalog, s)) {
        continue;
      }
      SqlType type = catalog.types().byOid(s.typeOid());
      out.set("sequence_catalog", catalog.databaseName())
          .set("sequence_schema", s.schema())
          .set("sequence_name", s.name())
          .set("data_type", type.info().sqlName())
          .set("numeric_precision", precision(type, -1))
          .set("numeric_precision_radix", 2)
          .set("numeric_scale", 0)
          .set("start_value", Long.toString(s.start()))
          .set("minimum_value", Long.toString(s.minimum()))
          .set("maximum_value", Long.toString(s.maximum()))
          .set("increment", Long.toString(s.increment()))
          .set("cycle_option", yes(s.isCycling()))
          .end();
    }
  }

  private static boolean isOfIdentity(CatalogVersion catalog, SequenceEntry sequence) {
    RelationEntry owner = catalog.relationByOid(sequence.ownedByTable());
    return owner != null
        && owner.columns().stream()
            .anyMatch(c -> c.number() == sequence.ownedByColumn() && c.identity() != 0);
  }

  static String yes(boolean truth) {
    return truth ? "YES" : "NO";
  }

  private static void columns(
      CatalogVersion catalog, CatalogServices services, boolean isVirtual, RowSink out) {
    for (RelationEntry relation : catalog.relations()) {
      if (isTableLike(relation) && relation instanceof VirtualTable == isVirtual) {
        for (ColumnEntry column : relation.columns()) {
          if (!column.isDropped()) {
            column(catalog, services, relation, column, out);
          }
        }
      }
    }
  }

  private static void column(
      CatalogVersion catalog,
      CatalogServices services,
      RelationEntry relation,
      ColumnEntry column,
      RowSink out) {
    boolean isGenerated = column.generated() != 0;
    String value =
        RelationTables.hasDefault(column)
            ? services.definitions().expression(column.defaultSql(), relation, false).text()
            : null;
    out.set("table_catalog", catalog.databaseName())
        .set("table_schema", relation.schema())
        .set("table_name", relation.name())
        .set("column_name", column.name())
        .set("ordinal_position", column.number())
        .set("column_default", isGenerated ? null : value)
        .set("is_nullable", yes(!column.isNotNull()))
        .set("dtd_identifier", Integer.toString(column.number()))
        .set("is_self_referencing", "NO")
        .set("is_identity", yes(column.identity() != 0))
        .set("identity_cycle", "NO")
        .set("is_generated", isGenerated ? "ALWAYS" : "NEVER")
        .set("generation_expression", isGenerated ? value : null)
        .set(
            "is_updatable",
            yes(
                relation.kind() == 'r'
                    || relation instanceof ViewEntry view
                        && services.definitions().isUpdatable(view, column.number())));
    type(catalog, column, out);
    collation(catalog, column.collation(), out);
    if (column.identity() != 0) {
      identity(catalog, relation, column, out);
    }
    out.end();
  }

  private static void identity(
      CatalogVersion catalog, RelationEntry relation, ColumnEntry column, RowSink out) {
    out.set("identity_generation", column.identity() == 'a' ? "ALWAYS" : "BY DEFAULT");
    for (RelationEntry other : catalog.relations()) {
      if (other instanceof SequenceEntry s
          && s.ownedByTable() == relation.oid()
          && s.ownedByColumn() == column.number()) {
        out.set("identity_start", Long.toString(s.start()))
            .set("identity_increment", Long.toString(s.increment()))
            .set("identity_maximum", Long.toString(s.maximum()))
            .set("identity_minimum", Long.toString(s.minimum()))
            .set("identity_cycle", yes(s.isCycling()));
      }
    }
  }

  /** Sets the columns about a collation that is not the database's own. */
  static void collation(CatalogVersion catalog, int collation, RowSink out) {
    if (collation != 0 && collation != 100) {
      out.set("collation_catalog", catalog.databaseName())
          .set("collation_schema", "pg_catalog")
          .set("collation_name", collation == 951 ? "POSIX" : "C");
    }
  }

  /** Sets the columns about the type of a column; a domain is shown as the type it is over. */
  private static void type(CatalogVersion catalog, ColumnEntry column, RowSink out) {
    if (column.type() instanceof DomainType domain) {
      InformationDomains.named(catalog, domain, out);
      type(catalog, domain.parent(), domain.parentTypmod(), out);
    } else {
      type(catalog, column.type(), column.typmod(), out);
    }
  }

  /** Sets the columns about a type. */
  static void type(CatalogVersion catalog, SqlType type, int typmod, RowSink out) {
    out.set("data_type", dataType(type))
        .set("udt_catalog", catalog.databaseName())
        .set("udt_schema", type.info().schema())
        .set("udt_name", type.name());
    boolean isText = type.oid() == Oids.VARCHAR || type.oid() == Oids.BPCHAR;
    if (isText && typmod >= 0) {
      int length = typmod - MODIFIER_OFFSET;
      out.set("character_maximum_length", length);
      out.set("character_octet_length", (int) Math.min(4L * length, OCTETS_MAX));
    } else if (isText || type.oid() == Oids.TEXT) {
      out.set("character_octet_length", OCTETS_MAX);
    } else if (type.oid() == Oids.BIT || type.oid() == Oids.VARBIT) {
      out.set("character_maximum_length", typmod >= 0 ? (Integer) typmod : null);
    }
    out.set("numeric_precision", precision(type, typmod));
    out.set("numeric_precision_radix", radix(type));
    out.set("numeric_scale", scale(type, typmod));
    out.set("datetime_precision", datetimePrecision(type, typmod));
    if (type.oid() == Oids.INTERVAL) {
      out.set("interval_type", intervalFields(FormatType.format(type, typmod)));
    }
  }

  /** Returns the name in {@code data_type}: arrays and types of extensions have none there. */
  static String dataType(SqlType type) {
    if (TypeFacts.isArray(type)) {
      return "ARRAY";
    }
    return type.info().schema().equals("pg_catalog") ? type.info().sqlName() : "USER-DEFINED";
  }

  private static Integer precision(SqlType type, int typmod) {
    return switch (type.oid()) {
      case Oids.INT2 -> 16;
      case Oids.INT4 -> 32;
      case Oids.INT8 -> 64;
      case Oids.FLOAT4 -> 24;
      case Oids.FLOAT8 -> 53;
      case Oids.NUMERIC -> typmod < 0 ? null : (Integer) (typmod - MODIFIER_OFFSET >> 16);
      default -> null;
    };
  }

  private static Integer radix(SqlType type) {
    return switch (type.oid()) {
      case Oids.INT2, Oids.INT4, Oids.INT8, Oids.FLOAT4, Oids.FLOAT8 -> 2;
      case Oids.NUMERIC -> 10;
      default -> null;
    };
  }

  private static Integer scale(SqlType type, int typmod) {
    return switch (type.oid()) {
      case Oids.INT2, Oids.INT4, Oids.INT8 -> 0;
      // eleven bits with a sign, as numeric(p, -s) is allowed
      case Oids.NUMERIC ->
          typmod < 0 ? null : (Integer) (((typmod - MODIFIER_OFFSET & 0x7ff) ^ 1024) - 1024);
      default -> null;
    };
  }

  /** Returns what {@code interval day to second(3)} says of fields, {@code null} if nothing. */
  private static String intervalFields(String type) {
    int blank = type.indexOf(' ');
    return blank < 0 ? null : type.substring(blank + 1).toUpperCase(Locale.ROOT);
  }

  private static Integer datetimePrecision(SqlType type, int typmod) {
    return switch (type.oid()) {
      case Oids.DATE -> 0;
      case Oids.TIME, Oids.TIMETZ, Oids.TIMESTAMP, Oids.TIMESTAMPTZ -> typmod < 0 ? 6 : typmod;
      case Oids.INTERVAL -> typmod < 0 || (typmod & 0xffff) == 0xffff ? 6 : typmod & 0xffff;
      default -> null;
    };
  }
}
