package io.quarkgres.spi.data;

import java.util.Arrays;

/**
 * Finds the different strings of a heap, up to a limit: a small hash table with open addressing.
 * Not safe for use by two threads at once.
 */
public final class DictionaryBuilder {
  private static final int NONE = -1;

  private final int sizeMax;
  private final short[] slots; // code + 1, 0 is empty
  private int[] starts = new int[16];
  private int[] lengths = new int[16];
  private int size;
  private int slotOfLast;

  /** Makes an empty one for at most so many strings, {@link ByteDictionary#CODES_MAX} or fewer. */
  public DictionaryBuilder(int sizeMax) {
    this.sizeMax = sizeMax;
    this.slots = new short[4 * Integer.highestOneBit(sizeMax)];
  }

  /** Returns how many strings there are. */
  public int size() {
    return size;
  }

  /**
   * Returns the code of a string, or a negative number when it is new.
   *
   * @param own the heap of the strings that were added
   */
  public int find(byte[] own, byte[] bytes, int start, int length) {
    int slot = hash(bytes, start, length) & slots.length - 1;
    while (slots[slot] != 0) {
      int code = slots[slot] - 1;
      if (lengths[code] == length
          && Arrays.equals(
              own, starts[code], starts[code] + length, bytes, start, start + length)) {
        return code;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slotOfLast = slot;
    return NONE;
  }

  /**
   * Adds the string that was not found just now.
   *
   * @param start where it lies in the own heap
   * @return its code, or a negative number when there is no room for it
   */
  public int add(int start, int length) {
    if (size == sizeMax) {
      return NONE;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    starts[size] = start;
    lengths[size] = length;
    slots[slotOfLast] = (short) ++size;
    return size - 1;
  }

  private static int hash(byte[] bytes, int start, int length) {
    int h = length;
    for (int at = start; at < start + length; at++) {
      h = 31 * h + bytes[at];
    }
    return h ^ h >>> 15;
  }

  int start(int code) {
    return starts[code];
  }

  int length(int code) {
    return lengths[code];
  }

  /** Returns the dictionary over the own heap; the builder must not be used afterwards. */
  public ByteDictionary build(byte[] own) {
    return new ByteDictionary(own, starts, lengths, size);
  }
}
