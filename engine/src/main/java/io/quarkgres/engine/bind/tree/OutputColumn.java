package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.type.SqlType;

/**
 * A column that an operator yields, known above it as (relation, column).
 *
 * @param relation the number of the relation it belongs to
 * @param column its number in that relation, from 0
 * @param name its name, for messages and EXPLAIN
 */
public record OutputColumn(int relation, int column, String name, SqlType type, int typmod) {
  /** Returns a reference to the column. */
  public BoundExpr.ColumnRef ref() {
    return new BoundExpr.ColumnRef(relation, column, type, typmod, name);
  }
}
