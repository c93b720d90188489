package io.quarkgres.storage.memory.cold;

import io.quarkgres.spi.error.Invariant;
import io.quarkgres.spi.error.SqlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A file of frames that are written, read by their places, and given back. Thread: any. */
public final class ColdFile {
  private static final int BUFFER_BYTES = 1 << 18;

  /** So many read and write at a time; the others wait for a buffer. */
  private static final int BUFFERS = 16;

  /** The file is cut when so much at its end is free. */
  private static final long CUT_BYTES = 64L << 20;

  private static final int NUMBER_AND_SUM_BYTES = Long.BYTES + Integer.BYTES;

  private final ColdBytes.Opener opener;
  private final Semaphore permits = new Semaphore(BUFFERS);
  private final ConcurrentLinkedDeque<ByteBuffer> buffers = new ConcurrentLinkedDeque<>();
  private final AtomicLong numbers = new AtomicLong();
  private final LongAdder framesRead = new LongAdder();

  /** Guards what follows. */
  private final Object lock = new Object();

  private final FreeSpace space = new FreeSpace();
  private volatile ColdBytes bytes;
  private long fileBytes;
  private boolean closed;

  /** Makes a file that is opened when something is first written. */
  public ColdFile(ColdBytes.Opener opener) {
    this.opener = opener;
  }

  /** Something that is written as a frame. */
  public interface Content {
    /** Returns how many bytes {@link #save} will write. */
    long savedBytes();

    /** Writes itself. */
    void save(FrameOutput out) throws IOException;
  }

  /** Makes something of a frame's payload. */
  public interface Loader<T> {
    /** Makes it. */
    T load(FrameInput in) throws IOException;
  }

  /** Writes a frame; raises 53100 or 58030 if it cannot, and then has written nothing. */
  public ColdPlace write(Content content) {
    long payload = content.savedBytes();
    long number = numbers.incrementAndGet();
    long offset;
    ColdBytes file;
    synchronized (lock) {
      file = opened();
      cut();
      offset = space.take(payload + NUMBER_AND_SUM_BYTES);
      fileBytes = Math.max(fileBytes, space.end());
    }
    ByteBuffer buffer = takeBuffer();
    try {
      FrameOutput out = new FrameOutput(file, buffer, offset, number);
      content.save(out);
      long written = out.end();
      Invariant.check(
          written == payload + NUMBER_AND_SUM_BYTES, "a frame has the size that was announced");
    } catch (IOException e) {
      free(offset, payload);
      throw ColdErrors.notWritten(e);
    } finally {
      giveBuffer(buffer);
    }
    return new ColdPlace(offset, payload, number);
  }

  private ColdBytes opened() {
    Invariant.check(!closed, "the storage is open");
    if (bytes == null) {
      try {
        bytes = opener.open();
      } catch (IOException e) {
        throw ColdErrors.notWritten(e);
      }
    }
    return bytes;
  }

  /** Gives the end of the file back to the system, if much of it is free. */
  private void cut() {
    if (fileBytes - space.end() > CUT_BYTES) {
      try {
        bytes.truncate(space.end());
      } catch (IOException e) {
        throw ColdErrors.notWritten(e);
      }
      fileBytes = space.end();
    }
  }

  /**
   * Reads a frame; returns {@code null} if another lies at the place, or none. Raises 58030 when
   * the disk fails.
   */
  public <T> T read(ColdPlace place, Loader<T> loader) {
    if (place.isSpoiled()) {
      throw ColdErrors.corrupted(place);
    }
    ByteBuffer buffer = takeBuffer();
    try {
      FrameInput in = new FrameInput(bytes, buffer, place);
      T result = loader.load(in);
      in.end();
      framesRead.increment();
      return result;
    } catch (DamagedFrame | IndexOutOfBoundsException | NumberFormatException e) {
      return null;
    } catch (IOException e) {
      throw ColdErrors.notRead(e);
    } finally {
      giveBuffer(buffer);
    }
  }

  /** Makes the error for a place whose frame is not there, though it was not given back. */
  public static SqlException corrupted(ColdPlace place) {
    return ColdErrors.corrupted(place);
  }

  /** Gives a place back. */
  public void free(ColdPlace place) {
    free(place.offset, place.payloadBytes);
  }

  private void free(long offset, long payload) {
    synchronized (lock) {
      space.free(offset, payload + NUMBER_AND_SUM_BYTES);
    }
  }

  private ByteBuffer takeBuffer() {
    permits.acquireUninterruptibly();
    ByteBuffer buffer = buffers.poll();
    return buffer != null
        ? buffer
        : ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
  }

  private void giveBuffer(ByteBuffer buffer) {
    buffers.push(buffer);
    permits.release();
  }

  /** Returns how long the file is. */
  public long size() {
    synchronized (lock) {
      return space.end();
    }
  }

  /** Returns how much of it has frames. */
  public long usedBytes() {
    synchronized (lock) {
      return space.used();
    }
  }

  /** Returns how many frames were read. */
  public long framesRead() {
    return framesRead.sum();
  }

  /** Removes the file. */
  public void close() {
    synchronized (lock) {
      closed = true;
      if (bytes != null) {
        try {
          bytes.close();
        } catch (IOException e) {
          throw ColdErrors.notWritten(e);
        }
      }
    }
  }
}
