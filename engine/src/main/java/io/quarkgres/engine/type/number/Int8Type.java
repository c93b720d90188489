package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.LongValueType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.WholeNumbers;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.LongColumn;

/** {@code bigint}: a signed 64-bit number. Thread: any. */
public final class Int8Type extends LongValueType {
  public Int8Type() {
    super(TypeTable.info(Oids.INT8));
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ((LongBuilder) out)
        .append(WholeNumbers.parse(text, start, length, Long.MIN_VALUE, Long.MAX_VALUE, "bigint"));
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    Digits.put(((LongColumn) column).values()[position], out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Long.BYTES);
    ((LongBuilder) out).append(Datums.readLong(bytes, start));
  }
}
