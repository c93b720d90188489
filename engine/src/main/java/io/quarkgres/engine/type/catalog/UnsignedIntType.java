package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.WholeNumbers;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;

/**
 * {@code oid}, {@code xid} and {@code cid}: unsigned 32-bit numbers. Only oid has an order; its
 * input also takes negative numbers, which wrap around. Thread: any.
 */
public final class UnsignedIntType extends UnsignedValueType {
  public UnsignedIntType(int oid) {
    super(TypeTable.info(oid));
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    int value =
        oid() == Oids.OID
            ? parseOid(text, start, length)
            : (int) LenientNumbers.parse(text, start, start + length);
    ((IntBuilder) out).append(value);
  }

  static int parseOid(byte[] text, int start, int length) {
    long value = WholeNumbers.parse(text, start, length, Long.MIN_VALUE, Long.MAX_VALUE, "oid");
    if (value < Integer.MIN_VALUE || value > 0xffffffffL) {
      throw TypeErrors.valueOutOfRange("oid", text, start, length);
    }
    return (int) value;
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    Digits.put(((IntColumn) column).values()[position] & 0xffffffffL, out);
  }

  @Override
  public boolean isOrdered() {
    return oid() == Oids.OID;
  }

  @Override
  public boolean hasEquality() {
    return true;
  }
}
