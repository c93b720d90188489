package io.quarkgres.engine.function.kernel;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.nested.ArrayType;
import io.quarkgres.engine.type.nested.ArrayValue;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * Calls a function of any number of arguments with the elements of an array, which VARIADIC stands
 * before. The array is the last argument; where it is NULL so is the result, except that {@code
 * format} takes it for empty. One call of the kernel a row. Thread: any.
 */
public record VariadicArrayKernel(ScalarKernel kernel) implements ScalarKernel {
  private static final Selection ONE = Selection.dense(1);

  @Override
  public Column apply(
      Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
    Out out = new Out(call.returnType().layout(), size);
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      out.skipTo(position);
      one(call, arguments, position, context, out.builder());
    }
    out.skipTo(size);
    return out.build();
  }

  private void one(
      Call call, Column[] arguments, int position, EvalContext context, ColumnBuilder out) {
    int fixed = arguments.length - 1;
    SqlType element = ((ArrayType) call.argumentTypes()[fixed]).element();
    boolean isNull = arguments[fixed].isNull(position);
    if (isNull && !call.function().name().equals("format")) {
      out.appendNull();
      return;
    }
    ArrayValue array =
        isNull
            ? ArrayValue.empty(element)
            : ArrayValue.read(arguments[fixed], position, element.layout());
    int count = array.cardinality();
    Column[] spread = new Column[fixed + count];
    SqlType[] types = Arrays.copyOf(call.argumentTypes(), fixed + count);
    for (int i = 0; i < fixed; i++) {
      spread[i] = arguments[i].gather(new int[] {position}, 1);
    }
    for (int i = 0; i < count; i++) {
      spread[fixed + i] = array.elements().gather(new int[] {i}, 1);
      types[fixed + i] = element;
    }
    Call inner = new Call(call.function(), types, call.returnType(), call.collation());
    out.append(kernel.apply(inner, spread, ONE, 1, context), 0);
  }
}
