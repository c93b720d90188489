package io.quarkgres.spi.data;

/**
 * Variable-length byte strings. Position {@code p} is {@code heap[starts[p] .. starts[p] +
 * lengths[p])}. The heap may be shared by many columns. Thread: any.
 */
public final class BytesColumn extends Column {
  private final byte[] heap;
  private final int[] starts;
  private final int[] lengths;
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
   * @param dictionary what the codes stand for
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
    this.starts = starts;
    this.lengths = lengths;
    this.codes = codes;
    this.dictionary = dictionary;
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
    return starts;
  }

  /** Returns the length of each value. */
  public int[] lengths() {
    return lengths;
  }

  @Override
  public Layout layout() {
    return Layout.BYTES;
  }

  /** Returns a copy of the bytes at a position that is not NULL. */
  public byte[] copy(int position) {
    int start = starts[position];
    return java.util.Arrays.copyOfRange(heap, start, start + lengths[position]);
  }

  /** Returns the value at a position as UTF-8 text; for names and messages, not for hot loops. */
  public String string(int position) {
    return new String(
        heap, starts[position], lengths[position], java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public BytesColumn withNulls(long[] newNulls) {
    return new BytesColumn(heap, starts, lengths, newNulls, count(), codes, dictionary);
  }

  @Override
  public BytesColumn gather(int[] positions, int n) {
    int[] newStarts = new int[n];
    int[] newLengths = new int[n];
    for (int i = 0; i < n; i++) {
      int position = positions[i];
      if (position >= 0) {
        newStarts[i] = starts[position];
        newLengths[i] = lengths[position];
      }
    }
    return new BytesColumn(
        heap,
        newStarts,
        newLengths,
        gatherNulls(positions, n),
        n,
        codes == null ? null : gatherCodes(positions, n),
        dictionary);
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
    return 1L * heap.length + 8L * starts.length;
  }
}
