package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.WholeNumbers;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.Layout;

/**
 * {@code oid}, {@code xid} and {@code cid}: unsigned 32-bit numbers. Only oid has an order; its
 * input also takes negative numbers, which wrap around. Thread: any.
 */
public final class UnsignedIntType extends BuiltinType {
  public UnsignedIntType(int oid) {
    super(TypeTable.info(oid), Layout.INT32);
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

  @Override
  public boolean isOrdered() {
    return oid() == Oids.OID;
  }

  @Override
  public boolean hasEquality() {
    return true;
  }
}
