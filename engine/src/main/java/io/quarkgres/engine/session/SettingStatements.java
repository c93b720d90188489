package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.catalog.RoleEntry;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.engine.session.setting.SettingValues;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** SET, RESET, SHOW and their relatives. Used by the session's thread. */
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

  // SHOW.

  /** Oid of {@code pg_read_all_settings}. */
  private static final int READ_ALL_SETTINGS = 3374;

  /** Tells whether the current role may see a setting. */
  static boolean isReadable(ClientSession session, SettingTable.Definition definition) {
    return definition == null || !definition.isPrivate() || readsAll(session);
  }

  /** Tells whether the current role may see all settings, and where their values are from. */
  static boolean readsAll(ClientSession session) {
    RoleCatalog roles = session.environment().catalog().roles();
    return roles.hasRightsOf(session.role().current(), READ_ALL_SETTINGS, 0);
  }

  /** Raises 42501 if the current role may not see a setting. */
  static void requireReadable(ClientSession session, String name) {
    SettingTable.Definition definition = session.engine().settingTable().get(name);
    if (!isReadable(session, definition)) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "must be superuser or have privileges of pg_read_all_settings to examine \""
              + definition.name()
              + "\"");
    }
  }

  List<ResultColumn> showColumns(UtilityStatement.Show statement) {
    SqlType text = session.environment().catalog().types().byOid(Oids.TEXT);
    if (statement.name() == null) {
      return List.of(
          new ResultColumn("name", text, -1, 0, 0),
          new ResultColumn("setting", text, -1, 0, 0),
          new ResultColumn("description", text, -1, 0, 0));
    }
    session.settings().require(statement.name());
    SettingTable.Definition definition = session.engine().settingTable().get(statement.name());
    String name = definition == null ? statement.name() : definition.name();
    return List.of(new ResultColumn(name, text, -1, 0, 0));
  }

  Portal.RowSource show(UtilityStatement.Show statement) {
    List<String[]> rows = new ArrayList<>();
    if (statement.name() == null) {
      for (Map.Entry<String, String> entry : session.settings().all().entrySet()) {
        if (isReadable(session, session.engine().settingTable().get(entry.getKey()))) {
          rows.add(new String[] {entry.getKey(), entry.getValue(), ""});
        }
      }
      return Rows.texts(rows, 3, "SHOW");
    }
    requireReadable(session, statement.name());
    rows.add(new String[] {session.settings().require(statement.name())});
    return Rows.texts(rows, 1, "SHOW");
  }

  // Transaction modes.

  Portal.RowSource setTransaction(UtilityStatement.SetTransaction statement, Reply reply) {
    if (statement.snapshot() != null) {
      throw UtilityRunner.notBuilt("SET TRANSACTION SNAPSHOT");
    }
    if (!session.transactions().isInBlock()) {
      ClientSession.warn(
          reply,
          SqlState.NO_ACTIVE_SQL_TRANSACTION,
          "SET TRANSACTION can only be used in transaction blocks");
      return Rows.none("SET");
    }
    session.transaction().setModes(statement.modes());
    return Rows.none("SET");
  }

  Portal.RowSource setCharacteristics(UtilityStatement.SetSessionCharacteristics statement) {
    UtilityStatement.TransactionModes modes = statement.modes();
    if (modes.isolation() != null) {
      session
          .settings()
          .set("default_transaction_isolation", TransactionModes.name(modes.isolation()), false);
    }
    if (modes.isReadOnly() != null) {
      String value = modes.isReadOnly() ? "on" : "off";
      session.settings().set("default_transaction_read_only", value, false);
    }
    if (modes.isDeferrable() != null) {
      String value = modes.isDeferrable() ? "on" : "off";
      session.settings().set("default_transaction_deferrable", value, false);
    }
    return Rows.none("SET");
  }
}
