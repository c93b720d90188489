package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.engine.session.setting.SettingValues;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** SET, RESET and their relatives. Used by the session's thread. */
final class SettingStatements {
  private final ClientSession session;

  SettingStatements(ClientSession session) {
    this.session = session;
  }

  Portal.RowSource set(UtilityStatement.Set statement, Reply reply) {
    boolean isLocal = statement.isLocal();
    if (isLocal && !session.transactions().isInBlock()) {
      ClientSession.warn(
          reply,
          SqlState.NO_ACTIVE_SQL_TRANSACTION,
          "SET LOCAL can only be used in transaction blocks");
    }
    return switch (statement.setting()) {
      case UtilityStatement.Setting.Assign s -> {
        assign(session, s.name(), value(s), isLocal);
        yield Rows.none("SET");
      }
      case UtilityStatement.Setting.ToDefault s -> {
        reset(session, s.name(), isLocal);
        yield Rows.none(s.isReset() ? "RESET" : "SET");
      }
      case UtilityStatement.Setting.FromCurrent s -> Rows.none("SET");
      case UtilityStatement.Setting.ResetAll s -> {
        session.settings().resetAll();
        yield Rows.none("RESET");
      }
    };
  }

  /** Sets one setting to its value at the start of the session. */
  static void reset(ClientSession session, String name, boolean isLocal) {
    requireAllowed(session, name);
    switch (name.toLowerCase(Locale.ROOT)) {
      case "role" -> setRole(session, "role", "none", isLocal);
      case "session_authorization" -> setRole(session, "session_authorization", "default", isLocal);
      case "transaction_isolation", "transaction_read_only", "transaction_deferrable" ->
          setMode(
              session,
              name.toLowerCase(Locale.ROOT),
              session.engine().serverSettings().value(name));
      default -> session.settings().reset(name, isLocal);
    }
  }

  /** Tells whether the current role may change a setting. */
  static boolean isAllowed(ClientSession session, String name) {
    SettingTable.Definition definition = session.engine().settingTable().get(name);
    boolean isRestricted = definition != null && definition.context().equals("superuser");
    return !isRestricted || session.role().rights().isSuperuser();
  }

  /** What belongs to one session or transaction and cannot be what sessions begin with. */
  private static final Set<String> MOMENTARY =
      Set.of(
          "role",
          "session_authorization",
          "transaction_isolation",
          "transaction_read_only",
          "transaction_deferrable");

  /** Returns the value that a setting is to have in sessions to come; raises the errors of SET. */
  String toStore(UtilityStatement.Setting setting) {
    return switch (setting) {
      case UtilityStatement.Setting.Assign s -> checkedToStore(s.name(), value(s));
      case UtilityStatement.Setting.FromCurrent s ->
          checkedToStore(s.name(), session.settings().require(s.name()));
      case UtilityStatement.Setting.ToDefault s -> throw new IllegalArgumentException(s.name());
      case UtilityStatement.Setting.ResetAll s -> throw new IllegalArgumentException("ALL");
    };
  }

  private String checkedToStore(String name, String value) {
    requireAllowed(session, name);
    if (MOMENTARY.contains(name.toLowerCase(Locale.ROOT))) {
      throw UtilityRunner.notBuilt("setting \"" + name + "\" when a session starts");
    }
    session.settings().check(name, value);
    return value;
  }

