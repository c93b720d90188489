package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.Digits;
import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.spi.data.ByteSink;

/** Writes intervals in the four styles of {@code IntervalStyle}. Thread: any. */
public final class IntervalText {
  private final int years;
  private final int months;
  private final int days;
  private final long hours;
  private final int minutes;
  private final int seconds;
  private final int micros;
  private final ByteSink out;
  private boolean isFirst = true;
  private boolean isBefore;

  private IntervalText(long time, int days, int months, ByteSink out) {
    this.years = months / 12;
    this.months = months % 12;
    this.days = days;
    this.hours = time / CivilDays.HOUR_MICROS;
    this.minutes = (int) (time / CivilDays.MINUTE_MICROS % 60);
    this.seconds = (int) (time / CivilDays.SECOND_MICROS % 60);
    this.micros = (int) (time % CivilDays.SECOND_MICROS);
    this.out = out;
  }

  /** Appends an interval of microseconds, days and months. */
  public static void put(
      long time, int days, int months, TypeContext.IntervalStyle style, ByteSink out) {
    IntervalText text = new IntervalText(time, days, months, out);
    switch (style) {
      case POSTGRES -> text.putPostgres();
      case POSTGRES_VERBOSE -> text.putVerbose();
      case SQL_STANDARD -> text.putSqlStandard();
      case ISO_8601 -> text.putIso();
    }
  }

  private boolean hasTime() {
    return hours != 0 || minutes != 0 || seconds != 0 || micros != 0;
  }

  private boolean isTimeNegative() {
    return hours < 0 || minutes < 0 || seconds < 0 || micros < 0;
  }

  private void putSeconds(boolean padded) {
    int magnitude = Math.abs(seconds);
    Digits.putPadded(magnitude, padded ? 2 : Digits.count(magnitude), out);
    DateTimeText.putFraction(Math.abs(micros), out);
  }

  private void putPostgres() {
    putPart(years, "year");
    putPart(months, "mon");
    putPart(days, "day");
    if (isFirst || hasTime()) {
      if (!isFirst) {
        out.put(' ');
      }
      if (isTimeNegative()) {
        out.put('-');
      } else if (isBefore) {
        out.put('+');
      }
      putClock(true);
    }
  }

  private void putPart(int value, String unit) {
    if (value == 0) {
      return;
    }
    if (!isFirst) {
      out.put(' ');
    }
    if (isBefore && value > 0) {
      out.put('+');
    }
    Digits.put(value, out);
    out.put(' ');
    out.putAscii(unit);
    if (value != 1) {
      out.put('s');
    }
    isBefore = value < 0;
    isFirst = false;
  }

  private void putClock(boolean paddedHours) {
    long magnitude = Math.abs(hours);
    Digits.putPadded(magnitude, Math.max(paddedHours ? 2 : 1, Digits.count(magnitude)), out);
    out.put(':');
    Digits.putPadded(Math.abs(minutes), 2, out);
    out.put(':');
    putSeconds(true);
  }

  private void putVerbose() {
    out.put('@');
    putVerbosePart(years, "year");
    putVerbosePart(months, "mon");
    putVerbosePart(days, "day");
    putVerbosePart(hours, "hour");
    putVerbosePart(minutes, "min");
    if (seconds != 0 || micros != 0) {
      out.put(' ');
      boolean negative = seconds < 0 || micros < 0;
      if (isFirst) {
        isBefore = negative;
      } else if (negative != isBefore) {
        out.put('-');
      }
      putSeconds(false);
      out.putAscii(" sec");
      if (Math.abs(seconds) != 1 || micros != 0) {
        out.put('s');
      }
      isFirst = false;
    }
    if (isFirst) {
      out.putAscii(" 0");
    }
    if (isBefore) {
      out.putAscii(" ago");
    }
  }

  private void putVerbosePart(long value, String unit) {
    if (value == 0) {
      return;
    }
    if (isFirst) {
      isBefore = value < 0;
    }
    long shown = isBefore ? -value : value;
    out.put(' ');
    Digits.put(shown, out);
    out.put(' ');
    out.putAscii(unit);
    if (shown != 1) {
      out.put('s');
    }
    isFirst = false;
  }

  private void putSqlStandard() {
    boolean anyNegative = years < 0 || months < 0 || days < 0 || isTimeNegative();
    boolean timePositive = hours > 0 || minutes > 0 || seconds > 0 || micros > 0;
    boolean anyPositive = years > 0 || months > 0 || days > 0 || timePositive;
    boolean hasYearMonth = years != 0 || months != 0;
    boolean hasDayTime = days != 0 || hasTime();
    if (!anyNegative && !anyPositive) {
      out.put('0');
    } else if (anyNegative && anyPositive || hasYearMonth && hasDayTime) {
      putMixed();
    } else {
      if (anyNegative) {
        out.put('-');
      }
      if (hasYearMonth) {
        putYearMonth();
        return;
      }
      if (days != 0) {
        Digits.put(Math.abs((long) days), out);
        out.put(' ');
      }
      putClock(false);
    }
  }

  private void putYearMonth() {
    Digits.put(Math.abs(years), out);
    out.put('-');
    Digits.put(Math.abs(months), out);
  }

  /** Parts of both signs, or months beside days, show every sign. */
  private void putMixed() {
    out.put(years < 0 || months < 0 ? '-' : '+');
    putYearMonth();
    out.put(' ');
    out.put(days < 0 ? '-' : '+');
    Digits.put(Math.abs((long) days), out);
    out.put(' ');
    out.put(isTimeNegative() ? '-' : '+');
    putClock(false);
  }

  private void putIso() {
    if (years == 0 && months == 0 && days == 0 && !hasTime()) {
      out.putAscii("PT0S");
      return;
    }
    out.put('P');
    putIsoPart(years, 'Y');
    putIsoPart(months, 'M');
    putIsoPart(days, 'D');
    if (!hasTime()) {
      return;
    }
    out.put('T');
    putIsoPart(hours, 'H');
    putIsoPart(minutes, 'M');
    if (seconds != 0 || micros != 0) {
      if (seconds < 0 || micros < 0) {
        out.put('-');
      }
      putSeconds(false);
      out.put('S');
    }
  }

  private void putIsoPart(long value, int unit) {
    if (value != 0) {
      Digits.put(value, out);
      out.put(unit);
    }
  }
}
