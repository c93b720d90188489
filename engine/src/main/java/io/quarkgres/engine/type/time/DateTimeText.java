package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.TypeContext.DateFormat;
import io.quarkgres.engine.type.TypeContext.DateOrder;
import io.quarkgres.spi.data.ByteSink;
import java.time.ZoneId;

/** Writes dates, times and timestamps in the styles of {@code DateStyle}. Thread: any. */
public final class DateTimeText {
  private DateTimeText() {}

  /** Appends a date. */
  public static void putDate(int days, TypeContext.DateStyle style, ByteSink out) {
    if (!CivilDays.isFiniteDate(days)) {
      out.putAscii(days > 0 ? "infinity" : "-infinity");
      return;
    }
    long civil = CivilDays.civil(days);
    boolean dayFirst = style.order() == DateOrder.DMY;
    switch (style.format()) {
      case ISO -> putYearMonthDay(civil, out);
      case SQL -> putParts(civil, dayFirst, '/', out);
      case POSTGRES -> putParts(civil, dayFirst, '-', out);
      case GERMAN -> putParts(civil, true, '.', out);
    }
    putEra(civil, out);
  }

  private static void putYear(long civil, ByteSink out) {
    int year = CivilDays.year(civil);
    int shown = year > 0 ? year : 1 - year;
    Digits.putPadded(shown, Math.max(4, Digits.count(shown)), out);
  }

  private static void putEra(long civil, ByteSink out) {
    if (CivilDays.year(civil) <= 0) {
      out.putAscii(" BC");
    }
  }

  private static void putYearMonthDay(long civil, ByteSink out) {
    putYear(civil, out);
    out.put('-');
    Digits.putPadded(CivilDays.month(civil), 2, out);
    out.put('-');
    Digits.putPadded(CivilDays.day(civil), 2, out);
  }

  private static void putParts(long civil, boolean dayFirst, int separator, ByteSink out) {
    int month = CivilDays.month(civil);
    int day = CivilDays.day(civil);
    Digits.putPadded(dayFirst ? day : month, 2, out);
    out.put(separator);
    Digits.putPadded(dayFirst ? month : day, 2, out);
    out.put(separator);
    putYear(civil, out);
  }

  /** Appends a time of day. */
  public static void putTime(long micros, ByteSink out) {
    Digits.putPadded(micros / CivilDays.HOUR_MICROS, 2, out);
    out.put(':');
    Digits.putPadded(micros / CivilDays.MINUTE_MICROS % 60, 2, out);
    out.put(':');
    Digits.putPadded(micros / CivilDays.SECOND_MICROS % 60, 2, out);
    putFraction((int) (micros % CivilDays.SECOND_MICROS), out);
  }

  /** Appends a point and microseconds without trailing zeros, or nothing for 0. */
  static void putFraction(int micros, ByteSink out) {
    if (micros == 0) {
      return;
    }
    int value = micros;
    int width = 6;
    while (value % 10 == 0) {
      value /= 10;
      width--;
    }
    out.put('.');
    Digits.putPadded(value, width, out);
  }

  /** Appends an offset, given in seconds east of UTC: {@code +02}, {@code -03:30}. */
  public static void putOffset(int offset, ByteSink out) {
    int magnitude = Math.abs(offset);
    out.put(offset < 0 ? '-' : '+');
    Digits.putPadded(magnitude / 3600, 2, out);
    if (magnitude % 3600 != 0) {
      out.put(':');
      Digits.putPadded(magnitude / 60 % 60, 2, out);
    }
    if (magnitude % 60 != 0) {
      out.put(':');
      Digits.putPadded(magnitude % 60, 2, out);
    }
  }

  /** Appends a timestamp without time zone. */
  public static void putTimestamp(long micros, TypeContext.DateStyle style, ByteSink out) {
    if (!putInfinity(micros, out)) {
      putLocal(micros, style, out);
      putEra(CivilDays.civil((int) Math.floorDiv(micros, CivilDays.DAY_MICROS)), out);
    }
  }

  private static boolean putInfinity(long micros, ByteSink out) {
    if (CivilDays.isFinite(micros)) {
      return false;
    }
    out.putAscii(micros > 0 ? "infinity" : "-infinity");
    return true;
  }

  private static void putLocal(long micros, TypeContext.DateStyle style, ByteSink out) {
    int days = (int) Math.floorDiv(micros, CivilDays.DAY_MICROS);
    long time = micros - days * CivilDays.DAY_MICROS;
    long civil = CivilDays.civil(days);
    if (style.format() == DateFormat.POSTGRES) {
      putPostgres(days, civil, time, style.order() == DateOrder.DMY, out);
      return;
    }
    switch (style.format()) {
      case ISO, POSTGRES -> putYearMonthDay(civil, out);
      case SQL -> putParts(civil, style.order() == DateOrder.DMY, '/', out);
      case GERMAN -> putParts(civil, true, '.', out);
    }
    out.put(' ');
    putTime(time, out);
  }

  private static void putPostgres(int days, long civil, long time, boolean dayFirst, ByteSink out) {
    String month = DateTimeWord.MONTHS[CivilDays.month(civil) - 1];
    out.putAscii(DateTimeWord.WEEKDAYS[CivilDays.dayOfWeek(days)]);
    out.put(' ');
    if (!dayFirst) {
      out.putAscii(month);
      out.put(' ');
    }
    Digits.putPadded(CivilDays.day(civil), 2, out);
    out.put(' ');
    if (dayFirst) {
      out.putAscii(month);
      out.put(' ');
    }
    putTime(time, out);
    out.put(' ');
    putYear(civil, out);
  }

  /** Appends a timestamp with time zone as a zone's clocks show it. */
  public static void putTimestampTz(
      long micros, TypeContext.DateStyle style, ZoneId zone, ByteSink out) {
    if (putInfinity(micros, out)) {
      return;
    }
    int offset = TimeZones.offsetAt(zone, micros);
    long local = micros + offset * CivilDays.SECOND_MICROS;
    putLocal(local, style, out);
    if (style.format() == DateFormat.ISO) {
      putOffset(offset, out);
    } else {
      putLetters(micros, offset, style, zone, out);
    }
    putEra(CivilDays.civil((int) Math.floorDiv(local, CivilDays.DAY_MICROS)), out);
  }

  private static void putLetters(
      long micros, int offset, TypeContext.DateStyle style, ZoneId zone, ByteSink out) {
    String letters = TimeZones.letters(zone, offset, micros);
    if (letters != null) {
      out.put(' ');
      out.putAscii(letters);
      return;
    }
    if (style.format() == DateFormat.POSTGRES) {
      out.put(' ');
    }
    putOffset(offset, out);
  }
}
