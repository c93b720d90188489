package io.quarkgres.storage.memory.tree;

import java.util.Arrays;

/**
 * An encoded key in two longs, as far as it goes, so that trees compare without following a
 * pointer.
 *
 * <p>The first 15 bytes, padded with zeros, and then a byte with the key's length, or {@value
 * #LONG_KEY} if it has more than 15; the sign bits are flipped, so that signed comparison of {@code
 * high} and then {@code low} is {@code memcmp} order, a key before those it is a prefix of. Only
 * between two long keys with equal longs do the bytes decide. Thread: any.
 *
 * @param bytes the whole key when it has more than 15 bytes, otherwise {@code null}
 */
public record PackedKey(long high, long low, byte[] bytes) {
  private static final int SHORT_MAX = 15;
  private static final int LONG_KEY = 16;
  private static final int LENGTH_MASK = 0xff;

  /** Packs a slice, copying it if the key is long. */
  public static PackedKey of(byte[] source, int from, int length) {
    long high = 0;
    long low = 0;
    if (length >= SHORT_MAX) {
      high = eight(source, from);
      low = eight(source, from + 7) << 8;
    } else {
      for (int i = 0; i < length; i++) {
        long b = source[from + i] & 0xffL;
        if (i < 8) {
          high |= b << 56 - 8 * i;
        } else {
          low |= b << 120 - 8 * i;
        }
      }
    }
    low |= Math.min(length, LONG_KEY);
    return new PackedKey(
        high ^ Long.MIN_VALUE,
        low ^ Long.MIN_VALUE,
        length > SHORT_MAX ? Arrays.copyOfRange(source, from, from + length) : null);
  }

  public static PackedKey of(byte[] key) {
    return of(key, 0, key.length);
  }

  private static long eight(byte[] source, int at) {
    return (source[at] & 0xffL) << 56
        | (source[at + 1] & 0xffL) << 48
        | (source[at + 2] & 0xffL) << 40
        | (source[at + 3] & 0xffL) << 32
        | (source[at + 4] & 0xffL) << 24
        | (source[at + 5] & 0xffL) << 16
        | (source[at + 6] & 0xffL) << 8
        | source[at + 7] & 0xffL;
  }

  /** Compares two keys given by their parts. */
  static int compare(long high1, long low1, byte[] bytes1, long high2, long low2, byte[] bytes2) {
    if (high1 != high2) {
      return high1 < high2 ? -1 : 1;
    }
    if (low1 != low2) {
      return low1 < low2 ? -1 : 1;
    }
    return bytes1 == null || bytes2 == null ? 0 : Arrays.compareUnsigned(bytes1, bytes2);
  }

  boolean matches(long otherHigh, long otherLow, byte[] otherBytes) {
    return high == otherHigh
        && low == otherLow
        && (bytes == null || Arrays.equals(bytes, otherBytes));
  }

  public boolean matches(PackedKey other) {
    return other != null && matches(other.high, other.low, other.bytes);
  }

  /** Returns the encoded key that the parts stand for. */
  public byte[] encoded() {
    if (bytes != null) {
      return bytes;
    }
    byte[] key = new byte[(int) (low & LENGTH_MASK)];
    for (int i = 0; i < key.length; i++) {
      long word = (i < 8 ? high : low) ^ Long.MIN_VALUE;
      key[i] = (byte) (word >>> 56 - 8 * (i & 7));
    }
    return key;
  }

  /** Mixes a key's bits, for choosing one of a power of two. */
  int spread() {
    long mixed = (high * 31 + low) * 0x9E3779B97F4A7C15L;
    if (bytes != null) {
      mixed += Arrays.hashCode(bytes) * 0x9E3779B97F4A7C15L;
    }
    return (int) (mixed >>> 40);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackedKey key && matches(key);
  }

  @Override
  public int hashCode() {
    return spread();
  }
}
