package io.quarkgres.engine.session.setting;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which values a setting may have when what it changes is not built. The rule: a setting that would
 * change the answer of a statement, and that nothing here reads, takes only values that mean what
 * happens anyway; all others (costs, memory, logging, vacuuming) are kept and shown and do nothing.
 * Thread: any.
 */
public final class SettingRules {
  private static final Map<String, List<String>> ONLY = new HashMap<>();

  /** The locales that there are. */
  private static final List<String> LOCALES = List.of("", "C", "POSIX", "C.UTF-8", "C.utf8");

  static {
    ONLY.put("allow_system_table_mods", List.of("off"));
    ONLY.put("array_nulls", List.of("on"));
    ONLY.put("backslash_quote", List.of("safe_encoding", "on"));
    ONLY.put("default_table_access_method", List.of("heap"));
    ONLY.put("default_tablespace", List.of("", "\"\"", "pg_default"));
    ONLY.put("exit_on_error", List.of("off"));
    ONLY.put("gin_fuzzy_search_limit", List.of("0"));
    ONLY.put("local_preload_libraries", List.of("", "\"\""));
    ONLY.put("password_encryption", List.of("scram-sha-256"));
    ONLY.put("quote_all_identifiers", List.of("off"));
    ONLY.put("restrict_nonsystem_relation_kind", List.of("", "\"\""));
    ONLY.put("session_preload_libraries", List.of("", "\"\""));
    ONLY.put("session_replication_role", List.of("origin", "local"));
    ONLY.put("temp_tablespaces", List.of("", "\"\"", "pg_default"));
    ONLY.put("timezone_abbreviations", List.of("Default"));
    ONLY.put("transform_null_equals", List.of("off"));
  }

  /** Kinds of settings that cost or tell more or less, and never change what happens. */
  private static final List<String> HARMLESS =
      List.of(
          "Autovacuum",
          "Lock Management",
          "Reporting and Logging / ",
          "Resource Usage / ",
          "Write-Ahead Log / Archiving",
          "Write-Ahead Log / Checkpoints");

  /** Settings of other kinds that are harmless or built. */
  private static final List<String> HARMLESS_ONES =
      List.of(
          "max_connections",
          "full_page_writes",
          "wal_buffers",
          "wal_skip_threshold",
          "wal_writer_delay",
          "wal_writer_flush_after");

  private SettingRules() {}

  /**
   * Raises 0A000 for a value that is not the server's, of a setting that no session may change and
   * whose meaning is not built.
   */
  public static void checkForServer(SettingTable.Definition definition, String value) {
    boolean isHarmless =
        HARMLESS.stream().anyMatch(definition.category()::startsWith)
            || HARMLESS_ONES.contains(definition.name());
    boolean isRefused = definition.name().equals("archive_library");
    if (!definition.isSessionSettable() && (!isHarmless || isRefused)) {
      throw unsupported(definition, value)
          .withHint("What can be said when the server is started is told by its option --help.");
    }
  }

  private static SqlException unsupported(SettingTable.Definition definition, String value) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "setting parameter \""
            + definition.name()
            + "\" to \""
            + value
            + "\" is not supported yet");
  }

  /** Raises 0A000 for a value whose meaning is not built, 22023 for a locale that is not there. */
  public static void check(SettingTable.Definition definition, String value) {
    String name = definition.name().toLowerCase(Locale.ROOT);
    if (name.startsWith("lc_") && !LOCALES.contains(value)) {
      throw SettingValues.invalid(definition.name(), value);
    }
    List<String> allowed = ONLY.get(name);
    if (allowed != null && !allowed.contains(value)) {
      throw unsupported(definition, value);
    }
  }
}
