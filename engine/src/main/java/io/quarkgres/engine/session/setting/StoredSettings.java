package io.quarkgres.engine.session.setting;

import io.quarkgres.engine.catalog.CatalogVersion;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleCatalog.SettingsOf;
import io.quarkgres.spi.error.SqlException;
import java.util.List;

/**
 * Gives a new session the settings of ALTER ROLE and ALTER DATABASE: those of all, of its database,
 * of its role and of its role in its database; later ones win. Thread: any.
 */
public final class StoredSettings {
  private StoredSettings() {}

  public static void apply(CatalogVersion catalog, int role, Settings settings) {
    RoleCatalog roles = catalog.roles();
    int database = catalog.databaseOid();
    for (SettingsOf of :
        List.of(
            new SettingsOf(0, 0),
            new SettingsOf(database, 0),
            new SettingsOf(0, role),
            new SettingsOf(database, role))) {
      roles.settings(of).forEach((name, value) -> set(settings, name, value, source(of)));
    }
  }

  private static String source(SettingsOf of) {
    if (of.role() == 0) {
      return of.database() == 0 ? "global" : "database";
    }
    return of.database() == 0 ? "user" : "database user";
  }

  /** What this server does not know any more must not keep anybody from logging in. */
  private static void set(Settings settings, String name, String value, String source) {
    try {
      settings.setAtStart(name, value, source);
    } catch (SqlException e) {
      System.Logger log = System.getLogger(StoredSettings.class.getName());
      log.log(System.Logger.Level.WARNING, "a stored setting was left out: {0}", e.getMessage());
    }
  }
}
