package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.Layout;

/** A type without an order and an equality, such as json: to ask for them is 42883. Thread: any. */
public abstract class UnorderedType extends BuiltinType {
  protected UnorderedType(TypeInfo info, Layout layout) {
    super(info, layout);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    throw TypeErrors.noOrder(info().sqlName());
  }

  @Override
  public long hash(Column column, int position) {
    throw TypeErrors.noEquality(info().sqlName());
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    throw TypeErrors.noOrder(info().sqlName());
  }

  @Override
  public boolean isOrdered() {
    return false;
  }
}
