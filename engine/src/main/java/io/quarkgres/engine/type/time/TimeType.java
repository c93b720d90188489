package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.LongValueType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.LongBuilder;
import io.quarkgres.spi.data.LongColumn;

/** {@code time(p)}: microseconds of the day, 0 to 24:00 inclusive. Thread: any. */
public final class TimeType extends LongValueType {
  public TimeType() {
    super(TypeTable.info(Oids.TIME));
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    String string = TypeErrors.string(text, start, length);
    ((LongBuilder) out).append(new TimeReader("time", string, context).read().timeMicros());
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    DateTimeText.putTime(((LongColumn) column).values()[position], out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Long.BYTES);
    ((LongBuilder) out).append(checked(Datums.readLong(bytes, start)));
  }

  static long checked(long micros) {
    if (micros < 0 || micros > CivilDays.DAY_MICROS) {
      throw DateTimeErrors.outOfRange("time");
    }
    return micros;
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    return FractionalSeconds.encode(arguments, position, "TIME", "");
  }

  @Override
  public String typmodOut(int typmod) {
    return FractionalSeconds.show(typmod, " without time zone");
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
    ((LongBuilder) out)
        .append(FractionalSeconds.round(((LongColumn) column).values()[position], typmod));
  }
}
