package io.quarkgres.engine.session;

import io.quarkgres.engine.bind.tree.Access;
import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.Privilege;
import io.quarkgres.engine.catalog.RelationEntry;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.catalog.SchemaEntry;
import io.quarkgres.engine.session.setting.Settings;
import java.util.Set;

/**
 * Who a session is: the role it logged in as, the one of SET SESSION AUTHORIZATION and the one of
 * SET ROLE, and what that one may do. Used by the session's thread.
 */
final class SessionRole {
  private final ClientSession session;
  private final int loginRole;
  private long settingsVersion = -1;
  private int sessionRole;
  private int currentRole;
  private Rights rights;
  private long rightsVersion = -1;

  SessionRole(ClientSession session, int loginRole) {
    this.session = session;
    this.loginRole = loginRole;
    this.sessionRole = loginRole;
    this.currentRole = loginRole;
  }

  private RoleCatalog roles() {
    return session.environment().catalog().roles();
  }

  private void refresh() {
    Settings settings = session.settings();
    if (settings.version() == settingsVersion) {
      return;
    }
    settingsVersion = settings.version();
    rightsVersion = -1;
    RoleEntry named = roles().role(settings.raw("session_authorization"));
    sessionRole = named == null ? loginRole : named.oid();
    String role = settings.raw("role");
    RoleEntry set = role.equals("none") ? null : roles().role(role);
    currentRole = set == null ? sessionRole : set.oid();
  }

  /** Returns the oid of the role the session logged in as. */
  int login() {
    return loginRole;
  }

  /** Returns the oid of {@code session_user}. */
  int session() {
    refresh();
    return sessionRole;
  }

  /** Returns the oid of {@code current_user}. */
  int current() {
    refresh();
    return currentRole;
  }

  /** Returns the name of {@code session_user}. */
  String sessionName() {
    return name(session());
  }

  /** Returns the name of {@code current_user}. */
  String currentName() {
    return name(current());
  }

  private String name(int oid) {
    String name = roles().name(oid);
    return name == null ? "unknown (OID=" + Integer.toUnsignedString(oid) + ")" : name;
  }

  /** Returns what the current role may do, as the transaction sees it. */
  Rights rights() {
    refresh();
    CatalogVersion catalog = session.environment().catalog();
    if (rightsVersion != catalog.version()) {
      rights = new Rights(catalog, currentRole);
      rightsVersion = catalog.version();
    }
    return rights;
  }

  /** Raises 42501 unless a schema that a statement names may be used. */
  void requireUsage(String schemaName) {
    SchemaEntry schema = session.environment().catalog().schema(schemaName);
    if (schema != null) {
      rights().requireUsage(schema);
    }
  }

  /** Raises 42501 unless all that a statement does with relations is allowed. */
  void require(Iterable<Access> accesses) {
    Rights mine = rights();
    CatalogVersion catalog = session.environment().catalog();
    for (Access access : accesses) {
      Rights checked =
          access.role() == Access.CURRENT_USER ? mine : new Rights(catalog, access.role());
      RelationEntry relation = catalog.relationByOid(access.oid());
      if (!checked.isSuperuser() && relation != null) {
        for (Privilege privilege : access.privileges()) {
          if (!isAllowed(checked, relation, privilege, access.columns(privilege))) {
            throw Rights.denied(relation);
          }
        }
      }
    }
  }

  private static boolean isAllowed(
      Rights rights, RelationEntry relation, Privilege privilege, Set<Integer> columns) {
    if (rights.onRelation(relation, privilege, false)) {
      return true;
    }
    return switch (privilege) {
      case SELECT, INSERT, UPDATE ->
          columns.isEmpty()
              ? rights.onAnyColumn(relation, privilege, false)
              : columns.stream().allMatch(c -> rights.onColumn(relation, c, privilege, false));
      case DELETE, TRUNCATE, REFERENCES, TRIGGER, EXECUTE, USAGE, CREATE, TEMPORARY, CONNECT ->
          false;
    };
  }
}
