package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import java.util.List;

/**
 * A query whose columns are known, but whose columns of type unknown may still be given a type by
 * what is around it: the other side of a UNION, the columns of an INSERT. Used by one thread.
 */
interface Analyzed {
  /** Returns the expressions of its columns. */
  List<BoundExpr> columns();

  /** Returns the names of its columns. */
  List<String> names();

  /** Replaces the expression of a column that is of type unknown. */
  void replaceColumn(int column, BoundExpr expr);

  /** Makes the relation; called once, last. */
  Relation build();

  /** An analyzed relation that is complete. */
  static Analyzed of(BindState state, Relation relation) {
    return new Analyzed() {
      @Override
      public List<BoundExpr> columns() {
        return relation.outputs().stream()
            .map(o -> (BoundExpr) state.provenance().reference(o))
            .toList();
      }

      @Override
      public List<String> names() {
        return relation.outputs().stream().map(OutputColumn::name).toList();
      }

      @Override
      public void replaceColumn(int column, BoundExpr expr) {
        throw new IllegalStateException("a complete relation has no columns of type unknown");
      }

      @Override
      public Relation build() {
        return relation;
      }
    };
  }
}
