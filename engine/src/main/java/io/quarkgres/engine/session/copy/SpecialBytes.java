package io.quarkgres.engine.session.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The few bytes that mean something in a field of COPY. They are looked for eight bytes at once, as
 * most of a long field, such as a vector's, is none of them. Thread: any.
 */
final class SpecialBytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOP_BITS = 0x8080808080808080L;

  private final boolean[] areSpecial = new boolean[256];
  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  /** Marks up to four bytes. */
  SpecialBytes(int first, int second, int third, int fourth) {
    this.first = mark(first);
    this.second = mark(second);
    this.third = mark(third);
    this.fourth = mark(fourth);
  }

  /** Marks a byte; returns it eight times. */
  private long mark(int b) {
    areSpecial[b & 0xff] = true;
    return (b & 0xff) * ONES;
  }

  boolean has(int b) {
    return areSpecial[b & 0xff];
  }

  /** Returns the place of the next special byte, or the end of the array. */
  int find(byte[] bytes, int from) {
    int i = from;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      long eight = (long) EIGHT.get(bytes, i);
      long found =
          zeros(eight ^ first)
              | zeros(eight ^ second)
              | zeros(eight ^ third)
              | zeros(eight ^ fourth);
      if ((found & TOP_BITS) != 0) {
        return i + (Long.numberOfTrailingZeros(found & TOP_BITS) >>> 3);
      }
    }
    while (i < bytes.length && !has(bytes[i])) {
      i++;
    }
    return i;
  }

  /** Sets the top bit of the lowest byte that is zero; those of bytes above it may be wrong. */
  private static long zeros(long eight) {
    return eight - ONES & ~eight;
  }
}
