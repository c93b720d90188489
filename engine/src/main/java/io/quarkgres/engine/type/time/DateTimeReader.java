package io.quarkgres.engine.type.time;

import io.quarkgres.engine.type.TypeContext;
import io.quarkgres.engine.type.time.DateTimeScanner.Field;
import java.util.List;

/**
 * Goes through the fields of a date or a time and settles its zone. What a field means that both
 * could have, the subclass says. One use; one thread.
 */
abstract class DateTimeReader extends DateTimeFields {
  DateTimeReader(String typeName, String text, TypeContext context) {
    super(typeName, text, context);
  }

  /** Reads all fields. */
  final void readFields() {
    List<Field> fields = fields();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i).text();
      switch (fields.get(i).shape()) {
        case DATE -> dateField(fields, i);
        case TIME -> timeField(field);
        case SIGNED -> {
          offset = offset(field);
          see(ZONE);
        }
        case NUMBER -> {
          if (unit >= 0) {
            labelledField(field);
          } else {
            numberField(fields, i);
          }
        }
        case WORD, SIGNED_WORD -> wordField(fields, i);
      }
    }
  }

  /** Reads a number that a letter before it says the meaning of. */
  void labelledField(String field) {
    int given = unit;
    unit = -1;
    see(labelled(given, field));
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
      case MONTH -> monthWord(found.value());
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
      case WEEKDAY -> weekdayWord();
      case UNIT -> unit = found.value();
      case ISO_TIME -> timeLabel(fields, i);
      case AGO -> throw badFormat();
      case UNKNOWN -> {
        zone = TimeZones.byName(word);
        if (zone == null) {
          throw badFormat();
        }
        see(ZONE);
      }
    }
  }

  /** Settles the offset: of the zone that was named, of the session's if none was given. */
  final void settleZone() {
    if (zone == null && (seen & ZONE) != 0) {
      return;
    }
    if ((seen & DAYLIGHT) != 0) {
      throw badFormat();
    }
    if (zone != null) {
      offset = namedOffset();
    } else {
      zone = context.zone();
      offset = localOffset();
    }
  }

  /** Reads what has the shape of a date. */
  abstract void dateField(List<Field> fields, int i);

  /** Reads what has the shape of a time. */
  abstract void timeField(String field);

  /** Reads a number that no letter before it says the meaning of. */
  abstract void numberField(List<Field> fields, int i);

  /** Notes a word that stands for a value, such as {@code now}. */
  abstract void specialWord(int word);

  /** Notes the name of a month. */
  abstract void monthWord(int value);

  /** Notes the name of a day of the week. */
  abstract void weekdayWord();

  /** Notes a "t" before a time. */
  abstract void timeLabel(List<Field> fields, int i);

  /** Returns the offset of the zone that was named. */
  abstract int namedOffset();

  /** Returns the offset of the zone at the date and time that were read. */
  abstract int localOffset();
}
