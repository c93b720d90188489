package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.Datums;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A segment of the log that is read: its bytes, and the frames they are made of. */
final class Segment {
  /** Receives records in the order they were written. */
  interface Records {
    /** Receives a record whose changes are {@code bytes[from..to)}. */
    void record(int kind, long transaction, byte[] bytes, int from, int to);
  }

  private final String path;
  private final long start;
  private final byte[] bytes;
  private final int size;

  private Segment(String path, long start, byte[] bytes, int size) {
    this.path = path;
    this.start = start;
    this.bytes = bytes;
    this.size = size;
  }

  static Segment read(DataFiles files, long start) throws IOException {
    String name = DataDirectory.segment(start);
    try (DataFiles.DataFile file = files.read(name)) {
      byte[] bytes = new byte[Math.toIntExact(file.size())];
      return new Segment(files.path(name), start, bytes, file.read(0, ByteBuffer.wrap(bytes)));
    }
  }

  /** Takes the bytes of a segment that lies elsewhere. */
  static Segment of(String path, long start, byte[] bytes) {
    return new Segment(path, start, bytes, bytes.length);
  }

  /** Returns the offset of the frame that has a record. */
  int frameOf(int record) {
    int offset = 0;
    while (true) {
      int length = Frames.check(bytes, offset, size, start + offset);
      int next = offset + (int) Frames.bytes(length);
      if (record < next) {
        return offset;
      }
      offset = next;
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns where it begins. */
  long start() {
    return start;
  }

  String path() {
    return path;
  }

  /** Gives all records of the valid frames to a receiver; returns the offset behind them. */
  int each(Records receiver) {
    int offset = 0;
    for (int length = Frames.check(bytes, 0, size, start);
        length >= 0;
        length = Frames.check(bytes, offset, size, start + offset)) {
      int payload = offset + Frames.HEADER_BYTES;
      if (offset > 0) {
        records(payload, payload + length, receiver);
      } else if (!DataDirectory.isHeader(bytes, payload, length, WalLog.MAGIC, start)) {
        throw WalErrors.corrupted(path, "it does not begin as a segment does, at offset 0");
      }
      offset += (int) Frames.bytes(length);
    }
    return offset;
  }

  private void records(int from, int to, Records receiver) {
    int at = from;
    try {
      while (at < to) {
        int end = at + 4 + Datums.readInt(bytes, at);
        if (end <= at || end > to) {
          throw new IllegalArgumentException("its length is wrong");
        }
        receiver.record(
            bytes[at + 4], Datums.readLong(bytes, at + 5), bytes, at + WalLog.RECORD_HEADER, end);
        at = end;
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw WalErrors.corrupted(path, "record at offset " + at + ": " + e.getMessage());
    }
  }

  /**
   * Looks at what lies behind the last valid frame. Raises XX001 if it is damage: something valid
   * follows, or one bit makes it valid. Returns whether it is the torn end of a write, rather than
   * untouched.
   */
  boolean isTorn(int offset) {
    if (Frames.isOneBitOff(bytes, offset, size, start + offset)) {
      throw WalErrors.corrupted(path, "a bit of the frame at offset " + offset + " has changed");
    }
    boolean isTorn = false;
    for (int i = offset; i < size; i += Frames.ALIGNMENT) {
      if (i > offset && Frames.check(bytes, i, size, start + i) >= 0) {
        throw WalErrors.corrupted(
            path, "invalid at offset " + offset + ", but valid at offset " + i);
      }
      for (int b = i; b < Math.min(size, i + Frames.ALIGNMENT); b++) {
        isTorn |= bytes[b] != 0;
      }
    }
    return isTorn;
  }

  int size() {
    return size;
  }
}
