package io.quarkgres.engine.expr;

import io.quarkgres.engine.type.Oids;
import io.quarkgres.engine.type.SqlType;
import io.quarkgres.spi.data.BooleanColumn;
import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DecimalColumn;
import io.quarkgres.spi.data.DoubleColumn;
import io.quarkgres.spi.data.FloatArrayColumn;
import io.quarkgres.spi.data.IntColumn;
import io.quarkgres.spi.data.LongColumn;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.data.WideColumn;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keys of any types and any number of columns, as bytes: equal values have equal bytes, those of
 * their sort keys where nothing shorter serves, so that comparing is {@code memcmp}. Used by one
 * thread.
 */
final class BytesKeyTable extends KeyTable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int INITIAL_SLOTS = 64;
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int KEY_NULL = 0;
  private static final int KEY_VALUE = 1;

  private final SqlType[] types;
  private final boolean[] nullsMatch;
  private final boolean[] isText;
  private final ByteSink scratch = new ByteSink(64);
  private int[] slots; // number + 1, 0 is empty
  private int[] hashes;
  private int[] starts;
  private byte[] heap;
  private int heapSize;
  private int count;

  BytesKeyTable(SqlType[] types, boolean[] nullsMatch) {
    this.types = types;
    this.nullsMatch = nullsMatch;
    this.isText = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      int oid = types[i].oid();
      isText[i] = oid == Oids.TEXT || oid == Oids.VARCHAR || oid == Oids.BYTEA;
    }
    clear();
  }

  @Override
  public void clear() {
    slots = new int[INITIAL_SLOTS];
    hashes = new int[INITIAL_SLOTS];
    starts = new int[INITIAL_SLOTS + 1];
    heap = new byte[INITIAL_SLOTS * 8];
    heapSize = 0;
    count = 0;
  }

  @Override
  public void assign(Column[] keys, Selection rows, int[] numbers) {
    reserve(rows.count());
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      if (encode(keys, position)) {
        int hash = hash();
        int slot = probe(hash);
        numbers[position] = slots[slot] == 0 ? add(slot, hash) : slots[slot] - 1;
      } else {
        numbers[position] = ABSENT;
      }
    }
  }

  @Override
  public void find(Column[] keys, Selection rows, int[] numbers) {
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.position(i);
      numbers[position] = encode(keys, position) ? slots[probe(hash())] - 1 : ABSENT;
    }
  }

  /** Writes the key into the scratch; false when a NULL keeps it out of the table. */
  private boolean encode(Column[] keys, int position) {
    scratch.truncate(0);
    for (int i = 0; i < types.length; i++) {
      if (keys[i].isNull(position)) {
        if (!nullsMatch[i]) {
          return false;
        }
        scratch.put(KEY_NULL);
      } else {
        scratch.put(KEY_VALUE);
        encodeValue(i, keys[i], position);
      }
    }
    return true;
  }

  /** Order does not matter here, so that values whose bits are their equality go in as they are. */
  private void encodeValue(int i, Column key, int position) {
    switch (key) {
      case IntColumn c -> scratch.putInt(c.values()[position]);
      case LongColumn c -> scratch.putLong(c.values()[position]);
      case BytesColumn c when isText[i] -> {
        scratch.putInt(c.lengths()[position]);
        scratch.put(c.heap(), c.starts()[position], c.lengths()[position]);
      }
      case BooleanColumn c -> scratch.put(c.values()[position] ? 1 : 0);
      case BytesColumn c -> types[i].sortKey(c, position, scratch);
      case DoubleColumn c -> types[i].sortKey(c, position, scratch);
      case DecimalColumn c -> types[i].sortKey(c, position, scratch);
      case WideColumn c -> types[i].sortKey(c, position, scratch);
      case FloatArrayColumn c -> types[i].sortKey(c, position, scratch);
    }
  }

  private int hash() {
    byte[] bytes = scratch.array();
    int size = scratch.size();
    long h = size;
    int at = 0;
    for (; at + 8 <= size; at += 8) {
      h = (h ^ (long) LONGS.get(bytes, at)) * MIX;
      h ^= h >>> 29;
    }
    long tail = 0;
    for (; at < size; at++) {
      tail = tail << 8 | bytes[at] & 0xff;
    }
    h = (h ^ tail) * MIX;
    return (int) (h >>> 32 ^ h);
  }

  /** Returns the slot that holds the scratch's key, or the empty one where it belongs. */
  private int probe(int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (true) {
      int number = slots[slot] - 1;
      if (number < 0
          || hashes[number] == hash
              && Arrays.equals(
                  heap, starts[number], starts[number + 1], scratch.array(), 0, scratch.size())) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
  }

  private int add(int slot, int hash) {
    int size = scratch.size();
    if ((long) heapSize + size > heap.length) {
      long needed = (long) heapSize + size;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED, "the keys of a hash table would exceed 2 GB");
      }
      heap =
          Arrays.copyOf(
              heap, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * heap.length)));
    }
    System.arraycopy(scratch.array(), 0, heap, heapSize, size);
    hashes[count] = hash;
    starts[count] = heapSize;
    heapSize += size;
    starts[count + 1] = heapSize;
    slots[slot] = ++count;
    return count - 1;
  }

  private void reserve(int more) {
    int needed = count + more;
    if (needed > hashes.length) {
      int size = Math.max(needed, hashes.length * 2);
      hashes = Arrays.copyOf(hashes, size);
      starts = Arrays.copyOf(starts, size + 1);
    }
    if (2L * needed <= slots.length) {
      return;
    }
    slots = new int[(int) Math.min(1 << 30, Long.highestOneBit(2L * needed - 1) << 1)];
    int mask = slots.length - 1;
    for (int number = 0; number < count; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = number + 1;
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long memoryBytes() {
    return 4L * slots.length + 8L * hashes.length + heap.length;
  }
}
