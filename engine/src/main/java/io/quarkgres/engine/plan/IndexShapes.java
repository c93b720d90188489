package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.Binder;
import io.quarkgres.engine.bind.lookup.BindContext;
import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.catalog.ColumnEntry;
import io.quarkgres.engine.catalog.IndexEntry;
import io.quarkgres.engine.optimize.ConstantFolding;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys and predicates of indexes as expressions over the columns of a scan. Used by one thread.
 */
final class IndexShapes {
  private final BindContext binding;
  private final ConstantFolding folding;
  private final Map<Long, IndexShape> shapes = new HashMap<>();

  IndexShapes(BindContext binding, ConstantFolding folding) {
    this.binding = binding;
    this.folding = folding;
  }

  /**
   * An index over the columns of one scan.
   *
   * @param keys the key expressions, column references among them
   * @param predicate the conjuncts of a partial index's condition, empty for an index of all rows
   */
  record IndexShape(IndexEntry index, List<BoundExpr> keys, List<BoundExpr> predicate) {}

  /** Returns the shape, or {@code null} when the index's expressions cannot be used. */
  IndexShape of(Relation.Scan scan, IndexEntry index) {
    return shapes.computeIfAbsent(
        UsedColumns.key(scan.relation(), index.oid()), key -> make(scan, index));
  }

  private IndexShape make(Relation.Scan scan, IndexEntry index) {
    try {
      List<BoundExpr> keys = new ArrayList<>();
      for (IndexEntry.Key key : index.keys()) {
        BoundExpr expr =
            key.column() > 0
                ? column(scan, key.column() - 1)
                : bind(scan, key.expressionSql(), Binder.Purpose.INDEX_EXPRESSION);
        if (expr == null) {
          return null;
        }
        keys.add(expr);
      }
      if (index.predicateSql() == null) {
        return new IndexShape(index, keys, List.of());
      }
      BoundExpr predicate = bind(scan, index.predicateSql(), Binder.Purpose.INDEX_PREDICATE);
      return predicate == null
          ? null
          : new IndexShape(index, keys, Expressions.conjuncts(predicate));
    } catch (SqlException e) {
      // An index that cannot be understood here is not used; the table itself is read.
      return null;
    }
  }

  private static BoundExpr column(Relation.Scan scan, int column) {
    ColumnEntry entry = scan.table().columns().get(column);
    return new BoundExpr.ColumnRef(
        scan.relation(), column, entry.type(), entry.typmod(), entry.name());
  }

  private BoundExpr bind(Relation.Scan scan, String sql, Binder.Purpose purpose) {
    if (binding == null) {
      return null;
    }
    BoundExpr expr =
        new Binder(binding)
            .bindScalar(sql, scan.table().name(), scan.table().columns(), scan.relation(), purpose);
    return folding == null ? expr : folding.fold(expr);
  }
}
