package io.quarkgres.engine.session;

import io.quarkgres.engine.ast.DdlStatement;
import io.quarkgres.engine.ast.DmlStatement;
import io.quarkgres.engine.ast.Option;
import io.quarkgres.engine.ast.Query;
import io.quarkgres.engine.ast.Statement;
import io.quarkgres.engine.ast.TableStatement;
import io.quarkgres.engine.ast.UtilityStatement;
import io.quarkgres.engine.exec.OperatorStatistics;
import io.quarkgres.engine.exec.build.Execution;
import io.quarkgres.engine.plan.Plan;
import io.quarkgres.engine.plan.PlanJson;
import io.quarkgres.engine.plan.PlanText;
import io.quarkgres.engine.plan.PlannedStatement;
import io.quarkgres.engine.session.setting.OptionValues;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.ResultColumn;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** EXPLAIN and EXPLAIN ANALYZE, as text or JSON. Used by the session's thread. */
final class ExplainStatement {
  private final ClientSession session;
  private final PreparedStatements prepared;

  ExplainStatement(ClientSession session, PreparedStatements prepared) {
    this.session = session;
    this.prepared = prepared;
  }

  List<ResultColumn> columns(UtilityStatement.Explain statement) {
    int type = options(statement.options()).isJson() ? Oids.JSON : Oids.TEXT;
    return List.of(
        new ResultColumn(
            "QUERY PLAN", session.environment().catalog().types().byOid(type), -1, 0, 0));
  }

