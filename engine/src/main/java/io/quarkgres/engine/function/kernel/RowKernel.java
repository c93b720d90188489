package io.quarkgres.engine.function.kernel;

import io.quarkgres.engine.function.Call;
import io.quarkgres.engine.function.EvalContext;
import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Selection;

/**
 * Runs a {@link RowFunction} for each selected position. One interface call a row: for functions
 * whose own work outweighs it. Thread: any.
 */
public record RowKernel(RowFunction function) implements ScalarKernel {
  @Override
  public Column apply(
      Call call, Column[] arguments, Selection rows, int size, EvalContext context) {
    Row row = new Row(call, arguments, context);
    Out out = new Out(call.returnType().layout(), size);
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      out.skipTo(position);
      row.moveTo(position);
      function.apply(row, out);
    }
    out.skipTo(size);
    return out.build();
  }
}
