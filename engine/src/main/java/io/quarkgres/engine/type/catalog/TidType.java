package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.LongValueType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.LongColumn;

/**
 * {@code tid}: a row's place, {@code (block,offset)}; held as {@code block << 16 | offset}. Thread:
 * any.
 */
public final class TidType extends LongValueType {
  private static final int BINARY_BYTES = 6;

  public TidType() {
    super(TypeTable.info(Oids.TID));
  }

  /** Input is lenient: what stands before the parenthesis and behind the other is skipped. */
  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    int end = start + length;
    int open = find(text, start, end, '(');
    int comma = find(text, open, end, ',');
    int close = find(text, comma, end, ')');
    long block = -1;
    long offset = -1;
    boolean leads = find(text, start, open, ',') == open;
    if (leads && close < end) {
      block = number(text, open + 1, comma, 0xffffffffL);
      offset = number(text, comma + 1, close, 0xffff);
    }
    if (block < 0 || offset < 0) {
      throw TypeErrors.invalidText("tid", text, start, length);
    }
    ((LongBuilder) out).append(block << 16 | offset);
  }

  private static int find(byte[] text, int from, int end, int wanted) {
    int at = from;
    while (at < end && text[at] != wanted) {
      at++;
    }
    return at;
  }

  private static long number(byte[] text, int from, int to, long max) {
    long value = 0;
    for (int i = from; i < to; i++) {
      if (text[i] < '0' || text[i] > '9' || value > max) {
        return -1;
      }
      value = value * 10 + (text[i] - '0');
    }
    return value > max ? -1 : value;
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    long value = ((LongColumn) column).values()[position];
    out.put('(');
    Digits.put(value >>> 16, out);
    out.put(',');
    Digits.put(value & 0xffff, out);
    out.put(')');
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, BINARY_BYTES);
    long block = Datums.readInt(bytes, start) & 0xffffffffL;
    ((LongBuilder) out).append(block << 16 | Datums.readShort(bytes, start + 4) & 0xffffL);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    long value = ((LongColumn) column).values()[position];
    out.putInt((int) (value >>> 16));
    out.putShort((int) value);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    out.putLong(((LongColumn) column).values()[position]);
  }
}
