package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of frames that is written once and then only read: a header, frames of several kinds, and
 * an end that says how many there were. Used by one thread.
 */
final class FrameFile implements AutoCloseable {
  /** The last frame's kind; other kinds are the business of those who write them. */
  static final int END = 'E';

  private final DataFiles.DataFile file;
  private long offset;
  private long frames;

  /** Begins a file of a name. */
  FrameFile(DataFiles files, String name, String magic, long position) throws IOException {
    file = files.open(name);
    file.truncate(0);
    put(DataDirectory.header(magic, position));
  }

  /** Appends a frame, whose first byte is its kind. */
  void put(ByteSink payload) throws IOException {
    ByteBuffer bytes = Frames.encode(payload.array(), payload.size(), offset);
    int size = bytes.remaining();
    file.write(offset, bytes);
    offset += size;
    frames++;
  }

  /** Writes the end and syncs. */
  void end() throws IOException {
    ByteSink end = new ByteSink(16);
    end.put(END);
    end.putLong(frames);
    put(end);
    file.sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Receives frames as they are read. */
  interface Receiver {
    /** Receives the payload {@code bytes[from..to)}, whose first byte is the frame's kind. */
    void frame(byte[] bytes, int from, int to);
  }

  /** Reads a file; raises XX001 if it is not whole. */
  static void read(DataFiles files, String name, String magic, long position, Receiver receiver)
      throws IOException {
    String path = files.path(name);
    try (DataFiles.DataFile file = files.read(name)) {
      long size = file.size();
      long offset = 0;
      long frames = 0;
      while (offset < size) {
        byte[] bytes = frame(file, path, offset, size);
        int length = bytes.length - Frames.HEADER_BYTES;
        long next = offset + Frames.bytes(length);
        if (frames == 0) {
          if (!DataDirectory.isHeader(bytes, Frames.HEADER_BYTES, length, magic, position)) {
            throw WalErrors.corrupted(path, "it does not begin as such a file does, at offset 0");
          }
        } else if (bytes[Frames.HEADER_BYTES] == END) {
          if (next != size || Datums.readLong(bytes, Frames.HEADER_BYTES + 1) != frames) {
            throw WalErrors.corrupted(
                path, "it has more or fewer frames than were written, at offset " + offset);
          }
          return;
        } else {
          receive(path, offset, bytes, receiver);
        }
        offset = next;
        frames++;
      }
      throw WalErrors.corrupted(path, "its end is missing, at offset " + offset);
    }
  }

  private static byte[] frame(DataFiles.DataFile file, String path, long offset, long size)
      throws IOException {
    byte[] header = new byte[Frames.HEADER_BYTES];
    file.read(offset, ByteBuffer.wrap(header));
    int length = Datums.readInt(header, 0);
    if (length > 0 && length <= size - offset - Frames.HEADER_BYTES) {
      byte[] bytes = new byte[Frames.HEADER_BYTES + length];
      int n = file.read(offset, ByteBuffer.wrap(bytes));
      if (Frames.check(bytes, 0, n, offset) == length) {
        return bytes;
      }
    }
    throw WalErrors.corrupted(path, "invalid at offset " + offset);
  }

  private static void receive(String path, long offset, byte[] bytes, Receiver receiver) {
    try {
      receiver.frame(bytes, Frames.HEADER_BYTES, bytes.length);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw WalErrors.corrupted(path, "frame at offset " + offset + ": " + e.getMessage());
    }
  }
}
