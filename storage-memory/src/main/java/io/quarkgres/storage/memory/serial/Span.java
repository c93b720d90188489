package io.quarkgres.storage.memory.serial;

import io.quarkgres.spi.index.KeyRange;
import java.util.Arrays;

/**
 * A range of keys that can be found again: all keys that begin with a prefix, or those of a range.
 * Thread: any.
 */
final class Span {
  private final byte[] from;

  /** The end of a range; {@code null} for a prefix, and for a range without end. */
  private final byte[] to;

  private final boolean isPrefix;

  private Span(byte[] from, byte[] to, boolean isPrefix) {
    this.from = from;
    this.to = to;
    this.isPrefix = isPrefix;
  }

  static Span of(KeyRange range) {
    boolean isPrefix =
        range.from() != null && Arrays.equals(KeyRange.successor(range.from()), range.to());
    return isPrefix
        ? new Span(range.from(), null, true)
        : new Span(range.from(), range.to(), false);
  }

  /** Returns the span of all keys that begin as a key does. */
  static Span prefix(byte[] key, int length) {
    return new Span(length == key.length ? key : Arrays.copyOf(key, length), null, true);
  }

  boolean isPrefix() {
    return isPrefix;
  }

  /** Returns how long the prefix is. */
  int length() {
    return from.length;
  }

  /** Tells whether a range, not a prefix, holds a key. */
  boolean contains(byte[] key) {
    return (from == null || Arrays.compareUnsigned(key, from) >= 0)
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Span span
        && isPrefix == span.isPrefix
        && Arrays.equals(from, span.from)
        && Arrays.equals(to, span.to);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(from) * 31 + Arrays.hashCode(to);
  }
}
