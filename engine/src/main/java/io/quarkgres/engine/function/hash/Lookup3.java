package io.quarkgres.engine.function.hash;

/**
 * Bob Jenkins's hash function lookup3 over bytes in little-endian order, with the start value that
 * PostgreSQL takes. The result has 64 bits, of which the lower half is the plain hash. Thread: any.
 */
final class Lookup3 {
  private static final int START = 0x9e3779b9 + 3923095;

  private int a;
  private int b;
  private int c;

  private Lookup3(int length, long seed) {
    a = START + length;
    b = a;
    c = a;
    if (seed != 0) {
      a += (int) (seed >>> 32);
      b += (int) seed;
      mix();
    }
  }

  static long bytes(byte[] text, int start, int length, long seed) {
    Lookup3 state = new Lookup3(length, seed);
    int at = start;
    int left = length;
    while (left >= 12) {
      state.a += word(text, at, 4);
      state.b += word(text, at + 4, 4);
      state.c += word(text, at + 8, 4);
      state.mix();
      at += 12;
      left -= 12;
    }
    state.a += word(text, at, Math.min(left, 4));
    state.b += word(text, at + 4, Math.clamp(left - 4, 0, 4));
    // the lowest byte of the last word is left for the length
    state.c += word(text, at + 8, Math.clamp(left - 8, 0, 3)) << 8;
    return state.finish();
  }

  static long word(int value, long seed) {
    Lookup3 state = new Lookup3(4, seed);
    state.a += value;
    return state.finish();
  }

  private static int word(byte[] text, int at, int count) {
    int word = 0;
    for (int i = 0; i < count; i++) {
      word |= (text[at + i] & 0xff) << 8 * i;
    }
    return word;
  }

  private void mix() {
    a = a - c ^ Integer.rotateLeft(c, 4);
    c += b;
    b = b - a ^ Integer.rotateLeft(a, 6);
    a += c;
    c = c - b ^ Integer.rotateLeft(b, 8);
    b += a;
    a = a - c ^ Integer.rotateLeft(c, 16);
    c += b;
    b = b - a ^ Integer.rotateLeft(a, 19);
    a += c;
    c = c - b ^ Integer.rotateLeft(b, 4);
    b += a;
  }

  private long finish() {
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    c = (c ^ b) - Integer.rotateLeft(b, 24);
    return (long) b << 32 | c & 0xffffffffL;
  }
}
