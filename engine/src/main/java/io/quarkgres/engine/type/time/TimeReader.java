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
    List<Field> fields = fields();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      switch (field.shape()) {
        case DATE -> dateField(fields, i);
        case TIME -> {
          time(field.text());
          see(TIME);
        }
        case SIGNED -> {
          offset = offset(field.text());
          see(ZONE);
        }
        case NUMBER -> numberField(fields, i);
        case WORD, SIGNED_WORD -> wordField(fields, i);
      }
    }
    settle();
    return this;
  }

  private void dateField(List<Field> fields, int i) {
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

  private void numberField(List<Field> fields, int i) {
    String s = fields.get(i).text();
    if (unit >= 0) {
      int given = unit;
      unit = -1;
      see(labelled(given, s));
      return;
    }
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

  private void wordField(List<Field> fields, int i) {
    String word = fields.get(i).text();
    TimeZones.Abbreviation abbreviation = TimeZones.abbreviations().get(word);
    if (abbreviation != null) {
      see(abbreviation(abbreviation));
      return;
    }
    DateTimeWord found = DateTimeWord.ofDate(word);
    switch (found.kind()) {
      case IGNORED -> {}
      case SPECIAL -> specialWord(found.value());
      case DAYLIGHT -> {
        see(DAYLIGHT);
        offset += found.value();
      }
      case AM_PM -> {
        see(AM_PM);
        meridian = found.value();
      }
      case ERA -> {
        see(ERA);
        beforeChrist = found.value() == DateTimeWord.BC;
      }
      case UNIT -> unit = found.value();
      case ISO_TIME -> labelTime(fields, i);
      case MONTH, WEEKDAY, AGO -> throw badFormat();
      case UNKNOWN -> {
        zone = TimeZones.byName(word);
        if (zone == null) {
          throw badFormat();
        }
        see(ZONE);
      }
    }
  }

  private void specialWord(int word) {
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
    if (zone != null) {
      settleNamedZone();
    } else if ((seen & ZONE) == 0) {
      if ((seen & DAYLIGHT) != 0) {
        throw badFormat();
      }
      zone = context.zone();
      offset = localOffset();
    }
  }

  private void settleNamedZone() {
    if ((seen & DAYLIGHT) != 0) {
      throw badFormat();
    }
    if (zone.getRules().isFixedOffset()) {
      offset = TimeZones.offsetAt(zone, 0);
      return;
    }
    if ((seen & DATE) != DATE && abbreviation == null) {
      throw badFormat();
    }
    offset = localOffset();
  }

  /** The offset at the date that was given, or today. */
  private int localOffset() {
    if ((seen & DATE) == 0) {
      setDate((int) Math.floorDiv(localNow(), CivilDays.DAY_MICROS));
    } else if ((seen & DATE) != DATE) {
      throw badFormat();
    }
    return zoneOffset();
  }
}
