package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.IntValueType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.WholeNumbers;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;

/** {@code smallint}: a signed 16-bit number, held in 32 bits. Thread: any. */
public final class Int2Type extends IntValueType {
  public Int2Type() {
    super(TypeTable.info(Oids.INT2));
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ((IntBuilder) out)
        .append(
            (int)
                WholeNumbers.parse(
                    text, start, length, Short.MIN_VALUE, Short.MAX_VALUE, "smallint"));
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    Digits.put(((IntColumn) column).values()[position], out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Short.BYTES);
    ((IntBuilder) out).append(Datums.readShort(bytes, start));
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.putShort(((IntColumn) column).values()[position]);
  }
}