  private static void requireAllowed(ClientSession session, String name) {
    SettingTable.Definition definition = session.engine().settingTable().get(name);
    if (!isAllowed(session, name)) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "permission denied to set parameter \"" + definition.name() + "\"");
    }
  }

  /** Sets one setting as SET and set_config do. */
  static void assign(ClientSession session, String name, String value, boolean isLocal) {
    requireAllowed(session, name);
    String lower = name.toLowerCase(Locale.ROOT);
    switch (lower) {
      case "role", "session_authorization" -> setRole(session, lower, value, isLocal);
      case "transaction_isolation", "transaction_read_only", "transaction_deferrable" ->
          setMode(session, lower, value);
      default -> session.settings().set(name, value, isLocal);
    }
  }

  private static void setRole(ClientSession session, String name, String value, boolean isLocal) {
    RoleCatalog roles = session.environment().catalog().roles();
    SessionRole role = session.role();
    Settings settings = session.settings();
    if (name.equals("role") && value.equalsIgnoreCase("none")) {
      settings.force("role", "none", isLocal);
      showSuperuser(session, roles, role.session(), isLocal);
      return;
    }
    boolean isReset = name.equals("session_authorization") && value.equalsIgnoreCase("default");
    RoleEntry wanted = isReset ? roles.role(role.login()) : roles.role(value);
    if (wanted == null) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "role \"" + value + "\" does not exist");
    }
    if (name.equals("role")) {
      int member = role.session();
      boolean isMember = roles.isMember(member, wanted.oid(), session.database().oid());
      if (!isMember) {
        throw new SqlException(
            SqlState.INSUFFICIENT_PRIVILEGE,
            "permission denied to set role \"" + wanted.name() + "\"");
      }
      settings.force("role", wanted.name(), isLocal);
      showSuperuser(session, roles, wanted.oid(), isLocal);
      return;
    }
    if (wanted.oid() != role.login() && !roles.isSuperuser(role.login())) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to set session authorization");
    }
    settings.force("session_authorization", wanted.name(), isLocal);
    settings.force("role", "none", isLocal);
    showSuperuser(session, roles, wanted.oid(), isLocal);
  }

  private static void showSuperuser(
      ClientSession session, RoleCatalog roles, int role, boolean isLocal) {
    session.settings().force("is_superuser", roles.isSuperuser(role) ? "on" : "off", isLocal);
  }

  /** Sets one of the transaction's modes by the setting that shows it. */
  private static void setMode(ClientSession session, String name, String value) {
    String checked = SettingValues.check(session.engine().settingTable().get(name), name, value);
    boolean isOn = checked.equals("on");
    session
        .transaction()
        .setModes(
            switch (name) {
              case "transaction_isolation" ->
                  new UtilityStatement.TransactionModes(
                      TransactionModes.isolation(checked), null, null);
              case "transaction_read_only" ->
                  new UtilityStatement.TransactionModes(null, isOn, null);
              default -> new UtilityStatement.TransactionModes(null, null, isOn);
            });
  }

  /** Joins a list as SET does: words that need it are quoted. */
  String value(UtilityStatement.Setting.Assign assign) {
    StringBuilder result = new StringBuilder();
    boolean isList = isList(assign.name());
    for (UtilityStatement.SettingValue value : assign.values()) {
      if (value.type() != null) {
        return interval(value);
      }
      if (result.length() > 0) {
        result.append(", ");
      }
      boolean isQuoted = isList && !value.text().matches("[a-z_][a-z0-9_$]*");
      result.append(isQuoted ? '"' + value.text().replace("\"", "\"\"") + '"' : value.text());
    }
    if (assign.values().size() > 1 && !isList && !isPlainList(assign.name())) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "SET " + assign.name() + " takes only one argument");
    }
    return result.toString();
  }

  /** SET TIME ZONE INTERVAL: the interval as its type gives it back. */
  private String interval(UtilityStatement.SettingValue value) {
    SessionEnvironment environment = session.environment();
    Binder.ResolvedType resolved =
        new Binder(environment.bindContext(List.of())).resolve(value.type());
    byte[] text = value.text().getBytes(StandardCharsets.UTF_8);
    ColumnBuilder builder = ColumnBuilder.of(resolved.type().layout(), 1);
    resolved.type().parse(text, 0, text.length, resolved.typmod(), builder, environment.types());
    ByteSink shown = new ByteSink(16);
    resolved.type().print(builder.build(), 0, shown, environment.types());
    return "INTERVAL '" + shown + "'";
  }

  private static boolean isList(String name) {
    return List.of("search_path", "session_preload_libraries", "temp_tablespaces")
        .contains(name.toLowerCase(Locale.ROOT));
  }

  /** Tells whether a setting is a list whose words need no quotes. */
  private static boolean isPlainList(String name) {
    return List.of("datestyle", "listen_addresses", "log_destination")
        .contains(name.toLowerCase(Locale.ROOT));
  }
}
