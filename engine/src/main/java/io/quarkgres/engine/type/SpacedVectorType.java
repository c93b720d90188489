package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;

/**
 * {@code int2vector} and {@code oidvector}: arrays of one dimension with lower bound 0, written as
 * numbers with blanks between. An oidvector is ordered by length first. Thread: any.
 */
final class SpacedVectorType extends ArrayType {
  SpacedVectorType(int oid, SqlType element) {
    super(TypeTable.info(oid), element);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    IntBuilder values = new IntBuilder(8);
    int end = start + length;
    int at = Spaces.skip(text, start, end);
    while (at < end) {
      int stop = at;
      while (stop < end && !Spaces.isSpace(text[stop])) {
        stop++;
      }
      element().parse(text, at, stop - at, typmod, values, context);
      at = Spaces.skip(text, stop, end);
    }
    int n = values.count();
    new ArrayValue(element().oid(), new int[] {n}, new int[] {0}, values.build()).appendTo(out);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    Column elements = value(column, position).elements();
    for (int i = 0; i < elements.count(); i++) {
      if (i > 0) {
        out.put(' ');
      }
      element().print(elements, i, out, context);
    }
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    if (oid() == Oids.OIDVECTOR) {
      int order =
          Integer.compare(
              value(left, leftPosition).elements().count(),
              value(right, rightPosition).elements().count());
      if (order != 0) {
        return order;
      }
    }
    return super.compare(left, leftPosition, right, rightPosition);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    if (oid() == Oids.OIDVECTOR) {
      out.putInt(value(column, position).elements().count());
    }
    super.sortKey(column, position, out);
  }
}
