package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.TypeName;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.ddl.DdlContext;
import io.quarkgres.engine.parse.ParsedStatement;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/** PREPARE, EXECUTE and DEALLOCATE of SQL. Used by the session's thread. */
final class PreparedStatements {
  private final ClientSession session;

  PreparedStatements(ClientSession session) {
    this.session = session;
  }

  Portal.RowSource prepare(UtilityStatement.Prepare statement, ParsedStatement whole) {
    Binder binder = new Binder(session.environment().bindContext(List.of()));
    int[] types = new int[statement.parameterTypes().size()];
    for (int i = 0; i < types.length; i++) {
      TypeName name = statement.parameterTypes().get(i);
      types[i] = binder.resolveType(name).oid();
    }
    ParsedStatement inner =
        new ParsedStatement(
            statement.statement(),
            whole.sql(),
            whole.start() + whole.length() - statement.statementText().length(),
            statement.statementText().length());
    session.statements().prepare(statement.name(), whole.sql(), inner, types, true);
    return Rows.none("PREPARE");
  }

  List<ResultColumn> columns(UtilityStatement.Execute statement) {
    return session.statements().require(statement.name()).columns();
  }

  Portal.RowSource execute(UtilityStatement.Execute statement, Reply reply) {
    PreparedStatement prepared = session.statements().require(statement.name());
    Column[] parameters = arguments(statement, prepared);
    Portal portal = session.opener().open("", prepared, parameters, new short[0], false, reply);
    return portal.rows();
  }

  /** Returns the result of an EXECUTE for CREATE TABLE AS. */
  DdlContext.QueryResult result(UtilityStatement.Execute statement) {
    PreparedStatement prepared = session.statements().require(statement.name());
    if (!(prepared.parsed().statement() instanceof Query)) {
      throw new SqlException(SqlState.WRONG_OBJECT_TYPE, "prepared statement is not a SELECT");
    }
    Column[] parameters = arguments(statement, prepared);
    Portal portal = session.opener().open("", prepared, parameters, new short[0], false, null);
    return new DdlSession.SessionResult(portal.columns(), portal::rows);
  }

  /** A plan and the values of its parameters. */
  record Planned(PlannedStatement plan, Column[] parameters) {}

  /** Plans what an EXECUTE would run, for EXPLAIN. */
  Planned plan(UtilityStatement.Execute statement) {
    PreparedStatement prepared = session.statements().require(statement.name());
    if (!QueryRunner.isQuery(prepared.parsed().statement())) {
      throw UtilityRunner.notBuilt("EXPLAIN of this statement");
    }
    Column[] parameters = arguments(statement, prepared);
    return new Planned(
        session.queries().locked(() -> session.queries().plan(prepared)), parameters);
  }

  /** Computes the arguments, each cast to its parameter's type as an assignment would. */
  private Column[] arguments(UtilityStatement.Execute statement, PreparedStatement prepared) {
    int wanted = prepared.parameters().size();
    if (statement.arguments().size() != wanted) {
      throw new SqlException(
          SqlState.SYNTAX_ERROR,
          "wrong number of parameters for prepared statement \"" + statement.name() + "\"",
          "Expected " + wanted + " parameters but got " + statement.arguments().size() + ".",
          null);
    }
    Column[] result = new Column[wanted];
    for (int i = 0; i < wanted; i++) {
      result[i] = value(statement.arguments().get(i), prepared.parameters().get(i), i + 1);
    }
    return result;
  }

  private Column value(Expression expression, SqlType type, int number) {
    Binder binder = new Binder(session.environment().bindContext(List.of()));
    return evaluate(session, binder.bindArgument(expression, type, number));
  }

  /** Evaluates an expression without columns; returns a column of one position. */
  static Column evaluate(ClientSession session, BoundExpr expression) {
    List<OutputColumn> outputs = Relation.outputsOf(1, List.of(expression), List.of("value"));
    Relation project =
        new Relation.Project(1, new Relation.SingleRow(), List.of(expression), outputs);
    List<ResultColumn> columns = new ArrayList<>();
    columns.add(new ResultColumn("value", expression.type(), expression.typmod(), 0, 0));
    long version = session.environment().catalog().version();
    BoundStatement bound =
        new BoundStatement(
            project,
            columns,
            List.of(),
            BoundStatement.Kind.SELECT,
            true,
            List.of(),
            List.of(),
            version);
    PlannedStatement planned = session.environment().plan(bound);
    List<Block> blocks = session.queries().runAll(planned);
    return blocks.get(0).compact().column(0);
  }

  Portal.RowSource deallocate(UtilityStatement.Deallocate statement) {
    if (statement.name() == null) {
      session.statements().removeAll();
      return Rows.none("DEALLOCATE ALL");
    }
    session.statements().require(statement.name());
    session.statements().remove(statement.name());
    return Rows.none("DEALLOCATE");
  }
}
