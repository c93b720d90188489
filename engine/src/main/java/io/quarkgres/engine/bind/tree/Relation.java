package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.catalog.VirtualTable;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.store.RowLockMode;
import io.quarkgres.spi.store.WaitPolicy;
import java.util.List;

/**
 * A relational operator of the typed tree. A variant with a {@code relation} number yields columns
 * of its own; one without passes its input's columns on. Immutable. Thread: any.
 */
public sealed interface Relation {
  /** Returns the columns that it yields, in order. */
  List<OutputColumn> outputs();

  /** One row without columns: SELECT without FROM. */
  record SingleRow() implements Relation {
    @Override
    public List<OutputColumn> outputs() {
      return List.of();
    }
  }

  /**
   * All rows of a table. Column {@code i} is the table's column {@code i} (dropped ones keep their
   * number but are never referenced); column {@code table.columns().size()} is the row id (INT64
   * layout), which stands for {@code ctid} and is what UPDATE and DELETE and row locks use.
   */
  record Scan(int relation, TableEntry table, String alias, List<OutputColumn> outputs)
      implements Relation {}

  /** All rows of a virtual table. */
  record VirtualScan(int relation, VirtualTable table, String alias, List<OutputColumn> outputs)
      implements Relation {}

  /** Rows that whoever runs the statement gives, block by block: COPY FROM. */
  record InputScan(int relation, List<OutputColumn> outputs) implements Relation {}

  /** VALUES: every row has one expression for each output. */
  record Values(int relation, List<List<BoundExpr>> rows, List<OutputColumn> outputs)
      implements Relation {}

  /**
   * Set-returning functions in FROM, side by side (ROWS FROM), padded with NULL; a function that
   * returns no set yields one row. The ordinality column, if any, is the last output.
   */
  record FunctionScan(
      int relation,
      List<TableFunction> functions,
      boolean withOrdinality,
      List<OutputColumn> outputs)
      implements Relation {}

  /**
   * A function in FROM.
   *
   * @param call the function; a scalar one when {@code call.function().returnsSet()} is false
   * @param scalar for what is no set function: the expression, and {@code call} is {@code null}
   * @param columnCount how many output columns it gives
   */
  record TableFunction(Call call, List<BoundExpr> arguments, BoundExpr scalar, int columnCount) {}

  /** New columns computed from the input's; the input's columns are not passed on. */
  record Project(
      int relation, Relation input, List<BoundExpr> expressions, List<OutputColumn> outputs)
      implements Relation {}

  /**
   * Set-returning functions of a select list: for each input row as many rows as the longest set,
   * shorter ones padded with NULL; no row if all are empty. Yields the input's columns and, as
   * columns of its own, one for each set function.
   */
  record ProjectSet(
      int relation, Relation input, List<TableFunction> functions, List<OutputColumn> outputs)
      implements Relation {}

  /** Rows for which the predicate is true. */
  record Filter(Relation input, BoundExpr predicate) implements Relation {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** The kinds of joins. SEMI, ANTI and NULL_AWARE_ANTI arise in the planner only. */
  enum JoinKind {
    /** Matching pairs. */
    INNER,
    /** And left rows without a match. */
    LEFT,
    /** And right rows without a match. */
    RIGHT,
    /** And both. */
    FULL,
    /** Left rows with a match. */
    SEMI,
    /** Left rows without a match. */
    ANTI
  }

  /**
   * A join; the right side may refer to columns of the left (LATERAL) if the kind is INNER or LEFT.
   *
   * @param condition the join condition, or {@code null} for none
   */
  record Join(
      JoinKind kind,
      Relation left,
      Relation right,
      BoundExpr condition,
      boolean isLateral,
      List<OutputColumn> outputs)
      implements Relation {}

  /**
   * Grouping. Outputs, as columns of {@code relation}: the keys, then the aggregates, then the
   * {@code groupings}.
   *
   * @param keys the distinct grouping expressions over the input
   * @param sets for each grouping set the numbers of its keys; one set of all keys for a plain
   *     GROUP BY; keys outside a set are NULL in its rows. An empty set yields one row even without
   *     input
   * @param groupings for each GROUPING() call, the numbers of its keys
   */
  record Aggregate(
      int relation,
      Relation input,
      List<BoundExpr> keys,
      List<List<Integer>> sets,
      List<AggregateCall> aggregates,
      List<List<Integer>> groupings,
      List<OutputColumn> outputs)
      implements Relation {}

  /**
   * A call of an aggregate.
   *
   * @param arguments aggregated arguments (of an ordered-set aggregate, the direct arguments first,
   *     then the WITHIN GROUP ones)
   * @param directArguments how many of them are direct arguments
   * @param filter the condition of FILTER, or {@code null}
   */
  record AggregateCall(
      Call call,
      List<BoundExpr> arguments,
      int directArguments,
      boolean isDistinct,
      List<SortKey> orderBy,
      BoundExpr filter) {}

  /**
   * Window functions over one window. Yields the input's columns and, as columns of its own, one
   * for each call.
   */
  record Window(
      int relation,
      Relation input,
      List<BoundExpr> partitionBy,
      List<SortKey> orderBy,
      Frame frame,
      List<WindowCall> calls,
      List<OutputColumn> outputs)
      implements Relation {}

