package io.quarkgres.spi.index;

import java.util.Arrays;

/**
 * A range of encoded keys, {@code from} inclusive, {@code to} exclusive; {@code null} is open. Both
 * are prefixes of keys, so that a range over the first key columns of an index can be given.
 * Thread: any.
 */
public record KeyRange(byte[] from, byte[] to) {
  /** The range of all keys. */
  public static final KeyRange ALL = new KeyRange(null, null);

  /** Returns the range of all keys that begin with a prefix. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix, successor(prefix));
  }

  /**
   * Returns the least byte string that is greater than every string beginning with {@code prefix},
   * or {@code null} when there is none.
   */
  public static byte[] successor(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] result = Arrays.copyOf(prefix, last + 1);
    result[last]++;
    return result;
  }

  /** Tells whether the range holds a key. */
  public boolean contains(byte[] key) {
    return (from == null || Arrays.compareUnsigned(key, from) >= 0)
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }
}
