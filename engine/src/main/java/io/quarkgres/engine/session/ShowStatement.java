package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.catalog.RoleCatalog;
import io.quarkgres.engine.session.setting.SettingTable;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SHOW, and who may see which setting. Used by the session's thread. */
final class ShowStatement {
  /** Oid of {@code pg_read_all_settings}. */
  private static final int READ_ALL_SETTINGS = 3374;

  private final ClientSession session;

  ShowStatement(ClientSession session) {
    this.session = session;
  }

  List<ResultColumn> columns(UtilityStatement.Show statement) {
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

  Portal.RowSource run(UtilityStatement.Show statement) {
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
}
