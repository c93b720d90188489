package io.quarkgres.engine.session.setting;

import io.quarkgres.engine.catalog.CatalogServices;
import io.quarkgres.engine.catalog.ServerState.FileSetting;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.store.Interruption;
import io.quarkgres.spi.store.IsolationLevel;
import io.quarkgres.spi.store.Storage;
import io.quarkgres.spi.store.StorageSettings;
import io.quarkgres.spi.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The values that settings have in the whole server: what ALTER SYSTEM keeps, and what of it is in
 * force, which changes at a start and with {@code pg_reload_conf()} only. What was said when the
 * server was started wins over both. Thread: any.
 *
 * <p>The storage keeps it as metadata, a line {@code name = 'value'} a setting, with quotes
 * doubled, the newest last.
 */
public final class ServerSettings {
  /** What {@code pg_settings} says of values that are kept here. */
  public static final String FILE = "configuration file";

  private static final System.Logger LOG = System.getLogger("io.quarkgres.engine.session");
  private static final String KEY = "settings";
  private static final String EQUALS = " = '";

  private final SettingTable table;
  private final Set<String> given;
  private final Storage storage;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Map<String, Kept> kept;
  private volatile InForce inForce;

  /** A setting as ALTER SYSTEM has written it. */
  private record Kept(String name, String value) {}

  /**
   * What is in force. One of them never changes: whoever holds one sees the values of its time.
   *
   * @param values canonical values by name in lower case
   * @param pending those whose value the next start changes
   */
  record InForce(Map<String, String> values, Set<String> pending) {}

  /**
   * Reads what the storage has kept and puts it in force.
   *
   * @param given settings that were said when the server was started
   */
  public ServerSettings(SettingTable table, Set<String> given, Storage storage) {
    this.table = table;
    this.given = Set.copyOf(given);
    this.storage = storage;
    byte[] text = storage.metadata().get(KEY);
    kept = text == null ? Map.of() : read(new String(text, StandardCharsets.UTF_8));
    inForce = new InForce(Map.copyOf(valuesOf(kept)), Set.of());
    storage.configure(storageSettings());
  }

  public SettingTable table() {
    return table;
  }

  /** Returns what is in force now. */
  InForce inForce() {
    return inForce;
  }

  /** Returns the value of a known setting that is in force. */
  public String value(String name) {
    SettingTable.Definition definition = table.get(name);
    return inForce.values().getOrDefault(definition.key(), definition.bootValue());
  }

  /** Returns where a value is from that no session has changed. */
  String source(InForce values, String key) {
    if (given.contains(key)) {
      return "command line";
    }
    return values.values().containsKey(key) ? FILE : "default";
  }

  /** Returns the line of the file that PostgreSQL would have, 0 if a setting is not kept. */
  public int line(String name) {
    int index = List.copyOf(kept.keySet()).indexOf(name.toLowerCase(Locale.ROOT));
    return index < 0 ? 0 : index + 1 + CatalogServices.SETTINGS_FILE_COMMENT;
  }

  /** Tells whether the next start gives a setting another value. */
  public boolean isPendingRestart(String name) {
    return inForce.pending().contains(name.toLowerCase(Locale.ROOT));
  }

  /** Returns what is kept, in order. */
  public List<FileSetting> fileSettings() {
    InForce now = inForce;
    List<FileSetting> result = new ArrayList<>();
    kept.forEach((key, setting) -> {
      SettingTable.Definition definition = table.get(key);
      String wanted = valuesOf(Map.of(key, setting)).get(key);
      boolean isApplied =
          given.contains(key)
              || wanted != null && (!definition.isFixedAtStart() || wanted.equals(value(now, key)));
      String error = isApplied ? null : "setting could not be applied";
      result.add(new FileSetting(setting.name(), setting.value(), isApplied, error));
    });
    return result;
  }

  private String value(InForce values, String key) {
    return values.values().getOrDefault(key, table.get(key).bootValue());
  }

