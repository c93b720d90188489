package io.quarkgres.storage.memory.cold;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes in memory, of a disk that can be full, fail or lie. Thread: any. */
public final class TestBytes implements ColdBytes {
  private byte[] bytes = new byte[1 << 16];
  private int size;

  /** What a write is to fail with, or {@code null}. */
  public volatile String writeError;

  /** What a read is to fail with, or {@code null}. */
  public volatile String readError;

  /** Flips a bit of every byte. */
  public synchronized void damage() {
    for (int i = 0; i < size; i++) {
      bytes[i] ^= 0x10;
    }
  }

  @Override
  public synchronized int read(ByteBuffer into, long offset) throws IOException {
    if (readError != null) {
      throw new IOException(readError);
    }
    if (offset >= size) {
      return -1;
    }
    // a short read now and then
    int n = Math.min(into.remaining(), size - (int) offset);
    n = n > 1000 ? n - n / 3 : n;
    into.put(bytes, (int) offset, n);
    return n;
  }

  @Override
  public synchronized int write(ByteBuffer from, long offset) throws IOException {
    int n = from.remaining();
    n = n > 1000 ? n - n / 3 : n;
    int end = Math.toIntExact(offset + n);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, end * 2);
    }
    from.get(bytes, (int) offset, n);
    size = Math.max(size, end);
    if (writeError != null) {
      throw new IOException(writeError);
    }
    return n;
  }

  @Override
  public synchronized void truncate(long newSize) {
    size = Math.toIntExact(newSize);
  }

  @Override
  public void close() {}
}