  /** What the options ask for. */
  private record Options(
      boolean isAnalyze,
      boolean isCosts,
      boolean isTiming,
      boolean isSummary,
      boolean isVerbose,
      boolean isBuffers,
      boolean isJson) {}

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
            : shown(planned.plan(), options, null, planMillis, 0);
    List<String[]> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(new String[] {line}));
    return Rows.texts(rows, 1, "EXPLAIN");
  }

  /**
   * Returns the rows of the answer.
   *
   * @param execution what ran, {@code null} without ANALYZE
   */
  private List<String> shown(
      PlannedStatement planned,
      Options options,
      Execution execution,
      double planMillis,
      double millis) {
    return options.isJson()
        ? List.of(json(planned, options, execution, planMillis, millis))
        : text(planned, options, execution, planMillis, millis);
  }

  private List<String> text(
      PlannedStatement planned,
      Options options,
      Execution execution,
      double planMillis,
      double millis) {
    List<String> lines =
        new ArrayList<>(
            PlanText.lines(
                planned,
                session.environment().catalog().functions(),
                session.environment().types(),
                options.isCosts(),
                options.isVerbose(),
                plan -> execution == null ? "" : actual(execution, plan, options),
                plan -> execution == null ? Map.of() : notes(execution, plan)));
    if (options.isSummary()) {
      lines.add(String.format(Locale.ROOT, "Planning Time: %.3f ms", planMillis));
      if (execution != null) {
        lines.add(String.format(Locale.ROOT, "Execution Time: %.3f ms", millis));
      }
    }
    return lines;
  }

  private String json(
      PlannedStatement planned,
      Options options,
      Execution execution,
      double planMillis,
      double millis) {
    Map<String, Object> summary = new LinkedHashMap<>();
    if (options.isSummary()) {
      summary.put("Planning Time", millis(planMillis));
    }
    if (execution != null) {
      summary.put("Triggers", List.of());
      if (options.isSummary()) {
        summary.put("Execution Time", millis(millis));
      }
    }
    return PlanJson.document(
        planned,
        session.environment().catalog().functions(),
        session.environment().types(),
        options.isCosts(),
        options.isVerbose(),
        plan -> execution == null ? Map.of() : measured(execution, plan, options),
        options.isBuffers() ? buffers() : Map.of(),
        summary);
  }

  private static PlanJson.Raw millis(double millis) {
    return new PlanJson.Raw(String.format(Locale.ROOT, "%.3f", millis));
  }

  /** No table lies in buffers: none is ever hit, read or written. */
  private static Map<String, Object> buffers() {
    Map<String, Object> result = new LinkedHashMap<>();
    for (String kind : List.of("Shared", "Local")) {
      for (String what : List.of("Hit", "Read", "Dirtied", "Written")) {
        result.put(kind + " " + what + " Blocks", new PlanJson.Raw("0"));
      }
    }
    return result;
  }

  private static Map<String, Object> measured(Execution execution, Plan plan, Options options) {
    OperatorStatistics statistics = execution.statistics(plan);
    long loops = statistics == null ? 0 : statistics.loops();
    Map<String, Object> result = new LinkedHashMap<>();
    if (options.isTiming()) {
      result.put(
          "Actual Startup Time", millis(loops == 0 ? 0 : statistics.firstNanos() / 1e6 / loops));
      result.put("Actual Total Time", millis(loops == 0 ? 0 : statistics.nanos() / 1e6 / loops));
    }
    long rows = loops == 0 ? 0 : Math.round((double) statistics.rows() / loops);
    result.put("Actual Rows", new PlanJson.Raw(Long.toString(rows)));
    result.put("Actual Loops", new PlanJson.Raw(Long.toString(loops)));
    notes(execution, plan)
        .forEach((name, value) ->
            result.put(name, value instanceof Long n ? new PlanJson.Raw(Long.toString(n)) : value));
    return result;
  }

  private static Map<String, Object> notes(Execution execution, Plan plan) {
    OperatorStatistics statistics = execution.statistics(plan);
    return statistics == null ? Map.of() : statistics.notes();
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
          case Query _, DmlStatement _, DdlStatement _, UtilityStatement _ -> statement;
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
    ReadOnlyRule.check(session, planned.bound());
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
      return shown(planned, options, execution, planMillis, millis);
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
    boolean isVerbose = false;
    boolean isBuffers = false;
    boolean isWal = false;
    boolean isJson = false;
    Boolean isTiming = null;
    Boolean isSummary = null;
    for (Option option : list) {
      switch (option.name().toLowerCase(Locale.ROOT)) {
        case "analyze" -> isAnalyze = OptionValues.bool(option);
        case "costs" -> isCosts = OptionValues.bool(option);
        case "timing" -> isTiming = OptionValues.bool(option);
        case "summary" -> isSummary = OptionValues.bool(option);
        case "verbose" -> isVerbose = OptionValues.bool(option);
        case "buffers" -> isBuffers = OptionValues.bool(option);
        case "wal" -> isWal = OptionValues.bool(option);
        case "format" -> isJson = isJson(option);
        case "settings" -> {
          if (OptionValues.bool(option)) {
            throw UtilityRunner.notBuilt("EXPLAIN with SETTINGS");
          }
        }
        default ->
            throw new SqlException(
                SqlState.SYNTAX_ERROR,
                "unrecognized EXPLAIN option \"" + option.name() + "\"",
                option.position());
      }
    }
    if (isWal && !isAnalyze) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "EXPLAIN option WAL requires ANALYZE");
    }
    if (Boolean.TRUE.equals(isTiming) && !isAnalyze) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "EXPLAIN option TIMING requires ANALYZE");
    }
    if (isWal) {
      throw UtilityRunner.notBuilt("EXPLAIN with WAL");
    }
    return new Options(
        isAnalyze,
        isCosts,
        isTiming == null || isTiming,
        isSummary == null ? isAnalyze : isSummary,
        isVerbose,
        isBuffers,
        isJson);
  }

  private static boolean isJson(Option option) {
    String value = String.valueOf(option.value()).toLowerCase(Locale.ROOT);
    return switch (value) {
      case "text" -> false;
      case "json" -> true;
      case "xml", "yaml" -> throw UtilityRunner.notBuilt("EXPLAIN in XML or YAML");
      default ->
          throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "unrecognized value for EXPLAIN option \"format\": \"" + option.value() + "\"",
              option.position());
    };
  }
}
