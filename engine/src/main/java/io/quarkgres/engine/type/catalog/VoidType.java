package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.UnorderedType;
import io.quarkgres.spi.data.BooleanBuilder;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;

/**
 * {@code void}: the result of functions called for their effect; its forms are empty. Thread: any.
 */
public final class VoidType extends UnorderedType {
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
}
