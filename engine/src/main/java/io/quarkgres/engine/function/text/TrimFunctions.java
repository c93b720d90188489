package io.quarkgres.engine.function.text;

import io.quarkgres.engine.function.kernel.KernelTable;
import io.quarkgres.engine.function.kernel.Out;
import io.quarkgres.engine.function.kernel.Row;
import io.quarkgres.engine.type.Utf8;

/** Takes characters of a set, or blanks, off the ends. Thread: any. */
final class TrimFunctions {
  private static final byte[] BLANK = {' '};

  private TrimFunctions() {}

  static void register(KernelTable t) {
    t.row("ltrim1", (r, o) -> trim(r, o, BLANK, 0, 1, true, false));
    t.row("rtrim1", (r, o) -> trim(r, o, BLANK, 0, 1, false, true));
    t.row("btrim1", (r, o) -> trim(r, o, BLANK, 0, 1, true, true));
    t.row("ltrim", (r, o) -> trim(r, o, r.heap(1), r.start(1), r.length(1), true, false));
    t.row("rtrim", (r, o) -> trim(r, o, r.heap(1), r.start(1), r.length(1), false, true));
    t.row("btrim", (r, o) -> trim(r, o, r.heap(1), r.start(1), r.length(1), true, true));
    t.row("bytealtrim", (r, o) -> trimBytes(r, o, true, false));
    t.row("byteartrim", (r, o) -> trimBytes(r, o, false, true));
    t.row("byteatrim", (r, o) -> trimBytes(r, o, true, true));
  }

  private static void trim(
      Row r, Out o, byte[] set, int setStart, int setLength, boolean isLeft, boolean isRight) {
    byte[] heap = r.heap(0);
    int from = r.start(0);
    int to = from + r.length(0);
    while (isLeft && from < to) {
      int next = Utf8.offset(heap, from, to, 1);
      if (!contains(set, setStart, setLength, heap, from, next - from)) {
        break;
      }
      from = next;
    }
    while (isRight && from < to) {
      int previous = to - 1;
      while (previous > from && (heap[previous] & 0xc0) == 0x80) {
        previous--;
      }
      if (!contains(set, setStart, setLength, heap, previous, to - previous)) {
        break;
      }
      to = previous;
    }
    o.bytes(heap, from, to - from);
  }

  /** Tells whether a set of characters has one; a character's bytes are no part of another's. */
  private static boolean contains(
      byte[] set, int setStart, int setLength, byte[] heap, int start, int length) {
    for (int i = setStart; i + length <= setStart + setLength; i++) {
      if (ByteSearch.matchesAt(set, i, heap, start, length)) {
        return true;
      }
    }
    return false;
  }

  private static void trimBytes(Row r, Out o, boolean isLeft, boolean isRight) {
    byte[] heap = r.heap(0);
    int from = r.start(0);
    int to = from + r.length(0);
    while (isLeft && from < to && contains(r, heap[from])) {
      from++;
    }
    while (isRight && from < to && contains(r, heap[to - 1])) {
      to--;
    }
    o.bytes(heap, from, to - from);
  }

  private static boolean contains(Row r, byte wanted) {
    for (int i = 0; i < r.length(1); i++) {
      if (r.heap(1)[r.start(1) + i] == wanted) {
        return true;
      }
    }
    return false;
  }
}