  /** Keeps a checked value for a setting, or none with {@code null}. */
  public void keep(String name, String value) {
    changing.lock();
    try {
      Map<String, Kept> changed = new LinkedHashMap<>(kept);
      String key = name.toLowerCase(Locale.ROOT);
      changed.remove(key);
      if (value != null) {
        changed.put(key, new Kept(name, value));
      }
      replace(changed);
    } finally {
      changing.unlock();
    }
  }

  /** Keeps nothing any more. */
  public void keepNone() {
    changing.lock();
    try {
      replace(new LinkedHashMap<>());
    } finally {
      changing.unlock();
    }
  }

  private void replace(Map<String, Kept> changed) {
    if (storage.isDurable()) {
      Transaction transaction = storage.begin(IsolationLevel.READ_COMMITTED, new Interruption());
      transaction.put(KEY, changed.isEmpty() ? null : written(changed));
      transaction.commit();
    }
    kept = changed;
  }

  /** Puts in force what is kept, but for settings that have their value from a start to the end. */
  public void reload() {
    changing.lock();
    try {
      InForce before = inForce;
      Map<String, String> values = valuesOf(kept);
      Set<String> pending = new TreeSet<>();
      for (SettingTable.Definition definition : table.all()) {
        String key = definition.key();
        if (definition.isFixedAtStart()) {
          String running = value(before, key);
          if (!running.equals(values.getOrDefault(key, definition.bootValue()))) {
            pending.add(key);
          }
          values.remove(key);
          if (before.values().containsKey(key)) {
            values.put(key, running);
          }
        }
      }
      inForce = new InForce(Map.copyOf(values), Set.copyOf(pending));
      storage.configure(storageSettings());
      LOG.log(System.Logger.Level.INFO, "settings were read anew");
    } finally {
      changing.unlock();
    }
  }

  private Map<String, String> valuesOf(Map<String, Kept> settings) {
    Map<String, String> result = new HashMap<>();
    settings.forEach((key, setting) -> {
      String value = given.contains(key) ? null : canonical(setting);
      if (value != null) {
        result.put(key, value);
      }
    });
    return result;
  }

  /** What this server does not know any more must not keep it from starting. */
  private String canonical(Kept setting) {
    try {
      SettingTable.Definition definition = table.get(setting.name());
      if (definition == null) {
        throw Settings.unknown(setting.name());
      }
      return checked(definition, setting.name(), setting.value());
    } catch (SqlException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a setting of ALTER SYSTEM was left out: {0}",
          e.getMessage());
      return null;
    }
  }

  /** Returns the canonical form of a value; raises 22023 for a bad one. */
  public static String checked(SettingTable.Definition definition, String name, String value) {
    return definition.name().equals("DateStyle")
        ? DateStyles.canonical(value, definition.bootValue(), definition.bootValue())
        : SettingValues.check(definition, name, value);
  }

  private StorageSettings storageSettings() {
    return new StorageSettings(
        !value("archive_mode").equals("off"),
        value("archive_command"),
        Integer.parseInt(value("archive_timeout")),
        Integer.parseInt(value("checkpoint_timeout")),
        Long.parseLong(value("max_wal_size")) << 20);
  }

  private static byte[] written(Map<String, Kept> settings) {
    StringBuilder text = new StringBuilder();
    for (Kept setting : settings.values()) {
      String quoted = setting.value().replace("'", "''");
      text.append(setting.name()).append(EQUALS).append(quoted).append("'\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Kept> read(String text) {
    Map<String, Kept> result = new LinkedHashMap<>();
    text.lines()
        .forEach(line -> {
          int equals = line.indexOf(EQUALS);
          String name = line.substring(0, equals);
          String value = line.substring(equals + EQUALS.length(), line.length() - 1);
          result.put(name.toLowerCase(Locale.ROOT), new Kept(name, value.replace("''", "'")));
        });
    return result;
  }
}
