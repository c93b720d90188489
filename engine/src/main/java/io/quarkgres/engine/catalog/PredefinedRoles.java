package io.quarkgres.engine.catalog;

import java.util.Map;
import java.util.TreeMap;

/** The roles that every PostgreSQL 15 has, by oid; only the superuser may log in. Thread: any. */
public final class PredefinedRoles {
  /** Oid of the owner of schema {@code public}. */
  public static final int DATABASE_OWNER = 6171;

  private static final Map<Integer, String> NAMES = names();

  private PredefinedRoles() {}

  private static Map<Integer, String> names() {
    Map<Integer, String> names = new TreeMap<>();
    names.put(10, "postgres");
    names.put(3373, "pg_monitor");
    names.put(3374, "pg_read_all_settings");
    names.put(3375, "pg_read_all_stats");
    names.put(3377, "pg_stat_scan_tables");
    names.put(4200, "pg_signal_backend");
    names.put(4544, "pg_checkpoint");
    names.put(4569, "pg_read_server_files");
    names.put(4570, "pg_write_server_files");
    names.put(4571, "pg_execute_server_program");
    names.put(DATABASE_OWNER, "pg_database_owner");
    names.put(6181, "pg_read_all_data");
    names.put(6182, "pg_write_all_data");
    return names;
  }

  static Map<Integer, String> all() {
    return NAMES;
  }

  /** Returns the name of a role, or {@code null}. */
  public static String name(int oid) {
    return NAMES.get(oid);
  }
}
