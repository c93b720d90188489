package io.quarkgres.engine.bind;

import io.quarkgres.engine.bind.typing.BindErrors;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.FunctionDef;
import io.quarkgres.engine.function.OperatorDef;
import io.quarkgres.engine.type.SqlType;
import java.util.List;

/** Makes the static side of calls; what is known but not built is refused here. Thread: any. */
final class Calls {
  private Calls() {}

  /** Makes the call of a function with resolved types; raises 0A000 when it is not built. */
  static Call of(
      BindState state,
      FunctionDef function,
      List<SqlType> arguments,
      SqlType result,
      int position) {
    if (function.kernel() == null) {
      throw notBuilt(state, function, position);
    }
    return new Call(function, arguments.toArray(SqlType[]::new), result, 0);
  }

  private static RuntimeException notBuilt(BindState state, FunctionDef function, int position) {
    StringBuilder signature = new StringBuilder(function.name()).append('(');
    for (int i = 0; i < function.argumentTypes().size(); i++) {
      signature
          .append(i == 0 ? "" : ", ")
          .append(state.rules().format(function.argumentTypes().get(i)));
    }
    return BindErrors.notBuilt("function " + signature.append(')'), position);
  }

  /** Makes the call of an operator over operands of exactly its types. */
  static Call of(BindState state, OperatorDef operator, int position) {
    FunctionDef function = state.functions().function(operator.function());
    List<SqlType> arguments =
        operator.left() == 0
            ? List.of(state.type(operator.right()))
            : List.of(state.type(operator.left()), state.type(operator.right()));
    return of(state, function, arguments, state.type(operator.result()), position);
  }
}
