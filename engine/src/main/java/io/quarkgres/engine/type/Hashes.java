package io.quarkgres.engine.type;

import io.quarkgres.spi.data.Datums;

/**
 * Hash functions that the types share, so that equal values of one family hash alike. Thread: any.
 */
public final class Hashes {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hashes() {}

  /** Spreads a 64-bit value over 64 bits. */
  public static long mix(long value) {
    long x = (value ^ value >>> 32) * MULTIPLIER;
    x = (x ^ x >>> 29) * 0xBF58476D1CE4E5B9L;
    return x ^ x >>> 32;
  }

  /** Joins a hash with that of a next part; the order counts. */
  public static long combine(long hash, long next) {
    return mix(hash * 31 + next);
  }

  /** Hashes a byte string. */
  public static long bytes(byte[] bytes, int start, int length) {
    long hash = length * MULTIPLIER;
    int i = start;
    int end = start + length;
    for (; i + 8 <= end; i += 8) {
      hash = (hash ^ Datums.readLong(bytes, i)) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    long tail = 0;
    for (; i < end; i++) {
      tail = tail << 8 | bytes[i] & 0xff;
    }
    return mix(hash ^ tail);
  }
}
