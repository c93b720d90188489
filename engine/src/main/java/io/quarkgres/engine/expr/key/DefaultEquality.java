package io.quarkgres.engine.expr.key;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionRegistry;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.SqlType;

/** Tells which calls are the equality by which a type's values are hashed. Thread: any. */
public final class DefaultEquality {
  private DefaultEquality() {}

  /** Tells whether a call is {@code =} of two values of one type with a default equality. */
  public static boolean is(Call call, FunctionRegistry functions) {
    return isOperator("=", call, functions);
  }

  /** Tells whether a call is {@code <>} of two values of one type with a default equality. */
  public static boolean isNegated(Call call, FunctionRegistry functions) {
    return isOperator("<>", call, functions);
  }

  private static boolean isOperator(String name, Call call, FunctionRegistry functions) {
    SqlType[] types = call.argumentTypes();
    if (types.length != 2 || types[0].oid() != types[1].oid() || !types[0].hasEquality()) {
      return false;
    }
    for (OperatorDef operator : functions.operators(name)) {
      if (operator.function() == call.function().oid() && operator.left() == operator.right()) {
        return operator.schema().equals("pg_catalog");
      }
    }
    return false;
  }
}
