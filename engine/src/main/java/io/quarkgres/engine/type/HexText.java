package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;

/** Hexadecimal digits. Thread: any. */
public final class HexText {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private HexText() {}

  /** Returns the value of a digit of either case, or -1. */
  public static int digit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Appends the lowest {@code width} digits. */
  public static void put(long value, int width, ByteSink out) {
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) {
      out.put(DIGITS[(int) (value >>> shift) & 15]);
    }
  }

  /** Appends bytes, two digits each. */
  public static void put(byte[] bytes, int start, int length, ByteSink out) {
    out.ensure(2 * length);
    byte[] target = out.array();
    int at = out.size();
    for (int i = start; i < start + length; i++) {
      target[at++] = DIGITS[bytes[i] >> 4 & 15];
      target[at++] = DIGITS[bytes[i] & 15];
    }
    out.advance(2 * length);
  }
}
