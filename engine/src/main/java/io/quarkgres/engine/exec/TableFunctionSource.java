package io.quarkgres.engine.exec;

import io.quarkgres.engine.bind.Relation;
import io.quarkgres.engine.expr.Evaluator;
import io.quarkgres.engine.expr.Scope;
import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.SetKernel;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeRegistry;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.BlockCursor;

/** Opens the rows of a function that may return a set. Used by one thread. */
final class TableFunctionSource {
  private static final BlockCursor NO_ROWS = () -> null;

  private final Call call;
  private final SetKernel kernel;
  private final Evaluator[] arguments;
  private final Evaluator scalar;

  TableFunctionSource(Relation.TableFunction function, Scope scope) {
    this.call = function.call();
    if (call == null) {
      this.kernel = null;
      this.arguments = new Evaluator[0];
      this.scalar = scope.compile(function.scalar());
      return;
    }
    if (!(call.function().kernel() instanceof SetKernel setKernel)) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "set-returning function " + call.function().name() + " is not supported");
    }
    this.kernel = setKernel;
    this.arguments = scope.compileAll(function.arguments());
    this.scalar = null;
  }

  /** Computes the arguments (or the scalar) for rows of a block. */
  Column[] evaluate(Block block, Selection rows, ExecutionContext context) {
    if (scalar != null) {
      return new Column[] {scalar.evaluate(block, rows, context.frame())};
    }
    Column[] values = new Column[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].evaluate(block, rows, context.frame());
    }
    return values;
  }

  /** Opens the rows for the arguments at one position. */
  BlockCursor open(Column[] values, int position, ExecutionContext context) {
    if (scalar != null) {
      return new OneRow(values[0].gather(new int[] {position}, 1));
    }
    if (call.function().strict()) {
      for (Column value : values) {
        if (value.isNull(position)) {
          return NO_ROWS;
        }
      }
    }
    return kernel.open(call, values, position, context.evaluation());
  }

  /**
   * Returns the types of the fields, where a row of several OUT columns has to become one record
   * value; otherwise {@code null}.
   */
  SqlType[] recordFields(ExecutionContext context) {
    if (call == null || call.function().outTypes().isEmpty()) {
      return null;
    }
    TypeRegistry types = context.catalog().types();
    SqlType[] fields = new SqlType[call.function().outTypes().size()];
    for (int i = 0; i < fields.length; i++) {
      int declared = call.function().outTypes().get(i);
      boolean isElement = declared == Oids.ANYELEMENT || declared == Oids.ANYCOMPATIBLE;
      fields[i] =
          isElement
              ? types.byOid(call.argumentTypes()[0].info().element())
              : types.byOid(declared);
    }
    return fields;
  }

  /** The one row of a function that returns no set. */
  private static final class OneRow implements BlockCursor {
    private Column value;

    OneRow(Column value) {
      this.value = value;
    }

    @Override
    public Block next() {
      Column result = value;
      value = null;
      return result == null ? null : new Block(1, result);
    }
  }
}
