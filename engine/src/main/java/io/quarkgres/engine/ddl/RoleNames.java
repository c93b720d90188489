package io.quarkgres.engine.ddl;

import io.quarkgres.engine.ast.RoleName;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** The one role there is until roles are built. Thread: any. */
final class RoleNames {
  static final String SUPERUSER = "postgres";

  private RoleNames() {}

  /** Raises 42704 unless a name means the superuser. */
  static void requireSuperuser(RoleName role) {
    boolean isSuperuser = role.name() == null || role.name().equals(SUPERUSER);
    if (!isSuperuser) {
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, "role \"" + role.name() + "\" does not exist");
    }
  }
}
