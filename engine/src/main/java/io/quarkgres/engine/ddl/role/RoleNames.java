package io.quarkgres.engine.ddl.role;

import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.engine.catalog.Acl;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Finds roles by what statements call them. Thread: any. */
public final class RoleNames {
  private RoleNames() {}

  /** Returns the oid of a role; raises 42704. */
  public static int oid(DdlContext context, RoleName role) {
    return switch (role.kind()) {
      case NAMED -> named(context, role.name()).oid();
      case CURRENT_ROLE, CURRENT_USER -> context.currentUser();
      case SESSION_USER -> context.sessionUser();
      case PUBLIC -> throw undefined("public");
    };
  }

  /** Returns the oid of a role, or that of PUBLIC. */
  public static int grantee(DdlContext context, RoleName role) {
    return role.kind() == RoleName.Kind.PUBLIC ? Acl.PUBLIC : oid(context, role);
  }

  /** Returns a role by name; raises 42704. */
  static RoleEntry named(DdlContext context, String name) {
    RoleEntry found = context.catalog().roles().role(name);
    if (found == null) {
      throw undefined(name);
    }
    return found;
  }

  /** Returns the name of a role. */
  public static String name(DdlContext context, int oid) {
    return context.catalog().roles().name(oid);
  }

  static SqlException undefined(String name) {
    return new SqlException(SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist");
  }

  /** Raises 42501 unless the current role is a member of another. */
  public static void requireMember(DdlContext context, int role) {
    int me = context.currentUser();
    if (!context.catalog().roles().isMember(me, role, context.catalog().databaseOid())) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "must be member of role \"" + name(context, role) + "\"");
    }
  }
}
