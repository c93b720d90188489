package io.quarkgres.engine.type;

/** Parses whole numbers out of bytes without making objects. Thread: any. */
public final class WholeNumbers {
  private WholeNumbers() {}

  /**
   * Parses an optionally signed whole number with white space around it.
   *
   * @param sqlName the type's name for messages
   */
  public static long parse(byte[] text, int start, int length, long min, long max, String sqlName) {
    int end = start + length;
    int at = Spaces.skip(text, start, end);
    boolean negative = at < end && text[at] == '-';
    if (at < end && (text[at] == '-' || text[at] == '+')) {
      at++;
    }
    if (at == end || text[at] < '0' || text[at] > '9') {
      throw TypeErrors.invalidText(sqlName, text, start, length);
    }
    long value = 0;
    // counting down, because the most negative number has no positive counterpart
    for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      int digit = text[at] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw TypeErrors.valueOutOfRange(sqlName, text, start, length);
      }
      value = value * 10 - digit;
      if (value < min && value < -max) {
        throw TypeErrors.valueOutOfRange(sqlName, text, start, length);
      }
    }
    if (Spaces.skip(text, at, end) != end) {
      throw TypeErrors.invalidText(sqlName, text, start, length);
    }
    if (negative ? value < min : value < -max) {
      throw TypeErrors.valueOutOfRange(sqlName, text, start, length);
    }
    return negative ? value : -value;
  }
}
