package io.quarkgres.vector.kernel;

import java.lang.foreign.ValueLayout;

/**
 * Adds up over codes of vectors that lie at addresses of {@link Memory}. Sums are whole numbers, so
 * their order is free. Thread: any.
 */
public abstract class CodeKernel {
  /** The kernel that this process uses. */
  public static final CodeKernel FASTEST = Lanes.ARE_THERE ? new LaneCodes() : new PlainCodes();

  /** Returns the plain loops, for tests. */
  public static CodeKernel plain() {
    return new PlainCodes();
  }

  /** Returns the sum of {@code a[i] * b[i]} over {@code n} signed bytes, up to 32,768 of them. */
  public abstract int products(long a, long b, int n);

  /** Returns how many bits differ in {@code words} longs. */
  public final int differing(long a, long b, int words) {
    int sum = 0;
    for (int i = 0; i < words; i++) {
      long x = Memory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, a + 8L * i);
      long y = Memory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, b + 8L * i);
      sum += Long.bitCount(x ^ y);
    }
    return sum;
  }

  /** Returns how many bits are set in both of {@code words} longs. */
  public final int common(long a, long b, int words) {
    int sum = 0;
    for (int i = 0; i < words; i++) {
      long x = Memory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, a + 8L * i);
      long y = Memory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, b + 8L * i);
      sum += Long.bitCount(x & y);
    }
    return sum;
  }

  static int products(long a, long b, int from, int n) {
    int sum = 0;
    for (int i = from; i < n; i++) {
      sum += get(a + i) * get(b + i);
    }
    return sum;
  }

  private static byte get(long address) {
    return Memory.ALL.get(ValueLayout.JAVA_BYTE, address);
  }

  /** The plain loops. */
  private static final class PlainCodes extends CodeKernel {
    @Override
    public int products(long a, long b, int n) {
      return products(a, b, 0, n);
    }
  }
}
