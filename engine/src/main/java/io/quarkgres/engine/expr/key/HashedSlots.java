package io.quarkgres.engine.expr.key;

/** Numbers of keys in a flat table with open addressing, at most half full. Used by one thread. */
final class HashedSlots implements IntegerSlots {
  private static final int SLOTS_MIN = 64;
  private static final int SLOTS_MAX = 1 << 30;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final int[] numbers;
  private final int shift;

  private HashedSlots(int slots) {
    keys = new long[slots];
    numbers = new int[slots];
    shift = 64 - Integer.numberOfTrailingZeros(slots);
  }

  /** Makes an empty table that stays at most half full with {@code count} keys. */
  static HashedSlots forKeys(long count) {
    long slots = Long.highestOneBit(Math.max(SLOTS_MIN, 2 * count) - 1) << 1;
    return new HashedSlots((int) Math.min(SLOTS_MAX, slots));
  }

  /** Tells whether {@code count} keys leave it at most half full. */
  boolean holds(long count) {
    return 2 * count <= keys.length || keys.length == SLOTS_MAX;
  }

  @Override
  public int find(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key * MIX >>> shift);
    while (true) {
      int number = numbers[slot];
      if (number == 0 || keys[slot] == key) {
        return number - 1;
      }
      slot = slot + 1 & mask;
    }
  }

  @Override
  public int assign(long key, int next) {
    int mask = keys.length - 1;
    int slot = (int) (key * MIX >>> shift);
    while (true) {
      int number = numbers[slot];
      if (number == 0) {
        keys[slot] = key;
        numbers[slot] = next + 1;
        return next;
      }
      if (keys[slot] == key) {
        return number - 1;
      }
      slot = slot + 1 & mask;
    }
  }

  @Override
  public void copyTo(IntegerSlots other) {
    for (int i = 0; i < keys.length; i++) {
      if (numbers[i] != 0) {
        other.assign(keys[i], numbers[i] - 1);
      }
    }
  }

  @Override
  public long memoryBytes() {
    return 12L * keys.length;
  }
}
