package io.quarkgres.engine.session;

import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.session.cache.HeldPlan;
import io.quarkgres.engine.session.cache.StatementTemplate;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import java.util.List;

/**
 * A named statement of a session.
 *
 * @param sql its text
 * @param parsed its syntax, or {@code null} for an empty query
 * @param declaredTypes the oids that the client declared for parameters, 0 for none
 * @param parameters the types of the parameters, as they were found out when it was parsed
 * @param columns the result columns then, {@code null} when it yields no rows
 * @param isFromSql whether SQL's PREPARE made it
 * @param held the plan it was run with last
 */
record PreparedStatement(
    String name,
    String sql,
    ParsedStatement parsed,
    int[] declaredTypes,
    List<SqlType> parameters,
    List<ResultColumn> columns,
    boolean isFromSql,
    long preparedMicros,
    HeldPlan held) {
  private static final int[] NO_TYPES = {};

  /** Returns a statement of a simple query whose literals are the parameters of a template. */
  static PreparedStatement of(
      String sql, StatementTemplate template, SessionEnvironment environment) {
    return new PreparedStatement(
        "",
        sql,
        template.parsed(),
        NO_TYPES,
        template.types(),
        null,
        false,
        environment.statementMicros(),
        HeldPlan.of(template.declared(), template.plan(), environment));
  }

  /** Returns an INSERT that is fed with rows. */
  static PreparedStatement of(String sql, BulkInsert insert, SessionEnvironment environment) {
    return new PreparedStatement(
        "",
        sql,
        insert.plan().parsed(),
        NO_TYPES,
        List.of(),
        null,
        false,
        environment.statementMicros(),
        HeldPlan.of(List.of(), insert.plan(), environment));
  }

  /** Returns a statement of a simple query, which has no parameters. */
  static PreparedStatement unnamed(String sql, ParsedStatement parsed, long nowMicros) {
    return new PreparedStatement(
        "", sql, parsed, NO_TYPES, List.of(), null, false, nowMicros, new HeldPlan(List.of()));
  }
}
