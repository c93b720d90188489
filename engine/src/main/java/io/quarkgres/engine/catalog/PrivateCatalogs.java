package io.quarkgres.engine.catalog;

import java.util.Set;

/** The system catalogs that only superusers may read. Thread: any. */
final class PrivateCatalogs {
  private static final Set<String> NAMES =
      Set.of(
          "pg_catalog.pg_statistic",
          "pg_catalog.pg_authid",
          "pg_catalog.pg_shadow",
          "pg_catalog.pg_statistic_ext_data",
          "pg_catalog.pg_file_settings",
          "pg_catalog.pg_hba_file_rules",
          "pg_catalog.pg_ident_file_mappings",
          "pg_catalog.pg_config",
          "pg_catalog.pg_shmem_allocations",
          "pg_catalog.pg_backend_memory_contexts",
          "pg_catalog.pg_user_mapping",
          "pg_catalog.pg_replication_origin_status",
          "pg_catalog.pg_subscription",
          "pg_catalog.pg_largeobject",
          "information_schema.sql_parts",
          "information_schema.transforms",
          "information_schema._pg_foreign_table_columns",
          "information_schema._pg_foreign_data_wrappers",
          "information_schema._pg_foreign_servers",
          "information_schema._pg_foreign_tables",
          "information_schema._pg_user_mappings");

  private PrivateCatalogs() {}

  static boolean isPrivate(VirtualTable table) {
    return NAMES.contains(table.schema() + "." + table.name());
  }
}
