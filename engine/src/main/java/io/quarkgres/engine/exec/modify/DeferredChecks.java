package io.quarkgres.engine.exec.modify;

import io.quarkgres.engine.catalog.ConstraintEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.catalog.TableEntry;
import io.quarkgres.engine.exec.ExecutionContext;
import io.quarkgres.spi.data.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The constraint checks that a transaction has put off, and what SET CONSTRAINTS said about which
 * are. A service of the evaluation context; the session runs the checks before it commits. What a
 * savepoint undoes needs no care when rows were written after it, because a check looks at the rows
 * that are there; but checks that ran after it are due again, hence {@link #mark}. Used by the
 * session's thread.
 */
public final class DeferredChecks {
  private Boolean all;
  private Map<Integer, Boolean> modes = new HashMap<>();
  private List<Check> checks = new ArrayList<>();

  /** A check of one constraint for the rows of one statement. */
  sealed interface Check {
    /** Returns the constraint. */
    ConstraintEntry constraint();
  }

  /** Keys of referencing rows that must exist if rows with them are still there. */
  record Present(ConstraintEntry.ForeignKey constraint, Column[] keys, int count)
      implements Check {}

  /** Keys that are gone and must not be referred to. */
  record Unreferenced(ConstraintEntry.ForeignKey constraint, ReferentialAction.Gone gone)
      implements Check {}

  /** Rows whose key must be theirs alone. */
  record Alone(ConstraintEntry.Key constraint, long[] rowIds) implements Check {}

  /** A point to return to. */
  public record Mark(Boolean all, Map<Integer, Boolean> modes, List<Object> checks) {}

  /** Notes the state, for a savepoint. */
  public Mark mark() {
    return new Mark(all, Map.copyOf(modes), List.copyOf(checks));
  }

  /** Goes back to a mark. */
  public void rollbackTo(Mark mark) {
    all = mark.all();
    modes = new HashMap<>(mark.modes());
    checks = new ArrayList<>();
    mark.checks().forEach(c -> checks.add((Check) c));
  }

  /** Does what SET CONSTRAINTS ALL says; {@link #run} is due afterwards. */
  public void setAll(boolean isDeferred) {
    all = isDeferred;
    modes.clear();
  }

  /** Does what SET CONSTRAINTS says about one; {@link #run} is due afterwards. */
  public void set(int constraintOid, boolean isDeferred) {
    modes.put(constraintOid, isDeferred);
  }

  /** Tells whether a constraint is to be checked at the end of the transaction. */
  public boolean isDeferred(ConstraintEntry constraint) {
    if (!constraint.isDeferrable()) {
      return false;
    }
    Boolean own = modes.get(constraint.oid());
    return own != null ? own : all != null ? all : constraint.isInitiallyDeferred();
  }

  /** Tells whether checks are due that read or follow a table. */
  public boolean hasChecksOn(int tableOid) {
    return checks.stream()
        .anyMatch(c ->
            c.constraint().tableOid() == tableOid
                || c instanceof Unreferenced u && u.gone().table().oid() == tableOid);
  }

  void add(Check check) {
    checks.add(check);
  }

  /** Tells whether nothing has been put off. */
  public boolean isEmpty() {
    return checks.isEmpty();
  }

  /** Runs the checks that are not deferred any more. */
  public void runImmediate(ExecutionContext context) {
    run(context, check -> !isDeferred(check.constraint()));
  }

  /** Runs all checks. */
  public void runAll(ExecutionContext context) {
    run(context, check -> true);
  }

  private void run(ExecutionContext context, Predicate<Check> isDue) {
    List<Check> due = checks.stream().filter(isDue).toList();
    if (due.isEmpty()) {
      return;
    }
    context.transaction().nextCommand();
    for (Check check : due) {
      context.checkInterruption();
      run(check, context);
    }
    checks.removeAll(due);
    context.transaction().nextCommand();
  }

  /** Runs a check, also one that was never put off, against the constraint as it is now. */
  static void run(Check check, ExecutionContext context) {
    TableEntry table = tableOf(check.constraint(), context);
    ConstraintEntry now = table == null ? null : now(table, check.constraint());
    switch (check) {
      case Present c when now instanceof ConstraintEntry.ForeignKey key ->
          ReferenceChecks.requirePresent(key, table, c.keys(), c.count(), true, context);
      case Unreferenced c when now instanceof ConstraintEntry.ForeignKey key -> {
        ReferentialAction.Gone gone = c.gone();
        if (context.catalog().relationByOid(gone.table().oid()) instanceof TableEntry referenced) {
          ReferentialAction.requireUnreferenced(
              new ReferentialAction.Gone(
                  key, referenced, gone.keys(), gone.replacements(), gone.count()),
              context);
        }
      }
      case Alone c when now instanceof ConstraintEntry.Key key ->
          requireAlone(key, table, c.rowIds(), context);
      case Present c -> {}
      case Unreferenced c -> {}
      case Alone c -> {}
    }
  }

  private static TableEntry tableOf(ConstraintEntry constraint, ExecutionContext context) {
    return context.catalog().relationByOid(constraint.tableOid()) instanceof TableEntry table
        ? table
        : null;
  }

  private static ConstraintEntry now(TableEntry table, ConstraintEntry before) {
    for (ConstraintEntry constraint : table.constraints()) {
      if (constraint.oid() == before.oid()) {
        return constraint;
      }
    }
    return null;
  }

  private static void requireAlone(
      ConstraintEntry.Key key, TableEntry table, long[] rowIds, ExecutionContext context) {
    IndexEntry index = (IndexEntry) context.catalog().relationByOid(key.indexOid());
    for (long rowId : rowIds) {
      if (index.index().duplicateOf(context.transaction(), rowId) >= 0) {
        throw ModifyOperator.uniqueViolation(index, rowId, table, context);
      }
    }
  }
}
