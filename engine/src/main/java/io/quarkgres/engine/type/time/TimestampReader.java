package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.time.DateTimeScanner.Field;
import java.util.List;

/**
 * Reads a date with or without a time, for date, timestamp and timestamptz. The result is in the
 * fields; {@link #special} tells of values that are no date. One use; one thread.
 */
final class TimestampReader extends DateTimeReader {
  /** {@code DateTimeWord.EPOCH}, {@code INFINITY} or {@code MINUS_INFINITY}, or -1 for a date. */
  int special = -1;

  TimestampReader(String typeName, String text, TypeContext context) {
    super(typeName, text, context);
  }

  /** Reads the text; afterwards the offset is settled too. */
  TimestampReader read() {
    readFields();
    settle();
    return this;
  }

  @Override
  void dateField(List<Field> fields, int i) {
    String s = fields.get(i).text();
    if (unit == DateTimeWord.UNIT_JULIAN) {
      // a Julian day with an offset behind it
      int value = number(s, 0);
      int end = stopIndex();
      julianDay(value);
      offset = offset(s.substring(end));
      see(DATE | TIME | ZONE);
      unit = -1;
    } else if (unit < 0 && (seen & (MONTH | DAY)) != (MONTH | DAY)) {
      date(s);
    } else if (DateTimeScanner.isDigit(fields.get(i).first()) || unit >= 0) {
      if (unit >= 0 && unit != DateTimeWord.UNIT_TIME || (seen & TIME) == TIME) {
        throw badFormat();
      }
      unit = -1;
      see(runTogetherWithOffset(s, seen));
    } else {
      namedZone(s);
      see(ZONE);
    }
  }

  @Override
  void timeField(String s) {
    if (unit >= 0) {
      if (unit != DateTimeWord.UNIT_TIME) {
        throw badFormat();
      }
      unit = -1;
    }
    time(s);
    // a clock may show 24:00 but nothing behind it
    if (hour > 24 || hour == 24 && (minute > 0 || second > 0 || micros > 0)) {
      throw overflow();
    }
    see(TIME);
  }

  @Override
  void numberField(List<Field> fields, int i) {
    String s = fields.get(i).text();
    int point = s.indexOf('.');
    if (point >= 0 && (seen & DATE) == 0) {
      date(s);
    } else if (point > 2) {
      see(runTogether(s, seen));
    } else if (s.length() >= 6 && ((seen & DATE) == 0 || (seen & TIME) == 0)) {
      see(runTogether(s, seen));
    } else {
      see(bareNumber(s));
    }
  }

  @Override
  void labelledField(String field) {
    super.labelledField(field);
    special = -1;
  }

  @Override
  void monthWord(int value) {
    if ((seen & (MONTH | DAY)) == MONTH && !textMonth && month >= 1 && month <= 31) {
      // the number taken for the month was the day
      day = month;
      see(DAY);
    } else {
      see(MONTH);
    }
    textMonth = true;
    month = value;
  }

  @Override
  void weekdayWord() {
    see(WEEKDAY);
  }

  @Override
  void timeLabel(List<Field> fields, int i) {
    if ((seen & DATE) != DATE) {
      throw badFormat();
    }
    labelTime(fields, i);
  }

  @Override
  void specialWord(int word) {
    switch (word) {
      case DateTimeWord.NOW -> {
        special = -1;
        see(DATE | TIME | ZONE);
        offset = TimeZones.offsetAt(context.zone(), context.transactionMicros());
        long local = localNow();
        setDate((int) Math.floorDiv(local, CivilDays.DAY_MICROS));
        setTime(Math.floorMod(local, CivilDays.DAY_MICROS));
      }
      case DateTimeWord.YESTERDAY -> relativeDay(-1);
      case DateTimeWord.TODAY -> relativeDay(0);
      case DateTimeWord.TOMORROW -> relativeDay(1);
      case DateTimeWord.ALL_BALLS -> {
        special = -1;
        see(TIME | ZONE);
        setTime(0);
        offset = 0;
      }
      default -> {
        see(SPECIAL);
        special = word;
      }
    }
  }

  private void relativeDay(int shift) {
    special = -1;
    see(DATE);
    setDate((int) Math.floorDiv(localNow(), CivilDays.DAY_MICROS) + shift);
  }

  private void settle() {
    // words such as "today" give an internal year, in which 0 and below are fine
    validateDate();
    settleHour();
    if (special >= 0) {
      return;
    }
    if ((seen & DATE) != DATE) {
      throw badFormat();
    }
    settleZone();
  }

  @Override
  int namedOffset() {
    return localOffset();
  }

  @Override
  int localOffset() {
    if (!CivilDays.isJulianValid(year, month)) {
      return 0;
    }
    return zoneOffset();
  }
}
