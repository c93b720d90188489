package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;

/**
 * {@code regclass}, {@code regtype}, {@code regproc} and their like: an oid that is read and
 * written as a name. {@code -} is 0; digits are an oid; an oid without a name is written as digits.
 * Thread: any.
 */
public final class RegType extends UnsignedValueType {
  public RegType(int oid) {
    super(TypeTable.info(oid));
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    int oid;
    if (length == 1 && text[start] == '-') {
      oid = 0;
    } else if (isDigits(text, start, length)) {
      oid = UnsignedIntType.parseOid(text, start, length);
    } else {
      oid = context.objects().oid(name(), TypeErrors.string(text, start, length));
    }
    ((IntBuilder) out).append(oid);
  }

  private static boolean isDigits(byte[] text, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return length > 0;
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    int oid = ((IntColumn) column).values()[position];
    if (oid == 0) {
      out.put(name().startsWith("regoper") ? '0' : '-');
      return;
    }
    String name = context.objects().name(name(), oid);
    if (name == null) {
      Digits.put(oid & 0xffffffffL, out);
    } else {
      out.putUtf8(name);
    }
  }
}
