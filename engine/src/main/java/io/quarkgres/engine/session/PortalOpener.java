package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Column;
import java.util.List;

/**
 * Makes portals of statements: what is a query goes to {@link QueryRunner}, any other statement to
 * {@link UtilityRunner}. Used by the session's thread.
 */
final class PortalOpener {
  private final ClientSession session;
  private UtilityRunner utilities;

  PortalOpener(ClientSession session) {
    this.session = session;
  }

  /** Returns what runs utility statements; sessions that only query never have it. */
  UtilityRunner utilities() {
    if (utilities == null) {
      utilities = new UtilityRunner(session);
    }
    return utilities;
  }

  /** What analysis finds out about a statement. */
  record Description(List<SqlType> parameters, List<ResultColumn> columns) {}

  /** Analyzes a statement. */
  Description describe(ParsedStatement parsed, int[] parameterTypes) {
    Statement statement = parsed.statement();
    return QueryRunner.isQuery(statement)
        ? session.queries().describe(parsed, parameterTypes)
        : new Description(
            utilities().parameters(statement, parameterTypes), utilities().columns(statement));
  }

  /** Makes a portal of a statement with its parameters. */
  Portal open(
      String name,
      PreparedStatement statement,
      Column[] parameters,
      short[] resultFormats,
      boolean isOneOfMany,
      Reply reply) {
    if (statement.parsed() == null) {
      return Portal.empty(name, declaration(statement));
    }
    statement.held().ran();
    if (QueryRunner.isQuery(statement.parsed().statement())) {
      return session.queries().open(name, statement, parameters, resultFormats);
    }
    return utilities().open(name, statement, parameters, resultFormats, isOneOfMany, reply);
  }

  /** Describes a portal that the protocol makes. */
  Portal.Declaration declaration(PreparedStatement statement) {
    return new Portal.Declaration(statement.sql(), false, false, false, session.statementMicros());
  }

  /** Tells whether binding and running a statement is sure to be short. */
  boolean isShort(PreparedStatement statement) {
    if (statement.parsed() == null) {
      return true;
    }
    Statement syntax = statement.parsed().statement();
    if (QueryRunner.isQuery(syntax)) {
      return statement.held().find(session.environment()) != null;
    }
    boolean isEnd =
        syntax instanceof UtilityStatement.Commit || syntax instanceof UtilityStatement.Rollback;
    return isEnd ? session.transactions().isEndShort() : syntax instanceof UtilityStatement.Begin;
  }
}
