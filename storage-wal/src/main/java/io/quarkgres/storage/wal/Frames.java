package io.quarkgres.storage.wal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The frames that all files are made of. Thread: any. */
final class Frames {
  static final int HEADER_BYTES = 16;
  static final int ALIGNMENT = 8;

  /** CRC-32C's polynomial, bits reversed. */
  private static final int POLYNOMIAL = 0x82F63B78;

  /**
   * Up to this length a flipped bit is looked for. Beyond, so many sums are one bit away that a
   * torn write may look like a flipped bit by chance.
   */
  private static final int ONE_BIT_BYTES = 4096;

  private Frames() {}

  /** Returns how many bytes a frame takes. */
  static long bytes(int payload) {
    return (HEADER_BYTES + (long) payload + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Makes a frame. */
  static ByteBuffer encode(byte[] payload, int length, long position) {
    ByteBuffer frame = ByteBuffer.allocate(Math.toIntExact(bytes(length)));
    frame.putInt(length).putInt(0).putLong(position).put(payload, 0, length);
    frame.putInt(4, crc(frame.array(), 0, length));
    frame.position(0).limit(frame.capacity());
    return frame;
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset + 8, 8 + length);
    return (int) crc.getValue();
  }

  /**
   * Returns the payload's length of a valid frame at an offset, or -1.
   *
   * @param size how many bytes there are
   */
  static int check(byte[] bytes, int offset, int size, long position) {
    if (size - offset < HEADER_BYTES) {
      return -1;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, offset, HEADER_BYTES);
    int length = header.getInt();
    int crc = header.getInt();
    boolean isPlausible = fits(length, offset, size) && header.getLong() == position;
    return isPlausible && crc == crc(bytes, offset, length) ? length : -1;
  }

  private static boolean fits(int length, int offset, int size) {
    return length > 0 && length <= size - offset - HEADER_BYTES;
  }

  /**
   * Tells whether what is at an offset would be a valid frame if one bit were another: then it was
   * written whole and damaged later, and is not the torn end of a write.
   */
  static boolean isOneBitOff(byte[] bytes, int offset, int size, long position) {
    if (size - offset < HEADER_BYTES) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, offset, HEADER_BYTES);
    int length = header.getInt();
    int crc = header.getInt();
    long written = header.getLong();
    if (written != position) {
      return Long.bitCount(written ^ position) == 1
          && length <= ONE_BIT_BYTES
          && fits(length, offset, size)
          && withPosition(bytes, offset, length, position) == crc;
    }
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      int other = length ^ 1 << bit;
      if (other <= ONE_BIT_BYTES && fits(other, offset, size) && crc(bytes, offset, other) == crc) {
        return true;
      }
    }
    return length <= ONE_BIT_BYTES
        && fits(length, offset, size)
        && isOneBit(crc ^ crc(bytes, offset, length), length);
  }

  private static int withPosition(byte[] bytes, int offset, int length, long position) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).putLong(position).flip());
    crc.update(bytes, offset + HEADER_BYTES, length);
    return (int) crc.getValue();
  }

  /**
   * Tells whether a difference of sums comes from one bit of the sum or of what was summed. The sum
   * is linear: a bit's part in it depends only on how far before the end it lies.
   */
  private static boolean isOneBit(int difference, int length) {
    if (Integer.bitCount(difference) == 1) {
      return true;
    }
    int part = POLYNOMIAL;
    for (int i = 0; i < (8 + length) * 8; i++) {
      if (part == difference) {
        return true;
      }
      part = part >>> 1 ^ ((part & 1) == 0 ? 0 : POLYNOMIAL);
    }
    return false;
  }
}
