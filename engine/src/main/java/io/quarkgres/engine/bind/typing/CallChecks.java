package io.quarkgres.engine.bind.typing;

import io.quarkgres.engine.ast.Expression;
import io.quarkgres.engine.function.AggregateDef;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/** Refuses decorations of calls that the called function does not have. Thread: any. */
public final class CallChecks {
  private CallChecks() {}

  public static void checkPlain(Expression.FunctionCall e, String name) {
    String notAggregate = " specified, but " + name + " is not an aggregate function";
    if (e.isStar()) {
      throw wrongObject(name + "(*)" + notAggregate, e.position());
    }
    if (e.isDistinct()) {
      throw wrongObject("DISTINCT" + notAggregate, e.position());
    }
    if (e.isWithinGroup()) {
      throw wrongObject("WITHIN GROUP" + notAggregate, e.position());
    }
    if (!e.orderBy().isEmpty()) {
      throw wrongObject("ORDER BY" + notAggregate, e.position());
    }
    if (e.filter() != null) {
      throw wrongObject("FILTER" + notAggregate, e.position());
    }
    if (e.over() != null) {
      throw wrongObject(
          "OVER specified, but " + name + " is not a window function nor an aggregate function",
          e.position());
    }
  }

  public static void checkAggregate(Expression.FunctionCall e, AggregateDef.Kind kind) {
    String name = e.name().toString();
    if (kind == AggregateDef.Kind.NORMAL) {
      if (e.isWithinGroup()) {
        throw wrongObject(
            name + " is not an ordered-set aggregate, so it cannot have WITHIN GROUP",
            e.position());
      }
    } else {
      if (!e.isWithinGroup()) {
        throw wrongObject(
            "WITHIN GROUP is required for ordered-set aggregate " + name, e.position());
      }
      if (e.over() != null) {
        throw BindErrors.notSupported(
            "OVER is not supported for ordered-set aggregate " + name, e.position());
      }
    }
    if (e.arguments().isEmpty() && !e.isStar() && !e.isWithinGroup()) {
      throw wrongObject(
          name + "(*) must be used to call a parameterless aggregate function", e.position());
    }
    if (hasNames(e)) {
      throw BindErrors.notSupported("aggregates cannot use named arguments", e.position());
    }
  }

  public static void checkWindow(Expression.FunctionCall e, FunctionDef function) {
    String name = e.name().toString();
    if (e.over() == null) {
      throw wrongObject("window function " + name + " requires an OVER clause", e.position());
    }
    if (e.isWithinGroup()) {
      throw wrongObject("window function " + name + " cannot have WITHIN GROUP", e.position());
    }
    if (e.isStar() && !function.argumentTypes().isEmpty()) {
      throw wrongObject(
          name + "(*) specified, but " + name + " is not an aggregate function", e.position());
    }
  }

  /** Tells whether an argument is given by name. */
  public static boolean hasNames(Expression.FunctionCall e) {
    for (Expression.Argument argument : e.arguments()) {
      if (argument.name() != null) {
        return true;
      }
    }
    return false;
  }

  public static SqlException wrongObject(String message, int position) {
    return new SqlException(SqlState.WRONG_OBJECT_TYPE, message, position);
  }
}
