package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.Constants;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Adds a column that is TRUE to those items of FROM of which a whole row was asked that an outer
 * join may have replaced by NULLs: a row of NULLs is not the same as no row. Used by one thread.
 */
final class RowMarkers {
  private final QueryLevel level;
  private final BitSet numbers = new BitSet();

  private RowMarkers(QueryLevel level) {
    this.level = level;
    level.markers().values().forEach(marker -> numbers.set(marker.relation()));
  }

  /** Returns FROM with the columns that were asked for. */
  static Relation apply(QueryLevel level, Relation from) {
    return level.markers().isEmpty() ? from : new RowMarkers(level).mark(from);
  }

  private Relation mark(Relation relation) {
    if (relation instanceof Relation.Join join) {
      return join(join);
    }
    if (relation.outputs().isEmpty()) {
      return relation;
    }
    ColumnRef marker = level.markers().get(relation.outputs().get(0).relation());
    return marker == null ? relation : marked(relation, marker);
  }

  private Relation join(Relation.Join join) {
    Relation left = mark(join.left());
    Relation right = mark(join.right());
    boolean isLateral =
        join.isLateral()
            || Relations.freeColumns(right).stream().anyMatch(c -> numbers.get(c.relation()));
    List<OutputColumn> outputs = new ArrayList<>(left.outputs());
    outputs.addAll(right.outputs());
    return new Relation.Join(
        join.kind(), left, right, join.condition(), isLateral, List.copyOf(outputs));
  }

  private Relation marked(Relation relation, ColumnRef marker) {
    OutputColumn column =
        new OutputColumn(marker.relation(), 0, marker.name(), marker.type(), marker.typmod());
    BoundExpr present = Constants.of(true, marker.type());
    Relation one =
        new Relation.Values(marker.relation(), List.of(List.of(present)), List.of(column));
    List<OutputColumn> outputs = new ArrayList<>(relation.outputs());
    outputs.add(column);
    return new Relation.Join(
        Relation.JoinKind.INNER, relation, one, null, false, List.copyOf(outputs));
  }
}
