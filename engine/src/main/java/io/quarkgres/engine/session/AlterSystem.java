package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.ast.UtilityStatement.Setting;
import io.quarkgres.engine.session.setting.ServerSettings;
import io.quarkgres.engine.session.setting.SettingRules;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.engine.session.setting.Settings;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Locale;
import java.util.Set;

/**
 * ALTER SYSTEM: keeps values for the server's settings, which {@code pg_reload_conf()} or the next
 * start puts in force. Used by the session's thread.
 */
final class AlterSystem {
  /** What belongs to a session or a transaction, and where the data is. */
  private static final Set<String> NOT_KEPT =
      Set.of(
          "config_file",
          "data_directory",
          "role",
          "seed",
          "session_authorization",
          "transaction_deferrable",
          "transaction_isolation",
          "transaction_read_only");

  private final ClientSession session;
  private final ServerSettings server;

  AlterSystem(ClientSession session) {
    this.session = session;
    this.server = session.engine().serverSettings();
  }

  Portal.RowSource run(UtilityStatement.AlterSystem statement, boolean isOneOfMany) {
    session.transactions().preventInBlock("ALTER SYSTEM", isOneOfMany);
    switch (statement.setting()) {
      case Setting.ResetAll _ -> {
        requireSuperuser("permission denied to perform ALTER SYSTEM RESET ALL");
        server.keepNone();
      }
      case Setting.ToDefault s -> {
        require(s.name());
        server.keep(s.name(), null);
      }
      case Setting.Assign s -> assign(s);
      case Setting.FromCurrent s -> throw new IllegalArgumentException(s.name());
    }
    return Rows.none("ALTER SYSTEM");
  }

  private void assign(Setting.Assign assign) {
    String name = assign.name();
    SettingTable.Definition definition = require(name);
    String value = new SettingStatements(session).value(assign);
    String checked = ServerSettings.checked(definition, name, value);
    if (value.indexOf('\n') >= 0) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "parameter value for ALTER SYSTEM must not contain a newline");
    }
    if (!checked.equals(server.value(name))) {
      SettingRules.check(definition, checked);
      SettingRules.checkForServer(definition, checked);
    }
    server.keep(name, value);
  }

  private SettingTable.Definition require(String name) {
    requireSuperuser("permission denied to set parameter \"" + name + "\"");
    SettingTable.Definition definition = server.table().get(name);
    if (definition == null) {
      boolean isSeed = name.equalsIgnoreCase("seed");
      throw isSeed ? unchangeable(name) : Settings.unknown(name);
    }
    String key = definition.name().toLowerCase(Locale.ROOT);
    if (definition.context().equals("internal") || NOT_KEPT.contains(key)) {
      throw unchangeable(name);
    }
    return definition;
  }

  private static SqlException unchangeable(String name) {
    return new SqlException(
        SqlState.CANT_CHANGE_RUNTIME_PARAM, "parameter \"" + name + "\" cannot be changed");
  }

  private void requireSuperuser(String message) {
    if (!session.role().rights().isSuperuser()) {
      throw new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, message);
    }
  }
}
