package io.quarkgres.engine.session.setting;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The values of a session's settings, with PostgreSQL's rules of scope: SET lasts for the session
 * unless its transaction rolls back, SET LOCAL until the transaction ends, and rolling back to a
 * savepoint undoes what came after it. Used by the session's thread.
 */
public final class Settings {
  /** The settings whose changes are reported to the client. */
  static final List<String> REPORTED =
      List.of(
          "application_name",
          "client_encoding",
          "DateStyle",
          "default_transaction_read_only",
          "in_hot_standby",
          "integer_datetimes",
          "IntervalStyle",
          "is_superuser",
          "server_encoding",
          "server_version",
          "session_authorization",
          "standard_conforming_strings",
          "TimeZone");

  /** The most custom (dotted, unknown) settings a session may make. */
  private static final int CUSTOM_MAX = 1000;

  private static final Pattern CUSTOM_NAME =
      Pattern.compile(
          "[A-Za-z_\\x80-\\uffff][\\w$\\x80-\\uffff]*(\\.[A-Za-z_\\x80-\\uffff][\\w$\\x80-\\uffff]*)+");

  private final SettingTable table;
  private final ServerSettings server;
  private final UnaryOperator<String> live;

  /** The server's values as the session has taken them last. */
  private ServerSettings.InForce shared;

  // The maps are immutable, so a mark is two references; most sessions never have a value of their
  // own.
  private Map<String, String> resetValues = Map.of();
  private Map<String, String> resetSources = Map.of();
  private Map<String, String> session = Map.of();
  private Map<String, String> local = Map.of();
  private final List<Saved> marks = new ArrayList<>(0);
  private long version;

  /** The values at the start of a transaction or at a savepoint. */
  private record Saved(Map<String, String> session, Map<String, String> local) {}

  /**
   * Makes the settings of a session.
   *
   * @param live returns the value of a setting (in lower case) that follows the state of the
   *     session rather than SET, {@code null} for any other
   */
  public Settings(ServerSettings server, UnaryOperator<String> live) {
    this.table = server.table();
    this.server = server;
    this.shared = server.inForce();
    this.live = live;
  }

  /** Takes the server's values, which may have been read anew. Between messages of the client. */
  public void follow() {
    ServerSettings.InForce now = server.inForce();
    if (now != shared) {
      shared = now;
      version++;
    }
  }

  /** Returns a number that changes whenever a value may have changed. */
  public long version() {
    return version;
  }

  /** Returns all that is set, to be compared with that of other sessions. */
  public Object fingerprint() {
    Map<String, String> all = new HashMap<>(shared.values());
    all.putAll(resetValues);
    all.putAll(session);
    all.putAll(local);
    all.remove("application_name");
    return Map.copyOf(all);
  }

  /**
   * Sets a value for the session that RESET returns to.
   *
   * @param source where it is from, as {@code pg_settings} says it
   */
  void setAtStart(String name, String value, String source) {
    SettingTable.Definition definition = table.get(name);
    if (definition != null && !definition.isStartSettable()) {
      checkSettable(definition);
    }
    resetValues = with(resetValues, key(name), checked(definition, name, value));
    resetSources = with(resetSources, key(name), source);
    version++;
  }

  /**
   * Sets a value.
   *
   * @param isLocal whether it lasts only until the end of the transaction
   */
  public void set(String name, String value, boolean isLocal) {
    check(name, value);
    put(key(name), checked(table.get(name), name, value), isLocal);
  }

  /** Raises the error that {@link #set} would. */
  public void check(String name, String value) {
    SettingTable.Definition definition = table.get(name);
    if (definition == null) {
      checkCustom(name);
    } else {
      checkSettable(definition);
    }
    checked(definition, name, value);
  }

  private String checked(SettingTable.Definition definition, String name, String value) {
    if (definition == null) {
      return value;
    }
    String result =
        definition.name().equals("DateStyle")
            ? DateStyles.canonical(value, raw("DateStyle"), start(definition.key()))
            : SettingValues.check(definition, name, value);
    SettingRules.check(definition, result);
    return result;
  }

  /** Returns the value that RESET returns to, {@code null} for an unknown name. */
  public String start(String name) {
    String key = key(name);
    String start = resetValues.get(key);
    if (start == null) {
      start = shared.values().get(key);
    }
    SettingTable.Definition definition = start == null ? table.get(key) : null;
    return definition == null ? start : definition.bootValue();
  }

  /** Returns where a value is from, as {@code pg_settings} says it. */
  public String source(String name) {
    String key = key(name);
    if (local.containsKey(key) || session.containsKey(key)) {
      return "session";
    }
    String source = resetSources.get(key);
    return source == null ? server.source(shared, key) : source;
  }

  /** Sets a value that the engine itself decides, without asking who may. */
  public void force(String name, String value, boolean isLocal) {
    put(key(name), value, isLocal);
  }

  private void put(String key, String value, boolean isLocal) {
    if (isLocal) {
      local = with(local, key, value);
    } else {
      session = with(session, key, value);
      local = without(local, key);
    }
    version++;
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> changed = new HashMap<>(map);
    changed.put(key, value);
    return Map.copyOf(changed);
  }

  private static Map<String, String> without(Map<String, String> map, String key) {
    if (!map.containsKey(key)) {
      return map;
    }
    Map<String, String> changed = new HashMap<>(map);
    changed.remove(key);
    return Map.copyOf(changed);
  }

