package io.quarkgres.engine.function.hash;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.spi.data.DecimalColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/** The table of hash functions. Thread: any. */
public final class HashFunctions {
  private static final BigInteger BASE = BigInteger.valueOf(10_000);
  private static final int BASE_DIGITS = 4;

  private HashFunctions() {}

  /** Hashes the first argument of a row. */
  @FunctionalInterface
  private interface Hash {
    long of(Row row, long seed);
  }

  /** Registers the family. */
  public static void register(KernelTable t) {
    both(t, "hashtext", "hashtextextended", HashFunctions::bytes);
    both(t, "hashname", "hashnameextended", HashFunctions::bytes);
    both(t, "hashvarlena", "hashvarlenaextended", HashFunctions::bytes);
    both(t, "hashbpchar", "hashbpcharextended", HashFunctions::padded);
    both(t, "hashint2", "hashint2extended", HashFunctions::word);
    both(t, "hashint4", "hashint4extended", HashFunctions::word);
    both(t, "hashoid", "hashoidextended", HashFunctions::word);
    both(t, "hashint8", "hashint8extended", (r, s) -> whole(r.int64(0), s));
    both(t, "time_hash", "time_hash_extended", (r, s) -> whole(r.int64(0), s));
    both(t, "timestamp_hash", "timestamp_hash_extended", (r, s) -> whole(r.int64(0), s));
    both(t, "hashfloat4", "hashfloat4extended", (r, s) -> floating(r.float64(0), s));
    both(t, "hashfloat8", "hashfloat8extended", (r, s) -> floating(r.float64(0), s));
    both(t, "hash_numeric", "hash_numeric_extended", HashFunctions::numeric);
    both(t, "uuid_hash", "uuid_hash_extended", HashFunctions::uuid);
  }

  private static void both(KernelTable t, String key, String extendedKey, Hash hash) {
    t.row(key, (r, o) -> o.int32((int) hash.of(r, 0)));
    t.row(extendedKey, (r, o) -> o.int64(hash.of(r, r.int64(1))));
  }

  private static long bytes(Row r, long seed) {
    return Lookup3.bytes(r.heap(0), r.start(0), r.length(0), seed);
  }

  /** Trailing blanks of a character(n) do not count. */
  private static long padded(Row r, long seed) {
    int length = r.length(0);
    while (length > 0 && r.heap(0)[r.start(0) + length - 1] == ' ') {
      length--;
    }
    return Lookup3.bytes(r.heap(0), r.start(0), length, seed);
  }

  private static long word(Row r, long seed) {
    return Lookup3.word(r.int32(0), seed);
  }

  /** Numbers that int4 holds have the hash of that. */
  private static long whole(long value, long seed) {
    int high = (int) (value >> 32);
    return Lookup3.word((int) value ^ (value >= 0 ? high : ~high), seed);
  }

  private static long floating(double value, long seed) {
    if (value == 0) {
      return seed;
    }
    byte[] bytes =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(Double.doubleToLongBits(value))
            .array();
    return Lookup3.bytes(bytes, 0, bytes.length, seed);
  }

  /** Hashes the digits of base 10,000 without zeros at the ends, and the place of the first. */
  private static long numeric(Row r, long seed) {
    if (r.decimalCode(0) < DecimalColumn.BIG) {
      return seed;
    }
    BigDecimal value = r.decimal(0);
    if (value.signum() == 0) {
      return seed - 1;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int shift = Math.floorMod(-stripped.scale(), BASE_DIGITS);
    BigInteger digits = stripped.unscaledValue().abs().multiply(BigInteger.TEN.pow(shift));
    int lowest = Math.floorDiv(-stripped.scale(), BASE_DIGITS);
    ArrayDeque<Integer> parts = new ArrayDeque<>();
    while (digits.signum() != 0) {
      BigInteger[] split = digits.divideAndRemainder(BASE);
      parts.addFirst(split[1].intValue());
      digits = split[0];
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * parts.size()).order(ByteOrder.LITTLE_ENDIAN);
    parts.forEach(part -> bytes.putShort(part.shortValue()));
    int weight = lowest + parts.size() - 1;
    return Lookup3.bytes(bytes.array(), 0, bytes.capacity(), seed) ^ weight;
  }

  private static long uuid(Row r, long seed) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(r.high(0)).putLong(r.low(0)).array();
    return Lookup3.bytes(bytes, 0, bytes.length, seed);
  }
}
