package io.quarkgres.engine.expr.key;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Distinct byte strings, numbered from 0 in order of first appearance: a flat hash table over one
 * heap. Used by one thread.
 */
final class ByteStrings {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int INITIAL_SLOTS = 64;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private int[] slots; // number + 1, 0 is empty
  private int[] hashes;
  private int[] starts;
  private byte[] heap;
  private int heapSize;
  private int count;

  ByteStrings() {
    clear();
  }

  void clear() {
    slots = new int[INITIAL_SLOTS];
    hashes = new int[INITIAL_SLOTS / 2];
    starts = new int[INITIAL_SLOTS / 2 + 1];
    heap = new byte[INITIAL_SLOTS * 8];
    heapSize = 0;
    count = 0;
  }

  int count() {
    return count;
  }

  long memoryBytes() {
    return 4L * slots.length + 8L * hashes.length + heap.length;
  }

  /** Returns the number of a string, or {@link KeyTable#ABSENT}. */
  int find(byte[] bytes, int start, int length) {
    return slots[probe(hash(bytes, start, length), bytes, start, length)] - 1;
  }

  /** Returns the number of a string, which is added if it is new. */
  int assign(byte[] bytes, int start, int length) {
    if (count == hashes.length) {
      grow();
    }
    int hash = hash(bytes, start, length);
    int slot = probe(hash, bytes, start, length);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    append(bytes, start, length);
    hashes[count] = hash;
    slots[slot] = ++count;
    starts[count] = heapSize;
    return count - 1;
  }

  /** Takes a number for something that is no string and is never found. */
  int skip() {
    if (count == hashes.length) {
      grow();
    }
    starts[++count] = heapSize;
    return count - 1;
  }

  /** Returns a hash that depends on every byte; reads whole words, the last overlapping. */
  private static int hash(byte[] bytes, int start, int length) {
    long h = length;
    if (length >= 8) {
      int last = start + length - 8;
      for (int at = start; at < last; at += 8) {
        h = (h ^ (long) LONGS.get(bytes, at)) * MIX;
        h ^= h >>> 29;
      }
      h ^= (long) LONGS.get(bytes, last);
    } else if (length >= 4) {
      long first = (int) INTS.get(bytes, start) & 0xffffffffL;
      h ^= first << 32 ^ (int) INTS.get(bytes, start + length - 4) & 0xffffffffL;
      h = h * MIX ^ first;
    } else {
      for (int at = start; at < start + length; at++) {
        h = h << 8 ^ bytes[at] & 0xff;
      }
    }
    h *= MIX;
    return (int) (h >>> 32 ^ h);
  }

  /** Returns the slot that holds a string, or the empty one where it belongs. */
  private int probe(int hash, byte[] bytes, int start, int length) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (true) {
      int number = slots[slot] - 1;
      if (number < 0 || hashes[number] == hash && isSame(number, bytes, start, length)) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
  }

  private boolean isSame(int number, byte[] bytes, int start, int length) {
    int from = starts[number];
    int to = starts[number + 1];
    if (to - from != length) {
      return false;
    }
    if (length < 8) {
      for (int i = 0; i < length; i++) {
        if (heap[from + i] != bytes[start + i]) {
          return false;
        }
      }
      return true;
    }
    return Arrays.equals(heap, from, to, bytes, start, start + length);
  }

  private void append(byte[] bytes, int start, int length) {
    if (length > heap.length - heapSize) {
      long needed = (long) heapSize + length;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED, "the keys of a hash table would exceed 2 GB");
      }
      long size = Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * heap.length));
      heap = Arrays.copyOf(heap, (int) size);
    }
    System.arraycopy(bytes, start, heap, heapSize, length);
    heapSize += length;
  }

  /** Doubles the table, which is at most half full. */
  private void grow() {
    int capacity = (int) Math.min(1L << 29, 2L * hashes.length);
    hashes = Arrays.copyOf(hashes, capacity);
    starts = Arrays.copyOf(starts, capacity + 1);
    int[] old = slots;
    slots = new int[2 * capacity];
    int mask = slots.length - 1;
    for (int entry : old) {
      if (entry != 0) {
        int slot = hashes[entry - 1] & mask;
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = entry;
      }
    }
  }
}
