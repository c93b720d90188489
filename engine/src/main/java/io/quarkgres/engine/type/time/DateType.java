package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.BinaryForm;
import io.quarkgres.engine.type.IntValueType;
import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeErrors;
import io.quarkgres.engine.type.TypeTable;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.ColumnBuilder;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.spi.data.IntBuilder;
import io.quarkgres.spi.data.IntColumn;

/** {@code date}: days since 2000-01-01, with infinities. Thread: any. */
public final class DateType extends IntValueType {
  public DateType() {
    super(TypeTable.info(Oids.DATE));
  }

  @Override
  public void parse(
      byte[] text, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    IsoTimestamp iso = IsoTimestamp.read(text, start, length);
    int days = iso != null ? iso.days : general(TypeErrors.string(text, start, length), context);
    ((IntBuilder) out).append(days);
  }

  private static int general(String text, TypeContext context) {
    TimestampReader read = new TimestampReader("date", text, context).read();
    return switch (read.special) {
      case DateTimeWord.EPOCH -> -CivilDays.UNIX_DAYS;
      case DateTimeWord.INFINITY -> CivilDays.DATE_INFINITY;
      case DateTimeWord.MINUS_INFINITY -> CivilDays.DATE_MINUS_INFINITY;
      default -> {
        if (!CivilDays.isJulianValid(read.year, read.month)) {
          throw DateTimeErrors.outOfRange("date", text);
        }
        int days = CivilDays.days(read.year, read.month, read.day);
        if (!CivilDays.isDate(days)) {
          throw DateTimeErrors.outOfRange("date", text);
        }
        yield days;
      }
    };
  }

  @Override
  public void print(Column column, int position, ByteSink out, TypeContext context) {
    DateTimeText.putDate(((IntColumn) column).values()[position], context.dateStyle(), out);
  }

  @Override
  public void receive(
      byte[] bytes, int start, int length, int typmod, ColumnBuilder out, TypeContext context) {
    BinaryForm.checkLength(length, Integer.BYTES);
    int days = Datums.readInt(bytes, start);
    if (CivilDays.isFiniteDate(days) && !CivilDays.isDate(days)) {
      throw DateTimeErrors.outOfRange("date");
    }
    ((IntBuilder) out).append(days);
  }
}
