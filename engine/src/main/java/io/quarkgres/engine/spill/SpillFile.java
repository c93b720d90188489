package io.quarkgres.engine.spill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A temporary file of frames, written once and read by their places. It is closed, and so gone,
 * when the last that was opened over it is. Used by one thread at a time.
 */
public final class SpillFile {
  private final SpillSpace space;
  private final FileChannel channel;
  private long size;
  private int users;

  SpillFile(SpillSpace space, FileChannel channel) {
    this.space = space;
    this.channel = channel;
  }

  /** Returns how many bytes were written. */
  public long size() {
    return size;
  }

  /** Says that one more uses the file. */
  void retain() {
    users++;
  }

  /** Says that one uses it no more; the last one closes it. */
  void release() {
    if (--users == 0) {
      space.shrink(size);
      try {
        channel.close();
      } catch (IOException e) {
        throw SpillErrors.failed("close", e);
      }
    }
  }

  /** Writes a frame behind the last; returns its place. */
  long append(ByteBuffer frame) {
    int length = frame.remaining();
    space.grow(length);
    long place = size;
    size += length;
    try {
      for (long at = place; frame.hasRemaining(); ) {
        at += channel.write(frame, at);
      }
    } catch (IOException e) {
      throw SpillErrors.failed("write to", e);
    }
    return place;
  }

  /** Reads a frame. */
  ByteBuffer read(long place, int length) {
    ByteBuffer frame = ByteBuffer.allocate(length);
    try {
      while (frame.hasRemaining()) {
        if (channel.read(frame, place + frame.position()) < 0) {
          throw new IOException("it ends early");
        }
      }
    } catch (IOException e) {
      throw SpillErrors.failed("read from", e);
    }
    return frame.flip();
  }
}
