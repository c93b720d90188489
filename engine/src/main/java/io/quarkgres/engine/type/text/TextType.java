package io.quarkgres.engine.type.text;

import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import java.util.Arrays;

/**
 * {@code text}, {@code unknown}, {@code cstring} and {@code refcursor}: UTF-8 as it came, ordered
 * by bytes, which is the order of collation C.UTF-8. Thread: any.
 */
public class TextType extends BuiltinType {
  public TextType(int oid) {
    super(TypeTable.info(oid), Layout.BYTES);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    Utf8.validate(text, start, length);
    ((BytesBuilder) out).append(text, start, length);
  }

  @Override
  public final void print(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    out.put(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  @Override
  public final void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    parse(bytes, start, length, typmod, out, context);
  }

  @Override
  public final void send(Column column, int position, ByteSink out, TypeContext context) {
    print(column, position, out, context);
  }

  /** Returns how many bytes of a value count in comparisons. */
  int significant(byte[] heap, int start, int length) {
    return length;
  }

  @Override
  public final int compare(Column left, int leftPosition, Column right, int rightPosition) {
    BytesColumn a = (BytesColumn) left;
    BytesColumn b = (BytesColumn) right;
    int aStart = a.starts()[leftPosition];
    int bStart = b.starts()[rightPosition];
    int aLength = significant(a.heap(), aStart, a.lengths()[leftPosition]);
    int bLength = significant(b.heap(), bStart, b.lengths()[rightPosition]);
    return Arrays.compareUnsigned(
        a.heap(), aStart, aStart + aLength, b.heap(), bStart, bStart + bLength);
  }

  @Override
  public final boolean equal(Column left, int leftPosition, Column right, int rightPosition) {
    BytesColumn a = (BytesColumn) left;
    BytesColumn b = (BytesColumn) right;
    int aStart = a.starts()[leftPosition];
    int bStart = b.starts()[rightPosition];
    int aLength = significant(a.heap(), aStart, a.lengths()[leftPosition]);
    int bLength = significant(b.heap(), bStart, b.lengths()[rightPosition]);
    return aLength == bLength
        && Arrays.equals(a.heap(), aStart, aStart + aLength, b.heap(), bStart, bStart + bLength);
  }

  @Override
  public final long hash(Column column, int position) {
    BytesColumn c = (BytesColumn) column;
    int start = c.starts()[position];
    return Hashes.bytes(c.heap(), start, significant(c.heap(), start, c.lengths()[position]));
  }

  /** Appends the bytes and a zero byte, which text does not contain. */
  @Override
  public final void sortKey(Column column, int position, ByteSink out) {
    BytesColumn c = (BytesColumn) column;
    int start = c.starts()[position];
    out.put(c.heap(), start, significant(c.heap(), start, c.lengths()[position]));
    out.put(0);
  }

  @Override
  public boolean isOrdered() {
    return oid() != Oids.UNKNOWN && oid() != Oids.CSTRING;
  }
}
