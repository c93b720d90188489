package io.quarkgres.engine.bind.tree;

import io.quarkgres.engine.bind.tree.BoundExpr.Constant;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.RecordType;
import java.util.List;

/**
 * Proves that rows for which a query's conditions are true are in a partial index. What it cannot
 * prove it takes for false. Thread: any.
 */
public final class Implication {
  private final FunctionRegistry functions;

  /** Makes one for the functions of a catalog version. */
  public Implication(FunctionRegistry functions) {
    this.functions = functions;
  }

  /** Tells whether all conjuncts of a predicate are true wherever all conditions are. */
  public boolean implies(List<BoundExpr> conditions, List<BoundExpr> predicate) {
    return predicate.stream()
        .allMatch(wanted -> conditions.stream().anyMatch(given -> implies(given, wanted)));
  }

  private boolean implies(BoundExpr givenWritten, BoundExpr wantedWritten) {
    BoundExpr given = plain(givenWritten);
    BoundExpr wanted = plain(wantedWritten);
    if (Equivalence.same(given, wanted)) {
      return true;
    }
    if (given instanceof BoundExpr.Or or) {
      return or.operands().stream().allMatch(operand -> implies(operand, wanted));
    }
    if (given instanceof BoundExpr.QuantifiedArray any
        && !any.isAll()
        && any.array() instanceof BoundExpr.ArrayConstructor array
        && !array.isNested()) {
      return array.elements().stream().allMatch(value -> implies(comparison(any, value), wanted));
    }
    if (given instanceof BoundExpr.And and) {
      return and.operands().stream().anyMatch(operand -> implies(operand, wanted));
    }
    if (wanted instanceof BoundExpr.Or or) {
      return or.operands().stream().anyMatch(operand -> implies(given, operand));
    }
    if (wanted instanceof BoundExpr.And and) {
      return and.operands().stream().allMatch(operand -> implies(given, operand));
    }
    if (given instanceof BoundExpr.IsTruth test
        && test.truth() == BoundExpr.Truth.TRUE
        && !test.isNegated()) {
      return implies(test.operand(), wanted);
    }
    if (wanted instanceof BoundExpr.IsNull test
        && test.isNegated()
        && test.operand() instanceof BoundExpr.ColumnRef column) {
      return Nulls.isNeverTrue(given, ref -> Equivalence.same(ref, column));
    }
    Bound have = bound(given);
    Bound need = bound(wanted);
    return have != null
        && need != null
        && Equivalence.same(have.operand(), need.operand())
        && have.value().type().oid() == need.value().type().oid()
        && follows(have, need);
  }

  private static BoundExpr comparison(BoundExpr.QuantifiedArray any, BoundExpr value) {
    return new BoundExpr.FunctionCall(
        any.operator(), List.of(any.left(), value), SqlType.NO_TYPMOD);
  }

  /** Writes {@code x = true} as {@code x}, and {@code NOT x IS NULL} as {@code x IS NOT NULL}. */
  private BoundExpr plain(BoundExpr expr) {
    if (expr instanceof BoundExpr.Not not
        && not.operand() instanceof BoundExpr.IsNull test
        && !(test.operand().type().base() instanceof RecordType)) {
      return new BoundExpr.IsNull(test.operand(), !test.isNegated(), test.type());
    }
    Bound bound = bound(expr);
    return bound != null && bound.comparison().equals("=") && isTrue(bound.value())
        ? bound.operand()
        : expr;
  }

  private static boolean isTrue(Constant value) {
    return value.type().oid() == Oids.BOOL
        && value.type().equal(value.value(), 0, Constants.of(true, value.type()).value(), 0);
  }

  /** {@code operand comparison value}. */
  private record Bound(BoundExpr operand, String comparison, Constant value) {}

  private Bound bound(BoundExpr expr) {
    if (!(expr instanceof BoundExpr.FunctionCall call) || call.arguments().size() != 2) {
      return null;
    }
    String comparison = functions.comparison(call.call().function().oid());
    BoundExpr left = call.arguments().get(0);
    BoundExpr right = call.arguments().get(1);
    if (comparison == null || left.type().oid() != right.type().oid()) {
      return null;
    }
    if (right instanceof Constant value && !value.isNull()) {
      return new Bound(left, comparison, value);
    }
    return left instanceof Constant value && !value.isNull()
        ? new Bound(right, FunctionRegistry.commuted(comparison), value)
        : null;
  }

  private static boolean follows(Bound have, Bound need) {
    int order = have.value().type().compare(have.value().value(), 0, need.value().value(), 0);
    return switch (need.comparison()) {
      case "=" -> have.comparison().equals("=") && order == 0;
      case ">" ->
          switch (have.comparison()) {
            case "=", ">=" -> order > 0;
            case ">" -> order >= 0;
            default -> false;
          };
      case ">=" ->
          switch (have.comparison()) {
            case "=", ">", ">=" -> order >= 0;
            default -> false;
          };
      case "<" ->
          switch (have.comparison()) {
            case "=", "<=" -> order < 0;
            case "<" -> order <= 0;
            default -> false;
          };
      case "<=" ->
          switch (have.comparison()) {
            case "=", "<", "<=" -> order <= 0;
            default -> false;
          };
      default -> false;
    };
  }
}
