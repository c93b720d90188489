package io.quarkgres.engine.type;

import io.quarkgres.spi.data.ByteSink;

/**
 * Encodings of parts of sort keys: unsigned lexicographic order of the bytes is the order of the
 * values, and no encoding is a prefix of another's. Thread: any.
 */
public final class SortKeys {
  private SortKeys() {}

  /** Appends a signed 32-bit number. */
  public static void putInt(int value, ByteSink out) {
    out.putInt(value ^ Integer.MIN_VALUE);
  }

  /** Appends a signed 64-bit number. */
  public static void putLong(long value, ByteSink out) {
    out.putLong(value ^ Long.MIN_VALUE);
  }

  /** Appends a double: -0 equals 0, NaN is above all. */
  public static void putDouble(double value, ByteSink out) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    out.putLong(bits ^ (bits >> 63 | Long.MIN_VALUE));
  }

  /** Appends any bytes: a zero byte becomes 00 FF, and 00 00 ends the value. */
  public static void putBytes(byte[] bytes, int start, int length, ByteSink out) {
    out.ensure(2 * length + 2);
    byte[] target = out.array();
    int at = out.size();
    int from = at;
    for (int i = start; i < start + length; i++) {
      target[at++] = bytes[i];
      if (bytes[i] == 0) {
        target[at++] = (byte) 0xff;
      }
    }
    target[at++] = 0;
    target[at++] = 0;
    out.advance(at - from);
  }
}
