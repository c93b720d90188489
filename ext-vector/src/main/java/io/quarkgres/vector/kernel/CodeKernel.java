package io.quarkgres.vector.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Adds up over codes of vectors. Sums are whole numbers, so their order is free. Thread: any. */
public abstract class CodeKernel {
  /** The kernel that this process uses. */
  public static final CodeKernel FASTEST = Lanes.ARE_THERE ? new LaneCodes() : new PlainCodes();

  /** Returns the plain loops, for tests. */
  public static CodeKernel plain() {
    return new PlainCodes();
  }

  /** Returns the sum of {@code a[i] * b[i]} over {@code n} signed bytes, up to 32,768 of them. */
  public abstract int products(MemorySegment a, long aAt, MemorySegment b, long bAt, int n);

  /** Returns how many bits differ in {@code words} longs. */
  public final int differing(MemorySegment a, long aAt, MemorySegment b, long bAt, int words) {
    int sum = 0;
    for (int i = 0; i < words; i++) {
      long x = a.get(ValueLayout.JAVA_LONG_UNALIGNED, aAt + 8L * i);
      long y = b.get(ValueLayout.JAVA_LONG_UNALIGNED, bAt + 8L * i);
      sum += Long.bitCount(x ^ y);
    }
    return sum;
  }

  /** Returns how many bits are set in both of {@code words} longs. */
  public final int common(MemorySegment a, long aAt, MemorySegment b, long bAt, int words) {
    int sum = 0;
    for (int i = 0; i < words; i++) {
      long x = a.get(ValueLayout.JAVA_LONG_UNALIGNED, aAt + 8L * i);
      long y = b.get(ValueLayout.JAVA_LONG_UNALIGNED, bAt + 8L * i);
      sum += Long.bitCount(x & y);
    }
    return sum;
  }

  static int products(MemorySegment a, long aAt, MemorySegment b, long bAt, int from, int n) {
    int sum = 0;
    for (int i = from; i < n; i++) {
      sum += a.get(ValueLayout.JAVA_BYTE, aAt + i) * b.get(ValueLayout.JAVA_BYTE, bAt + i);
    }
    return sum;
  }

  /** The plain loops. */
  private static final class PlainCodes extends CodeKernel {
    @Override
    public int products(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
      return products(a, aAt, b, bAt, 0, n);
    }
  }
}
