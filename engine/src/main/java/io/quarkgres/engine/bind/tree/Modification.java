package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import java.util.List;

/**
 * A change of a table's rows. In all variants {@code target} numbers a pseudo-relation whose
 * columns are the table's: in RETURNING, CHECK conditions and generated columns it means the new
 * row (of DELETE: the old one). Immutable. Thread: any.
 */
public sealed interface Modification {
  /** Returns the table. */
  TableEntry table();

  /** Returns the number of the pseudo-relation that means the row in question. */
  int target();

  /** Returns the expressions of RETURNING, empty when there is none. */
  List<BoundExpr> returning();

  /**
   * INSERT.
   *
   * @param source the rows to insert: one output for each column of {@code columns}
   * @param columns numbers (from 0) of the table's columns that the source gives, in its order
   * @param defaults for every column of the table that the source does not give: its default (a
   *     constant NULL when it has none); {@code null} for those that it gives
   * @param generated for generated columns the expression over {@code target}, else {@code null}
   * @param checks what must not be false for a new row
   * @param conflict ON CONFLICT, or {@code null}
   */
  record Insert(
      TableEntry table,
      int target,
      Relation source,
      List<Integer> columns,
      List<BoundExpr> defaults,
      List<BoundExpr> generated,
      List<Check> checks,
      Conflict conflict,
      List<BoundExpr> returning)
      implements Modification {}

  /**
   * UPDATE.
   *
   * @param source the rows to update with what they need: its outputs include the table's columns
   *     and row id (as columns of {@code scan}) and whatever FROM gives
   * @param scan the number of the {@link Relation.Scan} of the target within the source
   * @param columns numbers (from 0) of the columns that change
   * @param values their new values, over the source's outputs
   * @param isRecheckable whether, after a wait, {@code recheck} over the newest version decides
   *     (FROM has inner joins only); otherwise the statement is run again
   * @param recheck the whole WHERE and join condition over the source's outputs, or {@code null}
   */
  record Update(
      TableEntry table,
      int target,
      Relation source,
      int scan,
      List<Integer> columns,
      List<BoundExpr> values,
      List<BoundExpr> generated,
      List<Check> checks,
      boolean isRecheckable,
      BoundExpr recheck,
      List<BoundExpr> returning)
      implements Modification {}

  /** DELETE; see {@link Update} for the parts. RETURNING may also refer to the source's outputs. */
  record Delete(
      TableEntry table,
      int target,
      Relation source,
      int scan,
      boolean isRecheckable,
      BoundExpr recheck,
      List<BoundExpr> returning)
      implements Modification {}

  /**
   * MERGE.
   *
   * @param source the rows of the data source, each with the rows of the table that match it, or
   *     with NULLs when there is none and some action wants it
   * @param scan the number of the {@link Relation.Scan} of the target within the source
   * @param actions the WHEN clauses in order; the first whose condition is true applies
   */
  record Merge(
      TableEntry table,
      int target,
      Relation source,
      int scan,
      List<MergeAction> actions,
      List<BoundExpr> generated,
      List<Check> checks)
      implements Modification {
    @Override
    public List<BoundExpr> returning() {
      return List.of();
    }
  }

  /** What MERGE does with a row of its source, over whose outputs all expressions are. */
  sealed interface MergeAction {
    /** Returns whether it is for rows with a match. */
    boolean isMatched();

    /** Returns the further condition, or {@code null}. */
    BoundExpr condition();

    /** Sets columns of the matching row. */
    record Update(BoundExpr condition, List<Integer> columns, List<BoundExpr> values)
        implements MergeAction {
      @Override
      public boolean isMatched() {
        return true;
      }
    }

    /** Removes the matching row. */
    record Delete(BoundExpr condition) implements MergeAction {
      @Override
      public boolean isMatched() {
        return true;
      }
    }

    /**
     * Adds a row.
     *
     * @param values for each column of the table its value, {@code null} for generated ones
     */
    record Insert(BoundExpr condition, List<BoundExpr> values) implements MergeAction {
      @Override
      public boolean isMatched() {
        return false;
      }
    }

    /** Leaves the row alone. */
    record Nothing(boolean isMatched, BoundExpr condition) implements MergeAction {}
  }

  /** A CHECK constraint, or the condition of a view WITH CHECK OPTION, over the new row. */
  record Check(String name, BoundExpr condition, boolean isOfView) {
    /** Makes a constraint of a table. */
    public Check(String name, BoundExpr condition) {
      this(name, condition, false);
    }
  }

  /**
   * ON CONFLICT.
   *
   * @param arbiters the unique indexes meant; empty for any (DO NOTHING only)
   * @param excluded the number of the pseudo-relation {@code excluded}
   * @param columns numbers of the columns that DO UPDATE sets; empty for DO NOTHING
   * @param values their values over {@code target} (the existing row) and {@code excluded}
   * @param where the condition of DO UPDATE, or {@code null}
   */
  record Conflict(
      List<IndexEntry> arbiters,
      boolean isUpdate,
      int excluded,
      List<Integer> columns,
      List<BoundExpr> values,
      BoundExpr where) {}
}
