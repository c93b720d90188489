package io.quarkgres.engine.optimize;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.bind.tree.BoundExpr.Constant;
import io.quarkgres.engine.bind.tree.Expressions;
import io.quarkgres.engine.bind.tree.Relation;
import io.quarkgres.engine.bind.tree.Relations;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.Volatility;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.CompositeType;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.error.SqlException;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes what is made of constants by immutable functions, and simplifies AND, OR, CASE and
 * COALESCE from left to right as PostgreSQL does: operands behind a deciding constant are dropped
 * without being computed, others are computed even where no row would ask for them. An expression
 * whose computation fails stays as it is; {@link #failure} tells the error once it is known to be
 * part of the plan. Thread: any.
 */
public final class ConstantFolding {
  private final ConstantEvaluator evaluator;

  /** Makes the rule. */
  public ConstantFolding(ConstantEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  Relation apply(Relation relation) {
    Relation folded =
        Relations.mapOwnExpressions(Relations.mapChildren(relation, this::apply), this::fold);
    return folded instanceof Relation.Filter filter
            && filter.predicate() instanceof Constant c
            && isTrue(c)
        ? filter.input()
        : folded;
  }

  /** Returns the error that computing one node of constants raises, {@code null} for none. */
  public SqlException failure(BoundExpr expr) {
    if (!isComputable(expr)) {
      return null;
    }
    try {
      evaluator.evaluate(expr);
      return null;
    } catch (SqlException e) {
      return e;
    }
  }

  /** Returns an equivalent expression with constants computed. */
  public BoundExpr fold(BoundExpr expr) {
    return switch (expr) {
      case BoundExpr.And e -> junction(e.operands(), true, e.type());
      case BoundExpr.Or e -> junction(e.operands(), false, e.type());
      case BoundExpr.Case e -> caseOf(e);
      case BoundExpr.Coalesce e -> coalesce(e);
      case BoundExpr.Subquery e ->
          new BoundExpr.Subquery(
              e.kind(),
              apply(e.query()),
              e.test() == null ? null : fold(e.test()),
              e.type(),
              e.typmod());
      case BoundExpr.ArrayCast e ->
          compute(new BoundExpr.ArrayCast(fold(e.operand()), e.element(), e.type(), e.typmod()));
      case BoundExpr.Constant e -> e;
      case BoundExpr.ColumnRef e -> e;
      case BoundExpr.Parameter e -> e;
      case BoundExpr.CaseOperand e -> e;
      case BoundExpr.FunctionCall e -> children(e);
      case BoundExpr.Not e -> children(e);
      case BoundExpr.IsNull e -> children(e);
      case BoundExpr.IsTruth e -> children(e);
      case BoundExpr.IsDistinct e -> children(e);
      case BoundExpr.NullIf e -> nullIf(e);
      case BoundExpr.Extreme e -> children(e);
      case BoundExpr.ArrayConstructor e -> children(e);
      case BoundExpr.RowConstructor e -> children(e);
      case BoundExpr.RowComparison e -> children(e);
      case BoundExpr.FieldAccess e -> children(e);
      case BoundExpr.Subscripts e -> children(e);
      case BoundExpr.SubscriptAssignment e -> children(e);
      case BoundExpr.QuantifiedArray e -> children(e);
      case BoundExpr.CastByText e -> children(e);
      case BoundExpr.Relabel e -> relabel(e);
      case BoundExpr.CoerceLength e -> children(e);
      case BoundExpr.CoerceToDomain e -> children(e);
    };
  }

  private BoundExpr children(BoundExpr expr) {
    return compute(Expressions.mapChildren(expr, this::fold));
  }

  /** The left operand stands twice when only one of them is cast; they stay the same object. */
  private BoundExpr nullIf(BoundExpr.NullIf e) {
    BoundExpr left = fold(e.left());
    BoundExpr compared = e.comparedLeft() == e.left() ? left : fold(e.comparedLeft());
    return compute(new BoundExpr.NullIf(left, compared, fold(e.right()), e.equality()));
  }

  private BoundExpr relabel(BoundExpr.Relabel e) {
    BoundExpr operand = fold(e.operand());
    return operand instanceof Constant c
        ? new Constant(e.type(), e.typmod(), c.value())
        : new BoundExpr.Relabel(operand, e.type(), e.typmod());
  }

  private BoundExpr compute(BoundExpr expr) {
    if (expr instanceof BoundExpr.FunctionCall call && isNullByStrictness(call)) {
      return nullOf(call.type());
    }
    if (!isComputable(expr)) {
      return expr;
    }
    try {
      return new Constant(expr.type(), expr.typmod(), evaluator.evaluate(expr));
    } catch (SqlException e) {
      return expr;
    }
  }

  private static boolean isNullByStrictness(BoundExpr.FunctionCall call) {
    if (!call.call().function().strict() || call.call().function().returnsSet()) {
      return false;
    }
    for (BoundExpr argument : call.arguments()) {
      if (argument instanceof Constant c && c.isNull()) {
        return true;
      }
    }
    return false;
  }

  private static Constant nullOf(SqlType type) {
    return new Constant(type, SqlType.NO_TYPMOD, ColumnBuilder.nulls(type.layout(), 1));
  }

  /** Tells whether a node has constant operands only and gives the same value at any time. */
  private static boolean isComputable(BoundExpr expr) {
    return isOpen(expr) && areConstant(operands(expr));
  }

  private static boolean areConstant(List<BoundExpr> operands) {
    for (BoundExpr operand : operands) {
      if (!(operand instanceof Constant)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a node gives the same value at any time, if its operands do. */
  static boolean isOpen(BoundExpr expr) {
    return switch (expr) {
      case BoundExpr.Constant e -> false;
      case BoundExpr.ColumnRef e -> false;
      case BoundExpr.Parameter e -> false;
      case BoundExpr.CaseOperand e -> false;
      case BoundExpr.Subquery e -> false;
      case BoundExpr.And e -> false;
      case BoundExpr.Or e -> false;
      case BoundExpr.Case e -> false;
      case BoundExpr.Coalesce e -> false;
      case BoundExpr.FunctionCall e -> isImmutable(e.call().function());
      case BoundExpr.IsDistinct e -> isImmutable(e.equality().function());
      case BoundExpr.NullIf e -> isImmutable(e.equality().function());
      case BoundExpr.QuantifiedArray e -> isImmutable(e.operator().function());
      case BoundExpr.CastByText e -> isFixedText(e.operand().type()) && isFixedText(e.type());
      case BoundExpr.ArrayCast e -> isFixedElement(e.element());
      case BoundExpr.Not e -> true;
      case BoundExpr.IsNull e -> true;
      case BoundExpr.IsTruth e -> true;
      case BoundExpr.Extreme e -> true;
      case BoundExpr.ArrayConstructor e -> true;
      case BoundExpr.RowConstructor e -> true;
      case BoundExpr.RowComparison e -> true;
      case BoundExpr.FieldAccess e -> true;
      case BoundExpr.Subscripts e -> true;
      case BoundExpr.SubscriptAssignment e -> true;
      case BoundExpr.Relabel e -> true;
      case BoundExpr.CoerceLength e -> true;
      case BoundExpr.CoerceToDomain e -> false;
    };
  }

  static List<BoundExpr> operands(BoundExpr expr) {
    return expr instanceof BoundExpr.ArrayCast cast
        ? List.of(cast.operand())
        : Expressions.children(expr);
  }

  private static boolean isImmutable(FunctionDef function) {
    return function.volatility() == Volatility.IMMUTABLE
        && !function.returnsSet()
        && function.returnType() != Oids.RECORD;
  }

  private static boolean isFixedElement(BoundExpr expr) {
    boolean[] isFixed = {true};
    Expressions.walk(
        expr,
        e -> {
          if (e instanceof BoundExpr.FunctionCall call) {
            isFixed[0] &= isImmutable(call.call().function());
          } else if (e instanceof BoundExpr.CoerceToDomain) {
            isFixed[0] = false;
          } else if (e instanceof BoundExpr.CastByText cast) {
            isFixed[0] &= isFixedText(cast.operand().type()) && isFixedText(cast.type());
          }
        });
    return isFixed[0];
  }

  /** Tells whether reading and printing a type depends on no setting, catalog or time. */
  private static boolean isFixedText(SqlType type) {
    return switch (type.oid()) {
      case Oids.BOOL,
          Oids.INT2,
          Oids.INT4,
          Oids.INT8,
          Oids.NUMERIC,
          Oids.TEXT,
          Oids.VARCHAR,
          Oids.BPCHAR,
          Oids.NAME,
          Oids.CHAR,
          Oids.UUID,
          Oids.BIT,
          Oids.VARBIT,
          Oids.OID,
          Oids.JSON,
          Oids.JSONB,
          Oids.FLOAT4,
          Oids.FLOAT8,
          Oids.BYTEA,
          Oids.UNKNOWN ->
          true;
      default ->
          type instanceof ArrayType array
              && !(array.element() instanceof CompositeType)
              && isFixedText(array.element());
    };
  }

  /** Folds AND or OR: a constant decides it, changes nothing or is NULL. */
  private BoundExpr junction(List<BoundExpr> operands, boolean isAnd, SqlType type) {
    List<BoundExpr> kept = new ArrayList<>();
    Constant unknown = null;
    for (BoundExpr operand : operands) {
      BoundExpr folded = fold(operand);
      if (!(folded instanceof Constant c)) {
        kept.add(folded);
      } else if (c.isNull()) {
        unknown = c;
      } else if (isTrue(c) != isAnd) {
        return decided(kept, c, isAnd);
      }
    }
    return joined(kept, unknown, operands, isAnd, type);
  }

  /** Returns a constant that decides AND or OR, unless an operand before it raises an error. */
  private BoundExpr decided(List<BoundExpr> before, Constant constant, boolean isAnd) {
    boolean[] fails = new boolean[1];
    before.forEach(operand -> Expressions.walk(operand, e -> fails[0] |= failure(e) != null));
    if (!fails[0]) {
      return constant;
    }
    before.add(constant);
    return junctionOf(before, isAnd, constant.type());
  }

  private static BoundExpr junctionOf(List<BoundExpr> operands, boolean isAnd, SqlType type) {
    return isAnd
        ? new BoundExpr.And(List.copyOf(operands), type)
        : new BoundExpr.Or(List.copyOf(operands), type);
  }

  private BoundExpr joined(
      List<BoundExpr> kept, Constant unknown, List<BoundExpr> all, boolean isAnd, SqlType type) {
    if (unknown != null) {
      kept.add(unknown);
    }
    if (kept.isEmpty()) {
      return fold(all.get(all.size() - 1));
    }
    if (kept.size() == 1) {
      return kept.get(0);
    }
    return junctionOf(kept, isAnd, type);
  }

  private static boolean isTrue(Constant c) {
    return !c.isNull() && ((BooleanColumn) c.value()).values()[0];
  }

  private BoundExpr caseOf(BoundExpr.Case e) {
    if (e.operand() != null) {
      return simpleCase(e);
    }
    List<BoundExpr.When> whens = new ArrayList<>();
    for (BoundExpr.When when : e.whens()) {
      BoundExpr condition = fold(when.condition());
      if (condition instanceof Constant c) {
        if (isTrue(c)) {
          return withOtherwise(e, null, whens, fold(when.result()));
        }
      } else {
        whens.add(new BoundExpr.When(condition, fold(when.result())));
      }
    }
    return withOtherwise(e, null, whens, fold(e.otherwise()));
  }

  /** The simple form: its conditions are over {@link BoundExpr.CaseOperand}. */
  private BoundExpr simpleCase(BoundExpr.Case e) {
    BoundExpr operand = fold(e.operand());
    List<BoundExpr.When> whens = new ArrayList<>();
    for (BoundExpr.When when : e.whens()) {
      BoundExpr condition = fold(when.condition());
      if (operand instanceof Constant c) {
        condition = fold(withOperand(condition, c));
      }
      if (condition instanceof Constant c) {
        if (isTrue(c)) {
          return withOtherwise(e, operand, whens, fold(when.result()));
        }
      } else {
        whens.add(new BoundExpr.When(condition, fold(when.result())));
      }
    }
    return withOtherwise(e, operand, whens, fold(e.otherwise()));
  }

  private static BoundExpr withOperand(BoundExpr condition, Constant operand) {
    if (condition instanceof BoundExpr.CaseOperand) {
      return operand;
    }
    return condition instanceof BoundExpr.Case || condition instanceof BoundExpr.ArrayCast
        ? condition
        : Expressions.mapChildren(condition, child -> withOperand(child, operand));
  }

  private static BoundExpr withOtherwise(
      BoundExpr.Case e, BoundExpr operand, List<BoundExpr.When> whens, BoundExpr otherwise) {
    return whens.isEmpty()
        ? otherwise
        : new BoundExpr.Case(operand, List.copyOf(whens), otherwise, e.type(), e.typmod());
  }

  private BoundExpr coalesce(BoundExpr.Coalesce e) {
    List<BoundExpr> kept = new ArrayList<>();
    for (BoundExpr operand : e.operands()) {
      BoundExpr folded = fold(operand);
      if (!(folded instanceof Constant c)) {
        kept.add(folded);
      } else if (!c.isNull()) {
        kept.add(c);
        break;
      }
    }
    if (kept.isEmpty()) {
      return nullOf(e.type());
    }
    return kept.size() == 1 && kept.get(0) instanceof Constant
        ? kept.get(0)
        : new BoundExpr.Coalesce(List.copyOf(kept), e.type(), e.typmod());
  }
}
