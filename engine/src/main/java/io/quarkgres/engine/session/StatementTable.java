package io.quarkgres.engine.session;

import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.session.cache.HeldPlan;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session's prepared statements by their names, those of Parse and those of PREPARE. Used by the
 * session's thread.
 */
final class StatementTable {
  /** The most statements a session may have prepared. */
  private static final int STATEMENTS_MAX = 50_000;

  private final ClientSession session;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  StatementTable(ClientSession session) {
    this.session = session;
  }

  /** Returns a statement; raises 26000 when there is none of that name. */
  PreparedStatement require(String name) {
    PreparedStatement statement = statements.get(name);
    if (statement == null) {
      throw new SqlException(
          SqlState.INVALID_SQL_STATEMENT_NAME,
          name.isEmpty()
              ? "unnamed prepared statement does not exist"
              : "prepared statement \"" + name + "\" does not exist");
    }
    return statement;
  }

  /** Analyzes a statement and names it. */
  void prepare(
      String name, String sql, ParsedStatement parsed, int[] parameterTypes, boolean isFromSql) {
    if (statements.containsKey(name)) {
      throw new SqlException(
          SqlState.DUPLICATE_PSTATEMENT, "prepared statement \"" + name + "\" already exists");
    }
    if (statements.size() >= STATEMENTS_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "a session may have at most " + STATEMENTS_MAX + " prepared statements");
    }
    List<SqlType> parameters = List.of();
    List<ResultColumn> columns = null;
    if (parsed != null) {
      PortalOpener.Description description = session.opener().describe(parsed, parameterTypes);
      parameters = description.parameters();
      columns = description.columns();
    }
    List<Integer> types = parameters.stream().map(SqlType::oid).toList();
    statements.put(
        name,
        new PreparedStatement(
            name,
            sql,
            parsed,
            parameterTypes,
            parameters,
            columns,
            isFromSql,
            session.statementMicros(),
            new HeldPlan(types)));
  }

  Collection<PreparedStatement> all() {
    return statements.values();
  }

  /** Forgets a statement if there is one of that name. */
  void remove(String name) {
    statements.remove(name);
  }

  void removeAll() {
    statements.clear();
  }
}
