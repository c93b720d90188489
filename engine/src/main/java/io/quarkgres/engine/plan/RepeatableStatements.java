package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundStatement;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.type.Oids;
import java.util.List;
import java.util.Set;

/**
 * Tells which statements yield the same rows again as long as their tables, their parameters and
 * the session's settings are the same: those that only read tables and call no function that looks
 * at anything else. Thread: any.
 */
public final class RepeatableStatements {
  /** Functions that are stable only because they print or read values by the session's settings. */
  private static final Set<String> BY_SETTINGS =
      Set.of(
          "array_agg",
          "array_to_string",
          "concat",
          "concat_ws",
          "date_part",
          "date_trunc",
          "extract",
          "format",
          "json_agg",
          "json_build_array",
          "json_build_object",
          "json_object_agg",
          "jsonb_agg",
          "jsonb_build_array",
          "jsonb_build_object",
          "jsonb_object_agg",
          "row_to_json",
          "string_agg",
          "to_char",
          "to_json",
          "to_jsonb");

  /** Types whose text is never one of a moment, as {@code 'now'} and {@code 'today'} are. */
  private static final Set<Integer> TIMELESS =
      Set.of(
          Oids.BOOL,
          Oids.INT2,
          Oids.INT4,
          Oids.INT8,
          Oids.FLOAT4,
          Oids.FLOAT8,
          Oids.NUMERIC,
          Oids.TEXT,
          Oids.VARCHAR,
          Oids.BPCHAR,
          Oids.BYTEA,
          Oids.UUID,
          Oids.JSON,
          Oids.JSONB);

  private RepeatableStatements() {}

  /** Tells whether a statement is one. */
  public static boolean isRepeatable(BoundStatement bound) {
    return bound.isReadOnly()
        && bound.kind() == BoundStatement.Kind.SELECT
        && isRepeatable(bound.relation());
  }

  private static boolean isRepeatable(Relation tree) {
    boolean[] is = {true};
    Relations.walk(tree, r -> is[0] &= isRepeatableItself(r));
    Relations.walkExpressions(tree, e -> is[0] &= isRepeatable(e));
    return is[0];
  }

  private static boolean isRepeatableItself(Relation relation) {
    return switch (relation) {
      case Relation.VirtualScan r -> false;
      case Relation.InputScan r -> false;
      case Relation.LockRows r -> false;
      case Relation.Modify r -> false;
      case Relation.FunctionScan r -> areRepeatable(r.functions());
      case Relation.ProjectSet r -> areRepeatable(r.functions());
      case Relation.Aggregate r ->
          r.aggregates().stream().allMatch(a -> isRepeatable(a.call().function()));
      case Relation.Window r -> r.calls().stream().allMatch(c -> isRepeatable(c.call().function()));
      case Relation.SingleRow r -> true;
      case Relation.Scan r -> true;
      case Relation.Values r -> true;
      case Relation.Project r -> true;
      case Relation.Filter r -> true;
      case Relation.Join r -> true;
      case Relation.Distinct r -> true;
      case Relation.DistinctOn r -> true;
      case Relation.Sort r -> true;
      case Relation.Limit r -> true;
      case Relation.SetOperation r -> true;
      case Relation.With r -> true;
      case Relation.CteScan r -> true;
    };
  }

  private static boolean areRepeatable(List<Relation.TableFunction> functions) {
    return functions.stream().allMatch(f -> isRepeatable(f.call()) && isRepeatable(f.scalar()));
  }

  private static boolean isRepeatable(Call call) {
    return call == null || isRepeatable(call.function());
  }

  private static boolean isRepeatable(BoundExpr expression) {
    if (expression == null) {
      return true;
    }
    boolean[] is = {true};
    Expressions.walk(
        expression,
        e -> {
          if (e instanceof BoundExpr.FunctionCall call) {
            is[0] &= isRepeatable(call.call().function());
          } else if (e instanceof BoundExpr.Subquery subquery) {
            is[0] &= isRepeatable(subquery.query());
          } else if (e instanceof BoundExpr.CastByText cast) {
            is[0] &= TIMELESS.contains(cast.type().oid());
          } else if (e instanceof BoundExpr.CoerceToDomain) {
            // what its constraints call is not looked at here
            is[0] = false;
          }
        });
    return is[0];
  }

  private static boolean isRepeatable(FunctionDef function) {
    return function.volatility() == Volatility.IMMUTABLE
        || function.volatility() == Volatility.STABLE && BY_SETTINGS.contains(function.name())
        || isOfTimes(function);
  }

  /** Comparisons, sums and casts of dates and times, which depend on the time zone. */
  private static boolean isOfTimes(FunctionDef function) {
    boolean isOperator =
        function.name().startsWith("timestamp")
            || function.name().startsWith("date_")
            || function.name().startsWith("interval_pl")
            || function.name().equals("date")
            || function.name().equals("time");
    return function.volatility() == Volatility.STABLE
        && isOperator
        && !function.name().endsWith("_in")
        && !function.argumentTypes().contains(Oids.TEXT);
  }
}
