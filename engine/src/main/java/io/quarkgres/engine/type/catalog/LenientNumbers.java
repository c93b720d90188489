package io.quarkgres.engine.type.catalog;

import io.quarkgres.engine.type.HexText;
import io.quarkgres.engine.type.Spaces;

/** Reads numbers like xid, cid and xid8, whose input never fails. Thread: any. */
final class LenientNumbers {
  private LenientNumbers() {}

  /**
   * Returns the number at the start of a text, 0 if there is none: after 0x hexadecimal, after 0
   * octal, else decimal. Too big a number is the biggest of 64 bits.
   */
  static long parse(byte[] text, int start, int end) {
    int at = Spaces.skip(text, start, end);
    boolean negative = at < end && text[at] == '-';
    if (at < end && (negative || text[at] == '+')) {
      at++;
    }
    int base = 10;
    if (at < end && text[at] == '0') {
      boolean hex = at + 2 < end && (text[at + 1] | 32) == 'x' && HexText.digit(text[at + 2]) >= 0;
      base = hex ? 16 : 8;
      at += hex ? 2 : 1;
    }
    long value = 0;
    for (; at < end; at++) {
      int digit = HexText.digit(text[at]);
      if (digit < 0 || digit >= base) {
        break;
      }
      if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, base)) > 0) {
        return -1L;
      }
      value = value * base + digit;
    }
    return negative ? -value : value;
  }
}
