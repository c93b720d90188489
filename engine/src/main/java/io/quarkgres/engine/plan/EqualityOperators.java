package io.quarkgres.engine.plan;

import io.quarkgres.engine.bind.tree.BoundExpr;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.CastDef;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import java.util.List;

/**
 * Knows which calls are the comparisons of B-trees and hash tables, by the operators that their
 * functions belong to. Thread: any.
 */
public final class EqualityOperators {
  private final FunctionRegistry functions;
  private final TypeRegistry types;

  /** Makes one over what a catalog version knows. */
  public EqualityOperators(FunctionRegistry functions, TypeRegistry types) {
    this.functions = functions;
    this.types = types;
  }

  /** Returns which comparison a call is ({@code =}, {@code <}, ...), or {@code null}. */
  public String comparison(Call call) {
    return functions.comparison(call.function().oid());
  }

  /**
   * Returns an expression cast to a type of the same comparison family without loss, or {@code
   * null} when there is no such cast: integers widen, constants narrow when they fit.
   */
  public BoundExpr castTo(BoundExpr expr, SqlType target) {
    int from = expr.type().oid();
    int to = target.oid();
    if (from == to) {
      return expr;
    }
    if (isTextLike(from) && isTextLike(to)) {
      return new BoundExpr.Relabel(expr, target, SqlType.NO_TYPMOD);
    }
    if (integerWidth(from) > 0 && integerWidth(to) > integerWidth(from)) {
      return call(expr, target);
    }
    if (from == Oids.FLOAT4 && to == Oids.FLOAT8) {
      return call(expr, target);
    }
    if (expr instanceof BoundExpr.Constant constant && integerWidth(from) > integerWidth(to)) {
      return narrowed(constant, target);
    }
    return null;
  }

  private static boolean isTextLike(int oid) {
    return oid == Oids.TEXT || oid == Oids.VARCHAR || oid == Oids.NAME;
  }

  private static int integerWidth(int oid) {
    return switch (oid) {
      case Oids.INT2 -> 2;
      case Oids.INT4 -> 4;
      case Oids.INT8 -> 8;
      default -> 0;
    };
  }

  private BoundExpr call(BoundExpr expr, SqlType target) {
    CastDef cast = functions.cast(expr.type().oid(), target.oid());
    FunctionDef function = cast == null ? null : functions.function(cast.function());
    if (function == null || function.kernel() == null) {
      return null;
    }
    Call call = new Call(function, new SqlType[] {expr.type()}, target, 0);
    return new BoundExpr.FunctionCall(call, List.of(expr), SqlType.NO_TYPMOD);
  }

  private static BoundExpr narrowed(BoundExpr.Constant constant, SqlType target) {
    if (constant.isNull() || !(constant.value() instanceof LongColumn c)) {
      return null;
    }
    long value = c.values()[0];
    if (target.oid() != Oids.INT4 || value != (int) value) {
      return null;
    }
    IntColumn narrow = new IntColumn(new int[] {(int) value}, null, 1);
    return new BoundExpr.Constant(target, SqlType.NO_TYPMOD, narrow);
  }

  /** Returns the type that both sides of an equality can be cast to without loss, or null. */
  public SqlType common(SqlType left, SqlType right) {
    if (left.oid() == right.oid()) {
      return left;
    }
    if (integerWidth(left.oid()) > 0 && integerWidth(right.oid()) > 0) {
      return integerWidth(left.oid()) > integerWidth(right.oid()) ? left : right;
    }
    if (isTextLike(left.oid()) && isTextLike(right.oid())) {
      return types.byOid(Oids.TEXT);
    }
    boolean areFloats =
        (left.oid() == Oids.FLOAT4 || left.oid() == Oids.FLOAT8)
            && (right.oid() == Oids.FLOAT4 || right.oid() == Oids.FLOAT8);
    return areFloats ? types.byOid(Oids.FLOAT8) : null;
  }
}
