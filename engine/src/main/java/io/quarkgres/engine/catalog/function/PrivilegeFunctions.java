package io.quarkgres.engine.catalog.function;

import static io.quarkgres.engine.catalog.function.CatalogFunctions.services;

import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.ObjectNaming;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.catalog.SequenceEntry;
import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** {@code has_table_privilege} and its like. Thread: any. */
final class PrivilegeFunctions {
  private static final String OPTION = " WITH GRANT OPTION";
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
      t.row("pg_has_role_" + arguments, (r, o) -> hasRole(r, false, o));
    }
    for (String arguments : WITH_USER) {
      t.row("pg_has_role_" + arguments, (r, o) -> hasRole(r, true, o));
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
    int role = hasUser ? role(row, 0) : services(row).currentRole();
    boolean isByOid = row.type(object).oid() == Oids.OID;
    boolean isThere =
        isByOid
            ? exists(services(row), kind, row.int32(object))
            : require(services(row), kind, row.text(object));
    List<Wanted> wanted = wanted(row.text(object + 1), privileges);
    if (!isThere) {
      out.sqlNull();
      return;
    }
    out.bool(has(row, kind, object, isByOid, role, wanted));
  }

  /** A privilege that is asked about. */
  private record Wanted(String name, boolean isOption) {}

  private static boolean has(
      Row row, String kind, int object, boolean isByOid, int role, List<Wanted> wanted) {
    CatalogServices services = services(row);
    CatalogVersion catalog = services.catalog();
    Rights rights = new Rights(catalog, role);
    if (rights.isSuperuser()) {
      return true;
    }
    Predicate<Wanted> test =
        switch (kind) {
          case "table", "sequence" -> {
            RelationEntry relation = relation(services, row, object, isByOid);
            yield w -> rights.onRelation(relation, Privilege.of(w.name()), w.isOption());
          }
          case "any_column" -> {
            RelationEntry relation = relation(services, row, object, isByOid);
            yield w ->
                rights.onRelation(relation, Privilege.of(w.name()), w.isOption())
                    || rights.onAnyColumn(relation, Privilege.of(w.name()), w.isOption());
          }
          case "schema" -> {
            SchemaEntry schema =
                isByOid ? catalog.schemaByOid(row.int32(object)) : catalog.schema(row.text(object));
            yield w -> rights.onSchema(schema, Privilege.of(w.name()), w.isOption());
          }
          case "database" -> {
            int database = isByOid ? row.int32(object) : services.databaseOid(row.text(object));
            yield w -> rights.onDatabase(database, Privilege.of(w.name()), w.isOption());
          }
          // Everybody may use the functions, types and languages that there are.
          case "function", "type", "language" -> w -> !w.isOption();
          case "tablespace" -> w -> false;
          default -> throw new IllegalArgumentException(kind);
        };
    return wanted.stream().anyMatch(test);
  }

  private static RelationEntry relation(
      CatalogServices services, Row row, int object, boolean isByOid) {
    return isByOid
        ? services.catalog().relationByOid(row.int32(object))
        : RegFunctions.requireRelation(services, row.text(object));
  }

  /** Reads a list of privileges; raises 22023 for a word that is no privilege of such an object. */
  private static List<Wanted> wanted(String list, List<String> known) {
    List<Wanted> result = new ArrayList<>();
    for (String word : list.split(",", -1)) {
      String name = word.strip();
      String upper = name.toUpperCase(Locale.ROOT);
      boolean isOption = upper.endsWith(OPTION);
      String bare = isOption ? upper.substring(0, upper.length() - OPTION.length()) : upper;
      if (!known.contains(bare)) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"" + name + "\"");
      }
      result.add(new Wanted(bare, isOption));
    }
    return result;
  }

  /** Returns the oid of a role argument; raises 42704. The name public means everybody. */
  private static int role(Row row, int argument) {
    if (row.type(argument).oid() == Oids.OID) {
      return row.int32(argument);
    }
    String name = row.text(argument);
    RoleEntry role = services(row).catalog().roles().role(name);
    if (role == null && !name.equals("public")) {
      throw new SqlException(SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist");
    }
    return role == null ? Acl.PUBLIC : role.oid();
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
    int role = hasUser ? role(row, 0) : services(row).currentRole();
    RelationEntry relation =
        row.type(table).oid() == Oids.OID
            ? services(row).catalog().relationByOid(row.int32(table))
            : RegFunctions.requireRelation(services(row), row.text(table));
    List<Wanted> wanted =
        wanted(row.text(table + 2), List.of("SELECT", "INSERT", "UPDATE", "REFERENCES"));
    int number = relation == null ? 0 : columnNumber(row, relation, table + 1);
    if (number == 0) {
      out.sqlNull();
      return;
    }
    Rights rights = new Rights(services(row).catalog(), role);
    out.bool(
        wanted.stream()
            .anyMatch(w ->
                rights.onRelation(relation, Privilege.of(w.name()), w.isOption())
                    || rights.onColumn(relation, number, Privilege.of(w.name()), w.isOption())));
  }

  private static int columnNumber(Row row, RelationEntry relation, int argument) {
    boolean isNumber = row.type(argument).oid() == Oids.INT2;
    for (ColumnEntry column : relation.columns()) {
      boolean isIt =
          isNumber
              ? column.number() == row.int32(argument)
              : column.name().equals(row.text(argument));
      if (isIt && !column.isDropped()) {
        return column.number();
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
    return 0;
  }

  private static void hasRole(Row row, boolean hasUser, Out out) {
    RoleCatalog roles = services(row).catalog().roles();
    int database = services(row).catalog().databaseOid();
    int member = hasUser ? role(row, 0) : services(row).currentRole();
    int argument = hasUser ? 1 : 0;
    int role = role(row, argument);
    List<Wanted> wanted = wanted(row.text(argument + 1), List.of("MEMBER", "USAGE"));
    out.bool(
        wanted.stream()
            .anyMatch(w ->
                w.isOption()
                    ? roles.isAdminOf(member, role)
                    : w.name().equals("USAGE")
                        ? roles.hasRightsOf(member, role, database)
                        : roles.isMember(member, role, database)));
  }
}
