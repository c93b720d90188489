package io.quarkgres.engine.type.number;

import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.Modifiers;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.DecimalBuilder;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.Layout;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * {@code numeric(p,s)}: exact decimal numbers that keep the scale they show, NaN and the
 * infinities. The modifier is {@code (p << 16 | s & 0x7ff) + 4}. Thread: any.
 */
public final class NumericType extends BuiltinType {
  private static final int PRECISION_MAX = 1000;
  private static final int SCALE_MIN = -1000;
  private static final int SCALE_MAX = 1000;
  private static final int HEADER = 4;

  public NumericType() {
    super(TypeTable.info(Oids.NUMERIC), Layout.DECIMAL);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    NumericText.parse(text, start, length, (DecimalBuilder) out);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    NumericText.print((DecimalColumn) column, position, out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    NumericBinary.receive(bytes, start, length, (DecimalBuilder) out);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    NumericBinary.send((DecimalColumn) column, position, out);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    return NumericOrder.compare(
        (DecimalColumn) left, leftPosition, (DecimalColumn) right, rightPosition);
  }

  @Override
  public long hash(Column column, int position) {
    return NumericOrder.hash((DecimalColumn) column, position);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    NumericOrder.sortKey((DecimalColumn) column, position, out);
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    if (arguments.length < 1 || arguments.length > 2) {
      throw TypeErrors.invalidModifier("invalid NUMERIC type modifier", position);
    }
    int precision = Modifiers.integer(arguments[0], position);
    int scale = arguments.length == 2 ? Modifiers.integer(arguments[1], position) : 0;
    if (precision < 1 || precision > PRECISION_MAX) {
      throw TypeErrors.invalidModifier(
          "NUMERIC precision " + precision + " must be between 1 and " + PRECISION_MAX, position);
    }
    if (scale < SCALE_MIN || scale > SCALE_MAX) {
      throw TypeErrors.invalidModifier(
          "NUMERIC scale " + scale + " must be between " + SCALE_MIN + " and " + SCALE_MAX,
          position);
    }
    return (precision << 16 | scale & 0x7ff) + HEADER;
  }

  /** Returns the precision of a modifier. */
  public static int precision(int typmod) {
    return typmod - HEADER >> 16 & 0xffff;
  }

  /** Returns the scale of a modifier, which may be negative. */
  public static int scale(int typmod) {
    return ((typmod - HEADER & 0x7ff) ^ 1024) - 1024;
  }

  @Override
  public String typmodOut(int typmod) {
    return typmod < HEADER ? "" : "(" + precision(typmod) + "," + scale(typmod) + ")";
  }

  @Override
  public boolean coercesLength(int typmod) {
    return typmod >= HEADER;
  }

  @Override
  public void coerceLength(
      Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
    DecimalColumn c = (DecimalColumn) column;
    if (!coercesLength(typmod) || c.isNull(position)) {
      out.append(column, position);
      return;
    }
    short code = c.scales()[position];
    if (code == DecimalColumn.NAN) {
      out.append(column, position);
    } else if (!c.isFinite(position)) {
      throw overflow(typmod, "cannot hold an infinite value.");
    } else {
      fit(c, position, typmod, (DecimalBuilder) out);
    }
  }

  private static void fit(DecimalColumn c, int position, int typmod, DecimalBuilder out) {
    int precision = precision(typmod);
    int scale = scale(typmod);
    int heldScale = c.scales()[position];
    long unscaled = c.unscaled()[position];
    boolean isSmall = heldScale >= 0 && unscaled != Long.MIN_VALUE && precision <= 18;
    if (isSmall && heldScale == scale && Digits.count(Math.abs(unscaled)) <= precision) {
      out.append(unscaled, heldScale);
      return;
    }
    BigDecimal rounded = c.decimal(position).setScale(scale, RoundingMode.HALF_UP);
    if (rounded.signum() != 0 && rounded.precision() > precision) {
      int digits = precision - scale;
      String limit = digits == 0 ? "1" : "10^" + digits;
      throw overflow(typmod, "must round to an absolute value less than " + limit + ".");
    }
    out.append(rounded);
  }

  private static SqlException overflow(int typmod, String what) {
    String field = "A field with precision " + precision(typmod) + ", scale " + scale(typmod) + " ";
    return new SqlException(
        SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow", field + what, null);
  }
}
