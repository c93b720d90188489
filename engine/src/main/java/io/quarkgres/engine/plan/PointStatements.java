package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.catalog.Catalog;
import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.Volatility;
import java.util.List;
import java.util.Set;

/**
 * Tells which statements are sure to take only microseconds unless they have to wait: they touch a
 * handful of rows through keys and compute nothing that can be long. Such statements run on the
 * event loop. Thread: any.
 */
public final class PointStatements {
  /** The most rows of a VALUES list. */
  private static final int ROWS_MAX = 16;

  /** The most rows that may be expected of an index; the scan itself gives up if there are more. */
  private static final double EXPECTED_ROWS_MAX = 64;

  /** Functions without effects beyond a row, though volatile. */
  private static final Set<String> QUICK =
      Set.of("nextval", "gen_random_uuid", "uuid_generate_v4", "random", "clock_timestamp");

  /** Functions whose time or result can be far longer than their arguments. */
  private static final Set<String> LONG =
      Set.of("repeat", "lpad", "rpad", "power", "pow", "exp", "factorial", "array_fill");

  private PointStatements() {}

  /** Tells whether a planned statement is one. */
  public static boolean isPoint(PlannedStatement planned, Catalog catalog) {
    if (!planned.subplans().isEmpty() || !isPoint(planned.plan(), catalog, true)) {
      return false;
    }
    boolean[] isQuick = {true};
    Relations.walkExpressions(planned.bound().relation(), e -> isQuick[0] &= isQuick(e));
    return isQuick[0];
  }

  private static boolean isPoint(Plan plan, Catalog catalog, boolean isReadOnly) {
    return switch (plan) {
      case Plan.SingleRow p -> true;
      case Plan.Nothing p -> true;
      case Plan.ValuesScan p -> p.rowValues().size() <= ROWS_MAX;
      case Plan.IndexScan p -> isOneRow(p) || isReadOnly && isFewRows(p);
      case Plan.Project p -> isPoint(p.input(), catalog, isReadOnly);
      case Plan.Filter p -> isPoint(p.input(), catalog, isReadOnly);
      case Plan.Limit p -> isPoint(p.input(), catalog, isReadOnly);
      case Plan.Modify p ->
          isPoint(p.source(), catalog, false) && isAlone(p.modification(), catalog);
      case Plan.TableScan p -> false;
      case Plan.ProbedScan p -> false;
      case Plan.NearestScan p -> false;
      case Plan.VirtualScan p -> false;
      case Plan.InputScan p -> false;
      case Plan.FunctionScan p -> false;
      case Plan.ProjectSet p -> false;
      case Plan.HashJoin p -> false;
      case Plan.NestedLoop p -> false;
      case Plan.Apply p -> false;
      case Plan.HashAggregate p -> false;
      case Plan.Window p -> false;
      case Plan.Sort p -> false;
      case Plan.TopN p -> false;
      case Plan.Distinct p -> false;
      case Plan.DistinctOn p -> false;
      case Plan.Append p -> false;
      case Plan.SetOperation p -> false;
      case Plan.With p -> false;
      case Plan.CteScan p -> false;
      // Its rows come while the client reads, so it could not be begun again after a wait.
      case Plan.LockRows p -> false;
    };
  }

  private static boolean isOneRow(Plan.IndexScan scan) {
    List<List<BoundExpr>> equal = scan.bounds().equal();
    return scan.index().isAlwaysUnique()
        && scan.bounds().arrayKey() == null
        && equal.size() == 1
        && equal.getFirst().size() == scan.index().keys().size();
  }

  /**
   * Tells whether few rows are expected. A filter would hide how many are read; a change of rows
   * could not be given up in the middle.
   */
  private static boolean isFewRows(Plan.IndexScan scan) {
    return scan.filter() == null && scan.rows() <= EXPECTED_ROWS_MAX;
  }

  /** Tells whether changing a row of the table leads to no other table's rows, nor to a graph. */
  private static boolean isAlone(Modification modification, Catalog catalog) {
    TableEntry table = modification.table();
    for (IndexEntry index : catalog.indexesOf(table.oid())) {
      if (index.orderingFunction() != 0 || index.index() == null) {
        return false;
      }
    }
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint.isDeferrable()) {
        return false;
      }
    }
    return modification instanceof Modification.Insert
        || catalog.referencesTo(table.oid()).isEmpty();
  }

  private static boolean isQuick(BoundExpr expression) {
    boolean[] isQuick = {true};
    Expressions.walk(
        expression,
        e -> {
          if (e instanceof BoundExpr.FunctionCall call) {
            isQuick[0] &= isQuick(call.call().function());
          }
        });
    return isQuick[0];
  }

  private static boolean isQuick(FunctionDef function) {
    String name = function.name();
    boolean isPure = function.volatility() != Volatility.VOLATILE || QUICK.contains(name);
    // Matching can take long, as its patterns can.
    boolean matches = name.contains("regex") || name.contains("like") || name.equals("similar");
    return isPure && !matches && !function.returnsSet() && !LONG.contains(name);
  }
}