  /**
   * A call over a window: a window function, or an aggregate.
   *
   * @param filter the condition of FILTER (aggregates only), or {@code null}
   */
  record WindowCall(Call call, List<BoundExpr> arguments, BoundExpr filter) {}

  /** A window frame (manual, section 4.2.8); offsets are {@code null} where the bound has none. */
  record Frame(
      FrameMode mode,
      FrameBound start,
      BoundExpr startOffset,
      FrameBound end,
      BoundExpr endOffset,
      FrameExclusion exclusion,
      Call rangeStartComparison,
      Call rangeEndComparison) {}

  /** ROWS, RANGE or GROUPS. */
  enum FrameMode {
    /** By rows. */
    ROWS,
    /** By values of the one ORDER BY key ({@code in_range} functions give the comparison). */
    RANGE,
    /** By peer groups. */
    GROUPS
  }

  /** Where a frame begins or ends. */
  enum FrameBound {
    /** UNBOUNDED PRECEDING. */
    UNBOUNDED_PRECEDING,
    /** offset PRECEDING. */
    PRECEDING,
    /** CURRENT ROW. */
    CURRENT_ROW,
    /** offset FOLLOWING. */
    FOLLOWING,
    /** UNBOUNDED FOLLOWING. */
    UNBOUNDED_FOLLOWING
  }

  /** What a frame leaves out. */
  enum FrameExclusion {
    /** Nothing. */
    NO_OTHERS,
    /** The current row. */
    CURRENT_ROW,
    /** The current row and its peers. */
    GROUP,
    /** The peers, but not the current row. */
    TIES
  }

  /** A sort key; the order is the type's, turned round by {@code isDescending}. */
  record SortKey(BoundExpr expression, boolean isDescending, boolean nullsFirst) {}

  /** Distinct rows by all columns. */
  record Distinct(Relation input) implements Relation {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** The first row of each group of equal keys; the input is sorted as the query says. */
  record DistinctOn(Relation input, List<BoundExpr> keys) implements Relation {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** A sort. Stable. */
  record Sort(Relation input, List<SortKey> keys) implements Relation {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /**
   * LIMIT and OFFSET, int8 expressions without columns; {@code null} or a NULL value is none.
   *
   * @param ties the sort keys of FETCH ... WITH TIES, or {@code null}
   */
  record Limit(Relation input, BoundExpr count, BoundExpr offset, List<SortKey> ties)
      implements Relation {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** The set operators. */
  enum SetKind {
    /** UNION. */
    UNION,
    /** INTERSECT. */
    INTERSECT,
    /** EXCEPT. */
    EXCEPT
  }

  /** A set operation of two inputs with columns of the same types. */
  record SetOperation(
      int relation,
      SetKind kind,
      boolean isAll,
      Relation left,
      Relation right,
      List<OutputColumn> outputs)
      implements Relation {}

  /** Common table expressions around a body that refers to them by {@link CteScan}. */
  record With(List<Cte> ctes, Relation body) implements Relation {
    @Override
    public List<OutputColumn> outputs() {
      return body.outputs();
    }
  }

  /**
   * A common table expression.
   *
   * @param cte its number, unique in the statement
   * @param query what it is; for a recursive one the non-recursive term
   * @param recursive the recursive term, in which a {@link CteScan} of the same number reads the
   *     working table; {@code null} when it is not recursive
   * @param isUnionAll whether duplicates are kept (recursive ones)
   * @param materialized TRUE for MATERIALIZED, FALSE for NOT MATERIALIZED, null for unspecified
   * @param references how often it is referred to
   */
  record Cte(
      int cte,
      String name,
      Relation query,
      Relation recursive,
      boolean isUnionAll,
      Boolean materialized,
      int references) {}

  /** The rows of a common table expression. */
  record CteScan(int relation, int cte, String alias, List<OutputColumn> outputs)
      implements Relation {}

  /** Locks the rows of base tables that the input's rows come from. */
  record LockRows(Relation input, List<RowLock> locks) implements Relation {
    @Override
    public List<OutputColumn> outputs() {
      return input.outputs();
    }
  }

  /** Which rows to lock: those of the {@link Scan} numbered {@code relation}. */
  record RowLock(int relation, TableEntry table, RowLockMode mode, WaitPolicy policy) {}

  /** INSERT, UPDATE or DELETE; yields the columns of RETURNING. */
  record Modify(int relation, Modification modification, List<OutputColumn> outputs)
      implements Relation {}

  /** Makes outputs of expressions for a relation, with their names. */
  static List<OutputColumn> outputsOf(
      int relation, List<BoundExpr> expressions, List<String> names) {
    OutputColumn[] result = new OutputColumn[expressions.size()];
    for (int i = 0; i < result.length; i++) {
      BoundExpr expression = expressions.get(i);
      SqlType type = expression.type();
      result[i] = new OutputColumn(relation, i, names.get(i), type, expression.typmod());
    }
    return List.of(result);
  }
}
