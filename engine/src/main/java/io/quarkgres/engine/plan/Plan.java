package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import java.util.List;

/**
 * A physical operator with its inputs. Columns are known as (relation, column), see {@link
 * OutputColumn}; a scan yields only the columns in its {@code outputs}. Subqueries that are left in
 * expressions have their plans in {@link PlannedStatement#subplans()}. Immutable. Thread: any.
 */
public sealed interface Plan {
  /** Returns the columns that it yields, in order. */
  List<OutputColumn> outputs();

  /** Returns the rows the planner expects, for EXPLAIN and for choices above. */
  double rows();

  /** One row without columns. */
  record SingleRow() implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return List.of();
    }

    @Override
    public double rows() {
      return 1;
    }
  }

  /** No rows at all: the predicate is known to be false. */
  record Nothing(List<OutputColumn> outputs) implements Plan {
    @Override
    public double rows() {
      return 0;
    }
  }

  /**
   * A scan of a table, block by block. An output whose column equals the table's column count is
   * the row id.
   *
   * @param filter the exact predicate, or {@code null}
   * @param bounds necessary bounds for zone maps
   */
  record TableScan(
      int relation,
      TableEntry table,
      String alias,
      BoundExpr filter,
      List<ZoneBound> bounds,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /**
   * A bound of a column by which a scan may skip blocks.
   *
   * @param column the table column, of integers
   * @param value a constant or a parameter, so that nothing can go wrong when it is looked at
   */
  record ZoneBound(int column, Edge edge, BoundExpr value) {
    /** What the value is to the column. */
    public enum Edge {
      LEAST,
      GREATEST,
      ONLY
    }

    /** Tells whether another bounds the same column in the same way, by whatever value. */
    boolean isLike(ZoneBound other) {
      return column == other.column && edge == other.edge;
    }
  }

  /**
   * A table scan in what runs again for each of many outer rows, with a condition that some
   * expression over the table equals one over outer columns. After a few runs the table is kept in
   * a hash table, which later runs only probe.
   *
   * @param scan the scan with all conditions, for the first runs
   * @param fixed the scan with the conditions that outer columns do not matter for
   * @param scanKeys expressions over the table
   * @param outerKeys what they equal
   * @param residual the other conditions with outer columns, or {@code null}
   */
  record ProbedScan(
      TableScan scan,
      TableScan fixed,
      List<BoundExpr> scanKeys,
      List<BoundExpr> outerKeys,
      BoundExpr residual)
      implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return scan.outputs();
    }

    @Override
    public double rows() {
      return scan.rows();
    }
  }

  /**
   * A scan of an ordered index.
   *
   * @param bounds what the key columns are bounded by; computed when the scan opens (parameters and
   *     correlated references allowed)
   * @param isBackward whether it goes from the greatest key down
   * @param filter the exact predicate left over, or {@code null}
   */
  record IndexScan(
      int relation,
      TableEntry table,
      String alias,
      IndexEntry index,
      KeyBounds bounds,
      boolean isBackward,
      BoundExpr filter,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /**
   * Bounds on the leading key columns: equal values for some, then perhaps a range on the next. A
   * NULL bound value means no rows. Values are of the key column's type.
   *
   * @param equal alternatives: each is one value a leading key (more than one for IN lists: at run
   *     time sorted and made distinct); empty list of values for no equality
   * @param arrayKey an array expression whose elements are the values of the first key ({@code key
   *     = ANY(array)}), or {@code null}; {@code equal} is then empty
   * @param low the lower bound of the key after the equal ones, or {@code null}
   * @param high the upper bound, or {@code null}
   */
  record KeyBounds(
      List<List<BoundExpr>> equal,
      BoundExpr arrayKey,
      BoundExpr low,
      boolean isLowInclusive,
      BoundExpr high,
      boolean isHighInclusive) {
    /** Bounds that leave all keys. */
    public static final KeyBounds NONE = new KeyBounds(List.of(), null, null, false, null, false);
  }

  /**
   * Rows of a distance index that pass a filter, nearest first. The plan above may stop after any
   * number of rows.
   *
   * @param all another plan for all rows that pass the filter, with the same outputs, which may
   *     take the place of the index when the plan runs: then rows come in any order and number, for
   *     the plan above sorts them and takes what it needs; {@code null} when only the index will do
   * @param few the same through an index that tells all rows which pass, for when they turn out to
   *     be few; {@code null} when there is none or {@code all} is such a plan
   * @param bound the greatest distance that the filter lets pass, or {@code null}
   * @param count how many rows the plan above takes, {@code null} for any number
   * @param offset how many it skips before them, or {@code null}
   */
  record NearestScan(
      int relation,
      TableEntry table,
      String alias,
      IndexEntry index,
      BoundExpr query,
      BoundExpr filter,
      DistanceBound bound,
      Plan all,
      Plan few,
      BoundExpr count,
      BoundExpr offset,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /**
   * A condition on the distance by which a scan is ordered, if the query turns out to be the same.
   *
   * @param query what the distance is measured from
   * @param distance a distance, as float8, that no farther row passes
   * @param others the rest of the filter, or {@code null}
   */
  record DistanceBound(BoundExpr query, BoundExpr distance, BoundExpr others) {}

  /** All rows of a virtual table, filtered. */
  record VirtualScan(
      int relation,
      VirtualTable table,
      String alias,
      BoundExpr filter,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /** Rows that the execution context gives, see {@link Relation.InputScan}. */
  record InputScan(int relation, List<OutputColumn> outputs, double rows) implements Plan {}

  /** Constant rows. */
  record ValuesScan(int relation, List<List<BoundExpr>> rowValues, List<OutputColumn> outputs)
      implements Plan {
    @Override
    public double rows() {
      return rowValues.size();
    }
  }

  /** Functions in FROM. */
  record FunctionScan(
      int relation,
      List<Relation.TableFunction> functions,
      boolean withOrdinality,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /** New columns computed from the input's. */
  record Project(Plan input, List<BoundExpr> expressions, List<OutputColumn> outputs)
      implements Plan {
    @Override
    public double rows() {
      return input.rows();
    }
  }

  /** Set-returning functions of a select list; outputs are the input's, then one a function. */
  record ProjectSet(
      Plan input, List<Relation.TableFunction> functions, List<OutputColumn> outputs, double rows)
      implements Plan {}

  /** Rows for which the predicate is true. */
  record Filter(Plan input, BoundExpr predicate, double rows) implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** The kinds of physical joins. */
  enum JoinKind {
    /** Matching pairs. */
    INNER,
    /** And left rows without a match. */
    LEFT,
    /** And right rows without a match. */
    RIGHT,
    /** And both. */
    FULL,
    /** Left rows with a match; yields left columns only. */
    SEMI,
    /** Left rows without a match; yields left columns only. */
    ANTI,
    /**
     * Left rows for which {@code x NOT IN (right)} is true: nothing matches and no NULL is in the
     * way; one key; yields left columns only.
     */
    NULL_AWARE_ANTI
  }

  /**
   * A hash join: the right side is built, the left side probes.
   *
   * @param leftKeys keys over the left's outputs
   * @param rightKeys keys over the right's outputs, of the same types pairwise
   * @param nullsMatch for each key whether NULL matches NULL (IS NOT DISTINCT FROM)
   * @param residual what else must be true of a pair, or {@code null}
   */
  record HashJoin(
      JoinKind kind,
      Plan left,
      Plan right,
      List<BoundExpr> leftKeys,
      List<BoundExpr> rightKeys,
      boolean[] nullsMatch,
      BoundExpr residual,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /** A join by comparing all pairs; the right side is materialized once. */
  record NestedLoop(
      JoinKind kind,
      Plan left,
      Plan right,
      BoundExpr condition,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /**
   * For each left row the right side is run anew, with the left's columns as parameters: LATERAL,
   * index look-up joins, subqueries that could not be decorrelated.
   *
   * @param kind INNER, LEFT, SEMI or ANTI
   * @param parameters the left columns that the right side refers to
   */
  record Apply(
      JoinKind kind,
      Plan left,
      Plan right,
      List<OutputColumn> parameters,
      BoundExpr condition,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /** Grouping in a hash table, see {@link Relation.Aggregate}. */
  record HashAggregate(Relation.Aggregate spec, Plan input, List<OutputColumn> outputs, double rows)
      implements Plan {}

  /**
   * Window functions over one window, see {@link Relation.Window}; sorts its input itself, by
   * partition and order.
   *
   * @param isSorted whether the input is in that order already
   */
  record Window(Relation.Window spec, Plan input, boolean isSorted, List<OutputColumn> outputs)
      implements Plan {
    @Override
    public double rows() {
      return input.rows();
    }
  }

  /** A stable sort. */
  record Sort(Plan input, List<Relation.SortKey> keys) implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }

    @Override
    public double rows() {
      return input.rows();
    }
  }

  /** The first rows of a sort, kept in a heap; count and offset as in {@link Limit}. */
  record TopN(
      Plan input, List<Relation.SortKey> keys, BoundExpr count, BoundExpr offset, double rows)
      implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** LIMIT and OFFSET, see {@link Relation.Limit}. */
  record Limit(
      Plan input, BoundExpr count, BoundExpr offset, List<Relation.SortKey> ties, double rows)
      implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** Distinct rows, by hash, in order of first appearance. */
  record Distinct(Plan input, double rows) implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** The first row of each run of equal keys. */
  record DistinctOn(Plan input, List<BoundExpr> keys, double rows) implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** UNION ALL: the rows of all inputs, columns by position. */
  record Append(List<Plan> inputs, List<OutputColumn> outputs, double rows) implements Plan {}

  /** INTERSECT [ALL] and EXCEPT [ALL] by hash; UNION is Distinct over Append. */
  record SetOperation(
      Relation.SetKind kind,
      boolean isAll,
      Plan left,
      Plan right,
      List<OutputColumn> outputs,
      double rows)
      implements Plan {}

  /**
   * Common table expressions that are computed once, in order, when first read (modifying ones
   * always, and to the end), then the body.
   */
  record With(List<CtePlan> ctes, Plan body) implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return body.outputs();
    }

    @Override
    public double rows() {
      return body.rows();
    }
  }

  /** A common table expression; see {@link Relation.Cte}. */
  record CtePlan(int cte, String name, Plan query, Plan recursive, boolean isUnionAll) {}

  /** The rows of a common table expression, or the working table inside its recursive term. */
  record CteScan(int relation, int cte, String alias, List<OutputColumn> outputs, double rows)
      implements Plan {}

  /** Locks rows, see {@link Relation.LockRows}; the input yields the row ids as columns. */
  record LockRows(Plan input, List<Relation.RowLock> locks, BoundExpr recheck) implements Plan {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }

    @Override
    public double rows() {
      return input.rows();
    }
  }

  /** INSERT, UPDATE or DELETE; {@code source} replaces the modification's relational source. */
  record Modify(Modification modification, Plan source, List<OutputColumn> outputs, double rows)
      implements Plan {}
}
