package io.quarkgres.spi.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte buffer that encoders append to: text forms, binary forms, sort keys. Big-endian.
 * Not safe for use by two threads at once.
 */
public final class ByteSink {
  private byte[] bytes;
  private int size;

  /** Makes a sink with an initial capacity in bytes. */
  public ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** Returns the backing array, valid in {@code 0..size()}, replaced when the sink grows. */
  public byte[] array() {
    return bytes;
  }

  /** Returns how many bytes were appended. */
  public int size() {
    return size;
  }

  /** Cuts the sink back to its first {@code newSize} bytes. */
  public void truncate(int newSize) {
    size = newSize;
  }

  /** Makes room for {@code more} bytes, so that a caller may write into {@link #array()}. */
  public void ensure(int more) {
    if (size + more > bytes.length || size + more < 0) {
      if (size + more < 0) {
        throw new OutOfMemoryError("a byte sink holds at most 2 GB");
      }
      bytes =
          Arrays.copyOf(
              bytes,
              (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(size + more, 2L * bytes.length)));
    }
  }

  /** Moves the end forward over bytes written directly into {@link #array()}. */
  public void advance(int count) {
    size += count;
  }

  /** Appends one byte. */
  public void put(int b) {
    if (size == bytes.length) {
      ensure(1);
    }
    bytes[size++] = (byte) b;
  }

  /** Appends a slice. */
  public void put(byte[] source, int start, int length) {
    ensure(length);
    System.arraycopy(source, start, bytes, size, length);
    size += length;
  }

  /** Appends two bytes, big-endian. */
  public void putShort(int v) {
    ensure(2);
    bytes[size++] = (byte) (v >> 8);
    bytes[size++] = (byte) v;
  }

  /** Appends four bytes, big-endian. */
  public void putInt(int v) {
    ensure(4);
    setInt(size, v);
    size += 4;
  }

  /** Overwrites four bytes at an offset that was appended before. */
  public void setInt(int offset, int v) {
    bytes[offset] = (byte) (v >> 24);
    bytes[offset + 1] = (byte) (v >> 16);
    bytes[offset + 2] = (byte) (v >> 8);
    bytes[offset + 3] = (byte) v;
  }

  /** Appends eight bytes, big-endian. */
  public void putLong(long v) {
    putInt((int) (v >> 32));
    putInt((int) v);
  }

  /** Appends text that is all ASCII. */
  public void putAscii(String text) {
    int n = text.length();
    ensure(n);
    for (int i = 0; i < n; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  /** Appends text as UTF-8. */
  public void putUtf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    put(encoded, 0, encoded.length);
  }

  /** Returns a copy of what was appended. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
