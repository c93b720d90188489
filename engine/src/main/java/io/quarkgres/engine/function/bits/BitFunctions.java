package io.quarkgres.engine.function.bits;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.function.number.NumberErrors;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.util.Arrays;

/** Functions and operators of {@code bit} and {@code bit varying}. Thread: any. */
public final class BitFunctions {
  private BitFunctions() {}

  /** Registers the family. */
  public static void register(KernelTable t) {
    operators(t);
    parts(t);
    casts(t);
    t.aggregate("bit_and(bit)", (c, x) -> new BitAggregate(BitOperator.AND));
    t.aggregate("bit_or(bit)", (c, x) -> new BitAggregate(BitOperator.OR));
    t.aggregate("bit_xor(bit)", (c, x) -> new BitAggregate(BitOperator.XOR));
  }

  private static boolean[] bits(Row r, int i) {
    return BitStrings.read(r, i);
  }

  private static void operators(KernelTable t) {
    t.row("bit_and", (r, o) -> BitStrings.write(BitOperator.AND.apply(bits(r, 0), bits(r, 1)), o));
    t.row("bit_or", (r, o) -> BitStrings.write(BitOperator.OR.apply(bits(r, 0), bits(r, 1)), o));
    t.row("bitxor", (r, o) -> BitStrings.write(BitOperator.XOR.apply(bits(r, 0), bits(r, 1)), o));
    t.row(
        "bitnot",
        (r, o) -> {
          boolean[] bits = bits(r, 0);
          for (int i = 0; i < bits.length; i++) {
            bits[i] = !bits[i];
          }
          BitStrings.write(bits, o);
        });
    t.row("bitshiftleft", (r, o) -> BitStrings.write(shifted(bits(r, 0), r.int32(1)), o));
    t.row("bitshiftright", (r, o) -> BitStrings.write(shifted(bits(r, 0), -(long) r.int32(1)), o));
    t.row("bitcat", (r, o) -> BitStrings.write(joined(bits(r, 0), bits(r, 1)), o));
  }

  /** Moves the bits towards the front; zeros come in behind. */
  private static boolean[] shifted(boolean[] bits, long count) {
    boolean[] out = new boolean[bits.length];
    for (int i = 0; i < out.length; i++) {
      long from = i + count;
      out[i] = from >= 0 && from < bits.length && bits[(int) from];
    }
    return out;
  }

  private static boolean[] joined(boolean[] left, boolean[] right) {
    boolean[] out = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, out, left.length, right.length);
    return out;
  }

  private static void parts(KernelTable t) {
    t.row("bitlength", (r, o) -> o.int32(bits(r, 0).length));
    t.row("bit_length(bit)", (r, o) -> o.int32(bits(r, 0).length));
    t.row("bitoctetlength", (r, o) -> o.int32((bits(r, 0).length + 7) / 8));
    t.row("bitposition", (r, o) -> o.int32(position(bits(r, 0), bits(r, 1))));
    t.row("bitsubstr", (r, o) -> BitStrings.write(part(bits(r, 0), r.int32(1), r.int32(2)), o));
    t.row("bitsubstr_no_len", (r, o) -> BitStrings.write(from(bits(r, 0), r.int32(1)), o));
    t.row("bitoverlay", (r, o) -> overlay(r, o, r.int32(3)));
    t.row("bitoverlay_no_len", (r, o) -> overlay(r, o, bits(r, 1).length));
    t.row("bitgetbit", (r, o) -> o.int32(bits(r, 0)[index(r)] ? 1 : 0));
    t.row(
        "bitsetbit",
        (r, o) -> {
          boolean[] bits = bits(r, 0);
          int i = index(r);
          if (r.int32(2) != 0 && r.int32(2) != 1) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "new bit must be 0 or 1");
          }
          bits[i] = r.int32(2) == 1;
          BitStrings.write(bits, o);
        });
    t.row(
        "bit_bit_count",
        (r, o) -> {
          long count = 0;
          for (boolean bit : bits(r, 0)) {
            count += bit ? 1 : 0;
          }
          o.int64(count);
        });
  }

  private static int index(Row r) {
    int i = r.int32(1);
    int length = bits(r, 0).length;
    if (i < 0 || i >= length) {
      throw new SqlException(
          SqlState.ARRAY_ELEMENT_ERROR,
          "bit index " + i + " out of valid range (0.." + (length - 1) + ")");
    }
    return i;
  }

  private static int position(boolean[] bits, boolean[] wanted) {
    if (bits.length == 0 || wanted.length > bits.length) {
      return 0;
    }
    for (int i = 0; i + wanted.length <= bits.length; i++) {
      if (Arrays.equals(bits, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static SqlException negativeLength() {
    return new SqlException(SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
  }

  private static boolean[] part(boolean[] bits, int first, int count) {
    if (count < 0) {
      throw negativeLength();
    }
    long start = Math.max(first, 1) - 1L;
    long end = Math.min(bits.length, (long) first + count - 1);
    return start >= end ? new boolean[0] : Arrays.copyOfRange(bits, (int) start, (int) end);
  }

  private static boolean[] from(boolean[] bits, int first) {
    return first > bits.length
        ? new boolean[0]
        : Arrays.copyOfRange(bits, Math.max(first, 1) - 1, bits.length);
  }

  private static void overlay(Row r, Out o, int count) {
    int first = r.int32(2);
    if (first <= 0) {
      throw negativeLength();
    }
    long behind = (long) first + count;
    if (behind != (int) behind) {
      throw NumberErrors.integerOutOfRange();
    }
    boolean[] bits = bits(r, 0);
    boolean[] head = part(bits, 1, first - 1);
    boolean[] tail = part(bits, (int) behind, Integer.MAX_VALUE);
    BitStrings.write(joined(joined(head, bits(r, 1)), tail), o);
  }

  private static void casts(KernelTable t) {
    t.row("bitfromint4", (r, o) -> ofNumber(o, r.int32(0), Integer.SIZE, r.int32(1)));
    t.row("bitfromint8", (r, o) -> ofNumber(o, r.int64(0), Long.SIZE, r.int32(1)));
    t.row("bittoint4", (r, o) -> o.int32((int) number(bits(r, 0), Integer.SIZE, "integer")));
    t.row("bittoint8", (r, o) -> o.int64(number(bits(r, 0), Long.SIZE, "bigint")));
  }

  /** Takes the lowest bits, with the sign in front where there are more. */
  private static void ofNumber(Out o, long value, int size, int typmod) {
    int length = typmod <= 0 || typmod > Integer.MAX_VALUE - Byte.SIZE ? 1 : typmod;
    boolean[] bits = new boolean[length];
    for (int i = 0; i < length; i++) {
      int shift = length - 1 - i;
      bits[i] = (value >> Math.min(shift, size - 1) & 1) != 0;
    }
    BitStrings.write(bits, o);
  }

  private static long number(boolean[] bits, int size, String type) {
    if (bits.length > size) {
      throw NumberErrors.outOfRange(type);
    }
    long value = 0;
    for (boolean bit : bits) {
      value = value << 1 | (bit ? 1 : 0);
    }
    return value;
  }
}
