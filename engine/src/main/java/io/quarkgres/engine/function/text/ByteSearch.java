package io.quarkgres.engine.function.text;

/** Finds bytes in bytes. In valid UTF-8 a match begins and ends at characters. Thread: any. */
public final class ByteSearch {
  private ByteSearch() {}

  /** Tells whether two ranges of one length are equal; both must lie within their arrays. */
  static boolean matchesAt(byte[] heap, int at, byte[] wanted, int start, int length) {
    for (int i = 0; i < length; i++) {
      if (heap[at + i] != wanted[start + i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the first place from {@code from} on where the wanted bytes begin, or -1. */
  public static int find(byte[] heap, int from, int to, byte[] wanted, int start, int length) {
    if (length == 0) {
      return from;
    }
    byte first = wanted[start];
    int last = to - length;
    for (int i = from; i <= last; i++) {
      if (heap[i] == first && matchesAt(heap, i, wanted, start, length)) {
        return i;
      }
    }
    return -1;
  }
}
