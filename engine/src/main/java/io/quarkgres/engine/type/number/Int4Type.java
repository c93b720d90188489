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

/** {@code integer}: a signed 32-bit number. Thread: any. */
public final class Int4Type extends IntValueType {
  public Int4Type() {
    super(TypeTable.info(Oids.INT4));
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ((IntBuilder) out)
        .append(
            (int)
                WholeNumbers.parse(
                    text, start, length, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer"));
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    Digits.put(((IntColumn) column).values()[position], out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Integer.BYTES);
    ((IntBuilder) out).append(Datums.readInt(bytes, start));
  }
}
