package io.quarkgres.spi.data;

import io.quarkgres.spi.error.SqlException;
import io.quarkgres.spi.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds a {@link BytesColumn}. As long as all values come from columns with dictionaries and few
 * are different, the result has a dictionary too, and its heap holds each string once. Not safe for
 * use by two threads at once.
 */
public final class BytesBuilder extends ColumnBuilder {
  private byte[] heap;
  private int heapSize;
  private int[] starts;
  private int[] lengths;
  private boolean mayHaveCodes = true;
  private byte[] codes;
  private DictionaryBuilder strings;
  private ByteDictionary source; // the one that ownCodes translate from
  private int[] ownCodes; // by its code: code + 1, or 0

  /** Makes a builder with room for {@code capacity} positions. */
  public BytesBuilder(int capacity) {
    starts = new int[Math.max(1, capacity)];
    lengths = new int[Math.max(1, capacity)];
    heap = new byte[Math.max(16, capacity * 8)];
  }

  /** Appends a slice as one value. */
  public void append(byte[] source, int start, int length) {
    reserve(count + 1);
    mayHaveCodes = false;
    starts[count] = store(source, start, length);
    lengths[count++] = length;
  }

  private int store(byte[] bytes, int start, int length) {
    if (heapSize + length > heap.length) {
      heap = Arrays.copyOf(heap, grownSize(length));
    }
    System.arraycopy(bytes, start, heap, heapSize, length);
    heapSize += length;
    return heapSize - length;
  }

  /** Appends a whole array as one value. */
  public void append(byte[] source) {
    append(source, 0, source.length);
  }

  /** Appends what a sink holds as one value. */
  public void append(ByteSink sink) {
    append(sink.array(), 0, sink.size());
  }

  /** Appends text as UTF-8. */
  public void append(String text) {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  private int grownSize(int more) {
    long needed = (long) heapSize + more;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "a column of variable-length values would exceed 2 GB");
    }
    return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * heap.length));
  }

  @Override
  protected void appendValue(Column source, int position) {
    BytesColumn from = (BytesColumn) source;
    int code = mayHaveCodes && from.dictionary() != null ? ownCode(from, position) : -1;
    if (code < 0) {
      append(from.heap(), from.starts()[position], from.lengths()[position]);
      return;
    }
    reserve(count + 1);
    codes[count] = (byte) code;
    starts[count] = strings.start(code);
    lengths[count++] = strings.length(code);
  }

  /**
   * Returns the code that the value has in the column built here, or -1 when there are too many.
   */
  private int ownCode(BytesColumn from, int position) {
    if (strings == null) {
      strings = new DictionaryBuilder(ByteDictionary.CODES_MAX);
      codes = new byte[starts.length];
    }
    if (source != from.dictionary()) {
      source = from.dictionary();
      ownCodes = new int[source.size()];
    }
    int code = from.codes()[position] & 0xff;
    if (ownCodes[code] == 0) {
      ownCodes[code] = translated(code) + 1;
    }
    return ownCodes[code] - 1;
  }

  private int translated(int code) {
    int start = source.starts()[code];
    int length = source.lengths()[code];
    int own = strings.find(heap, source.heap(), start, length);
    if (own < 0 && strings.size() < ByteDictionary.CODES_MAX) {
      own = strings.add(store(source.heap(), start, length), length);
    }
    return own;
  }

  @Override
  protected void skipValue() {
    starts[count] = heapSize;
    lengths[count] = 0;
  }

  @Override
  protected void reserve(int capacity) {
    if (capacity > starts.length) {
      int size = Math.max(capacity, starts.length * 2);
      starts = Arrays.copyOf(starts, size);
      lengths = Arrays.copyOf(lengths, size);
      codes = codes == null ? null : Arrays.copyOf(codes, size);
    }
  }

  @Override
  public BytesColumn build() {
    boolean hasCodes = mayHaveCodes && strings != null;
    return new BytesColumn(
        heap,
        starts,
        lengths,
        builtNulls(),
        count,
        hasCodes ? codes : null,
        hasCodes ? strings.build(heap) : null);
  }
}
