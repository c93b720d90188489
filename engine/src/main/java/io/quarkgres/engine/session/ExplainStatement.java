package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.exec.Execution;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlanText;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** EXPLAIN and EXPLAIN ANALYZE, in text. Used by the session's thread. */
final class ExplainStatement {
  private final ClientSession session;
  private final PreparedStatements prepared;

  ExplainStatement(ClientSession session, PreparedStatements prepared) {
    this.session = session;
    this.prepared = prepared;
  }

  List<ResultColumn> columns(UtilityStatement.Explain statement) {
    return List.of(
        new ResultColumn(
            "QUERY PLAN", session.environment().catalog().types().byOid(Oids.TEXT), -1, 0, 0));
  }

  /** What the options ask for. */
  private record Options(boolean isAnalyze, boolean isCosts, boolean isTiming, boolean isSummary) {}

  Portal.RowSource run(
      UtilityStatement.Explain statement, PreparedStatement whole, Column[] parameters) {
    Options options = options(statement.options());
    Statement inner = statement.statement();
    long planStart = System.nanoTime();
    PreparedStatements.Planned planned = plan(inner, options, whole, parameters);
    planned.plan().requireSound();
    double planMillis = (System.nanoTime() - planStart) / 1e6;
    List<String> lines =
        options.isAnalyze()
            ? analyze(planned.plan(), planned.parameters(), options, planMillis)
            : PlanText.lines(
                planned.plan(),
                session.environment().catalog().functions(),
                session.environment().types(),
                options.isCosts(),
                plan -> "");
    if (!options.isAnalyze() && options.isSummary()) {
      lines = new ArrayList<>(lines);
      lines.add(String.format(Locale.ROOT, "Planning Time: %.3f ms", planMillis));
    }
    List<String[]> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(new String[] {line}));
    return Rows.texts(rows, 1, "EXPLAIN");
  }

  private PreparedStatements.Planned plan(
      Statement statement, Options options, PreparedStatement whole, Column[] parameters) {
    QueryRunner queries = session.queries();
    Statement query =
        switch (statement) {
          case UtilityStatement.DeclareCursor cursor when !options.isAnalyze() -> cursor.query();
          case TableStatement.CreateTableAs create
              when !options.isAnalyze() && !create.isMaterializedView() ->
              create.source();
          default -> statement;
        };
    if (query instanceof UtilityStatement.Execute execute) {
      return prepared.plan(execute);
    }
    if (!QueryRunner.isQuery(query)) {
      throw UtilityRunner.notBuilt("EXPLAIN of this statement");
    }
    return new PreparedStatements.Planned(
        queries.locked(() -> queries.planInside(query, whole)), parameters);
  }

  private List<String> analyze(
      PlannedStatement planned, Column[] parameters, Options options, double planMillis) {
    boolean isReadOnlyTransaction = session.transaction().isReadOnly();
    if (isReadOnlyTransaction && !planned.bound().isReadOnly()) {
      throw new SqlException(
          SqlState.READ_ONLY_SQL_TRANSACTION,
          "cannot execute " + planned.bound().kind() + " in a read-only transaction");
    }
    long start = System.nanoTime();
    try (Snapshot snapshot = session.transaction().snapshot();
        Execution execution =
            Execution.open(planned, session.queries().context(snapshot, parameters).measured())) {
      for (Block block = execution.next(); block != null; block = execution.next()) {
        session.interruption().check();
      }
      double millis = (System.nanoTime() - start) / 1e6;
      if (!planned.bound().isReadOnly()) {
        session.transaction().store().nextCommand();
      }
      List<String> lines =
          new ArrayList<>(
              PlanText.lines(
                  planned,
                  session.environment().catalog().functions(),
                  session.environment().types(),
                  options.isCosts(),
                  plan -> actual(execution, plan, options)));
      if (options.isSummary()) {
        lines.add(String.format(Locale.ROOT, "Planning Time: %.3f ms", planMillis));
        lines.add(String.format(Locale.ROOT, "Execution Time: %.3f ms", millis));
      }
      return lines;
    }
  }

  private static String actual(Execution execution, Plan plan, Options options) {
    OperatorStatistics statistics = execution.statistics(plan);
    if (statistics == null || statistics.loops() == 0) {
      return " (never executed)";
    }
    String time =
        options.isTiming()
            ? String.format(
                Locale.ROOT,
                "time=%.3f..%.3f ",
                statistics.firstNanos() / 1e6 / statistics.loops(),
                statistics.nanos() / 1e6 / statistics.loops())
            : "";
    return " (actual "
        + time
        + "rows="
        + Math.round((double) statistics.rows() / statistics.loops())
        + " loops="
        + statistics.loops()
        + ")";
  }

  private static Options options(List<Option> list) {
    boolean isAnalyze = false;
    boolean isCosts = true;
    Boolean isTiming = null;
    Boolean isSummary = null;
    for (Option option : list) {
      boolean value = bool(option);
      switch (option.name().toLowerCase(Locale.ROOT)) {
        case "analyze" -> isAnalyze = value;
        case "costs" -> isCosts = value;
        case "timing" -> isTiming = value;
        case "summary" -> isSummary = value;
        case "format" -> requireText(option);
        // There are no buffers and no log yet, so the options that show them show nothing.
        case "buffers", "wal", "verbose", "settings" -> {
          if (value) {
            throw UtilityRunner.notBuilt("EXPLAIN with " + option.name().toUpperCase(Locale.ROOT));
          }
        }
        default ->
            throw new SqlException(
                SqlState.SYNTAX_ERROR,
                "unrecognized EXPLAIN option \"" + option.name() + "\"",
                option.position());
      }
    }
    if (Boolean.TRUE.equals(isTiming) && !isAnalyze) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "EXPLAIN option TIMING requires ANALYZE");
    }
    return new Options(
        isAnalyze,
        isCosts,
        isTiming == null || isTiming,
        isSummary == null ? isAnalyze : isSummary);
  }

  private static void requireText(Option option) {
    String value = String.valueOf(option.value()).toLowerCase(Locale.ROOT);
    if (!List.of("text", "json", "xml", "yaml").contains(value)) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "unrecognized value for EXPLAIN option \"format\": \"" + option.value() + "\"",
          option.position());
    }
    if (!value.equals("text")) {
      throw UtilityRunner.notBuilt("EXPLAIN in a format other than text");
    }
  }

  private static boolean bool(Option option) {
    String value = option.value();
    return value == null
        || switch (value.toLowerCase(Locale.ROOT)) {
          case "false", "off", "0" -> false;
          default -> true;
        };
  }
}
