package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.time.DateTimeScanner.Field;
import io.quarkgres.engine.type.time.DateTimeScanner.Shape;
import java.util.List;

/**
 * Reads a time of day with or without a zone, for time and timetz; a date may stand with it, which
 * a named zone needs. One use; one thread.
 */
final class TimeReader extends DateTimeReader {
  TimeReader(String typeName, String text, TypeContext context) {
    super(typeName, text, context);
  }

  /** Reads the text; afterwards the offset is settled too. */
  TimeReader read() {
    readFields();
    settle();
    return this;
  }

  @Override
  void dateField(List<Field> fields, int i) {
    Field field = fields.get(i);
    int n = fields.size();
    boolean dateBeforeTime =
        i == 0
            && n >= 2
            && (fields.get(n - 1).shape() == Shape.DATE || fields.get(1).shape() == Shape.TIME);
    if (dateBeforeTime) {
      date(field.text());
    } else if (DateTimeScanner.isDigit(field.first())) {
      see(runTogetherWithOffset(field.text(), seen | DATE));
    } else {
      namedZone(field.text());
      see(ZONE);
    }
  }

  @Override
  void timeField(String field) {
    time(field);
    see(TIME);
  }

  @Override
  void numberField(List<Field> fields, int i) {
    String s = fields.get(i).text();
    int point = s.indexOf('.');
    if (point >= 0) {
      int n = fields.size();
      if (i == 0 && n >= 2 && fields.get(n - 1).shape() == Shape.DATE) {
        date(s);
      } else if (point > 2) {
        see(runTogether(s, seen | DATE));
      } else {
        throw badFormat();
      }
    } else if (s.length() > 4) {
      see(runTogether(s, seen | DATE));
    } else {
      int before = seen;
      seen |= DATE;
      int found = bareNumber(s);
      seen = before;
      see(found);
    }
  }

  @Override
  void monthWord(int value) {
    throw badFormat();
  }

  @Override
  void weekdayWord() {
    throw badFormat();
  }

  @Override
  void timeLabel(List<Field> fields, int i) {
    labelTime(fields, i);
  }

  @Override
  void specialWord(int word) {
    switch (word) {
      case DateTimeWord.NOW -> {
        see(TIME);
        setTime(Math.floorMod(localNow(), CivilDays.DAY_MICROS));
      }
      case DateTimeWord.ALL_BALLS -> {
        see(TIME | ZONE);
        setTime(0);
        offset = 0;
      }
      default -> throw badFormat();
    }
  }

  private void settle() {
    validateDate();
    settleHour();
    boolean overflows =
        hour < 0
            || minute < 0
            || minute > 59
            || second < 0
            || second > 60
            || timeMicros() > CivilDays.DAY_MICROS;
    if (overflows) {
      throw overflow();
    }
    if ((seen & TIME) != TIME) {
      throw badFormat();
    }
    settleZone();
  }

  @Override
  int namedOffset() {
    if (zone.getRules().isFixedOffset()) {
      return TimeZones.offsetAt(zone, 0);
    }
    if ((seen & DATE) != DATE && abbreviation == null) {
      throw badFormat();
    }
    return localOffset();
  }

  /** The offset at the date that was given, or today. */
  @Override
  int localOffset() {
    if ((seen & DATE) == 0) {
      setDate((int) Math.floorDiv(localNow(), CivilDays.DAY_MICROS));
    } else if ((seen & DATE) != DATE) {
      throw badFormat();
    }
    return zoneOffset();
  }
}
