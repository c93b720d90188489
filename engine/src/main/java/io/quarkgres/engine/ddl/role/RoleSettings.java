package io.quarkgres.engine.ddl.role;

import io.quarkgres.engine.ast.ObjectStatement;
import io.quarkgres.engine.ast.RoleStatement;
import io.quarkgres.engine.ast.UtilityStatement.Setting;
import io.quarkgres.engine.catalog.Rights;
import io.quarkgres.engine.catalog.RoleCatalog.SettingsOf;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ALTER ROLE and ALTER DATABASE with SET and RESET: the settings that sessions begin with. Used by
 * the session's thread.
 */
public final class RoleSettings {
  private final DdlContext context;

  public RoleSettings(DdlContext context) {
    this.context = context;
  }

  /** ALTER ROLE role|ALL [IN DATABASE name] SET or RESET. */
  public String ofRole(RoleStatement.AlterRoleSet s) {
    int role = s.role() == null ? 0 : RoleNames.oid(context, s.role());
    int database = s.database() == null ? 0 : requireDatabase(s.database());
    if (role != 0) {
      requireMayAlter(context.catalog().roles().role(role));
    } else if (database != 0) {
      requireOwner(database, s.database());
    } else if (!context.rights().isSuperuser()) {
      throw denied("must be superuser to alter settings globally");
    }
    change(new SettingsOf(database, role), s.setting());
    return "ALTER ROLE";
  }

  /** ALTER DATABASE SET or RESET. */
  public String ofDatabase(ObjectStatement.AlterDatabaseSet s) {
    int database = requireDatabase(s.name());
    requireOwner(database, s.name());
    change(new SettingsOf(database, 0), s.setting());
    return "ALTER DATABASE";
  }

  private static SqlException denied(String message) {
    return new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, message);
  }

  private int requireDatabase(String name) {
    int oid = context.databaseOid(name);
    if (oid == 0) {
      throw new SqlException(
          SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }
    return oid;
  }

  private void requireOwner(int database, String name) {
    if (!context.rights().isOwner(context.catalog().roles().database(database).owner())) {
      throw Rights.notOwner("database", name);
    }
  }

  /** Everybody may change settings of his own. */
  private void requireMayAlter(RoleEntry role) {
    if (context.rights().isSuperuser()) {
      return;
    }
    if (role.is(RoleEntry.Attribute.SUPERUSER)) {
      throw denied("must be superuser to alter superusers");
    }
    RoleEntry me = context.catalog().roles().role(context.currentUser());
    if (role.oid() != me.oid() && !me.is(RoleEntry.Attribute.CREATEROLE)) {
      throw denied("permission denied");
    }
  }

  private void change(SettingsOf of, Setting setting) {
    switch (setting) {
      case Setting.ResetAll s -> put(of, context.settingsToKeep(stored(of)));
      case Setting.ToDefault s -> {
        Map<String, String> values = stored(of);
        if (!values.isEmpty()) {
          values.remove(context.settingName(s.name()));
          put(of, values);
        }
      }
      case Setting.Assign s -> set(of, s.name(), setting);
      case Setting.FromCurrent s -> set(of, s.name(), setting);
    }
  }

  private Map<String, String> stored(SettingsOf of) {
    return new LinkedHashMap<>(context.catalog().roles().settings(of));
  }

  private void set(SettingsOf of, String name, Setting setting) {
    String value = context.settingToStore(setting);
    Map<String, String> values = stored(of);
    values.put(context.settingName(name), value);
    put(of, values);
  }

  private void put(SettingsOf of, Map<String, String> values) {
    context.changeRoles(r -> r.with(of, values));
  }
}
