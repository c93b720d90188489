package io.quarkgres.storage.memory.column;

import io.quarkgres.spi.data.ByteDictionary;
import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Column;
import io.quarkgres.spi.data.DictionaryBuilder;
import io.quarkgres.spi.data.Selection;
import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import io.quarkgres.storage.memory.cold.FrameInput;
import io.quarkgres.storage.memory.cold.FrameOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A chunk's byte strings in one heap, to which values are only ever appended: readers keep what
 * they were given. When most of the heap is garbage, a new one takes its place.
 *
 * <p>Values that two scans found unchanged get a dictionary when few of them are different; the
 * next write drops it. Thread: under the chunk's lock.
 */
final class BytesChunk extends ChunkColumn {
  private static final int COMPACT_MIN = 1 << 12;
  private static final int HEAP_MAX = Integer.MAX_VALUE - 8;

  /** Fewer rows do not repay a dictionary. */
  private static final int DICTIONARY_ROWS_MIN = 64;

  /** More different strings do not repay one. */
  private static final int DICTIONARY_SIZE_MAX = 128;

  /** The scan since the last write that makes the dictionary. */
  private static final int DICTIONARY_SHARE = 2;

  private byte[] heap = new byte[0];
  private int[] starts;
  private int[] lengths;
  private int used;
  private int garbage;
  private int sharesSinceWrite;
  private byte[] codes;
  private ByteDictionary dictionary;

  BytesChunk(int capacity) {
    starts = new int[capacity];
    lengths = new int[capacity];
  }

  @Override
  int capacity() {
    return starts.length;
  }

  @Override
  void resize(int capacity) {
    starts = Arrays.copyOf(starts, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
  }

  @Override
  void detach() {
    starts = starts.clone();
    lengths = lengths.clone();
  }

  @Override
  void put(int slot, Column source, int position) {
    BytesColumn from = (BytesColumn) source;
    int length = from.lengths()[position];
    garbage += lengths[slot];
    lengths[slot] = 0;
    dropDictionary();
    if (length > heap.length - used) {
      makeRoom(length);
    }
    System.arraycopy(from.heap(), from.starts()[position], heap, used, length);
    starts[slot] = used;
    lengths[slot] = length;
    used += length;
  }

  @Override
  void putNull(int slot) {
    dropDictionary();
    garbage += lengths[slot];
    starts[slot] = 0;
    lengths[slot] = 0;
  }

  /** Without it a heap whose values are all replaced would grow until it has the old ones, too. */
  @Override
  void beforeWrite(int[] slots, int slotFrom, int n, Column source, Selection rows, int from) {
    int more = sum(((BytesColumn) source).lengths(), source, n, rows, from);
    if (more > heap.length - used) {
      for (int i = 0; i < n; i++) {
        putNull(slots[slotFrom + i]);
      }
      makeRoom(more);
    }
  }

  private void makeRoom(int more) {
    long live = (long) used - garbage;
    if (live + more > HEAP_MAX) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "values of 1,024 neighbouring rows would take more than 2 GB in one column");
    }
    if (garbage > used / 2 || (long) used + more > HEAP_MAX) {
      compact(more);
    } else {
      long doubled = Math.max(2L * heap.length, (long) used + more);
      heap = Arrays.copyOf(heap, (int) Math.min(HEAP_MAX, doubled));
      replaced();
    }
  }

  /** Copies the values in use into a new heap with some room; readers keep the old arrays. */
  private void compact(int more) {
    long live = (long) used - garbage;
    byte[] fresh = new byte[(int) Math.min(HEAP_MAX, live + more + live / 4)];
    int[] freshStarts = new int[starts.length];
    int at = 0;
    dropDictionary();
    for (int i = 0; live > 0 && i < starts.length; i++) {
      System.arraycopy(heap, starts[i], fresh, at, lengths[i]);
      freshStarts[i] = at;
      at += lengths[i];
    }
    heap = fresh;
    starts = freshStarts;
    lengths = lengths.clone();
    used = at;
    garbage = 0;
    owned();
  }

  private void dropDictionary() {
    sharesSinceWrite = 0;
    if (dictionary != null) {
      codes = null;
      dictionary = null;
      replaced();
    }
  }

  @Override
  void beforeShare(int count) {
    if (++sharesSinceWrite == DICTIONARY_SHARE && count >= DICTIONARY_ROWS_MIN) {
      makeDictionary(count);
    }
  }

  private void makeDictionary(int count) {
    DictionaryBuilder strings = new DictionaryBuilder(DICTIONARY_SIZE_MAX);
    byte[] found = new byte[count];
    for (int i = 0; i < count; i++) {
      int code = strings.find(heap, heap, starts[i], lengths[i]);
      if (code < 0) {
        code = strings.add(starts[i], lengths[i]);
        if (code < 0) {
          return;
        }
      }
      found[i] = (byte) code;
    }
    codes = found;
    dictionary = strings.build(heap);
  }

  @Override
  void afterWrite() {
    if (garbage > COMPACT_MIN && garbage > used / 2) {
      compact(0);
    }
  }

  @Override
  public boolean isVariable() {
    return true;
  }

  @Override
  public int heapUsed() {
    return used;
  }

  @Override
  Column make(int count, long[] nullBits) {
    return dictionary == null || count > codes.length
        ? new BytesColumn(heap, starts, lengths, nullBits, count)
        : new BytesColumn(heap, starts, lengths, nullBits, count, codes, dictionary);
  }

  @Override
  long memoryBytes() {
    return 1L * heap.length + 8L * starts.length + (codes == null ? 0 : codes.length);
  }

  @Override
  long valueBytes() {
    long sum = 0;
    for (int length : lengths) {
      sum += length;
    }
    return Integer.BYTES + 4L * lengths.length + sum;
  }

  /** The values follow their lengths, in the order of the slots and without garbage. */
  @Override
  void saveValues(FrameOutput out) throws IOException {
    out.putInt(lengths.length);
    out.put(lengths, 0, lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      out.put(heap, starts[i], lengths[i]);
    }
  }

  @Override
  void loadValues(FrameInput in) throws IOException {
    int capacity = in.getInt();
    lengths = in.getInts(capacity);
    starts = new int[capacity];
    for (int i = 0; i < capacity; i++) {
      starts[i] = used;
      used += lengths[i];
    }
    heap = in.getBytes(used);
    sharesSinceWrite = DICTIONARY_SHARE - 1;
  }

  @Override
  void drop() {
    heap = null;
    starts = null;
    lengths = null;
    codes = null;
    dictionary = null;
  }
}
