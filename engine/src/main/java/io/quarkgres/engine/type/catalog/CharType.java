package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.IntValueType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;

/**
 * {@code "char"}: one byte, 0 to 255, in an INT32 column. The text form of 0 is empty, that of a
 * byte above 127 is a backslash and three octal digits. Thread: any.
 */
public final class CharType extends IntValueType {
  public CharType() {
    super(TypeTable.info(Oids.CHAR));
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ((IntBuilder) out).append(value(text, start, length));
  }

  /** Returns the byte that a text stands for: an octal escape, or its first byte. */
  static int value(byte[] text, int start, int length) {
    if (length == 0) {
      return 0;
    }
    boolean octal =
        length == 4
            && text[start] == '\\'
            && isOctal(text[start + 1])
            && isOctal(text[start + 2])
            && isOctal(text[start + 3]);
    return octal
        ? ((text[start + 1] - '0') << 6 | (text[start + 2] - '0') << 3 | text[start + 3] - '0')
            & 0xff
        : text[start] & 0xff;
  }

  private static boolean isOctal(byte b) {
    return b >= '0' && b <= '7';
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    int value = ((IntColumn) column).values()[position];
    if (value > 127) {
      out.put('\\');
      out.put('0' + (value >> 6));
      out.put('0' + (value >> 3 & 7));
      out.put('0' + (value & 7));
    } else if (value != 0) {
      out.put(value);
    }
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, 1);
    ((IntBuilder) out).append(bytes[start] & 0xff);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    out.put(((IntColumn) column).values()[position]);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    out.put(((IntColumn) column).values()[position]);
  }
}
