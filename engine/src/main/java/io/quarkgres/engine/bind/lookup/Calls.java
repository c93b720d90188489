package io.quarkgres.engine.bind.lookup;

import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.SqlType;
import java.util.List;

/** Makes the static side of calls; what is known but not built is refused here. Thread: any. */
public final class Calls {
  private Calls() {}

  /** Makes the call of a function with resolved types; raises 0A000 when it is not built. */
  public static Call of(
      Lookup lookup, FunctionDef function, List<SqlType> arguments, SqlType result, int position) {
    if (function.kernel() == null) {
      throw notBuilt(lookup, function, position);
    }
    return new Call(function, arguments.toArray(SqlType[]::new), result, 0);
  }

  private static RuntimeException notBuilt(Lookup lookup, FunctionDef function, int position) {
    StringBuilder signature = new StringBuilder(function.name()).append('(');
    for (int i = 0; i < function.argumentTypes().size(); i++) {
      signature
          .append(i == 0 ? "" : ", ")
          .append(lookup.rules().format(function.argumentTypes().get(i)));
    }
    return BindErrors.notBuilt("function " + signature.append(')'), position);
  }

  /** Makes the call of an operator over operands of exactly its types. */
  public static Call of(Lookup lookup, OperatorDef operator, int position) {
    FunctionDef function = lookup.registry().function(operator.function());
    List<SqlType> arguments =
        operator.left() == 0
            ? List.of(lookup.type(operator.right()))
            : List.of(lookup.type(operator.left()), lookup.type(operator.right()));
    return of(lookup, function, arguments, lookup.type(operator.result()), position);
  }
}
