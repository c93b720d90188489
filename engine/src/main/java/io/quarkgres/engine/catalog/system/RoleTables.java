package io.quarkgres.engine.catalog.system;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleCatalog.SettingsOf;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.catalog.RoleEntry.Attribute;
import io.quarkgres.engine.function.EvalContext;
import java.util.ArrayList;
import java.util.List;

/** Roles and their memberships. Thread: any. */
final class RoleTables {
  private RoleTables() {}

  static void register(SystemTables t) {
    t.rows(
        "pg_authid",
        (catalog, context, out) ->
            catalog.roles().all().forEach(r -> role(r, r.password(), out).end()));
    t.rows("pg_roles", RoleTables::roles);
    t.rows("pg_user", (catalog, context, out) -> users(catalog, false, out));
    t.rows("pg_shadow", (catalog, context, out) -> users(catalog, true, out));
    t.rows("pg_group", (catalog, context, out) -> groups(catalog, out));
    t.rows("pg_db_role_setting", (catalog, context, out) -> settings(catalog, out));
    t.rows("pg_auth_members", (catalog, context, out) -> members(catalog, out));
  }

  private static RowSink role(RoleEntry role, String password, RowSink out) {
    return out.set("oid", role.oid())
        .set("rolname", role.name())
        .set("rolsuper", role.is(Attribute.SUPERUSER))
        .set("rolinherit", role.is(Attribute.INHERIT))
        .set("rolcreaterole", role.is(Attribute.CREATEROLE))
        .set("rolcreatedb", role.is(Attribute.CREATEDB))
        .set("rolcanlogin", role.is(Attribute.LOGIN))
        .set("rolreplication", role.is(Attribute.REPLICATION))
        .set("rolbypassrls", role.is(Attribute.BYPASSRLS))
        .set("rolconnlimit", role.connectionLimit())
        .set("rolpassword", password)
        .set("rolvaliduntil", role.validUntil());
  }

  private static void roles(CatalogVersion catalog, EvalContext context, RowSink out) {
    for (RoleEntry role : catalog.roles().all()) {
      role(role, "********", out)
          .set("rolconfig", settings(catalog, new SettingsOf(0, role.oid())))
          .end();
    }
  }

  private static void users(CatalogVersion catalog, boolean showsPassword, RowSink out) {
    for (RoleEntry role : catalog.roles().all()) {
      if (role.is(Attribute.LOGIN)) {
        out.set("usename", role.name())
            .set("usesysid", role.oid())
            .set("usecreatedb", role.is(Attribute.CREATEDB))
            .set("usesuper", role.is(Attribute.SUPERUSER))
            .set("userepl", role.is(Attribute.REPLICATION))
            .set("usebypassrls", role.is(Attribute.BYPASSRLS))
            .set("passwd", showsPassword ? role.password() : "********")
            .set("valuntil", role.validUntil())
            .set("useconfig", settings(catalog, new SettingsOf(0, role.oid())))
            .end();
      }
    }
  }

  private static void settings(CatalogVersion catalog, RowSink out) {
    for (SettingsOf of : catalog.roles().settings().keySet()) {
      out.set("setdatabase", of.database())
          .set("setrole", of.role())
          .set("setconfig", settings(catalog, of))
          .end();
    }
  }

  /** Returns settings as {@code name=value}, {@code null} for none. */
  private static List<String> settings(CatalogVersion catalog, SettingsOf of) {
    List<String> result = new ArrayList<>();
    catalog.roles().settings(of).forEach((name, value) -> result.add(name + "=" + value));
    return result.isEmpty() ? null : result;
  }

  private static void groups(CatalogVersion catalog, RowSink out) {
    for (RoleEntry role : catalog.roles().all()) {
      if (!role.is(Attribute.LOGIN)) {
        List<Integer> members = new ArrayList<>();
        for (RoleCatalog.Membership m : catalog.roles().memberships()) {
          if (m.role() == role.oid()) {
            members.add(m.member());
          }
        }
        out.set("groname", role.name())
            .set("grosysid", role.oid())
            .set("grolist", Texts.numbers(members))
            .end();
      }
    }
  }

  private static void members(CatalogVersion catalog, RowSink out) {
    for (RoleCatalog.Membership m : catalog.roles().memberships()) {
      out.set("roleid", m.role())
          .set("member", m.member())
          .set("grantor", m.grantor())
          .set("admin_option", m.isAdmin())
          .end();
    }
  }
}
