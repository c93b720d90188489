package io.quarkgres.engine.type.textsearch;

import io.quarkgres.spi.data.Datums;
import java.util.Arrays;

/**
 * A view of a stored {@code tsvector}: lexemes in the order of their bytes, each once, with its
 * {@link TsPosition positions} in order.
 *
 * <p>The encoding is that of PostgreSQL's binary form: the number of lexemes (4 bytes), then for
 * each its UTF-8 bytes, a zero byte, the number of positions (2 bytes) and the positions (2 bytes
 * each), big-endian. Immutable. Thread: any.
 */
public final class TsVector {
  private final byte[] heap;
  private final int count;
  private final int[] starts;
  private final int[] ends;

  /** Reads the value of a length that starts somewhere in an array. */
  public TsVector(byte[] heap, int start) {
    this.heap = heap;
    this.count = Datums.readInt(heap, start);
    this.starts = new int[count];
    this.ends = new int[count];
    int at = start + Integer.BYTES;
    for (int i = 0; i < count; i++) {
      starts[i] = at;
      while (heap[at] != 0) {
        at++;
      }
      ends[i] = at;
      at += 1 + Short.BYTES * (1 + positionCount(i));
    }
  }

  /** Returns how many lexemes there are. */
  public int count() {
    return count;
  }

  /** Returns a lexeme. */
  public byte[] lexeme(int i) {
    return Arrays.copyOfRange(heap, starts[i], ends[i]);
  }

  /** Returns the length of a lexeme in bytes. */
  public int lexemeBytes(int i) {
    return ends[i] - starts[i];
  }

  /** Returns how many positions a lexeme has; 0 for one that was stripped of them. */
  public int positionCount(int i) {
    return short16(ends[i] + 1);
  }

  /** Returns a position, see {@link TsPosition}. */
  public int position(int i, int n) {
    return short16(ends[i] + 1 + Short.BYTES * (1 + n));
  }

  private int short16(int at) {
    return (heap[at] & 0xff) << 8 | heap[at + 1] & 0xff;
  }

  /** Returns all positions of a lexeme. */
  public int[] positions(int i) {
    int[] result = new int[positionCount(i)];
    for (int n = 0; n < result.length; n++) {
      result[n] = position(i, n);
    }
    return result;
  }

  /** Returns the first lexeme that is not below the bytes; {@link #count()} when all are. */
  public int search(byte[] bytes) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(heap, starts[middle], ends[middle], bytes, 0, bytes.length);
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Tells whether a lexeme is these bytes, or begins with them. */
  public boolean matches(int i, byte[] bytes, boolean isPrefix) {
    if (i >= count || (isPrefix ? lexemeBytes(i) < bytes.length : lexemeBytes(i) != bytes.length)) {
      return false;
    }
    return Arrays.equals(heap, starts[i], starts[i] + bytes.length, bytes, 0, bytes.length);
  }

  /** Returns how many bytes PostgreSQL would need, by which it orders first. */
  int plainBytes() {
    int bytes = 8 + Integer.BYTES * count;
    int lexemes = 0;
    for (int i = 0; i < count; i++) {
      lexemes += lexemeBytes(i);
      int positions = positionCount(i);
      if (positions > 0) {
        lexemes += (lexemes & 1) + Short.BYTES * (1 + positions);
      }
    }
    return bytes + lexemes;
  }
}
