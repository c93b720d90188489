package io.quarkgres.engine.type.nested;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.Spaces;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;

/**
 * {@code int2vector} and {@code oidvector}: arrays of one dimension with lower bound 0, written as
 * numbers with blanks between. An oidvector is ordered by length first. Thread: any.
 */
public final class SpacedVectorType extends ArrayType {
  public SpacedVectorType(int oid, SqlType element) {
    super(TypeTable.info(oid), element);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    IntBuilder values = new IntBuilder(8);
    int end = start + length;
    int at = Spaces.skip(text, start, end);
    while (at < end) {
      int stop = numberEnd(text, at, end);
      boolean isWhole = stop > at && (oid() == Oids.OIDVECTOR || isEnd(text, stop, end));
      try {
        element().parse(text, at, (isWhole ? stop : end) - at, typmod, values, context);
      } catch (SqlException e) {
        throw isWhole
            ? new SqlException(
                e.state(), e.getMessage().replace(shown(text, at, stop), shown(text, at, end)))
            : e;
      }
      at = Spaces.skip(text, stop, end);
    }
    append(values, out);
  }

  private void append(IntBuilder values, ColumnBuilder out) {
    int n = values.count();
    new ArrayValue(element().oid(), new int[] {n}, new int[] {0}, values.build()).appendTo(out);
  }

  private static int numberEnd(byte[] text, int from, int end) {
    int at = from < end && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    int digits = at;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at == digits ? from : at;
  }

  private static boolean isEnd(byte[] text, int at, int end) {
    return at == end || Spaces.isSpace(text[at]);
  }

  /** Messages show the rest of the literal, not only the number. */
  private static String shown(byte[] text, int from, int to) {
    return '"' + TypeErrors.string(text, from, to - from) + '"';
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ColumnBuilder plain = ColumnBuilder.of(layout(), 1);
    super.receive(bytes, start, length, typmod, plain, context);
    ArrayValue array = value(plain.build(), 0);
    boolean valid =
        array.dims().length == 0
            || array.dims().length == 1 && array.lowerBounds()[0] == 0 && !array.hasNulls();
    if (!valid) {
      throw TypeErrors.invalidBinary("invalid " + name() + " data");
    }
    IntBuilder values = new IntBuilder(array.cardinality());
    values.appendAll(array.elements(), Selection.dense(array.elements().count()));
    append(values, out);
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