  private void checkCustom(String name) {
    if (name.indexOf('.') < 0) {
      throw unknown(name);
    }
    if (!CUSTOM_NAME.matcher(name).matches()) {
      throw new SqlException(
              SqlState.INVALID_NAME, "invalid configuration parameter name \"" + name + "\"")
          .withDetail(
              "Custom parameter names must be two or more simple identifiers separated by dots.");
    }
    String prefix = name.substring(0, name.indexOf('.'));
    if (table.isReserved(prefix)) {
      throw new SqlException(
              SqlState.INVALID_NAME, "invalid configuration parameter name \"" + name + "\"")
          .withDetail("\"" + prefix + "\" is a reserved prefix.");
    }
    if (session.size() > CUSTOM_MAX) {
      throw new SqlException(
          SqlState.CONFIGURATION_LIMIT_EXCEEDED, "too many custom configuration parameters");
    }
  }

  private static void checkSettable(SettingTable.Definition definition) {
    if (definition.isSessionSettable()) {
      return;
    }
    String name = definition.name();
    throw switch (definition.context()) {
      case "internal" ->
          new SqlException(
              SqlState.CANT_CHANGE_RUNTIME_PARAM, "parameter \"" + name + "\" cannot be changed");
      case "postmaster" ->
          new SqlException(
              SqlState.CANT_CHANGE_RUNTIME_PARAM,
              "parameter \"" + name + "\" cannot be changed without restarting the server");
      case "sighup" ->
          new SqlException(
              SqlState.CANT_CHANGE_RUNTIME_PARAM,
              "parameter \"" + name + "\" cannot be changed now");
      default ->
          new SqlException(
              SqlState.CANT_CHANGE_RUNTIME_PARAM,
              "parameter \"" + name + "\" cannot be set after connection start");
    };
  }

  /** Returns a setting to its value at the start of the session. */
  public void reset(String name, boolean isLocal) {
    SettingTable.Definition definition = table.get(name);
    if (definition == null && name.indexOf('.') < 0) {
      throw unknown(name);
    }
    if (definition != null) {
      checkSettable(definition);
    }
    if (isLocal || definition == null) {
      String start = start(name);
      put(key(name), start == null ? "" : start, isLocal);
    } else {
      session = without(session, key(name));
      local = without(local, key(name));
      version++;
    }
  }

  /** RESET ALL. */
  public void resetAll() {
    Map<String, String> kept = new HashMap<>(session);
    kept.keySet().removeIf(key -> !isKept(key));
    // A custom setting goes on to exist, empty.
    kept.replaceAll((key, value) -> key.indexOf('.') >= 0 ? "" : value);
    session = Map.copyOf(kept);
    local = Map.of();
    version++;
  }

  private boolean isKept(String key) {
    boolean isCustom = key.indexOf('.') >= 0 && table.get(key) == null;
    return isCustom || key.equals("session_authorization") || key.equals("role");
  }

  /** Returns a value as SHOW prints it, or {@code null} for an unknown name. */
  public String get(String name) {
    SettingTable.Definition definition = table.get(name);
    String raw = raw(name);
    return raw == null ? null : SettingValues.shown(definition, raw);
  }

  /** Returns a value in its base unit, or {@code null} for an unknown name. */
  public String raw(String name) {
    String key = key(name);
    String value = live.apply(key);
    if (value == null) {
      value = local.get(key);
    }
    if (value == null) {
      value = session.get(key);
    }
    return value == null ? start(key) : value;
  }

  /** Returns a value, or raises 42704. */
  public String require(String name) {
    String value = get(name);
    if (value == null) {
      throw unknown(name);
    }
    return value;
  }

  public static SqlException unknown(String name) {
    return new SqlException(
        SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
  }

  /** Returns an integer value in its base unit. */
  public long integer(String name) {
    return Long.parseLong(raw(name));
  }

  /** Tells whether a boolean setting is on. */
  public boolean isOn(String name) {
    return "on".equals(raw(name));
  }

  /** Returns all settings, by name, as SHOW prints them. */
  public Map<String, String> all() {
    Map<String, String> result = new LinkedHashMap<>();
    for (SettingTable.Definition definition : table.all()) {
      result.put(definition.name(), get(definition.name()));
    }
    return result;
  }

  /** Returns the reported settings and their values. */
  public Map<String, String> reported() {
    Map<String, String> result = new LinkedHashMap<>();
    for (String name : REPORTED) {
      String value = get(name);
      if (value != null) {
        result.put(name, value);
      }
    }
    return result;
  }

  /** Keeps the values, which are the same in many sessions, only once for all. */
  public void share(SharedValues values) {
    resetValues = values.of(resetValues);
    resetSources = values.of(resetSources);
    session = values.of(session);
  }

  /** Marks the start of a transaction or a savepoint. */
  public void mark() {
    marks.add(new Saved(session, local));
  }

  /** Forgets the newest {@code count} marks and keeps the values. */
  public void release(int count) {
    for (int i = 0; i < count; i++) {
      marks.removeLast();
    }
  }

  /** Returns to the values at the newest mark, which stays if {@code keep}. */
  public void rollback(boolean keep) {
    restore(keep ? marks.getLast() : marks.removeLast());
  }

  private void restore(Saved saved) {
    if (session != saved.session() || local != saved.local()) {
      session = saved.session();
      local = saved.local();
      version++;
    }
  }

  /** Ends the transaction: local values go, and on a rollback those of SET, too. */
  public void endTransaction(boolean isCommit) {
    boolean undoesSet = !isCommit && !marks.isEmpty();
    restore(new Saved(undoesSet ? marks.getFirst().session() : session, Map.of()));
    marks.clear();
  }

  private static String key(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 'a' && c != '_' && c != '.' && (c < '0' || c > '9')) {
        return name.toLowerCase(Locale.ROOT);
      }
    }
    return name;
  }
}
