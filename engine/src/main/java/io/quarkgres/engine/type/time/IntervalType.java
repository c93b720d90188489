package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.BuiltinType;
import io.quarkgres.engine.type.Hashes;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SortKeys;
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
 * {@code interval}: the upper half is microseconds, the lower half {@code days << 32 | months}. For
 * comparison a month has 30 days and a day 24 hours, so that {@code 1 mon} equals {@code 30 days}.
 * Thread: any.
 */
public final class IntervalType extends BuiltinType {
  private static final int MONTH_DAYS = 30;
  private static final int BINARY_BYTES = 16;

  public IntervalType() {
    super(TypeTable.info(Oids.INTERVAL), Layout.INT128);
  }

  /** Packs days and months into a lower half. */
  public static long low(int days, int months) {
    return (long) days << 32 | months & 0xffffffffL;
  }

  /** Returns the days of a lower half. */
  public static int days(long low) {
    return (int) (low >> 32);
  }

  /** Returns the months of a lower half. */
  public static int months(long low) {
    return (int) low;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    String string = TypeErrors.string(text, start, length);
    IntervalParts parts = new IntervalParts(string);
    boolean sqlStandard = context.intervalStyle() == TypeContext.IntervalStyle.SQL_STANDARD;
    if (!IntervalReader.read(string, IntervalFields.range(typmod), sqlStandard, parts)) {
      parts = new IntervalParts(string);
      if (!IsoInterval.read(string, parts)) {
        throw DateTimeErrors.badFormat("interval", string);
      }
    }
    fit(parts.micros, parts.days, parts.totalMonths(), typmod, out);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    WideColumn c = (WideColumn) column;
    long low = c.low()[position];
    IntervalText.put(c.high()[position], days(low), months(low), context.intervalStyle(), out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, BINARY_BYTES);
    ((WideBuilder) out).append(Datums.readLong(bytes, start), Datums.readLong(bytes, start + 8));
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    WideColumn c = (WideColumn) column;
    out.putLong(c.high()[position]);
    out.putLong(c.low()[position]);
  }

  /** Returns all whole days of a value; what is left of a day is {@link #restMicros}. */
  private static long totalDays(WideColumn c, int position) {
    long low = c.low()[position];
    return months(low) * (long) MONTH_DAYS
        + days(low)
        + Math.floorDiv(c.high()[position], CivilDays.DAY_MICROS);
  }

  private static long restMicros(WideColumn c, int position) {
    return Math.floorMod(c.high()[position], CivilDays.DAY_MICROS);
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    WideColumn a = (WideColumn) left;
    WideColumn b = (WideColumn) right;
    int order = Long.compare(totalDays(a, leftPosition), totalDays(b, rightPosition));
    return order != 0
        ? order
        : Long.compare(restMicros(a, leftPosition), restMicros(b, rightPosition));
  }

  @Override
  public long hash(Column column, int position) {
    WideColumn c = (WideColumn) column;
    return Hashes.combine(Hashes.mix(totalDays(c, position)), restMicros(c, position));
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    WideColumn c = (WideColumn) column;
    SortKeys.putLong(totalDays(c, position), out);
    SortKeys.putLong(restMicros(c, position), out);
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    return IntervalFields.encode(arguments, position);
  }

  @Override
  public String typmodOut(int typmod) {
    return IntervalFields.show(typmod);
  }

  @Override
  public boolean coercesLength(int typmod) {
    return typmod >= 0;
  }

  @Override
  public void coerceLength(
      Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
    if (column.isNull(position) || !coercesLength(typmod)) {
      out.append(column, position);
      return;
    }
    WideColumn c = (WideColumn) column;
    long low = c.low()[position];
    fit(c.high()[position], days(low), months(low), typmod, out);
  }

  /** Appends a value without the fields and digits that a modifier leaves out. */
  private static void fit(long micros, int days, int months, int typmod, ColumnBuilder out) {
    int range = IntervalFields.range(typmod);
    int precision = IntervalFields.precision(typmod);
    if (range == IntervalFields.YEAR) {
      append(0, 0, months / 12 * 12, out);
    } else if ((range & ~(IntervalFields.YEAR | IntervalFields.MONTH)) == 0) {
      append(0, 0, months, out);
    } else if (range == IntervalFields.DAY) {
      append(0, days, months, out);
    } else if (range != IntervalFields.FULL_RANGE && (range & IntervalFields.SECOND) == 0) {
      boolean minutes = (range & IntervalFields.MINUTE) != 0;
      long unit = minutes ? CivilDays.MINUTE_MICROS : CivilDays.HOUR_MICROS;
      append(micros / unit * unit, days, months, out);
    } else {
      boolean rounds = precision < FractionalSeconds.DIGITS_MAX;
      append(rounds ? FractionalSeconds.round(micros, precision) : micros, days, months, out);
    }
  }

  private static void append(long micros, int days, int months, ColumnBuilder out) {
    ((WideBuilder) out).append(micros, low(days, months));
  }
}
