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

/**
 * {@code timestamp(p)} and {@code timestamp(p) with time zone}: microseconds since 2000-01-01
 * 00:00, of no particular clock or of UTC, with infinities. Thread: any.
 */
public final class TimestampType extends LongValueType {
  private static final long EPOCH_MICROS = -CivilDays.UNIX_DAYS * CivilDays.DAY_MICROS;

  private final boolean zoned;

  public TimestampType(int oid) {
    super(TypeTable.info(oid));
    zoned = oid == Oids.TIMESTAMPTZ;
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    IsoTimestamp iso = IsoTimestamp.read(text, start, length);
    long micros =
        iso != null ? of(iso, context) : general(TypeErrors.string(text, start, length), context);
    ((LongBuilder) out).append(micros);
  }

  private long of(IsoTimestamp iso, TypeContext context) {
    long local = iso.days * CivilDays.DAY_MICROS + iso.time;
    if (!zoned) {
      return local;
    }
    int offset = iso.hasOffset ? iso.offset : TimeZones.offsetOfLocal(context.zone(), local);
    return local - offset * CivilDays.SECOND_MICROS;
  }

  private long general(String text, TypeContext context) {
    String typeName = zoned ? "timestamp with time zone" : "timestamp";
    TimestampReader read = new TimestampReader(typeName, text, context).read();
    return switch (read.special) {
      case DateTimeWord.EPOCH -> EPOCH_MICROS;
      case DateTimeWord.INFINITY -> CivilDays.INFINITY;
      case DateTimeWord.MINUS_INFINITY -> CivilDays.MINUS_INFINITY;
      default -> finite(read, text);
    };
  }

  private long finite(TimestampReader read, String text) {
    if (!CivilDays.isJulianValid(read.year, read.month)) {
      throw DateTimeErrors.outOfRange("timestamp", text);
    }
    long days = CivilDays.days(read.year, read.month, read.day);
    long micros = days * CivilDays.DAY_MICROS;
    // within a day of the limits the product is exact or far outside them
    boolean fits = Math.multiplyHigh(days, CivilDays.DAY_MICROS) == micros >> 63;
    if (fits) {
      micros += read.timeMicros() - (zoned ? read.offset * CivilDays.SECOND_MICROS : 0);
    }
    if (!fits || !CivilDays.isTimestamp(micros)) {
      throw DateTimeErrors.outOfRange("timestamp", text);
    }
    return micros;
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    long micros = ((LongColumn) column).values()[position];
    if (zoned) {
      DateTimeText.putTimestampTz(micros, context.dateStyle(), context.zone(), out);
    } else {
      DateTimeText.putTimestamp(micros, context.dateStyle(), out);
    }
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Long.BYTES);
    long micros = Datums.readLong(bytes, start);
    if (CivilDays.isFinite(micros) && !CivilDays.isTimestamp(micros)) {
      throw DateTimeErrors.outOfRange("timestamp");
    }
    ((LongBuilder) out).append(micros);
  }

  @Override
  public int typmodIn(String[] arguments, int position) {
    return FractionalSeconds.encode(
        arguments, position, "TIMESTAMP", zoned ? " WITH TIME ZONE" : "");
  }

  @Override
  public String typmodOut(int typmod) {
    return FractionalSeconds.show(typmod, zoned ? " with time zone" : " without time zone");
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
    long micros = ((LongColumn) column).values()[position];
    ((LongBuilder) out)
        .append(CivilDays.isFinite(micros) ? FractionalSeconds.round(micros, typmod) : micros);
  }
}
