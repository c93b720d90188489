package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.List;
import java.util.Locale;

/**
 * {@code has_table_privilege} and its like. The only role is a superuser, so that what remains is
 * to check that the role, the object and the privilege exist. Thread: any.
 */
final class PrivilegeFunctions {
  private static final List<String> NO_USER = List.of("name", "id");
  private static final List<String> WITH_USER = List.of("name_name", "name_id", "id_name", "id_id");

  private PrivilegeFunctions() {}

  static void register(KernelTable t) {
    kind(t, "table", "SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER");
    kind(t, "sequence", "USAGE SELECT UPDATE");
    kind(t, "any_column", "SELECT INSERT UPDATE REFERENCES");
    kind(t, "schema", "CREATE USAGE");
    kind(t, "database", "CREATE TEMPORARY TEMP CONNECT");
    kind(t, "function", "EXECUTE");
    kind(t, "type", "USAGE");
    kind(t, "language", "USAGE");
    kind(t, "tablespace", "CREATE");
    for (String object : List.of("name_name", "name_attnum", "id_name", "id_attnum")) {
      column(t, object, false);
      column(t, "name_" + object, true);
      column(t, "id_" + object, true);
    }
    for (String arguments : NO_USER) {
      t.row("pg_has_role_" + arguments, (r, o) -> role(r, false, o));
    }
    for (String arguments : WITH_USER) {
      t.row("pg_has_role_" + arguments, (r, o) -> role(r, true, o));
    }
  }

  private static void kind(KernelTable t, String kind, String privileges) {
    List<String> known = List.of(privileges.split(" "));
    for (String arguments : NO_USER) {
      t.row("has_" + kind + "_privilege_" + arguments, (r, o) -> check(r, kind, known, false, o));
    }
    for (String arguments : WITH_USER) {
      t.row("has_" + kind + "_privilege_" + arguments, (r, o) -> check(r, kind, known, true, o));
    }
  }

  private static void check(
      Row row, String kind, List<String> privileges, boolean hasUser, Out out) {
    int object = hasUser ? 1 : 0;
    if (hasUser) {
      requireRole(row, 0);
    }
    boolean isThere =
        row.type(object).oid() == Oids.OID
            ? exists(services(row), kind, row.int32(object))
            : require(services(row), kind, row.text(object));
    checkPrivileges(row.text(object + 1), privileges);
    answer(isThere, out);
  }

  private static void answer(boolean isThere, Out out) {
    if (isThere) {
      out.bool(true);
    } else {
      out.sqlNull();
    }
  }

  /** Raises 22023 for a word that is no privilege of such an object. */
  private static void checkPrivileges(String list, List<String> known) {
    for (String word : list.split(",", -1)) {
      String name = word.strip();
      String upper = name.toUpperCase(Locale.ROOT);
      String bare =
          upper.endsWith(" WITH GRANT OPTION")
              ? upper.substring(0, upper.length() - " WITH GRANT OPTION".length())
              : upper;
      if (!known.contains(bare)) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"" + name + "\"");
      }
    }
  }

  private static void requireRole(Row row, int argument) {
    if (row.type(argument).oid() != Oids.OID) {
      ObjectNaming.oid(services(row), "regrole", ObjectNaming.quote(row.text(argument)));
    }
  }

  private static boolean exists(CatalogServices services, String kind, int oid) {
    CatalogVersion catalog = services.catalog();
    return switch (kind) {
      case "table", "any_column" -> catalog.relationByOid(oid) != null;
      case "sequence" -> {
        RelationEntry relation = catalog.relationByOid(oid);
        if (relation != null) {
          requireSequence(relation);
        }
        yield relation != null;
      }
      case "schema" -> catalog.schemaByOid(oid) != null;
      case "function" -> catalog.functions().function(oid) != null;
      case "type" -> catalog.types().byOid(oid) != null;
      case "language" -> oid == 12 || oid == 13 || oid == 14;
      case "tablespace" -> oid == 1663 || oid == 1664;
      case "database" -> services.catalogOf(oid) != null;
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static boolean require(CatalogServices services, String kind, String name) {
    switch (kind) {
      case "table", "any_column" -> RegFunctions.requireRelation(services, name);
      case "sequence" -> requireSequence(RegFunctions.requireRelation(services, name));
      case "schema" -> ObjectNaming.oid(services, "regnamespace", ObjectNaming.quote(name));
      case "function" -> ObjectNaming.oid(services, "regprocedure", name);
      case "type" -> ObjectNaming.oid(services, "regtype", name);
      case "language" ->
          requireOneOf(name, List.of("internal", "c", "sql"), "language \"" + name + "\"");
      case "tablespace" ->
          requireOneOf(name, List.of("pg_default", "pg_global"), "tablespace \"" + name + "\"");
      case "database" -> {
        if (services.databaseOid(name) == 0) {
          throw new SqlException(
              SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
        }
      }
      default -> throw new IllegalArgumentException(kind);
    }
    return true;
  }

  private static void requireOneOf(String name, List<String> names, String shown) {
    if (!names.contains(name)) {
      throw new SqlException(SqlState.UNDEFINED_OBJECT, shown + " does not exist");
    }
  }

  private static void requireSequence(RelationEntry relation) {
    if (!(relation instanceof SequenceEntry)) {
      throw new SqlException(
          SqlState.WRONG_OBJECT_TYPE, "\"" + relation.name() + "\" is not a sequence");
    }
  }

  private static void column(KernelTable t, String arguments, boolean hasUser) {
    t.row("has_column_privilege_" + arguments, (r, o) -> checkColumn(r, hasUser, o));
  }

  private static void checkColumn(Row row, boolean hasUser, Out out) {
    int table = hasUser ? 1 : 0;
    if (hasUser) {
      requireRole(row, 0);
    }
    RelationEntry relation =
        row.type(table).oid() == Oids.OID
            ? services(row).catalog().relationByOid(row.int32(table))
            : RegFunctions.requireRelation(services(row), row.text(table));
    checkPrivileges(row.text(table + 2), List.of("SELECT", "INSERT", "UPDATE", "REFERENCES"));
    answer(relation != null && hasColumn(row, relation, table + 1), out);
  }

  private static boolean hasColumn(Row row, RelationEntry relation, int argument) {
    boolean isNumber = row.type(argument).oid() == Oids.INT2;
    for (ColumnEntry column : relation.columns()) {
      boolean isIt =
          isNumber
              ? column.number() == row.int32(argument)
              : column.name().equals(row.text(argument));
      if (isIt && !column.isDropped()) {
        return true;
      }
    }
    if (!isNumber) {
      throw new SqlException(
          SqlState.UNDEFINED_COLUMN,
          "column \""
              + row.text(argument)
              + "\" of relation \""
              + relation.name()
              + "\" does not exist");
    }
    return false;
  }

  private static void role(Row row, boolean hasUser, Out out) {
    if (hasUser) {
      requireRole(row, 0);
    }
    int role = hasUser ? 1 : 0;
    requireRole(row, role);
    checkPrivileges(row.text(role + 1), List.of("MEMBER", "USAGE"));
    out.bool(true);
  }
}
