package io.quarkgres.vector.hnsw;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels over eight lanes. Lane i holds the sum that the plain loop calls {@code si}, and the
 * lanes are joined by halves as there; a reduction of the Vector API has no fixed order. Four rows
 * at once keep more loads from memory in flight. Thread: any.
 */
abstract class SimdKernel extends Kernel {
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  static boolean isSupported() {
    return FloatVector.SPECIES_PREFERRED.length() >= LANES;
  }

  static Kernel of(Sum sum) {
    return switch (sum) {
      case SQUARED_DIFFERENCES -> new SquaredDifferences();
      case PRODUCTS -> new Products();
      case FUSED_PRODUCTS -> new FusedProducts();
      case ABSOLUTE_DIFFERENCES -> new AbsoluteDifferences();
    };
  }

  private static FloatVector eight(MemorySegment segment, long at) {
    return FloatVector.fromMemorySegment(EIGHT, segment, at, ORDER);
  }

  private static FloatVector four(MemorySegment segment, long at) {
    return FloatVector.fromMemorySegment(FOUR, segment, at, ORDER);
  }

  /** Joins lane i with lane i + 4. */
  private static FloatVector halves(FloatVector sums) {
    FloatVector low = (FloatVector) sums.reinterpretShape(FOUR, 0);
    FloatVector high = (FloatVector) sums.reinterpretShape(FOUR, 1);
    return low.add(high);
  }

  private static float join(FloatVector sums) {
    return (sums.lane(0) + sums.lane(2)) + (sums.lane(1) + sums.lane(3));
  }

  /** The sum of (x - y)^2. */
  private static final class SquaredDifferences extends SimdKernel {
    private static FloatVector add(FloatVector x, FloatVector y, FloatVector s) {
      FloatVector d = x.sub(y);
      return s.add(d.mul(d));
    }

    private static FloatVector addFused(FloatVector x, FloatVector y, FloatVector s) {
      FloatVector d = x.sub(y);
      return d.fma(d, s);
    }

