package io.quarkgres.engine.type.time;

/**
 * Reads the form that most clients send, {@code YYYY-MM-DD[( |T)hh:mm:ss[.ffffff][Z|+hh[:mm]]]},
 * straight from bytes. Whatever else it sees, right or wrong, is left to the general readers. One
 * use; one thread.
 */
final class IsoTimestamp {
  private static final int DATE_LENGTH = 10;

  private final byte[] text;
  private final int end;
  private int at;

  /** Days since 2000-01-01. */
  int days;

  /** Microseconds of the day. */
  long time;

  boolean hasTime;
  boolean hasOffset;

  /** Seconds east of UTC. */
  int offset;

  private IsoTimestamp(byte[] text, int start, int length) {
    this.text = text;
    this.at = start;
    this.end = start + length;
  }

  /** Returns what was read, or {@code null} when the text has another form. */
  static IsoTimestamp read(byte[] text, int start, int length) {
    if (length < DATE_LENGTH || text[start + 4] != '-' || text[start + 7] != '-') {
      return null;
    }
    IsoTimestamp result = new IsoTimestamp(text, start, length);
    return result.date() && result.clock() && result.zone() ? result : null;
  }

  /** Returns the number of {@code n} digits, or -1, which no caller takes as valid. */
  private int digits(int n) {
    if (end - at < n) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < n; i++) {
      int digit = text[at++] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private boolean skip(int c) {
    boolean found = at < end && text[at] == c;
    at += found ? 1 : 0;
    return found;
  }

  private boolean date() {
    int year = digits(4);
    at++;
    int month = digits(2);
    at++;
    int day = digits(2);
    boolean valid =
        year > 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= CivilDays.monthLength(year, month);
    days = valid ? CivilDays.days(year, month, day) : 0;
    return valid;
  }

  private boolean clock() {
    if (at == end) {
      return true;
    }
    int separator = text[at++];
    if (separator != ' ' && separator != 'T') {
      return false;
    }
    int hour = digits(2);
    boolean colons = skip(':');
    int minute = digits(2);
    colons &= skip(':');
    int second = digits(2);
    if (!colons
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59) {
      return false;
    }
    hasTime = true;
    time = ((hour * 60L + minute) * 60 + second) * CivilDays.SECOND_MICROS;
    return at == end || text[at] != '.' || fraction();
  }

  private boolean fraction() {
    int unit = 100_000;
    int from = ++at;
    for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      time += (text[at] - (long) '0') * unit;
      unit /= 10;
    }
    return at > from && at - from <= 6;
  }

  private boolean zone() {
    if (at == end) {
      return true;
    }
    hasOffset = true;
    int sign = text[at++];
    if (sign == 'Z') {
      return at == end;
    }
    if (sign != '+' && sign != '-') {
      return false;
    }
    int hours = digits(2);
    int minutes = skip(':') ? digits(2) : 0;
    boolean valid = hours >= 0 && hours <= 15 && minutes >= 0 && minutes < 60 && at == end;
    offset = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
    return valid;
  }
}
