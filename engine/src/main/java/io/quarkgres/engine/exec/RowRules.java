package io.quarkgres.engine.exec;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Modification;
import io.quarkgres.engine.catalog.TableEntry;
import java.util.List;

/**
 * Gives the bound rules of tables that a statement does not name but changes: those that a
 * referential action reaches. A service of the evaluation context, which the session implements by
 * the binder. Thread: the statement's.
 */
@FunctionalInterface
public interface RowRules {
  /** Returns the rules of a table. */
  Rules of(TableEntry table);

  /**
   * The rules of one table.
   *
   * @param target the number of the pseudo-relation that means the new row
   * @param defaults for every column its default, a constant NULL when it has none
   * @param generated for generated columns the expression over {@code target}, else {@code null}
   * @param checks the CHECK constraints over {@code target}
   */
  record Rules(
      int target,
      List<BoundExpr> defaults,
      List<BoundExpr> generated,
      List<Modification.Check> checks) {}
}
