package io.quarkgres.engine.function.number;

import static io.quarkgres.engine.function.kernel.Columns.ints;
import static io.quarkgres.engine.function.kernel.Columns.longs;
import static io.quarkgres.engine.function.kernel.Columns.of;
import static io.quarkgres.engine.function.kernel.Columns.widened;

import io.quarkgres.engine.function.ScalarKernel;
import io.quarkgres.engine.function.kernel.KernelTable;

/** Arithmetic and bits of int2, int4 and int8, mixed ones included. Thread: any. */
public final class IntegerFunctions {
  private IntegerFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    int2(t);
    int4(t);
    int8(t);
    mixed(t);
    rare(t);
  }

  private static void int2(KernelTable t) {
    t.scalar(
        "int2pl",
        (c, a, s, n, x) ->
            of(IntArithmetic.toShort(IntArithmetic.add(ints(a[0]), ints(a[1]), s, n), s, n)));
    t.scalar(
        "int2mi",
        (c, a, s, n, x) ->
            of(IntArithmetic.toShort(IntArithmetic.subtract(ints(a[0]), ints(a[1]), s, n), s, n)));
    t.scalar(
        "int2mul",
        (c, a, s, n, x) ->
            of(IntArithmetic.toShort(IntArithmetic.multiply(ints(a[0]), ints(a[1]), s, n), s, n)));
    t.scalar(
        "int2div",
        (c, a, s, n, x) ->
            of(IntArithmetic.toShort(IntArithmetic.divide(ints(a[0]), ints(a[1]), s, n), s, n)));
    t.scalar(
        "int2shl",
        (c, a, s, n, x) -> {
          int[] shifted = IntArithmetic.shiftLeft(ints(a[0]), ints(a[1]), s, n);
          for (int i = 0; i < n; i++) {
            shifted[i] = (short) shifted[i];
          }
          return of(shifted);
        });
  }

  private static void int4(KernelTable t) {
    ScalarKernel add = (c, a, s, n, x) -> of(IntArithmetic.add(ints(a[0]), ints(a[1]), s, n));
    ScalarKernel subtract =
        (c, a, s, n, x) -> of(IntArithmetic.subtract(ints(a[0]), ints(a[1]), s, n));
    ScalarKernel multiply =
        (c, a, s, n, x) -> of(IntArithmetic.multiply(ints(a[0]), ints(a[1]), s, n));
    ScalarKernel divide = (c, a, s, n, x) -> of(IntArithmetic.divide(ints(a[0]), ints(a[1]), s, n));
    for (String types : new String[] {"int4", "int24", "int42"}) {
      t.scalar(types + "pl", add);
      t.scalar(types + "mi", subtract);
      t.scalar(types + "mul", multiply);
      t.scalar(types + "div", divide);
    }
    ScalarKernel modulo = (c, a, s, n, x) -> of(IntArithmetic.modulo(ints(a[0]), ints(a[1]), s, n));
    ScalarKernel and = (c, a, s, n, x) -> of(IntArithmetic.and(ints(a[0]), ints(a[1]), s, n));
    ScalarKernel or = (c, a, s, n, x) -> of(IntArithmetic.or(ints(a[0]), ints(a[1]), s, n));
    ScalarKernel xor = (c, a, s, n, x) -> of(IntArithmetic.xor(ints(a[0]), ints(a[1]), s, n));
    ScalarKernel shiftRight =
        (c, a, s, n, x) -> of(IntArithmetic.shiftRight(ints(a[0]), ints(a[1]), s, n));
    for (String type : new String[] {"int2", "int4"}) {
      t.scalar(type + "mod", modulo);
      t.scalar(type + "and", and);
      t.scalar(type + "or", or);
      t.scalar(type + "xor", xor);
      t.scalar(type + "shr", shiftRight);
    }
    t.scalar(
        "int4shl", (c, a, s, n, x) -> of(IntArithmetic.shiftLeft(ints(a[0]), ints(a[1]), s, n)));
  }

  private static void int8(KernelTable t) {
    t.scalar("int8pl", (c, a, s, n, x) -> of(LongArithmetic.add(longs(a[0]), longs(a[1]), s, n)));
    t.scalar(
        "int8mi", (c, a, s, n, x) -> of(LongArithmetic.subtract(longs(a[0]), longs(a[1]), s, n)));
    t.scalar(
        "int8mul", (c, a, s, n, x) -> of(LongArithmetic.multiply(longs(a[0]), longs(a[1]), s, n)));
    t.scalar(
        "int8div", (c, a, s, n, x) -> of(LongArithmetic.divide(longs(a[0]), longs(a[1]), s, n)));
    t.scalar(
        "int8mod", (c, a, s, n, x) -> of(LongArithmetic.modulo(longs(a[0]), longs(a[1]), s, n)));
    t.scalar("int8and", (c, a, s, n, x) -> of(LongArithmetic.and(longs(a[0]), longs(a[1]), s, n)));
    t.scalar("int8or", (c, a, s, n, x) -> of(LongArithmetic.or(longs(a[0]), longs(a[1]), s, n)));
    t.scalar("int8xor", (c, a, s, n, x) -> of(LongArithmetic.xor(longs(a[0]), longs(a[1]), s, n)));
    t.scalar(
        "int8shl", (c, a, s, n, x) -> of(LongArithmetic.shiftLeft(longs(a[0]), ints(a[1]), s, n)));
    t.scalar(
        "int8shr", (c, a, s, n, x) -> of(LongArithmetic.shiftRight(longs(a[0]), ints(a[1]), s, n)));
  }

  private static void mixed(KernelTable t) {
    ScalarKernel addLeft =
        (c, a, s, n, x) -> of(LongArithmetic.add(widened(a[0], n), longs(a[1]), s, n));
    ScalarKernel addRight =
        (c, a, s, n, x) -> of(LongArithmetic.add(longs(a[0]), widened(a[1], n), s, n));
    ScalarKernel subtractLeft =
        (c, a, s, n, x) -> of(LongArithmetic.subtract(widened(a[0], n), longs(a[1]), s, n));
    ScalarKernel subtractRight =
        (c, a, s, n, x) -> of(LongArithmetic.subtract(longs(a[0]), widened(a[1], n), s, n));
    ScalarKernel multiplyLeft =
        (c, a, s, n, x) -> of(LongArithmetic.multiply(widened(a[0], n), longs(a[1]), s, n));
    ScalarKernel multiplyRight =
        (c, a, s, n, x) -> of(LongArithmetic.multiply(longs(a[0]), widened(a[1], n), s, n));
    ScalarKernel divideLeft =
        (c, a, s, n, x) -> of(LongArithmetic.divide(widened(a[0], n), longs(a[1]), s, n));
    ScalarKernel divideRight =
        (c, a, s, n, x) -> of(LongArithmetic.divide(longs(a[0]), widened(a[1], n), s, n));
    for (String narrow : new String[] {"2", "4"}) {
      t.scalar("int" + narrow + "8pl", addLeft);
      t.scalar("int8" + narrow + "pl", addRight);
      t.scalar("int" + narrow + "8mi", subtractLeft);
      t.scalar("int8" + narrow + "mi", subtractRight);
      t.scalar("int" + narrow + "8mul", multiplyLeft);
      t.scalar("int8" + narrow + "mul", multiplyRight);
      t.scalar("int" + narrow + "8div", divideLeft);
      t.scalar("int8" + narrow + "div", divideRight);
    }
  }

  private static void rare(KernelTable t) {
    t.row("int2um", (r, o) -> o.int32(narrow(-r.int32(0))));
    t.row("int2up", (r, o) -> o.int32(r.int32(0)));
    t.row("int2not", (r, o) -> o.int32(~r.int32(0)));
    t.row("int2abs", (r, o) -> o.int32(narrow(Math.abs(r.int32(0)))));
    t.row("int4um", (r, o) -> o.int32(negated(r.int32(0))));
    t.row("int4up", (r, o) -> o.int32(r.int32(0)));
    t.row("int4not", (r, o) -> o.int32(~r.int32(0)));
    t.row("int4abs", (r, o) -> o.int32(r.int32(0) < 0 ? negated(r.int32(0)) : r.int32(0)));
    t.row("int4inc", (r, o) -> o.int32(narrowInt(r.int32(0) + 1L)));
    t.row("int4gcd", (r, o) -> o.int32(narrowInt(gcd(r.int32(0), r.int32(1)))));
    t.row("int4lcm", (r, o) -> o.int32(lcm(r.int32(0), r.int32(1))));
    t.row("int8um", (r, o) -> o.int64(negated(r.int64(0))));
    t.row("int8up", (r, o) -> o.int64(r.int64(0)));
    t.row("int8not", (r, o) -> o.int64(~r.int64(0)));
    t.row("int8abs", (r, o) -> o.int64(r.int64(0) < 0 ? negated(r.int64(0)) : r.int64(0)));
    t.row("int8gcd", (r, o) -> o.int64(gcd64(r.int64(0), r.int64(1))));
    t.row("int8lcm", (r, o) -> o.int64(lcm64(r.int64(0), r.int64(1))));
  }

  private static int narrow(int value) {
    if (value != (short) value) {
      throw NumberErrors.smallintOutOfRange();
    }
    return value;
  }

  private static int narrowInt(long value) {
    if (value != (int) value) {
      throw NumberErrors.integerOutOfRange();
    }
    return (int) value;
  }

  private static int negated(int value) {
    if (value == Integer.MIN_VALUE) {
      throw NumberErrors.integerOutOfRange();
    }
    return -value;
  }

  private static long negated(long value) {
    if (value == Long.MIN_VALUE) {
      throw NumberErrors.bigintOutOfRange();
    }
    return -value;
  }

  /** Euclid's algorithm on values for which no absolute value overflows. */
  private static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return Math.abs(a);
  }

  private static long gcd64(long a, long b) {
    long result = gcd(a, b);
    if (result < 0) {
      throw NumberErrors.bigintOutOfRange();
    }
    return result;
  }

  private static int lcm(int a, int b) {
    return a == 0 || b == 0 ? 0 : narrowInt(Math.abs(a / gcd(a, b) * b));
  }

  private static long lcm64(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    long factor = a / gcd64(a, b);
    long value = factor * b;
    if (Math.multiplyHigh(factor, b) != value >> 63 || value == Long.MIN_VALUE) {
      throw NumberErrors.bigintOutOfRange();
    }
    return Math.abs(value);
  }
}
