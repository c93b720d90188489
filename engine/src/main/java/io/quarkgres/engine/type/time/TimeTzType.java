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
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;

/**
 * {@code time(p) with time zone}: the upper half is microseconds of the day, the lower half the
 * offset in seconds west of UTC. Ordered by the time in UTC, then by the offset. Thread: any.
 */
public final class TimeTzType extends BuiltinType {
  private static final int OFFSET_MAX = 16 * 3600;

  public TimeTzType() {
    super(TypeTable.info(Oids.TIMETZ), Layout.INT128);
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    String string = TypeErrors.string(text, start, length);
    TimeReader read = new TimeReader("time with time zone", string, context).read();
    ((WideBuilder) out).append(read.timeMicros(), -read.offset);
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    WideColumn c = (WideColumn) column;
    DateTimeText.putTime(c.high()[position], out);
    DateTimeText.putOffset((int) -c.low()[position], out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Long.BYTES + Integer.BYTES);
    long micros = TimeType.checked(Datums.readLong(bytes, start));
    int west = Datums.readInt(bytes, start + Long.BYTES);
    if (west <= -OFFSET_MAX || west >= OFFSET_MAX) {
      throw new SqlException(
          SqlState.INVALID_TIME_ZONE_DISPLACEMENT_VALUE, "time zone displacement out of range");
    }
    ((WideBuilder) out).append(micros, west);
  }

  @Override
  public void send(Column column, int position, ByteSink out, TypeContext context) {
    WideColumn c = (WideColumn) column;
    out.putLong(c.high()[position]);
    out.putInt((int) c.low()[position]);
  }

  private static long utc(WideColumn c, int position) {
    return c.high()[position] + c.low()[position] * CivilDays.SECOND_MICROS;
  }

  @Override
  public int compare(Column left, int leftPosition, Column right, int rightPosition) {
    WideColumn a = (WideColumn) left;
    WideColumn b = (WideColumn) right;
    int order = Long.compare(utc(a, leftPosition), utc(b, rightPosition));
    return order != 0 ? order : Long.compare(a.low()[leftPosition], b.low()[rightPosition]);
  }

  @Override
  public long hash(Column column, int position) {
    WideColumn c = (WideColumn) column;
    return Hashes.combine(Hashes.mix(c.high()[position]), c.low()[position]);
  }

  @Override
  public void sortKey(Column column, int position, ByteSink out) {
    WideColumn c = (WideColumn) column;
    SortKeys.putLong(utc(c, position), out);
    SortKeys.putInt((int) c.low()[position], out);
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    return FractionalSeconds.encode(arguments, position, "TIME", " WITH TIME ZONE");
  }

  @Override
  public String typmodOut(int typmod) {
    return FractionalSeconds.show(typmod, " with time zone");
  }

  @Override
  public boolean coercesLength(int typmod) {
    return FractionalSeconds.applies(typmod);
  }

  @Override
  public void coerceLength(
      Column column, int position, int typmod, boolean explicit, ColumnBuilder out) {
    if (column.isNull(position) || !coercesLength(typmod)) {
      out.append(column, position);
      return;
    }
    WideColumn c = (WideColumn) column;
    long rounded = FractionalSeconds.round(c.high()[position], typmod);
    ((WideBuilder) out).append(rounded, c.low()[position]);
  }
}
