package io.quarkgres.storage.wal;

import io.quarkgres.spi.store.StorageCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Copies the files of a data directory beside the server that uses it. Used by one thread.
 *
 * <p>Checkpoints and the files they refer to never change, and the log only grows, so a copy needs
 * no stop: the newest checkpoint, then the log after it as far as it is written. Somebody holds the
 * files meanwhile, so that none goes.
 */
final class DataCopy implements StorageCopy {
  private static final int CHUNK_BYTES = 256 << 10;

  private final DataFiles files;
  private final Runnable release;
  private final Checkpoint checkpoint;

  /**
   * Begins a copy of files that are held.
   *
   * @param release lets go of them
   */
  DataCopy(DataFiles files, Runnable release) throws IOException {
    this.files = files;
    this.release = release;
    long position = DataDirectory.positions(files, DataDirectory.CHECKPOINT).getLast();
    String name = DataDirectory.checkpoint(position);
    checkpoint = Checkpoint.readOwn(files, name, position, change -> {});
  }

  @Override
  public long start() {
    return checkpoint.from();
  }

  @Override
  public long bytes() {
    long result = 0;
    try {
      for (String file : checkpoint.fileNames()) {
        result += size(file);
      }
      // The last segment has zeros behind its frames.
      List<Long> segments = DataDirectory.segmentsFrom(files, checkpoint.from());
      long last = segments.getLast();
      return result + last - checkpoint.from() + frames(Segment.read(files, last));
    } catch (IOException e) {
      throw WalErrors.notRead(files.path(""), e);
    }
  }

  private long size(String name) throws IOException {
    try (DataFiles.DataFile file = files.read(name)) {
      return file.size();
    }
  }

  @Override
  public long send(Receiver receiver) {
    try {
      for (String file : checkpoint.fileNames()) {
        sendWhole(file, receiver);
      }
      long end = sendLog(receiver);
      // Last, as in a directory that is made: without it there is no data.
      sendWhole(DataDirectory.FORMAT, receiver);
      return end;
    } catch (IOException e) {
      throw WalErrors.notRead(files.path(""), e);
    }
  }

  private void sendWhole(String name, Receiver receiver) throws IOException {
    try (DataFiles.DataFile file = files.read(name)) {
      long size = file.size();
      receiver.file(name, size);
      byte[] chunk = new byte[(int) Math.min(size, CHUNK_BYTES)];
      for (long at = 0; at < size; at += chunk.length) {
        int wanted = (int) Math.min(chunk.length, size - at);
        if (file.read(at, ByteBuffer.wrap(chunk, 0, wanted)) != wanted) {
          throw new IOException("it became shorter");
        }
        receiver.data(chunk, 0, wanted);
      }
    }
  }

  /**
   * Sends the valid frames of each segment. When the last one has been read and there is another by
   * then, it may have grown in between, and is read again.
   */
  private long sendLog(Receiver receiver) throws IOException {
    List<Long> segments = DataDirectory.segmentsFrom(files, checkpoint.from());
    long end = checkpoint.from();
    for (int i = 0; i < segments.size(); i++) {
      long start = segments.get(i);
      Segment segment = Segment.read(files, start);
      if (i == segments.size() - 1) {
        segments = DataDirectory.segmentsFrom(files, checkpoint.from());
        segment = i < segments.size() - 1 ? Segment.read(files, start) : segment;
      }
      if (start != end) {
        throw WalErrors.corrupted(files.path(DataDirectory.segment(end)), "it is missing");
      }
      int bytes = frames(segment);
      end = start + bytes;
      receiver.file(DataDirectory.segment(start), bytes);
      receiver.data(segment.bytes(), 0, bytes);
    }
    return end;
  }

  private static int frames(Segment segment) {
    return segment.each((kind, transaction, bytes, from, to) -> {});
  }

  /** Checks the frames of the files that {@link #send} does not look into; raises XX001. */
  void verify() {
    try {
      for (RowFile rows : checkpoint.rowFiles()) {
        rows.read(files, change -> {});
      }
      for (IndexFile index : checkpoint.indexFiles()) {
        index.read(files, (bytes, from, to) -> {});
      }
    } catch (IOException e) {
      throw WalErrors.notRead(files.path(""), e);
    }
  }

  @Override
  public void close() {
    release.run();
  }
}
