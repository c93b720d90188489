package io.quarkgres.engine.type.time;

import java.util.HashMap;
import java.util.Map;

/**
 * The words that dates, times and intervals are written with. Words are told apart by their first
 * ten letters. Thread: any.
 *
 * @param kind what the word is
 * @param value which one: a month, a {@code UNIT_...}, hours and so on
 */
record DateTimeWord(Kind kind, int value) {
  /** What a word is. */
  enum Kind {
    MONTH,
    WEEKDAY,
    AM_PM,
    ERA,
    UNIT,
    AGO,
    SPECIAL,
    DAYLIGHT,
    ISO_TIME,
    IGNORED,
    UNKNOWN
  }

  static final int AM = 0;
  static final int PM = 1;
  static final int AD = 0;
  static final int BC = 1;

  static final int NOW = 0;
  static final int YESTERDAY = 1;
  static final int TODAY = 2;
  static final int TOMORROW = 3;
  static final int ALL_BALLS = 4;
  static final int EPOCH = 5;
  static final int INFINITY = 6;
  static final int MINUS_INFINITY = 7;

  static final int UNIT_YEAR = 0;
  static final int UNIT_MONTH = 1;
  static final int UNIT_DAY = 2;
  static final int UNIT_HOUR = 3;
  static final int UNIT_MINUTE = 4;
  static final int UNIT_SECOND = 5;
  static final int UNIT_JULIAN = 6;
  static final int UNIT_TIME = 7;
  static final int UNIT_OTHER = 8;
  static final int UNIT_WEEK = 9;
  static final int UNIT_DECADE = 10;
  static final int UNIT_CENTURY = 11;
  static final int UNIT_MILLENNIUM = 12;
  static final int UNIT_MILLISECOND = 13;
  static final int UNIT_MICROSECOND = 14;

  private static final int LETTERS_MAX = 10;
  private static final DateTimeWord NONE = new DateTimeWord(Kind.UNKNOWN, 0);
  private static final Map<String, DateTimeWord> DATE_WORDS = dateWords();
  private static final Map<String, DateTimeWord> INTERVAL_WORDS = intervalWords();

  static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  static final String[] WEEKDAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

  /** Looks up a word, in lower case, of a date or time. */
  static DateTimeWord ofDate(String word) {
    return DATE_WORDS.getOrDefault(cut(word), NONE);
  }

  /** Looks up a word, in lower case, of an interval. */
  static DateTimeWord ofInterval(String word) {
    return INTERVAL_WORDS.getOrDefault(cut(word), NONE);
  }

  private static String cut(String word) {
    return word.length() > LETTERS_MAX ? word.substring(0, LETTERS_MAX) : word;
  }

  private static void put(Map<String, DateTimeWord> words, Kind kind, int value, String names) {
    for (String name : names.split(" ")) {
      words.put(cut(name), new DateTimeWord(kind, value));
    }
  }

  private static Map<String, DateTimeWord> dateWords() {
    Map<String, DateTimeWord> words = new HashMap<>();
    String[] months = {
      "jan january",
      "feb february",
      "mar march",
      "apr april",
      "may",
      "jun june",
      "jul july",
      "aug august",
      "sep sept september",
      "oct october",
      "nov november",
      "dec december"
    };
    for (int i = 0; i < months.length; i++) {
      put(words, Kind.MONTH, i + 1, months[i]);
    }
    String[] weekdays = {
      "sun sunday",
      "mon monday",
      "tue tues tuesday",
      "wed weds wednesday",
      "thu thur thurs thursday",
      "fri friday",
      "sat saturday"
    };
    for (int i = 0; i < weekdays.length; i++) {
      put(words, Kind.WEEKDAY, i, weekdays[i]);
    }
    put(words, Kind.AM_PM, AM, "am");
    put(words, Kind.AM_PM, PM, "pm");
    put(words, Kind.ERA, AD, "ad");
    put(words, Kind.ERA, BC, "bc");
    put(words, Kind.SPECIAL, NOW, "now");
    put(words, Kind.SPECIAL, YESTERDAY, "yesterday");
    put(words, Kind.SPECIAL, TODAY, "today");
    put(words, Kind.SPECIAL, TOMORROW, "tomorrow");
    put(words, Kind.SPECIAL, ALL_BALLS, "allballs");
    put(words, Kind.SPECIAL, EPOCH, "epoch");
    put(words, Kind.SPECIAL, INFINITY, "infinity");
    put(words, Kind.SPECIAL, MINUS_INFINITY, "-infinity");
    put(words, Kind.DAYLIGHT, 3600, "dst");
    put(words, Kind.ISO_TIME, UNIT_TIME, "t");
    put(words, Kind.IGNORED, 0, "at on");
    put(words, Kind.UNIT, UNIT_YEAR, "y");
    put(words, Kind.UNIT, UNIT_MONTH, "m");
    put(words, Kind.UNIT, UNIT_DAY, "d");
    put(words, Kind.UNIT, UNIT_HOUR, "h");
    put(words, Kind.UNIT, UNIT_MINUTE, "mm");
    put(words, Kind.UNIT, UNIT_SECOND, "s");
    put(words, Kind.UNIT, UNIT_JULIAN, "j jd julian");
    put(words, Kind.UNIT, UNIT_OTHER, "dow doy isodow isoyear");
    return words;
  }

  private static Map<String, DateTimeWord> intervalWords() {
    Map<String, DateTimeWord> words = new HashMap<>();
    put(words, Kind.IGNORED, 0, "@");
    put(words, Kind.AGO, 0, "ago");
    put(words, Kind.UNIT, UNIT_CENTURY, "c cent centuries century");
    put(words, Kind.UNIT, UNIT_DAY, "d day days");
    put(words, Kind.UNIT, UNIT_DECADE, "dec decs decade decades");
    put(words, Kind.UNIT, UNIT_HOUR, "h hr hrs hour hours");
    put(words, Kind.UNIT, UNIT_MINUTE, "m min mins minute minutes");
    put(words, Kind.UNIT, UNIT_MONTH, "mon mons month months");
    put(words, Kind.UNIT, UNIT_MILLENNIUM, "mil mils millennia millennium");
    put(
        words,
        Kind.UNIT,
        UNIT_MILLISECOND,
        "ms msec msecs msecond mseconds millisecond milliseconds");
    put(
        words,
        Kind.UNIT,
        UNIT_MICROSECOND,
        "us usec usecs usecond useconds microsecond microseconds");
    put(words, Kind.UNIT, UNIT_SECOND, "s sec secs second seconds");
    put(words, Kind.UNIT, UNIT_WEEK, "w week weeks");
    put(words, Kind.UNIT, UNIT_YEAR, "y yr yrs year years");
    put(words, Kind.UNIT, UNIT_OTHER, "qtr quarter timezone timezone_h timezone_m");
    return words;
  }
}
