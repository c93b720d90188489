package io.quarkgres.vector;

import io.quarkgres.spi.data.Datums;

/** The loops behind the distances of bit strings, eight bytes at a time. Thread: any. */
public final class BitSums {
  private BitSums() {}

  /** Returns how many bits differ. */
  public static long differing(byte[] a, int aStart, byte[] b, int bStart, int bytes) {
    long sum = 0;
    int i = 0;
    for (; i + Long.BYTES <= bytes; i += Long.BYTES) {
      sum += Long.bitCount(Datums.readLong(a, aStart + i) ^ Datums.readLong(b, bStart + i));
    }
    for (; i < bytes; i++) {
      sum += Integer.bitCount((a[aStart + i] ^ b[bStart + i]) & 0xff);
    }
    return sum;
  }

  /** Returns how many bits are set in both. */
  public static long common(byte[] a, int aStart, byte[] b, int bStart, int bytes) {
    long sum = 0;
    int i = 0;
    for (; i + Long.BYTES <= bytes; i += Long.BYTES) {
      sum += Long.bitCount(Datums.readLong(a, aStart + i) & Datums.readLong(b, bStart + i));
    }
    for (; i < bytes; i++) {
      sum += Integer.bitCount(a[aStart + i] & b[bStart + i] & 0xff);
    }
    return sum;
  }

  /** Returns 1 less the part of the set bits that both have; 1 when they have none in common. */
  public static double jaccard(byte[] a, int aStart, byte[] b, int bStart, int bytes) {
    long both = common(a, aStart, b, bStart, bytes);
    if (both == 0) {
      return 1;
    }
    long inA = common(a, aStart, a, aStart, bytes);
    long inB = common(b, bStart, b, bStart, bytes);
    return 1 - both / (double) (inA + inB - both);
  }
}
