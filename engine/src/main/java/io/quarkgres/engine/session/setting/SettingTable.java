package io.quarkgres.engine.session.setting;

import io.quarkgres.engine.extension.Extension.SettingDef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings that exist: PostgreSQL's, recorded as facts by {@code scripts/record-settings}, with
 * our values where they describe the server, and those of extensions. Immutable after start.
 * Thread: any.
 */
public final class SettingTable {
  /** The version that clients see; psql and drivers choose their catalog queries by it. */
  static final String SERVER_VERSION = "15.18";

  private static final String RESOURCE = "pg_settings.tsv";

  private static final Set<String> PRIVATE =
      Set.of(
          "config_file",
          "data_directory",
          "dynamic_library_path",
          "external_pid_file",
          "hba_file",
          "ident_file",
          "jit_provider",
          "krb_server_keyfile",
          "log_directory",
          "log_filename",
          "primary_conninfo",
          "session_preload_libraries",
          "shared_preload_libraries",
          "ssl_ciphers",
          "ssl_dh_params_file",
          "ssl_ecdh_curve",
          "ssl_max_protocol_version",
          "ssl_min_protocol_version",
          "ssl_passphrase_command",
          "unix_socket_directories");

  /**
   * A setting.
   *
   * @param name the name as SHOW ALL prints it
   * @param kind bool, integer, real, string or enum
   * @param unit the unit of numbers, or ""
   * @param context who may set it: user, superuser, internal, postmaster, sighup, ...
   * @param minimum for numbers, or ""
   * @param values for enums
   * @param bootValue the default, in units
   */
  public record Definition(
      String name,
      String kind,
      String unit,
      String context,
      String minimum,
      String maximum,
      List<String> values,
      String bootValue,
      String category) {
    /** Tells whether a client may set it when it connects. */
    boolean isStartSettable() {
      return isSessionSettable() || context.endsWith("backend");
    }

    /** Tells whether it has the value of the server's start until the next one. */
    boolean isFixedAtStart() {
      return context.equals("postmaster");
    }

    /** Tells whether only those may see it who may see all settings: it tells where files are. */
    public boolean isPrivate() {
      return PRIVATE.contains(name);
    }

    /** Returns the name that values are found by: in lower case. */
    String key() {
      return name.toLowerCase(Locale.ROOT);
    }

    /** Tells whether a session may change it. */
    boolean isSessionSettable() {
      return context.equals("user") || context.equals("superuser");
    }
  }

  private final Map<String, Definition> byName = new HashMap<>();
  private final Set<String> reservedPrefixes = new HashSet<>();
  private final Map<String, Definition> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  public SettingTable(
      Collection<SettingDef> extensionSettings, Map<String, String> serverSettings) {
    Map<String, String> ours = ours();
    ours.putAll(serverSettings);
    for (String line : lines()) {
      String[] f = line.split("\t", -1);
      String boot = ours.getOrDefault(f[0], f[7]);
      List<String> values = f[6].isEmpty() ? List.of() : List.of(f[6].split(","));
      add(new Definition(f[0], f[1], f[2], f[3], f[4], f[5], values, boot, f[8]));
    }
    for (String name : List.of("session_authorization", "role", "is_superuser")) {
      String boot = name.equals("is_superuser") ? "on" : name.equals("role") ? "none" : "postgres";
      String context = name.equals("is_superuser") ? "internal" : "user";
      add(new Definition(name, "string", "", context, "", "", List.of(), boot, "Hidden"));
    }
    add(
        new Definition(
            "quarkgres.result_cache", "bool", "", "user", "", "", List.of(), "on", "Query Tuning"));
    for (SettingDef s : extensionSettings) {
      reservedPrefixes.add(s.name().substring(0, s.name().indexOf('.')));
      add(
          new Definition(
              s.name(),
              s.kind(),
              "",
              "user",
              s.minimum() == null ? "" : s.minimum(),
              s.maximum() == null ? "" : s.maximum(),
              s.values(),
              s.defaultValue(),
              "Customized Options"));
    }
  }

  private void add(Definition definition) {
    byName.put(definition.name().toLowerCase(Locale.ROOT), definition);
    sorted.put(definition.name(), definition);
  }

  private static List<String> lines() {
    try (InputStream in = SettingTable.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> ours() {
    Map<String, String> result = new HashMap<>();
    result.put("server_version", SERVER_VERSION + " (Quarkgres 0.1.0)");
    result.put("server_version_num", "150018");
    result.put("server_encoding", "UTF8");
    result.put("client_encoding", "UTF8");
    result.put("TimeZone", SettingValues.systemZone());
    result.put("log_timezone", "UTC");
    result.put("timezone_abbreviations", "Default");
    result.put("default_text_search_config", "pg_catalog.english");
    result.put("fsync", "off");
    result.put("work_mem", Long.toString(WorkMemory.defaultKilobytes()));
    for (String name : List.of("lc_collate", "lc_ctype", "lc_monetary", "lc_numeric", "lc_time")) {
      result.put(name, "C.UTF-8");
    }
    result.put("lc_messages", "C.UTF-8");
    return result;
  }

  /** Tells whether an extension has all names that begin with a prefix and a dot. */
  boolean isReserved(String prefix) {
    return reservedPrefixes.contains(prefix.toLowerCase(Locale.ROOT));
  }

  /** Returns a definition by name in any case, or {@code null}. */
  public Definition get(String name) {
    return byName.get(name.toLowerCase(Locale.ROOT));
  }

  /** Returns all definitions, by name. */
  public Collection<Definition> all() {
    return sorted.values();
  }
}
