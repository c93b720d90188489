package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SortKeys;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.DoubleBuilder;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.Layout;

/**
 * {@code real} and {@code double precision}. Both lie in doubles; those of real are exactly floats.
 * -0 equals 0; NaN equals NaN and is above all else. Thread: any.
 */
public final class FloatType extends BuiltinType {
  private final boolean single;

  public FloatType(int oid) {
    super(TypeTable.info(oid), Layout.FLOAT64);
    single = oid == Oids.FLOAT4;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    ((DoubleBuilder) out).append(FloatText.parse(text, start, length, single));
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    double value = ((DoubleColumn) column).values()[position];
    FloatText.print(value, single, context.extraFloatDigits(), out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, single ? Float.BYTES : Double.BYTES);
    double value =
        single
            ? Float.intBitsToFloat(Datums.readInt(bytes, start))
            : Double.longBitsToDouble(Datums.readLong(bytes, start));
    ((DoubleBuilder) out).append(value);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    double value = ((DoubleColumn) column).values()[position];
    if (single) {
      out.putInt(Float.floatToIntBits((float) value));
    } else {
      out.putLong(Double.doubleToLongBits(value));
    }
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return compare(
        ((DoubleColumn) left).values()[leftPosition],
        ((DoubleColumn) right).values()[rightPosition]);
  }

  /** Compares as PostgreSQL does: NaN above all, zeros alike. */
  static int compare(double a, double b) {
    if (a < b) {
      return -1;
    }
    if (a > b) {
      return 1;
    }
    return a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  @Override
  public long hash(Column column, int position) {
    double value = ((DoubleColumn) column).values()[position];
    return Hashes.mix(Double.doubleToLongBits(value == 0 ? 0.0 : value));
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    SortKeys.putDouble(((DoubleColumn) column).values()[position], out);
  }
}
