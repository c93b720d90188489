package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.ColumnRef;
import io.quarkgres.engine.bind.tree.OutputColumn;
import io.quarkgres.engine.bind.typing.RecordShape;
import io.quarkgres.engine.bind.typing.TypeRules;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.nested.CompositeType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What one statement's binders know of where expressions come from: their places in the text, the
 * table columns that they are unchanged, the fields of records without a named type. Used by one
 * thread.
 */
final class Provenance {
  private final TypeRules rules;
  private final Map<BoundExpr, Integer> positions = new IdentityHashMap<>();
  private final Map<Long, Origin> origins = new HashMap<>();
  private final Map<Long, RecordShape> shapes = new HashMap<>();
  private final Map<Long, Integer> outputPositions = new HashMap<>();

  Provenance(TypeRules rules) {
    this.rules = rules;
  }

  /** Which column of which table an output is, unchanged. */
  record Origin(int tableOid, int column) {}

  /** Notes where an expression stands, and returns it. */
  <E extends BoundExpr> E at(E expr, int position) {
    if (position >= 0) {
      positions.put(expr, position);
    }
    return expr;
  }

  /** Returns where an expression stands, -1 when that is unknown. */
  int position(BoundExpr expr) {
    Integer position = positions.get(expr);
    return position == null ? -1 : position;
  }

  void setOrigin(int relation, int column, int tableOid, int tableColumn) {
    origins.put(key(relation, column), new Origin(tableOid, tableColumn));
  }

  /** Notes that an output is what an expression is: its place, its table column, its fields. */
  void inherit(int relation, int column, BoundExpr expr) {
    outputPositions.put(key(relation, column), position(expr));
    if (expr instanceof ColumnRef ref) {
      Origin origin = origins.get(key(ref.relation(), ref.column()));
      if (origin != null) {
        origins.put(key(relation, column), origin);
      }
    }
    inheritShape(relation, column, expr);
  }

  /** Notes that an output has the fields of an expression. */
  void inheritShape(int relation, int column, BoundExpr expr) {
    RecordShape shape = shape(expr);
    if (shape != null) {
      shapes.put(key(relation, column), shape);
    }
  }

  /** Notes where an output's expression stands. */
  void placeOutput(int relation, int column, int position) {
    outputPositions.put(key(relation, column), position);
  }

  /** Returns a reference to an output that stands where the output's expression stands. */
  ColumnRef reference(OutputColumn output) {
    Integer position = outputPositions.get(key(output.relation(), output.column()));
    return at(output.ref(), position == null ? -1 : position);
  }

  /** Returns the table column that a column is, or {@code null}. */
  Origin origin(int relation, int column) {
    return origins.get(key(relation, column));
  }

  void setShape(int relation, int column, RecordShape shape) {
    shapes.put(key(relation, column), shape);
  }

  /** Returns the fields of a record expression, or {@code null} when they are unknown. */
  RecordShape shape(BoundExpr expr) {
    if (expr instanceof BoundExpr.RowConstructor row) {
      return RecordShape.of(row);
    }
    if (expr instanceof BoundExpr.Case e && expr.type().base() instanceof CompositeType) {
      return caseShape(e);
    }
    if (expr.type().base() instanceof CompositeType type) {
      return RecordShape.of(type);
    }
    if (expr.type().oid() != Oids.RECORD) {
      return null;
    }
    return switch (expr) {
      case ColumnRef e -> shapes.get(key(e.relation(), e.column()));
      case BoundExpr.FunctionCall e ->
          RecordShape.of(e.call().function(), e.call().argumentTypes(), rules);
      case BoundExpr.Case e -> caseShape(e);
      case BoundExpr.Subquery e ->
          e.kind() == BoundExpr.SubqueryKind.SCALAR
              ? shapes.get(
                  key(e.query().outputs().get(0).relation(), e.query().outputs().get(0).column()))
              : null;
      case BoundExpr.And _,
          BoundExpr.Or _,
          BoundExpr.Not _,
          BoundExpr.IsNull _,
          BoundExpr.IsTruth _,
          BoundExpr.IsDistinct _,
          BoundExpr.CaseOperand _,
          BoundExpr.Coalesce _,
          BoundExpr.NullIf _,
          BoundExpr.Extreme _,
          BoundExpr.ArrayConstructor _,
          BoundExpr.RowConstructor _,
          BoundExpr.RowComparison _,
          BoundExpr.FieldAccess _,
          BoundExpr.Subscripts _,
          BoundExpr.SubscriptAssignment _,
          BoundExpr.QuantifiedArray _,
          BoundExpr.CastByText _,
          BoundExpr.Relabel _,
          BoundExpr.ArrayCast _,
          BoundExpr.CoerceLength _,
          BoundExpr.CoerceToDomain _,
          BoundExpr.Constant _,
          BoundExpr.Parameter _ ->
          null;
    };
  }

  private RecordShape caseShape(BoundExpr.Case e) {
    for (BoundExpr.When when : e.whens()) {
      RecordShape shape = shape(when.result());
      if (shape != null) {
        return shape;
      }
    }
    return shape(e.otherwise());
  }

  private static long key(int relation, int column) {
    return (long) relation << 32 | column;
  }
}
