package io.quarkgres.vector.hnsw;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The kernels as plain loops, for a process without the Vector API. Thread: any. */
final class PlainKernel extends Kernel {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final Sum sum;

  PlainKernel(Sum sum) {
    this.sum = sum;
  }

  @Override
  float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      long at = 4L * i;
      s0 = term(get(a, aAt + at), get(b, bAt + at), s0);
      s1 = term(get(a, aAt + at + 4), get(b, bAt + at + 4), s1);
      s2 = term(get(a, aAt + at + 8), get(b, bAt + at + 8), s2);
      s3 = term(get(a, aAt + at + 12), get(b, bAt + at + 12), s3);
      s4 = term(get(a, aAt + at + 16), get(b, bAt + at + 16), s4);
      s5 = term(get(a, aAt + at + 20), get(b, bAt + at + 20), s5);
      s6 = term(get(a, aAt + at + 24), get(b, bAt + at + 24), s6);
      s7 = term(get(a, aAt + at + 28), get(b, bAt + at + 28), s7);
    }
    s0 += s4;
    s1 += s5;
    s2 += s6;
    s3 += s7;
    if (i + HALF <= n) {
      long at = 4L * i;
      s0 = fusedTerm(get(a, aAt + at), get(b, bAt + at), s0);
      s1 = fusedTerm(get(a, aAt + at + 4), get(b, bAt + at + 4), s1);
      s2 = fusedTerm(get(a, aAt + at + 8), get(b, bAt + at + 8), s2);
      s3 = fusedTerm(get(a, aAt + at + 12), get(b, bAt + at + 12), s3);
      i += HALF;
    }
    return tail(sum, (s0 + s2) + (s1 + s3), a, aAt, b, bAt, i, n);
  }

  @Override
  void sums(
      MemorySegment a,
      long aAt,
      MemorySegment b,
      long bAt,
      MemorySegment c,
      long cAt,
      MemorySegment d,
      long dAt,
      MemorySegment e,
      long eAt,
      int n,
      float[] out,
      int at) {
    out[at] = sum(a, aAt, b, bAt, n);
    out[at + 1] = sum(a, aAt, c, cAt, n);
    out[at + 2] = sum(a, aAt, d, dAt, n);
    out[at + 3] = sum(a, aAt, e, eAt, n);
  }

  private float term(float x, float y, float s) {
    return term(sum, x, y, s);
  }

  private static float term(Sum sum, float x, float y, float s) {
    return switch (sum) {
      case SQUARED_DIFFERENCES -> s + (x - y) * (x - y);
      case PRODUCTS -> s + x * y;
      case FUSED_PRODUCTS -> Math.fma(x, y, s);
      case ABSOLUTE_DIFFERENCES -> s + Math.abs(x - y);
    };
  }

  private float fusedTerm(float x, float y, float s) {
    return switch (sum) {
      case SQUARED_DIFFERENCES -> Math.fma(x - y, x - y, s);
      case PRODUCTS, FUSED_PRODUCTS -> Math.fma(x, y, s);
      case ABSOLUTE_DIFFERENCES -> s + Math.abs(x - y);
    };
  }

  /** Adds the last elements, from {@code i} on, one by one. */
  static float tail(
      Sum sum, float s, MemorySegment a, long aAt, MemorySegment b, long bAt, int i, int n) {
    float result = s;
    for (int j = i; j < n; j++) {
      result = term(sum, get(a, aAt + 4L * j), get(b, bAt + 4L * j), result);
    }
    return result;
  }

  private static float get(MemorySegment segment, long at) {
    return segment.get(FLOAT, at);
  }
}
