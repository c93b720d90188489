package io.quarkgres.engine.function.regex;

import io.quarkgres.spi.data.ByteSink;

/** A text as code points, in a buffer that is used again. Used by one thread at a time. */
final class CodePoints {
  private int[] points = new int[64];
  private int length;

  /** Decodes valid UTF-8. */
  void decode(byte[] heap, int start, int bytes) {
    if (points.length < bytes) {
      points = new int[Math.max(bytes, 2 * points.length)];
    }
    int n = 0;
    int end = start + bytes;
    for (int i = start; i < end; ) {
      int b = heap[i++];
      if (b >= 0) {
        points[n++] = b;
      } else if (b < -32) {
        points[n++] = (b & 0x1f) << 6 | heap[i++] & 0x3f;
      } else if (b < -16) {
        points[n++] = (b & 0xf) << 12 | (heap[i++] & 0x3f) << 6 | heap[i++] & 0x3f;
      } else {
        points[n++] =
            (b & 7) << 18 | (heap[i++] & 0x3f) << 12 | (heap[i++] & 0x3f) << 6 | heap[i++] & 0x3f;
      }
    }
    length = n;
  }

  int[] points() {
    return points;
  }

  int length() {
    return length;
  }

  /** Returns a part as a string. */
  String string(int from, int to) {
    return new String(points, from, to - from);
  }

  /** Appends a part as UTF-8. */
  void append(int from, int to, ByteSink out) {
    for (int i = from; i < to; i++) {
      append(points[i], out);
    }
  }

  private static void append(int c, ByteSink out) {
    if (c < 0x80) {
      out.put(c);
    } else if (c < 0x800) {
      out.put(0xc0 | c >> 6);
      out.put(0x80 | c & 0x3f);
    } else if (c < 0x10000) {
      out.put(0xe0 | c >> 12);
      out.put(0x80 | c >> 6 & 0x3f);
      out.put(0x80 | c & 0x3f);
    } else {
      out.put(0xf0 | c >> 18);
      out.put(0x80 | c >> 12 & 0x3f);
      out.put(0x80 | c >> 6 & 0x3f);
      out.put(0x80 | c & 0x3f);
    }
  }
}
