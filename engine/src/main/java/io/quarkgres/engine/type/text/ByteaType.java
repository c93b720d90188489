package io.quarkgres.engine.type.text;

import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.HexText;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SortKeys;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.engine.type.Utf8;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesBuilder;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/**
 * {@code bytea}: any bytes. Text forms are {@code \x} with hexadecimal digits, and the older one
 * with octal escapes; both are read, {@code bytea_output} says which is written. Thread: any.
 */
public final class ByteaType extends BuiltinType {
  public ByteaType() {
    super(TypeTable.info(Oids.BYTEA), Layout.BYTES);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ByteSink sink = new ByteSink(length);
    if (length >= 2 && text[start] == '\\' && text[start + 1] == 'x') {
      parseHex(text, start + 2, start + length, sink);
    } else {
      parseEscaped(text, start, start + length, sink);
    }
    ((BytesBuilder) out).append(sink);
  }

  private static void parseHex(byte[] text, int start, int end, ByteSink sink) {
    int at = start;
    while (at < end) {
      int b = text[at];
      if (b == ' ' || b == '\n' || b == '\t' || b == '\r') {
        at++;
        continue;
      }
      int high = hexDigit(text, at, end);
      at++;
      if (at >= end) {
        throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "invalid hexadecimal data: odd number of digits");
      }
      sink.put(high << 4 | hexDigit(text, at, end));
      at++;
    }
  }

  private static int hexDigit(byte[] text, int at, int end) {
    int digit = HexText.digit(text[at]);
    if (digit < 0) {
      int next = Utf8.offset(text, at, end, 1);
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "invalid hexadecimal digit: \"" + TypeErrors.string(text, at, next - at) + "\"");
    }
    return digit;
  }

  private static void parseEscaped(byte[] text, int start, int end, ByteSink sink) {
    int at = start;
    while (at < end) {
      int b = text[at];
      if (b != '\\') {
        sink.put(b);
        at++;
      } else if (at + 1 < end && text[at + 1] == '\\') {
        sink.put('\\');
        at += 2;
      } else if (at + 3 < end && isOctal(text, at + 1)) {
        int value = (text[at + 1] - '0') << 6 | (text[at + 2] - '0') << 3 | text[at + 3] - '0';
        sink.put(value);
        at += 4;
      } else {
        throw new SqlException(
            SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
      }
    }
  }

  private static boolean isOctal(byte[] text, int at) {
    return text[at] >= '0'
        && text[at] <= '3'
        && text[at + 1] >= '0'
        && text[at + 1] <= '7'
        && text[at + 2] >= '0'
        && text[at + 2] <= '7';
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    int start = c.starts()[position];
    int length = c.lengths()[position];
    if (context.byteaHex()) {
      out.put('\\');
      out.put('x');
      HexText.put(c.heap(), start, length, out);
    } else {
      putEscaped(c.heap(), start, length, out);
    }
  }

  private static void putEscaped(byte[] bytes, int start, int length, ByteSink out) {
    for (int i = start; i < start + length; i++) {
      int b = bytes[i] & 0xff;
      if (b == '\\') {
        out.put('\\');
        out.put('\\');
      } else if (b < 0x20 || b > 0x7e) {
        out.put('\\');
        out.put('0' + (b >> 6));
        out.put('0' + (b >> 3 & 7));
        out.put('0' + (b & 7));
      } else {
        out.put(b);
      }
    }
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ((BytesBuilder) out).append(bytes, start, length);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    BytesColumn c = (BytesColumn) column;
    out.put(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    BytesColumn a = (BytesColumn) left;
    BytesColumn b = (BytesColumn) right;
    int aStart = a.starts()[leftPosition];
    int bStart = b.starts()[rightPosition];
    return Arrays.compareUnsigned(
        a.heap(),
        aStart,
        aStart + a.lengths()[leftPosition],
        b.heap(),
        bStart,
        bStart + b.lengths()[rightPosition]);
  }

  @Override
  public long hash(Column column, int position) {
    BytesColumn c = (BytesColumn) column;
    return Hashes.bytes(c.heap(), c.starts()[position], c.lengths()[position]);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    BytesColumn c = (BytesColumn) column;
    SortKeys.putBytes(c.heap(), c.starts()[position], c.lengths()[position], out);
  }
}
