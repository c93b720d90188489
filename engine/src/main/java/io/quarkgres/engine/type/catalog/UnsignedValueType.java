package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeInfo;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;

/** A type whose values are ints without a sign, as oids are. Thread: any. */
abstract class UnsignedValueType extends BuiltinType {
  UnsignedValueType(TypeInfo info) {
    super(info, Layout.INT32);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Integer.BYTES);
    ((IntBuilder) out).append(Datums.readInt(bytes, start));
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.putInt(((IntColumn) column).values()[position]);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return Integer.compareUnsigned(
        ((IntColumn) left).values()[leftPosition], ((IntColumn) right).values()[rightPosition]);
  }

  @Override
  public long hash(Column column, int position) {
    return Hashes.mix(((IntColumn) column).values()[position] & 0xffffffffL);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    out.putInt(((IntColumn) column).values()[position]);
  }
}
