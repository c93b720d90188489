package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.BoundExpr;

/**
 * A column of a select list.
 *
 * @param isJunk whether it is there only to be sorted or grouped by
 */
record Target(BoundExpr expr, String name, boolean isJunk) {
  Target with(BoundExpr newExpr) {
    return new Target(newExpr, name, isJunk);
  }
}
