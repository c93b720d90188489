package io.quarkgres.engine.function.set;

import io.quarkgres.engine.function.kernel.Columns;
import io.quarkgres.spi.data.Block;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.spi.store.BlockCursor;
import java.math.BigDecimal;

/** generate_series of numeric. Used by one thread at a time. */
final class NumericSeries implements BlockCursor {
  private static final String[] NAMES = {"start value", "stop value", "step size"};

  private final BigDecimal stop;
  private final BigDecimal step;
  private BigDecimal next;

  private NumericSeries(BigDecimal start, BigDecimal stop, BigDecimal step) {
    this.next = start;
    this.stop = stop;
    this.step = step;
  }

  static BlockCursor open(Column[] arguments, int position) {
    BigDecimal[] values = {null, null, BigDecimal.ONE};
    for (int i = 0; i < arguments.length; i++) {
      DecimalColumn column = Columns.decimals(arguments[i]);
      short code = column.scales()[position];
      if (code < DecimalColumn.BIG) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE,
            NAMES[i] + " cannot be " + (code == DecimalColumn.NAN ? "NaN" : "infinity"));
      }
      values[i] = column.decimal(position);
    }
    if (values[2].signum() == 0) {
      throw IntegerSeries.zeroStep();
    }
    return new NumericSeries(values[0], values[1], values[2]);
  }

  @Override
  public Block next() {
    DecimalBuilder out = new DecimalBuilder(Block.ROWS_MAX);
    while (out.count() < Block.ROWS_MAX && next.compareTo(stop) * step.signum() <= 0) {
      out.append(next);
      next = next.add(step);
    }
    return out.count() == 0 ? null : new Block(out.count(), out.build());
  }
}