    @Override
    float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
      FloatVector s = FloatVector.zero(EIGHT);
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        long at = 4L * i;
        s = add(eight(a, aAt + at), eight(b, bAt + at), s);
      }
      return end(s, a, aAt, b, bAt, i, n);
    }

    private static float end(
        FloatVector s, MemorySegment a, long aAt, MemorySegment b, long bAt, int i, int n) {
      FloatVector half = halves(s);
      int done = i;
      if (done + HALF <= n) {
        half = addFused(four(a, aAt + 4L * done), four(b, bAt + 4L * done), half);
        done += HALF;
      }
      float sum = join(half);
      return done == n
          ? sum
          : PlainKernel.tail(Sum.SQUARED_DIFFERENCES, sum, a, aAt, b, bAt, done, n);
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
      FloatVector s = FloatVector.zero(EIGHT);
      FloatVector t = FloatVector.zero(EIGHT);
      FloatVector u = FloatVector.zero(EIGHT);
      FloatVector v = FloatVector.zero(EIGHT);
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        long byteAt = 4L * i;
        FloatVector x = eight(a, aAt + byteAt);
        s = add(x, eight(b, bAt + byteAt), s);
        t = add(x, eight(c, cAt + byteAt), t);
        u = add(x, eight(d, dAt + byteAt), u);
        v = add(x, eight(e, eAt + byteAt), v);
      }
      out[at] = end(s, a, aAt, b, bAt, i, n);
      out[at + 1] = end(t, a, aAt, c, cAt, i, n);
      out[at + 2] = end(u, a, aAt, d, dAt, i, n);
      out[at + 3] = end(v, a, aAt, e, eAt, i, n);
    }
  }

  /** The sum of x * y. */
  private static final class Products extends SimdKernel {
    private static FloatVector add(FloatVector x, FloatVector y, FloatVector s) {
      return s.add(x.mul(y));
    }

    private static FloatVector addFused(FloatVector x, FloatVector y, FloatVector s) {
      return x.fma(y, s);
    }

    @Override
    float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
      FloatVector s = FloatVector.zero(EIGHT);
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        long at = 4L * i;
        s = add(eight(a, aAt + at), eight(b, bAt + at), s);
      }
      return end(s, a, aAt, b, bAt, i, n);
    }

    private static float end(
        FloatVector s, MemorySegment a, long aAt, MemorySegment b, long bAt, int i, int n) {
      FloatVector half = halves(s);
      int done = i;
      if (done + HALF <= n) {
        half = addFused(four(a, aAt + 4L * done), four(b, bAt + 4L * done), half);
        done += HALF;
      }
      float sum = join(half);
      return done == n ? sum : PlainKernel.tail(Sum.PRODUCTS, sum, a, aAt, b, bAt, done, n);
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
      FloatVector s = FloatVector.zero(EIGHT);
      FloatVector t = FloatVector.zero(EIGHT);
      FloatVector u = FloatVector.zero(EIGHT);
      FloatVector v = FloatVector.zero(EIGHT);
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        long byteAt = 4L * i;
        FloatVector x = eight(a, aAt + byteAt);
        s = add(x, eight(b, bAt + byteAt), s);
        t = add(x, eight(c, cAt + byteAt), t);
        u = add(x, eight(d, dAt + byteAt), u);
        v = add(x, eight(e, eAt + byteAt), v);
      }
      out[at] = end(s, a, aAt, b, bAt, i, n);
      out[at + 1] = end(t, a, aAt, c, cAt, i, n);
      out[at + 2] = end(u, a, aAt, d, dAt, i, n);
      out[at + 3] = end(v, a, aAt, e, eAt, i, n);
    }
  }

  /** The sum of x * y, every step rounded once. */
  private static final class FusedProducts extends SimdKernel {
    private static FloatVector add(FloatVector x, FloatVector y, FloatVector s) {
      return x.fma(y, s);
    }

    private static FloatVector addFused(FloatVector x, FloatVector y, FloatVector s) {
      return x.fma(y, s);
    }

    @Override
    float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
      FloatVector s = FloatVector.zero(EIGHT);
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        long at = 4L * i;
        s = add(eight(a, aAt + at), eight(b, bAt + at), s);
      }
      return end(s, a, aAt, b, bAt, i, n);
    }

    private static float end(
        FloatVector s, MemorySegment a, long aAt, MemorySegment b, long bAt, int i, int n) {
      FloatVector half = halves(s);
      int done = i;
      if (done + HALF <= n) {
        half = addFused(four(a, aAt + 4L * done), four(b, bAt + 4L * done), half);
        done += HALF;
      }
      float sum = join(half);
      return done == n ? sum : PlainKernel.tail(Sum.FUSED_PRODUCTS, sum, a, aAt, b, bAt, done, n);
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
      FloatVector s = FloatVector.zero(EIGHT);
      FloatVector t = FloatVector.zero(EIGHT);
      FloatVector u = FloatVector.zero(EIGHT);
      FloatVector v = FloatVector.zero(EIGHT);
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        long byteAt = 4L * i;
        FloatVector x = eight(a, aAt + byteAt);
        s = add(x, eight(b, bAt + byteAt), s);
        t = add(x, eight(c, cAt + byteAt), t);
        u = add(x, eight(d, dAt + byteAt), u);
        v = add(x, eight(e, eAt + byteAt), v);
      }
      out[at] = end(s, a, aAt, b, bAt, i, n);
      out[at + 1] = end(t, a, aAt, c, cAt, i, n);
      out[at + 2] = end(u, a, aAt, d, dAt, i, n);
      out[at + 3] = end(v, a, aAt, e, eAt, i, n);
    }
  }

  /** The sum of |x - y|. */
  private static final class AbsoluteDifferences extends SimdKernel {
    private static FloatVector add(FloatVector x, FloatVector y, FloatVector s) {
      return s.add(x.sub(y).lanewise(VectorOperators.ABS));
    }

    private static FloatVector addFused(FloatVector x, FloatVector y, FloatVector s) {
      return add(x, y, s);
    }

    @Override
    float sum(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
      FloatVector s = FloatVector.zero(EIGHT);
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        long at = 4L * i;
        s = add(eight(a, aAt + at), eight(b, bAt + at), s);
      }
      return end(s, a, aAt, b, bAt, i, n);
    }

    private static float end(
        FloatVector s, MemorySegment a, long aAt, MemorySegment b, long bAt, int i, int n) {
      FloatVector half = halves(s);
      int done = i;
      if (done + HALF <= n) {
        half = addFused(four(a, aAt + 4L * done), four(b, bAt + 4L * done), half);
        done += HALF;
      }
      float sum = join(half);
      return done == n
          ? sum
          : PlainKernel.tail(Sum.ABSOLUTE_DIFFERENCES, sum, a, aAt, b, bAt, done, n);
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
      FloatVector s = FloatVector.zero(EIGHT);
      FloatVector t = FloatVector.zero(EIGHT);
      FloatVector u = FloatVector.zero(EIGHT);
      FloatVector v = FloatVector.zero(EIGHT);
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        long byteAt = 4L * i;
        FloatVector x = eight(a, aAt + byteAt);
        s = add(x, eight(b, bAt + byteAt), s);
        t = add(x, eight(c, cAt + byteAt), t);
        u = add(x, eight(d, dAt + byteAt), u);
        v = add(x, eight(e, eAt + byteAt), v);
      }
      out[at] = end(s, a, aAt, b, bAt, i, n);
      out[at + 1] = end(t, a, aAt, c, cAt, i, n);
      out[at + 2] = end(u, a, aAt, d, dAt, i, n);
      out[at + 3] = end(v, a, aAt, e, eAt, i, n);
    }
  }
}
