package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;

/** A type whose values are ints, in their order. Thread: any. */
public abstract class IntValueType extends BuiltinType {
  protected IntValueType(TypeInfo info) {
    super(info, Layout.INT32);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.putInt(((IntColumn) column).values()[position]);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return Integer.compare(
        ((IntColumn) left).values()[leftPosition], ((IntColumn) right).values()[rightPosition]);
  }

  @Override
  public long hash(Column column, int position) {
    return Hashes.mix(((IntColumn) column).values()[position]);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    SortKeys.putInt(((IntColumn) column).values()[position], out);
  }
}
