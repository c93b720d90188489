package io.quarkgres.storage.wal;

import io.quarkgres.spi.data.ByteSink;
import io.quarkgres.storage.memory.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Gathers changes into frames of a file. Used by one thread. */
final class ChangeFrames {
  /** A frame of changes. */
  static final int KIND = 'C';

  private static final int FRAME_BYTES = 1 << 20;

  private final FrameFile file;
  private final ByteSink frame = new ByteSink(FRAME_BYTES + 1024);

  ChangeFrames(FrameFile file) {
    this.file = file;
    frame.put(KIND);
  }

  /** Writes all changes that a source gives. */
  void addAll(Consumer<Consumer<Change>> source) throws IOException {
    try {
      source.accept(this::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void add(Change change) {
    ChangeCodec.write(change, frame);
    if (frame.size() >= FRAME_BYTES) {
      try {
        flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Writes what was gathered; frames of other kinds may follow. */
  void flush() throws IOException {
    if (frame.size() > 1) {
      file.put(frame);
      frame.truncate(0);
      frame.put(KIND);
    }
  }

  /** Gives the changes of a frame to a receiver. */
  static void read(byte[] bytes, int from, int to, Consumer<Change> receiver) {
    if (bytes[from] != KIND) {
      throw new IllegalArgumentException("kind " + bytes[from]);
    }
    ChangeCodec.read(bytes, from + 1, to, receiver);
  }
}
