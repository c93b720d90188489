package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongColumn;

/** A type whose values are longs, in their order. Thread: any. */
public abstract class LongValueType extends BuiltinType {
  protected LongValueType(TypeInfo info) {
    super(info, Layout.INT64);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.putLong(((LongColumn) column).values()[position]);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return Long.compare(
        ((LongColumn) left).values()[leftPosition], ((LongColumn) right).values()[rightPosition]);
  }

  @Override
  public long hash(Column column, int position) {
    return Hashes.mix(((LongColumn) column).values()[position]);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    SortKeys.putLong(((LongColumn) column).values()[position], out);
  }
}
