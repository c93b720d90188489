package io.quarkgres.engine.type.text;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.BuiltinType;
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
import io.quarkgres.spi.data.WideBuilder;
import io.quarkgres.spi.data.WideColumn;

/**
 * {@code uuid}: 16 bytes. Input takes braces around, either case, and a hyphen or none behind any
 * group of four digits. Thread: any.
 */
public final class UuidType extends BuiltinType {
  private static final int DIGITS = 32;
  private static final int BINARY_BYTES = 16;

  public UuidType() {
    super(TypeTable.info(Oids.UUID), Layout.INT128);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    int end = start + length;
    int at = start;
    boolean braces = length > 0 && text[start] == '{';
    if (braces) {
      at++;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = at < end ? HexText.digit(text[at++]) : -1;
      if (digit < 0) {
        throw TypeErrors.invalidText("uuid", text, start, length);
      }
      if (i < DIGITS / 2) {
        high = high << 4 | digit;
      } else {
        low = low << 4 | digit;
      }
      if ((i & 3) == 3 && i < DIGITS - 1 && at < end && text[at] == '-') {
        at++;
      }
    }
    if (braces ? at != end - 1 || text[at] != '}' : at != end) {
      throw TypeErrors.invalidText("uuid", text, start, length);
    }
    ((WideBuilder) out).append(high, low);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    WideColumn c = (WideColumn) column;
    long high = c.high()[position];
    long low = c.low()[position];
    HexText.put(high >>> 32, 8, out);
    out.put('-');
    HexText.put(high >>> 16 & 0xffff, 4, out);
    out.put('-');
    HexText.put(high & 0xffff, 4, out);
    out.put('-');
    HexText.put(low >>> 48, 4, out);
    out.put('-');
    HexText.put(low & 0xffffffffffffL, 12, out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, BINARY_BYTES);
    ((WideBuilder) out).append(Datums.readLong(bytes, start), Datums.readLong(bytes, start + 8));
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    sortKey(column, position, out);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    WideColumn a = (WideColumn) left;
    WideColumn b = (WideColumn) right;
    int order = Long.compareUnsigned(a.high()[leftPosition], b.high()[rightPosition]);
    return order != 0 ? order : Long.compareUnsigned(a.low()[leftPosition], b.low()[rightPosition]);
  }

  @Override
  public long hash(Column column, int position) {
    WideColumn c = (WideColumn) column;
    return Hashes.combine(Hashes.mix(c.high()[position]), c.low()[position]);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    WideColumn c = (WideColumn) column;
    out.putLong(c.high()[position]);
    out.putLong(c.low()[position]);
  }
}
