package io.quarkgres.engine.expr;

import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;

/** Keys of one 32- or 64-bit integer whose bits are its equality. Used by one thread. */
final class LongKeyTable extends KeyTable {
  private static final int INITIAL_SLOTS = 64;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final boolean nullsMatch;
  private long[] slotKeys;
  private int[] slotNumbers; // number + 1, 0 is empty
  private int shift;
  private int count;
  private int nullNumber;

  LongKeyTable(boolean nullsMatch) {
    this.nullsMatch = nullsMatch;
    clear();
  }

  @Override
  public void clear() {
    slotKeys = new long[INITIAL_SLOTS];
    slotNumbers = new int[INITIAL_SLOTS];
    shift = 64 - Integer.numberOfTrailingZeros(INITIAL_SLOTS);
    count = 0;
    nullNumber = ABSENT;
  }

  @Override
  public void assign(Column[] keys, Selection rows, int[] numbers) {
    reserve(rows.count() + 1);
    Column key = keys[0];
    int n = rows.count();
    if (key instanceof IntColumn ints) {
      int[] values = ints.values();
      for (int i = 0; i < n; i++) {
        int position = rows.position(i);
        numbers[position] = ints.isNull(position) ? assignNull() : assign(values[position]);
      }
    } else {
      LongColumn longs = (LongColumn) key;
      long[] values = longs.values();
      for (int i = 0; i < n; i++) {
        int position = rows.position(i);
        numbers[position] = longs.isNull(position) ? assignNull() : assign(values[position]);
      }
    }
  }

  private int assignNull() {
    if (nullsMatch && nullNumber == ABSENT) {
      nullNumber = count++;
    }
    return nullNumber;
  }

  private int assign(long key) {
    int mask = slotKeys.length - 1;
    int slot = (int) (key * MIX >>> shift);
    while (true) {
      int number = slotNumbers[slot];
      if (number == 0) {
        slotKeys[slot] = key;
        slotNumbers[slot] = ++count;
        return count - 1;
      }
      if (slotKeys[slot] == key) {
        return number - 1;
      }
      slot = slot + 1 & mask;
    }
  }

  @Override
  public void find(Column[] keys, Selection rows, int[] numbers) {
    Column key = keys[0];
    int n = rows.count();
    if (key instanceof IntColumn ints) {
      int[] values = ints.values();
      for (int i = 0; i < n; i++) {
        int position = rows.position(i);
        numbers[position] = ints.isNull(position) ? nullNumber : find(values[position]);
      }
    } else {
      LongColumn longs = (LongColumn) key;
      long[] values = longs.values();
      for (int i = 0; i < n; i++) {
        int position = rows.position(i);
        numbers[position] = longs.isNull(position) ? nullNumber : find(values[position]);
      }
    }
  }

  private int find(long key) {
    int mask = slotKeys.length - 1;
    int slot = (int) (key * MIX >>> shift);
    while (true) {
      int number = slotNumbers[slot];
      if (number == 0 || slotKeys[slot] == key) {
        return number - 1;
      }
      slot = slot + 1 & mask;
    }
  }

  /** Keeps the table at most half full after {@code more} new keys. */
  private void reserve(int more) {
    long needed = 2L * (count + more);
    if (needed <= slotKeys.length) {
      return;
    }
    int slots = (int) Math.min(1 << 30, Long.highestOneBit(needed - 1) << 1);
    long[] oldKeys = slotKeys;
    int[] oldNumbers = slotNumbers;
    slotKeys = new long[slots];
    slotNumbers = new int[slots];
    shift = 64 - Integer.numberOfTrailingZeros(slots);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldNumbers[i] != 0) {
        int slot = (int) (oldKeys[i] * MIX >>> shift);
        while (slotNumbers[slot] != 0) {
          slot = slot + 1 & slots - 1;
        }
        slotKeys[slot] = oldKeys[i];
        slotNumbers[slot] = oldNumbers[i];
      }
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long memoryBytes() {
    return 12L * slotKeys.length;
  }
}
