package io.quarkgres.storage.wal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The frames that segments and checkpoints are made of. Thread: any. */
final class Frames {
  static final int HEADER_BYTES = 16;
  static final int ALIGNMENT = 8;

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
    boolean isPlausible =
        length > 0 && length <= size - offset - HEADER_BYTES && header.getLong() == position;
    return isPlausible && crc == crc(bytes, offset, length) ? length : -1;
  }
}
