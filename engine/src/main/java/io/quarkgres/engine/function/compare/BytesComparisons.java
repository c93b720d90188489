package io.quarkgres.engine.function.compare;

import io.quarkgres.spi.data.BytesColumn;
import io.quarkgres.spi.data.Selection;
import java.util.Arrays;

/**
 * Compares variable bytes as unsigned numbers, which for UTF-8 is code point order. Thread: any.
 */
public final class BytesComparisons {
  private BytesComparisons() {}

  static boolean[] equal(BytesColumn left, BytesColumn right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] leftLengths = left.lengths();
    int[] rightLengths = right.lengths();
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = leftLengths[p] == rightLengths[p] && sameBytes(left, right, p);
    }
    return out;
  }

  static boolean[] notEqual(BytesColumn left, BytesColumn right, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int[] leftLengths = left.lengths();
    int[] rightLengths = right.lengths();
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = leftLengths[p] != rightLengths[p] || !sameBytes(left, right, p);
    }
    return out;
  }

  private static boolean sameBytes(BytesColumn left, BytesColumn right, int p) {
    int leftStart = left.starts()[p];
    int rightStart = right.starts()[p];
    return Arrays.equals(
        left.heap(),
        leftStart,
        leftStart + left.lengths()[p],
        right.heap(),
        rightStart,
        rightStart + right.lengths()[p]);
  }

  /** Tells where the comparison gives less than {@code bound}: 0 for less, 1 for not greater. */
  static boolean[] below(BytesColumn left, BytesColumn right, int bound, Selection rows, int size) {
    boolean[] out = new boolean[size];
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      out[p] = compare(left, p, right, p) < bound;
    }
    return out;
  }

  /** Compares two values that are not NULL. */
  public static int compare(BytesColumn left, int i, BytesColumn right, int j) {
    int leftStart = left.starts()[i];
    int rightStart = right.starts()[j];
    return Arrays.compareUnsigned(
        left.heap(),
        leftStart,
        leftStart + left.lengths()[i],
        right.heap(),
        rightStart,
        rightStart + right.lengths()[j]);
  }

  /** Returns the values without blanks at their ends, in the same heap. */
  public static BytesColumn withoutTrailingBlanks(BytesColumn column, Selection rows) {
    int[] lengths = column.lengths().clone();
    byte[] heap = column.heap();
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      int p = rows.position(i);
      int end = column.starts()[p] + lengths[p];
      while (lengths[p] > 0 && heap[end - 1] == ' ') {
        end--;
        lengths[p]--;
      }
    }
    return new BytesColumn(heap, column.starts(), lengths, column.nulls(), column.count());
  }
}
