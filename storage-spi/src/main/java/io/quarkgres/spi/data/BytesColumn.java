package io.quarkgres.spi.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Variable-length byte strings. Position {@code p} is {@code heap[starts[p] .. starts[p] +
 * lengths[p])}. The heap may be shared by many columns. Where only the codes of a {@link
 * ByteDictionary} are given, the places follow when they are asked for. Thread: any.
 */
public final class BytesColumn extends Column {
  private final byte[] heap;
  private volatile Places places;
  private final byte[] codes;
  private final ByteDictionary dictionary;

  /** Makes a column over arrays whose published part the caller will not change any more. */
  public BytesColumn(byte[] heap, int[] starts, int[] lengths, long[] nulls, int count) {
    this(heap, starts, lengths, nulls, count, null, null);
  }

  /**
   * Makes a column of few different values.
   *
   * @param codes the code of each position, below the dictionary's size at every position
   * @param dictionary what the codes stand for, over the same heap
   */
  public BytesColumn(
      byte[] heap,
      int[] starts,
      int[] lengths,
      long[] nulls,
      int count,
      byte[] codes,
      ByteDictionary dictionary) {
    super(count, nulls);
    this.heap = heap;
    this.places = new Places(starts, lengths);
    this.codes = codes;
    this.dictionary = dictionary;
  }

  /**
   * Makes a column of codes.
   *
   * @param codes the code of each position, below the dictionary's size at every position
   */
  public BytesColumn(byte[] codes, ByteDictionary dictionary, long[] nulls, int count) {
    super(count, nulls);
    this.heap = dictionary.heap();
    this.codes = codes;
    this.dictionary = dictionary;
  }

  /** Where the values lie in the heap. */
  private record Places(int[] starts, int[] lengths) {}

  private Places places() {
    Places known = places;
    if (known == null) {
      known = new Places(new int[count()], new int[count()]);
      for (int p = 0; p < count(); p++) {
        int code = codes[p] & 0xff;
        known.starts[p] = dictionary.starts()[code];
        known.lengths[p] = dictionary.lengths()[code];
      }
      places = known;
    }
    return known;
  }

  /** Returns the unsigned code of each position, or {@code null} without a dictionary. */
  public byte[] codes() {
    return codes;
  }

  /** Returns what the codes stand for, or {@code null} when there are none. */
  public ByteDictionary dictionary() {
    return dictionary;
  }

  /** Returns the heap that all values lie in. */
  public byte[] heap() {
    return heap;
  }

  /** Returns the offset of each value in the heap. */
  public int[] starts() {
    return places().starts;
  }

  /** Returns the length of each value. */
  public int[] lengths() {
    return places().lengths;
  }

  @Override
  public Layout layout() {
    return Layout.BYTES;
  }

  /** Returns a copy of the bytes at a position that is not NULL. */
  public byte[] copy(int position) {
    Places at = places();
    int start = at.starts[position];
    return Arrays.copyOfRange(heap, start, start + at.lengths[position]);
  }

  /** Returns the value at a position as UTF-8 text; for names and messages, not for hot loops. */
  public String string(int position) {
    Places at = places();
    return new String(heap, at.starts[position], at.lengths[position], StandardCharsets.UTF_8);
  }

  @Override
  public BytesColumn withNulls(long[] newNulls) {
    Places known = places;
    return known == null
        ? new BytesColumn(codes, dictionary, newNulls, count())
        : new BytesColumn(heap, known.starts, known.lengths, newNulls, count(), codes, dictionary);
  }

  @Override
  public BytesColumn gather(int[] positions, int n) {
    if (codes != null) {
      return new BytesColumn(gatherCodes(positions, n), dictionary, gatherNulls(positions, n), n);
    }
    int[] starts = places.starts;
    int[] lengths = places.lengths;
    int[] newStarts = new int[n];
    int[] newLengths = new int[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        newStarts[i] = starts[position];
        newLengths[i] = lengths[position];
      }
    }
    return new BytesColumn(heap, newStarts, newLengths, gatherNulls(positions, n), n);
  }

  private byte[] gatherCodes(int[] positions, int n) {
    byte[] result = new byte[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        result[i] = codes[position];
      }
    }
    return result;
  }

  @Override
  public long memoryBytes() {
    return 1L * heap.length + 8L * count() + (codes == null ? 0 : codes.length);
  }
}
