package io.quarkgres.engine.replication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The block before each file of a tar archive, in the form of POSIX's ustar. Thread: any. */
final class TarHeader {
  static final int BLOCK_BYTES = 512;
  private static final char FILE = '0';
  private static final char FOLDER = '5';
  private static final int SIZE_AT = 124;
  private static final int CHECKSUM_AT = 148;

  /** The largest size that has a place in octal digits. */
  private static final long OCTAL_MAX = (1L << 33) - 1;

  private TarHeader() {}

  static byte[] ofFile(String name, long bytes, long seconds) {
    return block(name, FILE, 0600, bytes, seconds);
  }

  static byte[] ofFolder(String name, long seconds) {
    return block(name + '/', FOLDER, 0700, 0, seconds);
  }

  /** Returns how many bytes fill the last block of a file. */
  static int padding(long bytes) {
    return (int) (-bytes & BLOCK_BYTES - 1);
  }

  private static byte[] block(String name, char kind, int mode, long bytes, long seconds) {
    byte[] block = new byte[BLOCK_BYTES];
    text(block, 0, name);
    text(block, 100, "%07o".formatted(mode));
    text(block, 108, "%07o".formatted(0));
    text(block, 116, "%07o".formatted(0));
    if (bytes <= OCTAL_MAX) {
      text(block, SIZE_AT, "%011o".formatted(bytes));
    } else {
      // As PostgreSQL and GNU tar have it: bit 7, then a binary number.
      block[SIZE_AT] = (byte) 0x80;
      ByteBuffer.wrap(block).putLong(SIZE_AT + 4, bytes);
    }
    text(block, 136, "%011o".formatted(seconds));
    block[156] = (byte) kind;
    text(block, 257, "ustar\0" + "00");
    Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    text(block, CHECKSUM_AT, "%06o\0 ".formatted(sum));
    return block;
  }

  private static void text(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
