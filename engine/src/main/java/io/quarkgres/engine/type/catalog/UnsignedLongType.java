package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.HexText;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.LongColumn;
import java.util.Locale;

/**
 * {@code xid8} and {@code pg_lsn}: unsigned 64-bit numbers, the latter written as two hexadecimal
 * halves. Thread: any.
 */
public final class UnsignedLongType extends BuiltinType {
  private static final int HALF_DIGITS_MAX = 8;

  public UnsignedLongType(int oid) {
    super(TypeTable.info(oid), Layout.INT64);
  }

  private boolean isLsn() {
    return oid() == Oids.PG_LSN;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    long value =
        isLsn() ? lsn(text, start, length) : LenientNumbers.parse(text, start, start + length);
    ((LongBuilder) out).append(value);
  }

  private static long lsn(byte[] text, int start, int length) {
    int end = start + length;
    int slash = start;
    while (slash < end && text[slash] != '/') {
      slash++;
    }
    long high = half(text, start, slash);
    long low = half(text, slash + 1, end);
    if (high < 0 || low < 0) {
      throw TypeErrors.invalidText("pg_lsn", text, start, length);
    }
    return high << 32 | low;
  }

  private static long half(byte[] text, int from, int to) {
    if (to <= from || to - from > HALF_DIGITS_MAX) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = HexText.digit(text[i]);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    long value = ((LongColumn) column).values()[position];
    if (isLsn()) {
      out.putAscii(Long.toHexString(value >>> 32).toUpperCase(Locale.ROOT));
      out.put('/');
      out.putAscii(Long.toHexString(value & 0xffffffffL).toUpperCase(Locale.ROOT));
    } else {
      Digits.putUnsigned(value, out);
    }
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Long.BYTES);
    ((LongBuilder) out).append(Datums.readLong(bytes, start));
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.putLong(((LongColumn) column).values()[position]);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return Long.compareUnsigned(
        ((LongColumn) left).values()[leftPosition], ((LongColumn) right).values()[rightPosition]);
  }

  @Override
  public long hash(Column column, int position) {
    return Hashes.mix(((LongColumn) column).values()[position]);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    out.putLong(((LongColumn) column).values()[position]);
  }
}
