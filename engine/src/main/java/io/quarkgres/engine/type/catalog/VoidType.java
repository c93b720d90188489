package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;

/**
 * {@code void}: the result of functions called for their effect; its forms are empty. Thread: any.
 */
public final class VoidType extends BuiltinType {
  public VoidType() {
    super(TypeTable.info(Oids.VOID), Layout.BOOLEAN);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ((BooleanBuilder) out).append(false);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {}

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, 0);
    ((BooleanBuilder) out).append(false);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {}

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
