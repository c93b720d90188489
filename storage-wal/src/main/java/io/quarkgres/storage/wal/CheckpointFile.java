package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.spi.data.Datums;
import io.quarkgres.storage.memory.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Writes and reads checkpoint files. Used by one thread. */
final class CheckpointFile implements AutoCloseable {
  private static final String MAGIC = "QGCHK";
  private static final int CHANGES = 'C';
  private static final int END = 'E';
  private static final int FRAME_BYTES = 1 << 20;

  private final DataFiles.DataFile file;
  private final ByteSink frame = new ByteSink(FRAME_BYTES + 1024);
  private long offset;
  private long frames;

  private CheckpointFile(DataFiles files, String temporary) throws IOException {
    this.file = files.open(temporary);
    file.truncate(0);
  }

  /** Writes the checkpoint of a position, proves it readable and gives it its name. */
  static void write(DataFiles files, long position, Consumer<Consumer<Change>> content)
      throws IOException {
    String name = DataDirectory.checkpoint(position);
    String temporary = name + DataDirectory.TEMPORARY;
    try (CheckpointFile out = new CheckpointFile(files, temporary)) {
      out.put(DataDirectory.header(MAGIC, position));
      out.frame.put(CHANGES);
      try {
        content.accept(out::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      out.end();
    }
    read(files, temporary, position, change -> {});
    files.rename(temporary, name);
    files.syncDirectory();
  }

  private void add(Change change) {
    ChangeCodec.write(change, frame);
    if (frame.size() >= FRAME_BYTES) {
      try {
        put(frame);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      frame.truncate(0);
      frame.put(CHANGES);
    }
  }

  private void end() throws IOException {
    if (frame.size() > 1) {
      put(frame);
    }
    frame.truncate(0);
    frame.put(END);
    frame.putLong(frames);
    put(frame);
    file.sync();
  }

  private void put(ByteSink payload) throws IOException {
    ByteBuffer bytes = Frames.encode(payload.array(), payload.size(), offset);
    int size = bytes.remaining();
    file.write(offset, bytes);
    offset += size;
    frames++;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Reads a checkpoint; raises XX001 if it is not whole. */
  static void read(DataFiles files, String name, long position, Consumer<Change> receiver)
      throws IOException {
    String path = files.path(name);
    try (DataFiles.DataFile file = files.open(name)) {
      long size = file.size();
      long offset = 0;
      long frames = 0;
      while (offset < size) {
        byte[] bytes = frame(file, path, offset, size);
        int length = bytes.length - Frames.HEADER_BYTES;
        boolean isHeader =
            frames == 0
                && DataDirectory.isHeader(bytes, Frames.HEADER_BYTES, length, MAGIC, position);
        if (isHeader != (frames == 0)) {
          throw WalErrors.corrupted(path, "it does not begin as a checkpoint does");
        }
        int kind = bytes[Frames.HEADER_BYTES];
        offset += Frames.bytes(length);
        if (!isHeader && kind == END) {
          if (offset != size || Datums.readLong(bytes, Frames.HEADER_BYTES + 1) != frames) {
            throw WalErrors.corrupted(path, "it has more or fewer frames than were written");
          }
          return;
        }
        if (!isHeader) {
          changes(path, bytes, receiver);
        }
        frames++;
      }
      throw WalErrors.corrupted(path, "its end is missing");
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

  private static void changes(String path, byte[] bytes, Consumer<Change> receiver) {
    try {
      ChangeCodec.read(bytes, Frames.HEADER_BYTES + 1, bytes.length, receiver);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw WalErrors.corrupted(path, e.getMessage());
    }
  }
}
